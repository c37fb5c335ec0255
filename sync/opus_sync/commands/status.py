"""`opus-sync status`: who is at work on each board, what was pulled and pushed, what waits."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from opus_sync.clock import SystemClock
from opus_sync.contract import Board
from opus_sync.invocation import Invocation, Result
from opus_sync.project import Project, load_project
from opus_sync.status.facts import BoardStatus, rate
from opus_sync.status.levels import read_levels
from opus_sync.status.markdown import render_markdown
from opus_sync.status.read import read_status
from opus_sync.status.text import NOTHING_YET, next_words, render_text
from opus_sync.warehouse.errors import MissingTable


def run(invocation: Invocation) -> Result:
    """Say how the selected boards stand; needs no token and no lock, so that it works while others are at work."""
    project = load_project(invocation)
    boards = project.boards()
    now = SystemClock().now()
    try:
        found = [_read(project, board) for board in boards]
        levels = read_levels(project.warehouse, project.target_name, [board.name for board in boards])
    except MissingTable:
        return Result(0, NOTHING_YET, {"boards": [], "service_levels": [], "next": "opus-sync pull"})
    render = render_markdown if invocation.output == "markdown" else render_text
    document = {
        "boards": [_board(one, now, invocation.target) for one in found],
        "service_levels": [asdict(level) for level in levels],
    }
    return Result(0, render(found, now, invocation.target, levels), document)


def _read(project: Project, board: Board) -> BoardStatus:
    age = board.guards.extract_age
    return read_status(
        project.warehouse, board.name, board.board_id(project.target_name), age_limit=age.hours if age else None
    )


def _board(status: BoardStatus, now: datetime, target: str | None) -> dict[str, Any]:
    batches = [asdict(batch) | {"ended": batch.ended} for batch in status.batches]
    age = None if status.active is None else (now - status.active.began_at).total_seconds()
    return asdict(status) | {
        "monday_board_id": str(status.monday_board_id),
        "extract_age_seconds": age,
        "extract_too_old": status.too_old(now),
        "batches": batches,
        "rows_a_minute": rate(status.last_push),
        "next": next_words(status, now, target),
    }
