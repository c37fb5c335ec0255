"""The rows of a plan file, and what each of them is to bring about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opus_sync.errors import UsageError
from opus_sync.plan.board_plan import Selection
from opus_sync.plan.groups import ITEMS_CELL
from opus_sync.plan.sealed import Sealed
from opus_sync.plan.staged import Cells

CREATE = "CREATE"
REMOVALS = ("ARCHIVE", "DELETE")
_KINDS = {"item": "items", "subitem": "subitems", "group": "groups", "board": "board"}


@dataclass(frozen=True)
class PlannedRow:
    """One row of a plan; `new` and `old` hold its cells by column id.

    `group_key` is the title of the new group of an item, `items` are those that go with a group.
    """

    stg_id: str
    kind: str
    operation: str
    label: str
    record_key: str | None
    parent_key: str | None
    batch: str | None
    item_id: int | None
    parent_item_id: int | None
    group_id: str | None
    item_name: str | None
    new: Cells
    old: Cells
    group_key: str | None = None
    items: tuple[str, ...] = ()

    @property
    def cells(self) -> Mapping[str, str | None]:
        """Return column -> what it is to hold; a new item also has a state, a name and perhaps a group."""
        if self.operation != CREATE:
            return self.new
        group = {} if self.group_id is None else {"$group": self.group_id}
        filled = {column: text for column, text in self.new.items() if text is not None and column != "name"}
        return {"$state": "active", "name": self.item_name, **group, **filled}


@dataclass(frozen=True)
class PlannedBoard:
    """The rows of one board, and the sync point that they were computed from; None for a plan of nothing."""

    rows: tuple[PlannedRow, ...]
    extract_id: str | None
    as_of_seq: int | None

    def narrowed(self, selection: Selection) -> tuple[PlannedRow, ...]:
        """Return the rows that are asked about."""
        return tuple(row for row in self.rows if _admits(selection, row))[: selection.limit]

    def with_parents(self, rows: Sequence[PlannedRow]) -> list[PlannedRow]:
        """Return the rows, and those that create the parents of their new subitems."""
        parents = {row.parent_key for row in rows if row.operation == CREATE} - {row.record_key for row in rows}
        further = [row for row in self.rows if row.operation == CREATE and row.record_key in parents - {None}]
        return [*further, *rows]


def planned_board(sealed: Sealed, board: str) -> PlannedBoard:
    """Return what a plan file holds of a board; raises UsageError where it was written by an older version."""
    (shown,) = (one for one in sealed.content["boards"] if one["board"] == board)
    try:
        return PlannedBoard(tuple(_rows(shown["rows"])), shown["extract_id"], shown["as_of_seq"])
    except KeyError as error:
        raise UsageError(
            f"{sealed.file} does not say {error} of its rows: an older opus-sync wrote it",
            "write it again with `opus-sync plan --out FILE`, before the work that is to be verified",
        ) from None


def _rows(rows: Iterable[Mapping[str, Any]]) -> Iterable[PlannedRow]:
    for row in rows:
        yield PlannedRow(
            stg_id=row["stg_id"],
            kind=_KINDS[row["entity"]],
            operation=row["operation"],
            label=row["name"],
            record_key=row["record_key"],
            parent_key=row["parent_key"],
            batch=row["batch"],
            item_id=_number(row["monday_item_id"]),
            parent_item_id=_number(row["parent_item_id"]),
            group_id=row["group_id"],
            item_name=row["item_name"],
            new=row["update_fields"],
            old=row["old_fields"],
            group_key=row.get("group_key"),
            items=tuple(json.loads(row["old_fields"].get(ITEMS_CELL) or "[]")),
        )


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _admits(selection: Selection, row: PlannedRow) -> bool:
    if selection.batch_key is not None and row.batch != selection.batch_key:
        return False
    return selection.key is None or selection.key in (row.record_key, row.parent_key, row.label)
