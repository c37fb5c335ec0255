"""One batch that was pushed, as the runner's tables know it: who and when, each row, what became of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opus_sync.plan.staged import Cells, StagedRow, cells, recorded_row

OPEN = "OPEN"
_SENT = "SENT"
_LAST = ("PROMOTED", "FAILED")


@dataclass(frozen=True)
class Operation:
    """One row of a batch and what became of it: OPEN where that is not known.

    `new` and `old` are the cells that were written, or of a row that was not written those that were meant.
    """

    operation_id: str
    row: StagedRow
    outcome: str
    monday_item_id: int | None
    attempts: int
    at: datetime
    new: Cells
    old: Cells
    error_type: str | None = None
    error_message: str | None = None


@dataclass(frozen=True)
class Batch:
    """A batch: `facts` are the columns of its newest event, `undone_by` the batches that took it back."""

    batch_id: str
    board: str
    event: str
    started_at: datetime
    ended_at: datetime | None
    facts: Mapping[str, Any]
    operations: tuple[Operation, ...] = ()
    undone_by: tuple[str, ...] = ()
    milestones: tuple[tuple[str, datetime], ...] = ()

    @property
    def settings(self) -> Mapping[str, Any]:
        """Return the settings that it was pushed with."""
        found: Mapping[str, Any] = json.loads(self.facts["settings"] or "{}")
        return found

    @property
    def outcomes(self) -> Counter[str]:
        """Count the rows by what became of them."""
        return Counter(one.outcome for one in self.operations)

    @property
    def errors(self) -> Counter[str]:
        """Count the rows that failed, by error type."""
        return Counter(one.error_type or "unknown" for one in self.operations if one.outcome == "FAILED")

    @property
    def attempts(self) -> Counter[int]:
        """Count the rows by how often they were sent."""
        return Counter(one.attempts for one in self.operations)

    @property
    def moments(self) -> list[datetime]:
        """Return when rows had their outcome."""
        return [one.at for one in self.operations if one.outcome != OPEN]


def batch_of(
    events: Sequence[Mapping[str, Any]],
    operations: Iterable[Mapping[str, Any]],
    audit: Iterable[Mapping[str, Any]],
    undone: Iterable[Mapping[str, Any]],
) -> Batch:
    """Build a batch from its events, at least one, the events of its operations and its audit rows, each by `seq`."""
    newest = events[-1]
    by_operation: dict[str, list[Mapping[str, Any]]] = {}
    for event in operations:
        by_operation.setdefault(event["operation_id"], []).append(event)
    written: dict[str, list[Mapping[str, Any]]] = {}
    for cell in audit:
        written.setdefault(cell["operation_id"], []).append(cell)
    return Batch(
        batch_id=newest["batch_id"],
        board=newest["board"],
        event=newest["event"],
        started_at=events[0]["recorded_at"],
        ended_at=newest["recorded_at"] if newest["event"] in _LAST else None,
        facts=newest,
        operations=tuple(_operation(own, written.get(name, ())) for name, own in by_operation.items()),
        undone_by=tuple(row["batch_id"] for row in undone),
        milestones=tuple((event["event"], event["recorded_at"]) for event in events),
    )


def _operation(events: Sequence[Mapping[str, Any]], written: Sequence[Mapping[str, Any]]) -> Operation:
    last = events[-1]
    sent = next((event for event in reversed(events) if event["event"] == _SENT), None)
    row = recorded_row(next(event["staged_row"] for event in events if event["staged_row"]))
    new: Cells = {cell["column_id"]: cell["new_value"] for cell in written}
    old: Cells = {cell["column_id"]: cell["old_value"] for cell in written}
    if not written:
        new = cells((sent and sent["sent_fields"]) or row.update_fields, row.stg_id)
        old = cells((sent and sent["seen_fields"]) or row.old_fields, row.stg_id)
    return Operation(
        operation_id=last["operation_id"],
        row=row,
        outcome=OPEN if last["event"] == _SENT else last["event"],
        monday_item_id=last["monday_item_id"] or row.monday_item_id,
        attempts=sum(event["event"] == _SENT for event in events),
        at=last["recorded_at"],
        new=new,
        old=old,
        error_type=last["error_type"],
        error_message=last["error_message"],
    )
