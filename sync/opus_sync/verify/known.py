"""A board as a plan knew it: its extract, overlaid with what was written up to the plan's sync point."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opus_sync.errors import OpusError
from opus_sync.verify.columns import Columns
from opus_sync.verify.judge import STATE
from opus_sync.verify.parts import Row
from opus_sync.verify.planned import PlannedBoard
from opus_sync.warehouse.base import Warehouse

FIELDS: Mapping[str, str] = {"name": "item_name", "$group": "group_id", "$parent": "parent_item_id"}
"""Pseudo column -> the field of `mon_raw_item` that holds it."""


def kind_of(row: Mapping[str, Any]) -> str:
    """Return `items` or `subitems`: these have a parent."""
    return "items" if row["parent_item_id"] is None else "subitems"


@dataclass(frozen=True)
class Known:
    """What a plan knew of a board; rows come in parts by item id."""

    warehouse: Warehouse
    board: str
    extract_id: str
    as_of_seq: int
    columns: Columns

    @classmethod
    def by(cls, planned: PlannedBoard, warehouse: Warehouse, board: str, columns: Columns) -> Known:
        """Return what a plan was computed from; one of nothing does not say it, so that the active extract stands."""
        extract_id, as_of_seq = planned.extract_id, planned.as_of_seq
        if extract_id is None:
            (active,) = warehouse.query("plan_present", board=board) or [{}]
            extract_id, as_of_seq = active.get("extract_id", ""), active.get("as_of_seq")
        return cls(warehouse, board, extract_id or "", as_of_seq or 0, columns)

    def items(self) -> int:
        """Return how many items the extract holds; raises OpusError where it was removed."""
        boards = self.warehouse.query("verify_boards", extract_id=self.extract_id)
        if not boards:
            raise OpusError(
                f"{self.board}: the extract from which the plan was made is no longer there",
                "plan again: `opus-sync plan --out FILE`; a plan is verified against the extract it was made from",
            )
        return sum(row["items_count"] or 0 for row in boards)

    def part(self, parts: int, part: int, removed: set[int]) -> dict[int, Row]:
        """Return id -> item of one part; adds to `removed` what was taken off the board since the extract."""
        where = {"extract_id": self.extract_id, "parts": parts, "part": part}
        rows = {row["monday_item_id"]: row for row in self.warehouse.query("verify_extract", **where)}
        for write in self.warehouse.query("verify_overlay", board=self.board, as_of_seq=self.as_of_seq, **where):
            self._overlay(rows, write, removed)
        return rows

    def _overlay(self, rows: dict[int, Row], write: Mapping[str, Any], removed: set[int]) -> None:
        item_id, column_id, value = write["monday_item_id"], write["column_id"], write["new_value"]
        if column_id == STATE and value == "active":
            rows[item_id] = self._blank(write)
        elif column_id == STATE:
            rows.pop(item_id, None)
            removed.add(item_id)
        elif item_id in rows:
            _set(rows[item_id], column_id, value)

    def _blank(self, write: Mapping[str, Any]) -> Row:
        kind = write["update_type"].removeprefix("update_")
        cells = {column_id: self.columns.blank(kind, column_id) for column_id in self.columns.writable(kind)}
        return {
            "monday_board_id": write["monday_board_id"],
            "monday_item_id": write["monday_item_id"],
            **dict.fromkeys(FIELDS.values()),
            "column_values": json.dumps(cells),
        }


def _set(row: Row, column_id: str, value: str | None) -> None:
    if column_id == "$parent":
        row["parent_item_id"] = None if value is None else int(value)
    elif column_id in FIELDS:
        row[FIELDS[column_id]] = value
    else:
        row["column_values"] = json.dumps({**json.loads(row["column_values"]), column_id: value})
