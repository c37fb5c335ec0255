"""Contracts are compared with the boards as they are now."""

from __future__ import annotations

from typing import Any

import pytest

from opus_sync.errors import UsageError
from unit.opus_sync.registry.conftest import Registry

Columns = list[dict[str, Any]]


def test_nothing_differs(registry: Registry) -> None:
    """After a deploy a contract holds; a board and its subitems take two requests."""
    registry.deploy()
    asked = registry.stand_in.metrics()["requests"]
    done = registry.diff()
    assert (done.exit_code, done.text) == (0, "orders: the contract holds, nothing differs")
    assert registry.stand_in.metrics()["requests"] - asked == 2


def test_a_new_column_is_told_and_harms_nothing(registry: Registry) -> None:
    """The exit code stays 0."""
    registry.deploy()
    registry.on_board(lambda columns: columns.append({"id": "date_1", "title": "Due", "type": "date"}))
    done = registry.diff("orders")
    assert done.exit_code == 0
    assert "items column 'Due' (date_1) is new on the board, of type date" in done.text
    assert "board deploy --board-id 9001" in done.text


def _renamed(columns: Columns) -> None:
    columns[0]["title"] = "Order Number"


def _retyped(columns: Columns) -> None:
    next(column for column in columns if column["id"] == "numbers_1")["type"] = "text"


def _deleted(columns: Columns) -> None:
    columns[:] = [column for column in columns if column["id"] != "numbers_1"]


@pytest.mark.parametrize(
    ("change", "kind"),
    [(_renamed, "renamed"), (_retyped, "retyped"), (_deleted, "deleted")],
    ids=["renamed", "retyped", "deleted"],
)
def test_a_contract_that_has_to_change(registry: Registry, change: Any, kind: str) -> None:
    """The exit code is 1, and again 0 once a deleted column is marked."""
    registry.deploy()
    registry.on_board(change)
    done = registry.diff()
    assert done.exit_code == 1
    assert [one["kind"] for one in done.data["boards"][0]["columns"]] == [kind]
    registry.deploy()
    assert registry.diff().exit_code == (0 if kind == "deleted" else 1)


def test_titles_that_collide_are_no_difference(registry: Registry) -> None:
    """A name that was told apart by its id stays right when the other column goes."""

    def twins(columns: Columns) -> None:
        columns.append({"id": "text_8", "title": "ORDER", "type": "text"})

    registry.on_board(twins)
    registry.deploy()
    assert registry.column("text_8")["name"] == "ORDER_text_8"

    def one_of_them(columns: Columns) -> None:
        twins(columns)
        columns[0]["title"] = "Other"

    registry.on_board(one_of_them)
    assert [one["column_id"] for one in registry.diff().data["boards"][0]["columns"]] == ["text_1"]


def test_a_board_that_is_gone(registry: Registry) -> None:
    """It is a finding, so that the other boards are compared all the same."""
    registry.deploy()
    registry.stand_in.start_over({"account": {"id": "7001", "name": "Sandbox"}, "boards": []})
    done = registry.diff(output="markdown")
    assert done.exit_code == 1
    assert "board 9001 does not exist" in done.text


def test_a_board_that_was_removed(registry: Registry) -> None:
    """It is compared only where it is named."""
    registry.deploy()
    registry.remove()
    with pytest.raises(UsageError, match="there is no enabled board"):
        registry.diff()
    assert registry.diff("orders").exit_code == 0
    with pytest.raises(UsageError, match="did you mean 'orders'"):
        registry.diff("order")
