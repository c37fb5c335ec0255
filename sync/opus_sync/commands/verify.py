"""`opus-sync verify`: do the boards hold what was written, or what was planned? Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from opus_sync.clock import SystemClock
from opus_sync.commands.planning import refuse
from opus_sync.contract import Board
from opus_sync.errors import OpusError, UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.live.items import ItemReader
from opus_sync.live.pages import ItemPages
from opus_sync.monday.account import Account, read_account
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.hub import Hub
from opus_sync.plan.board_plan import Selection
from opus_sync.plan.objections import elsewhere
from opus_sync.plan.sealed import Sealed
from opus_sync.plan.text import plural
from opus_sync.project import Project, load_project
from opus_sync.pull.contract_check import column_problems
from opus_sync.pull.live_board import LiveBoard, read_board
from opus_sync.push.plan_file import boards_of, circumstances, read_plan_file
from opus_sync.shown import moment
from opus_sync.verify.carried_out import judge_rows
from opus_sync.verify.document import as_document
from opus_sync.verify.findings import Findings, Unplanned
from opus_sync.verify.found import Finder
from opus_sync.verify.known import Known
from opus_sync.verify.markdown import render_markdown
from opus_sync.verify.planned import PlannedBoard, planned_board
from opus_sync.verify.text import NOT_LOOKED_FOR, render_text
from opus_sync.verify.unplanned import Explained, WholeBoard
from opus_sync.verify.written import Batch, ReadBack, read_batches
from opus_sync.warehouse.origin import refuse_other_origin


def run(
    invocation: Invocation,
    *,
    batch: str | None = None,
    plan: Path | None = None,
    batch_key: str | None = None,
    key: str | None = None,
    limit: int | None = None,
    show: int = 10,
) -> Result:
    """Read back what the last push or one batch wrote, or hold the boards against a plan file.

    Exits 0 where all is as meant and, against a plan, nothing else changed; 1 otherwise.
    """
    if plan and batch:
        raise UsageError("--batch and --plan are two questions", "Give one of them.")
    project = load_project(invocation)
    selection = Selection(batch_key, key, limit)
    if plan:
        sealed = read_plan_file(plan)
        where = f"compared with {sealed.words}: target {project.target_name}, {project.endpoint}"
        found = _against_plan(project, sealed, selection)
    else:
        where = f"read back from: target {project.target_name}, {project.endpoint}"
        found = _written(project, batch, selection)
    render = render_markdown if invocation.output == "markdown" else render_text
    data = {
        "target": project.target_name,
        "endpoint": project.endpoint,
        "plan_file": None if plan is None else str(plan),
        **as_document(found),
    }
    return Result(0 if all(one.good for one in found) else 1, render(where, found, show), data)


def _written(project: Project, batch_id: str | None, selection: Selection) -> list[Findings]:
    boards = project.boards()
    batches = {
        board.name: read_batches(project.warehouse, board.name, batch_id, selection.batch_key) for board in boards
    }
    if batch_id and not any(batches.values()):
        raise UsageError(
            f"no selected board has a batch {batch_id}", "`opus-sync status` and the model mon_batch_processing list them"
        )
    with _reading(project) as reading:
        return [_read_back(reading, board, batches[board.name], selection) for board in boards if not batch_id or batches[board.name]]


def _read_back(reading: _Reading, board: Board, batches: Sequence[Batch], selection: Selection) -> Findings:
    findings = reading.findings(board, about=_about(batches, selection))
    if batches:
        back = ReadBack(board, reading.project.warehouse, reading.reader(board), batches, selection)
        with reading.project.invocation.progress.task(board.name, back.cells) as advance:
            back.into(findings, advance)
    return findings


def _about(batches: Sequence[Batch], selection: Selection) -> str:
    if not batches:
        return "nothing was pushed yet" if selection.batch_key is None else "the last push had no such batch"
    return f"{plural(len(batches), 'batch', 'batches')}, begun {moment(min(one.started_at for one in batches))}"


def _against_plan(project: Project, sealed: Sealed, selection: Selection) -> list[Findings]:
    boards = boards_of(sealed, project)
    planned = {board.name: planned_board(sealed, board.name) for board in boards}
    with _reading(project) as reading:
        for board in boards:
            account_id = reading.account(board).id
            now = SystemClock().now()
            met = circumstances(project, board, sealed, now=now, account_id=account_id, approving=True)
            refuse(tuple(elsewhere(sealed, met)))
        return [_compared(reading, board, planned[board.name], selection) for board in boards]
