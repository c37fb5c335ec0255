"""`opus-sync errors`: the rows that failed, by type with the way out, or one with its payload."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from opus_sync.clock import SystemClock
from opus_sync.errors import UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.project import load_project
from opus_sync.status.failures import STATES, Failed, Group, grouped, parsed_json, read_failures
from opus_sync.status.failures_text import (
    next_commands,
    next_of,
    one_markdown,
    render_markdown,
    render_one,
    render_text,
)
from opus_sync.status.text import NOTHING_YET, command
from opus_sync.status.ways_out import way_out
from opus_sync.warehouse.errors import MissingTable


def run(
    invocation: Invocation,
    *,
    batch: str | None = None,
    error_type: str | None = None,
    days: int | None = None,
    err_id: str | None = None,
    show: int = 3,
) -> Result:
    """Say what failed on the selected boards and what to do about it; reads the view err_mon_updates.

    `err_id` shows one failure in full. Raises UsageError where there is none of that id.
    """
    if err_id is not None and (batch or error_type or days):
        raise UsageError("--id names one failure and goes with no other selection")
    project = load_project(invocation)
    boards = {board.name for board in project.boards()}
    try:
        found = read_failures(project.warehouse, project.target_name, boards)
    except MissingTable:
        return Result(0, NOTHING_YET, {"failures": 0, "types": [], "next": []})
    if err_id is not None:
        return _one(invocation, _named(found, err_id))
    since = None if days is None else SystemClock().now() - timedelta(days=days)
    wanted = (
        row
        for row in found
        if batch in (None, row.batch_id)
        and error_type in (None, row.error_type)
        and (since is None or row.failed_at >= since)
    )
    groups = grouped(list(wanted))
    render = render_markdown if invocation.output == "markdown" else render_text
    data = {
        "failures": sum(len(group.rows) for group in groups),
        "types": [_group(group) for group in groups],
        "next": [command(words, invocation.target) for words in next_commands(groups)],
    }
    return Result(0, render(groups, show, invocation.target), data)


def _one(invocation: Invocation, row: Failed) -> Result:
    render = one_markdown if invocation.output == "markdown" else render_one
    data = {
        **_row(row),
        "way_out": way_out(row.error_type),
        "payload": parsed_json(row.payload),
        "staged_row": parsed_json(row.staged_row),
    }
    next_words = [command(words, invocation.target) for words in next_of(row)]
    return Result(0, render(row, invocation.target), {"failure": data, "next": next_words})


def _named(found: list[Failed], err_id: str) -> Failed:
    for row in found:
        if row.err_id == err_id:
            return row
    raise UsageError(f"the selected boards have no failure {err_id}", "`opus-sync errors --show 100` lists them.")


def _group(group: Group) -> dict[str, Any]:
    return {
        "error_type": group.error_type,
        "failures": len(group.rows),
        **{state.lower(): group.states[state] for state in STATES},
        "boards": list(group.boards),
        "newest_at": group.rows[0].failed_at,
        "example": group.example.message,
        "way_out": way_out(group.error_type),
        "rows": [_row(row) for row in group.rows],
    }


def _row(row: Failed) -> dict[str, Any]:
    told = asdict(row)
    number = told.pop("monday_item_id")
    for name in ("payload", "staged_row"):
        del told[name]
    return told | {"monday_item_id": None if number is None else str(number)}
