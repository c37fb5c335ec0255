"""A board with a column of each writable type, and canonical values for them that are the same in every run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from integration.support.small import Column, SmallBoard
from opus_sync.columns import TYPES, LabelMap
from unit.opus_sync.columns.values import ITEMS, LABELS, VALUES

BOARD_ID, KEY = 9200, "text_key"
TYPED = tuple(name for name, kind in TYPES.items() if kind.writable and name != "name")
"""Every writable type but the item's name, which is no column."""

CREATABLE = tuple(name for name in TYPED if TYPES[name].create)

_DRAWN = 120
_LABELS = [{"id": number, "label": label} for number, label in enumerate(LABELS, 1)]
_SETTINGS: Mapping[str, Any] = {
    "status": {"labels": _LABELS},
    "dropdown": {"labels": _LABELS},
    "board_relation": {"boardIds": [BOARD_ID]},
}


def column_id(type_name: str) -> str:
    """Return the id of a type's column."""
    return f"{type_name}_1"


EVERY_TYPE = SmallBoard(
    "every_type",
    BOARD_ID,
    key="Key",
    columns=(
        Column(KEY, "Key"),
        *(Column(column_id(name), f"My {name}", name, _SETTINGS.get(name, {}), {"on_null": "clear"}) for name in TYPED),
    ),
    # Empty cells are written as often as others.
    meta={"guards": {"cleared_cells": "off"}},
)

LABEL_MAP = LabelMap(
    {column_id(name): {label: at for at, label in enumerate(LABELS, 1)} for name in ("status", "dropdown")}
)
"""Label ids of the status and the dropdown column."""


def seed(further: Iterable[tuple[int, str, Mapping[str, Any]]]) -> dict[str, Any]:
    """Return the board with the items that others link to, and further ones."""
    return EVERY_TYPE.seed([*((int(number), f"Linked {number}", {}) for number in ITEMS), *further])


@cache
def values_of(type_name: str) -> tuple[str | None, ...]:
    """Return some hundred canonical values of a type, hostile ones and (where there is one) the empty cell."""
    found: dict[str | None, None] = {}

    @settings(
        max_examples=_DRAWN,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(VALUES[type_name].filter(lambda value: not (value or "").endswith(" 00:00:00")))
    def collect(value: str | None) -> None:
        found[value] = None

    collect()
    if TYPES[type_name].clearable:
        found[None] = None
    return tuple(found)


def cells(at: int) -> dict[str, str | None]:
    """Return type -> the value at a position, another one for each position as long as there are some."""
    return {name: values[at * 7 % len(values)] for name in TYPED for values in [values_of(name)]}
