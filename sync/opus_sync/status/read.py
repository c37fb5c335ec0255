"""Reads how a board stands, from the warehouse alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from opus_sync.status.facts import Batch, BoardStatus, Extract, Request
from opus_sync.warehouse.base import Warehouse

ACTIVE = "ACTIVE"
METADATA = "metadata"


def read_status(warehouse: Warehouse, board: str, monday_board_id: int, age_limit: float | None = None) -> BoardStatus:
    """Return how a board stands; raises MissingTable where nothing was ever done.

    `age_limit` is that of the guard `extract_age`, in hours.
    """
    active, newest = _extracts(warehouse.query("status_extracts", board=board))
    (sent,) = warehouse.query("status_open", board=board)
    failures = Counter(str(row["error_type"] or "unknown") for row in warehouse.query("failed_operations", board=board))
    return BoardStatus(
        board=board,
        monday_board_id=monday_board_id,
        holder=warehouse.lock_holder(board),
        active=active,
        age_limit=age_limit,
        newest=newest,
        batches=tuple(batch_of(row) for row in warehouse.query("batches", board=board, every_batch=0)),
        open_rows=sent["open_operations"],
        last_sent_at=sent["last_sent_at"],
        failures=dict(failures),
        requests=tuple(
            Request(row["batch_id"], row["requested_by"], row["reason"])
            for row in warehouse.query("rollback_pending")
            if row["board"] == board
        ),
    )


def _extracts(events: Sequence[Mapping[str, Any]]) -> tuple[Extract | None, Extract | None]:
    """Return the newest extract in force that read items, and the newest one where it is not in force."""
    by_extract: dict[str, list[Mapping[str, Any]]] = {}
    for event in events:
        by_extract.setdefault(event["extract_id"], []).append(event)
    read = [own for own in by_extract.values() if own[-1]["status"] == ACTIVE and own[-1]["mode"] != METADATA]
    newest = [*by_extract.values()][-1] if events and events[-1]["status"] != ACTIVE else None
    return _extract(read[-1]) if read else None, _extract(newest) if newest else None


def _extract(events: Sequence[Mapping[str, Any]]) -> Extract:
    first, last = events[0], events[-1]
    return Extract(
        status=last["status"],
        began_at=first["recorded_at"],
        ended_at=last["recorded_at"],
        items=last["items_read"],
        subitems=last["subitems_read"],
        reason=last["reason"],
    )


def batch_of(row: Mapping[str, Any]) -> Batch:
    """Return the batch that a row of the statement `batches` tells of."""
    return Batch(
        batch_id=row["batch_id"],
        customer=row["customer_name"],
        event=row["event"],
        total=row["total_records"] or 0,
        succeeded=row["succeeded"],
        failed=row["failed"],
        others=row["others"],
        started_at=row["started_at"],
        # The promotion of a batch is dbt's time, not the push's.
        last_at=row["last_outcome_at"] or row["event_at"],
        of_last_push=bool(row["is_last"]),
        summary=row["error_summary"],
        rollback_of=row["rollback_of_batch"],
    )
