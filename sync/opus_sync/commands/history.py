"""`opus-sync history`: the batches that ran, the newest first, or one of them in full."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from opus_sync.clock import SystemClock
from opus_sync.errors import UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.project import load_project
from opus_sync.status.facts import rate
from opus_sync.status.history import Detail, Past, read_detail, read_history
from opus_sync.status.history_text import detail_markdown, render_detail, render_markdown, render_text
from opus_sync.status.text import NOTHING_YET
from opus_sync.warehouse.errors import MissingTable

_NAMED = 3


def run(invocation: Invocation, *, days: int, show: int, batch: str | None = None) -> Result:
    """List the batches of the selected boards that began in so many days, or show one batch, however old.

    Reads the runner's tables only. Raises UsageError for a batch that the selected boards do not have.
    """
    project = load_project(invocation)
    since = SystemClock().now() - timedelta(days=days)
    try:
        every = [past for board in project.boards() for past in read_history(project.warehouse, board.name)]
        every.sort(key=lambda past: past.batch.started_at, reverse=True)
        if batch is not None:
            detail = read_detail(project.warehouse, _named(every, batch))
            render = detail_markdown if invocation.output == "markdown" else render_detail
            return Result(0, render(detail, invocation.target), {"batch": _detail(detail)})
    except MissingTable:
        return Result(0, NOTHING_YET, {"days": days, "batches": []})
    found = [past for past in every if past.batch.started_at >= since]
    if invocation.output == "markdown":
        text = render_markdown(found, show, days)
    else:
        text = render_text(found, show, days, invocation.target)
    return Result(0, text, {"days": days, "batches": [_past(past) for past in found]})


def _named(every: list[Past], batch_id: str) -> Past:
    for past in every:
        if past.batch.batch_id == batch_id:
            return past
    known = ", ".join(past.batch.batch_id for past in every[:_NAMED])
    raise UsageError(
        f"no selected board has a batch {batch_id}",
        f"The last ones are {known}." if known else "No batch has run yet.",
    )


def _past(past: Past) -> dict[str, Any]:
    batch = past.batch
    return {
        "batch_id": batch.batch_id,
        "board": past.board,
        "customer": batch.customer,
        "kind": past.kind,
        "batch_type": past.batch_type,
        "state": batch.event,
        "ended": batch.ended,
        "rows": batch.total,
        "succeeded": batch.succeeded,
        "failed": batch.failed,
        "not_written": batch.others,
        "without_outcome": batch.total - batch.done,
        "started_at": batch.started_at,
        "last_outcome_at": batch.last_at,
        "seconds": past.seconds,
        "rows_a_minute": rate((batch,)),
        "summary": batch.summary,
        "rollback_of": batch.rollback_of,
        "taken_back_by": list(past.taken_back_by),
        "plan_id": past.plan_id,
        "guards_lifted": past.guard_lifted.split(",") if past.guard_lifted else [],
        **past.by,
    }


def _detail(detail: Detail) -> dict[str, Any]:
    return _past(detail.past) | {
        "operations": [asdict(rows) for rows in detail.rows],
        "cells_written": detail.cells,
        "errors": [
            {"error_type": kind, "rows": number, "message": message}
            for kind, (number, message) in detail.errors.items()
        ],
        "settings": dict(detail.past.settings),
    }
