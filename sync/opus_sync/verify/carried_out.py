"""Was a plan carried out, by whomever? Each planned cell against the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opus_sync.verify.columns import ENTITIES, Columns
from opus_sync.verify.findings import CellFinding, Findings, Subject
from opus_sync.verify.found import Hits
from opus_sync.verify.judge import judge, judge_new
from opus_sync.verify.planned import CREATE, PlannedRow


def judge_rows(rows: Sequence[PlannedRow], found: Mapping[str, Hits], columns: Columns, findings: Findings) -> None:
    """Judge each cell of the planned rows; `found` holds stg_id -> the items that a row is about."""
    for row in rows:
        hits = found.get(row.stg_id, ())
        item = hits[0] if len(hits) == 1 else None
        subject = Subject(ENTITIES[row.kind], row.label, item.id if item else row.item_id)
        for column_id, wanted in row.cells.items():
            if row.operation == CREATE:
                verdict, note = judge_new(columns, row.kind, column_id, hits, wanted)
            else:
                verdict, note = judge(columns, row.kind, column_id, item, wanted, row.old)
            findings.take(
                CellFinding(
                    subject,
                    column_id,
                    columns.title(row.kind, column_id),
                    verdict,
                    row.old.get(column_id),
                    wanted,
                    item.cell(column_id) if item else None,
                    note,
                )
            )
