"""What pushes wrote, read back: does each cell still hold what was written last?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from opus_sync.contract import Board
from opus_sync.live.items import ItemReader
from opus_sync.live.structure import StructureReader
from opus_sync.plan.board_plan import EVERYTHING, Selection
from opus_sync.plan.staged import StagedRow, recorded_row
from opus_sync.verify.columns import ENTITIES, PSEUDO, Columns
from opus_sync.verify.findings import CellFinding, Findings, Subject, Verdict
from opus_sync.verify.judge import judge
from opus_sync.verify.structure import judge_written
from opus_sync.warehouse.base import Warehouse

_CELLS_A_PART = 20_000


@dataclass(frozen=True)
class Batch:
    """One batch of a push."""

    batch_id: str
    customer: str | None
    started_at: datetime
    first_seq: int


def read_batches(warehouse: Warehouse, board: str, batch_id: str | None, batch_key: str | None) -> list[Batch]:
    """Return a batch, or those of a board's last push, perhaps of one customer only."""
    found = warehouse.query("verify_batches", board=board, batch_id=batch_id or "")
    batches = [Batch(row["batch_id"], row["customer_name"], row["started_at"], row["first_seq"]) for row in found]
    return [batch for batch in batches if batch_key in (None, batch.customer)]


@dataclass
class ReadBack:
    """Reads back what batches of one board wrote; a part of the items at a time, so that memory stays small."""

    board: Board
    warehouse: Warehouse
    reader: ItemReader
    structure: StructureReader
    batches: Sequence[Batch]
    selection: Selection = EVERYTHING
    _columns: Columns = field(init=False)

    def __post_init__(self) -> None:
        self._columns = Columns(self.board)

    @property
    def cells(self) -> int:
        """Return how many cells were written since the first of the batches began."""
        return int(self.warehouse.query("verify_size", **self._since)[0]["cells"])

    def into(self, findings: Findings, advance: Callable[[int], None] = lambda cells: None) -> None:
        """Judge each cell, and tell `advance` of each; raises OpusError where monday cannot be read."""
        parts = 1 + self.cells // _CELLS_A_PART
        ids = {batch.batch_id for batch in self.batches}
        seen: set[int] = set()
        for part in range(parts):
            where = {**self._since, "parts": parts, "part": part}
            rows = [row for row in self.warehouse.query("verify_cells", **where) if row["batch_id"] in ids]
            records = _Records(self.warehouse, where)
            rows = self._narrowed(rows, records, seen)
            for kind in ENTITIES:
                self._judge(kind, [row for row in rows if row["update_type"] == f"update_{kind}"], records, findings)
            advance(len(rows))
        written = [row for row in self.warehouse.query("verify_structure", **self._since) if row["batch_id"] in ids]
        if written:
            judge_written(written, self.structure.read(), self.selection, findings)
            advance(len(written))

    @property
    def _since(self) -> dict[str, Any]:
        return {"board": self.board.name, "first_seq": min(batch.first_seq for batch in self.batches)}

    def _narrowed(self, rows: list[dict[str, Any]], records: _Records, seen: set[int]) -> list[dict[str, Any]]:
        if self.selection.key is not None:
            rows = [row for row in rows if records.bears(row["operation_id"], self.selection.key)]
        for row in rows:
            if self.selection.limit is None or len(seen) < self.selection.limit:
                seen.add(row["monday_item_id"])
        return [row for row in rows if row["monday_item_id"] in seen]

    def _judge(self, kind: str, rows: Sequence[dict[str, Any]], records: _Records, findings: Findings) -> None:
        ids = dict.fromkeys(row["monday_item_id"] for row in rows)
        columns = {row["column_id"] for row in rows} - PSEUDO.keys()
        live = self.reader.by_id(kind, ids, columns) if ids else {}
        for row in rows:
            item = live.get(row["monday_item_id"])
            verdict, note = judge(self._columns, kind, row["column_id"], item, row["new_value"])
            named = row["operation_id"] if verdict is not Verdict.AS_MEANT else ""
            findings.take(
                CellFinding(
                    Subject(ENTITIES[kind], records.label(named) if named else "", row["monday_item_id"]),
                    row["column_id"],
                    self._columns.title(kind, row["column_id"]),
                    verdict,
                    row["old_value"],
                    row["new_value"],
                    item.cell(row["column_id"]) if item else None,
                    note,
                )
            )


class _Records:
    """The staged rows behind written cells, read when the first one is asked for."""

    def __init__(self, warehouse: Warehouse, where: Mapping[str, Any]) -> None:
        self._warehouse = warehouse
        self._where = where
        self._texts: Mapping[str, str] | None = None

    def label(self, operation_id: str) -> str:
        """Return the words by which people know the row of an operation."""
        row = self._row(operation_id)
        return row.label if row else ""

    def bears(self, operation_id: str, key: str) -> bool:
        """Tell whether the operation is about the record of this key, or a subitem of it."""
        row = self._row(operation_id)
        return row is not None and key in (row.record_key, row.parent_key, row.label)

    def _row(self, operation_id: str) -> StagedRow | None:
        if self._texts is None:
            rows = self._warehouse.query("verify_records", **self._where)
            self._texts = {row["operation_id"]: row["staged_row"] for row in rows}
        text = self._texts.get(operation_id)
        return recorded_row(text) if text else None
