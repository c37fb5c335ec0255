"""How the cells of a board look to a person: titles for ids, label colors, names of people, tags, groups and items."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from opus_sync.plan.changes import column_title, plain
from opus_sync.plan.staged import GROUPS, ITEMS, SUBITEMS, StagedRow
from opus_sync.report.page import Cell, Value
from opus_sync.shown import visible

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_NEW_SAYS = ("name", "$group", "$parent", "$state")
"""Cells of a new record that its row says by itself."""


@dataclass(frozen=True)
class Appearance:
    """What ids stand for on one board; columns go by update type and id.

    `named` maps a column type to the names of the ids that its cells hold.
    """

    titles: Mapping[tuple[str, str], str]
    types: Mapping[tuple[str, str], str] = field(default_factory=dict)
    colors: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    groups: Mapping[str, Value] = field(default_factory=dict)
    named: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    items: Mapping[int, tuple[str | None, str | None]] = field(default_factory=dict)

    @property
    def order(self) -> dict[str, int]:
        """Return the place of each column by its title, as the contract has them."""
        return {visible(title): at for at, title in enumerate(self.titles.values())}

    def name(self, item_id: int | None) -> str | None:
        """Return what an item was called when the board was pulled."""
        found = self.items.get(item_id or 0)
        return visible(found[0]) if found and found[0] else None

    def group_of(self, row: StagedRow, group_id: str | None = None) -> Value | None:
        """Return the group that an item is made in, or in which it lay when the board was pulled; None for others."""
        if row.update_type != ITEMS:
            return None
        if row.update_operation == "CREATE":
            known = group_id or row.group_id or row.group_key
        else:
            known = self.items.get(row.monday_item_id or 0, (None, None))[1]
        return self._group(known) if known else None

    def _group(self, group_id: str) -> Value:
        return self.groups.get(group_id, Value(visible(group_id)))

    def cells(
        self, update_type: str, operation: str, new: Mapping[str, str | None], old: Mapping[str, str | None]
    ) -> tuple[Cell, ...]:
        """Return the changed cells of a row; of a new record those that hold something."""
        fresh = operation == "CREATE"
        left_out = _NEW_SAYS if fresh and update_type in (ITEMS, SUBITEMS) else ()
        return tuple(
            Cell(
                visible(column_title(self.titles, update_type, column)),
                self.value(update_type, column, old.get(column)),
                self.value(update_type, column, value),
                fresh,
            )
            for column, value in new.items()
            if column not in left_out and not (fresh and value is None)
        )

    def value(self, update_type: str, column: str, text: str | None) -> Value | None:
        """Return a cell as it is read; None for an empty one."""
        if text is None:
            return None
        if column == "$group":
            return self._group(text)
        if update_type == GROUPS and column == "color":
            return Value(visible(text), color_of(text))
        kind = self.types.get((update_type, column), "")
        words = self._names(text, self.named[kind]) if kind in self.named else plain(text)
        color = self.colors.get((update_type, column), {}).get(text)
        return Value(visible(words), color)

    def _names(self, text: str, names: Mapping[str, str]) -> str:
        try:
            ids = json.loads(text)
        except ValueError:
            return text
        return ", ".join(names.get(str(one), str(one)) for one in ids) if isinstance(ids, list) else text


def color_of(text: object) -> str | None:
    """Return a color as `#rrggbb`; None for whatever is none."""
    return text.lower() if isinstance(text, str) and _HEX.fullmatch(text) else None


def label_colors(columns: Iterable[Mapping[str, Any]], item_board: int) -> dict[tuple[str, str], dict[str, str]]:
    """Return the colors of labels, from the settings of columns as they were pulled."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in columns:
        update_type = ITEMS if row["monday_board_id"] == item_board else SUBITEMS
        colors = {
            str(one.get("label")): color for one in _labels(row["settings"]) if (color := color_of(one.get("hex")))
        }
        if colors:
            found[update_type, row["column_id"]] = colors
    return found


def _labels(settings: str | None) -> list[dict[str, Any]]:
    try:
        labels = json.loads(settings or "{}").get("labels")
    except (ValueError, AttributeError):
        return []
    return [one for one in labels if isinstance(one, dict)] if isinstance(labels, list) else []
