"""What `status` and `errors` read of dbt's own models, which may not be built, or not stand any more."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from opus_sync.errors import OpusError
from opus_sync.status.failures import read_failures
from opus_sync.status.levels import read_levels
from opus_sync.warehouse.errors import MissingTable

LEVELS = [
    {"board": board, "level": level, "figure": Decimal("99.50"), "threshold": 99, "is_met": 1, "counted": Decimal(3),
     "unit": "%", "description": "what it is"}
    for board, level in (
        ("a", "traced_operations"), ("b", "call_success"), ("a", "call_success"), ("c", "call_success"),
    )
]  # fmt: skip


@dataclass
class Models:
    """A warehouse in which one model was built, if it was."""

    built: str | None = None
    rows: list[dict[str, Any]] | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)

    def query(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        self.asked.append(parameters)
        return [{"relation_name": self.built}] if self.built else []

    def scan(self, relation: str, **equals: Any) -> list[dict[str, Any]]:
        if self.rows is None:
            raise MissingTable(relation)
        return self.rows


def levels(warehouse: Any, boards: list[str]) -> list[tuple[str, str]]:
    return [(level.board, level.level) for level in read_levels(warehouse, "prod", boards)]


def test_a_view_of_levels_that_is_not_there_is_no_section() -> None:
    """Neither one that was never built, nor one that somebody dropped."""
    assert levels(Models(), ["a"]) == []
    assert levels(Models("main.mon_service_levels"), ["a"]) == []


def test_levels_stand_in_the_order_of_the_boards() -> None:
    warehouse: Any = Models("main.mon_service_levels", LEVELS)
    assert levels(warehouse, ["b", "a"]) == [("b", "call_success"), ("a", "call_success"), ("a", "traced_operations")]
    (level,) = read_levels(warehouse, "prod", ["b"])
    assert (level.figure, level.met, level.counted) == (99.5, True, 3)
    assert warehouse.asked[0] == {"target": "prod", "node_name": "mon_service_levels"}


def test_failures_without_their_model_say_what_to_build() -> None:
    warehouse: Any = Models()
    with pytest.raises(OpusError, match="err_mon_updates was not built on the target prod yet") as caught:
        read_failures(warehouse, "prod", {"a"})
    assert caught.value.hint == "run `dbt build --select +err_mon_updates`"
