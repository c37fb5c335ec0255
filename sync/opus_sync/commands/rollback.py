"""`opus-sync rollback`: takes back what a batch wrote; a dry run until `--live`."""

from __future__ import annotations

import shlex
import uuid
from collections.abc import Sequence

from opus_sync.commands.live import Live, at_work
from opus_sync.commands.planning import refuse, said
from opus_sync.contract import Board
from opus_sync.errors import OpusError, Refused, UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.machine import os_user
from opus_sync.plan.board_plan import BoardPlan, Plan
from opus_sync.plan.cost import Pace
from opus_sync.project import Project, load_project
from opus_sync.push.rollback import Undo, batch_to_undo, nothing_to_undo, read_rollback, request_row, requested
from opus_sync.push.session import Manner
from opus_sync.warehouse.sequence import next_seq

INTERRUPTED = (130, 143)


def run(
    invocation: Invocation,
    *,
    batch: str | None = None,
    reason: str | None = None,
    pending: bool = False,
    live: bool = False,
    show: int = 10,
) -> Result:
    """Undo one batch, or with `pending` every batch that was asked for in SQL; without `live` say what that does.

    Exits 0, 1 where rows are left alone or not written, 3 where nothing may be sent.
    """
    if pending == (batch is not None):
        raise UsageError("rollback takes either --batch or --pending")
    if batch is not None and not reason:
        raise UsageError("a rollback of a batch needs --reason", "It is kept with every cell that is taken back.")
    project = load_project(invocation)
    boards = {board.name: board for board in project.boards()}
    undoings = _undoings(project, boards, batch, reason)
    if not undoings:
        return Result(0, "no rollback is asked for", {"boards": []})
    carry_out = _live if live else _dry
    results: list[Result] = []
    for undo in undoings:
        try:
            results.append(carry_out(project, boards[undo.board], undo, show))
        except OpusError as error:
            # What was undone before is told all the same.
            if len(undoings) == 1:
                raise
            results.append(Result(error.exit_code, f"{_head(undo)}\n{error}", {"error": error.message}))
        if results[-1].exit_code in INTERRUPTED:
            break
    told = [{"batch_id": undo.batch_id, **result.data} for undo, result in zip(undoings, results, strict=False)]
    code = max(result.exit_code for result in results)
    return Result(code, "\n\n".join(result.text for result in results), {"rollbacks": told})


def _undoings(project: Project, boards: dict[str, Board], batch: str | None, reason: str | None) -> Sequence[Undo]:
    if batch is None:
        return requested(project.warehouse, list(boards))
    undo = batch_to_undo(project.warehouse, batch, reason or "", os_user())
    if undo.board not in boards:
        raise UsageError(f"batch {batch} is of board {undo.board!r}, which is not among the selected ones")
    return [undo]


def _dry(project: Project, board: Board, undo: Undo, show: int) -> Result:
    plan = _plan(project, board, undo, None)
    result = said(project.invocation, plan, show)
    return Result(result.exit_code, f"{_head(undo)}\n{result.text}", result.data)


def _live(project: Project, board: Board, undo: Undo, show: int) -> Result:
    if project.target_name in project.require_approval and undo.by == os_user():
        raise Refused(
            f"the target {project.target_name!r} sends only what somebody else agreed to; nothing was sent",
            "ask for it in SQL: `dbt run-operation sp_rollback_batch`; somebody else carries it out with "
            "`opus-sync rollback --pending --live`",
        )
    with at_work(project, [board]) as work:
        work.recover()
        plan = _plan(project, board, undo, work)
        refuse(plan.reasons)
        manner = Manner(rollback_of_batch=undo.batch_id)
        if not undo.requested:
            row = request_row(undo, next_seq(project.warehouse, board.name), work.clock.now())
            work.locks[board.name].append({"mon_rollback_request": [row]})
        if not plan.operations:
            milestone = nothing_to_undo(undo, str(uuid.uuid4()), plan.invalid)
            work.session.record(board, work.locks[board.name], work.lines[board.name], manner, milestone)
            return Result(1 if plan.invalid else 0, f"{_head(undo)}\n{said(project.invocation, plan, show).text}", {})
        result = work.result(plan, work.push(plan, lambda _: manner, promote=True))
        return Result(result.exit_code, f"{_head(undo)}\n{result.text}", result.data)


def _plan(project: Project, board: Board, undo: Undo, work: Live | None) -> Plan:
    planned: BoardPlan = read_rollback(
        project.warehouse,
        board,
        undo,
        target=project.target_name,
        endpoint=project.endpoint,
        account_id=work.account_ids[board.name] if work else None,
        pace=Pace(project.settings_for(board).max_batch_size),
    )
    how = ("--pending",) if undo.requested else ("--batch", undo.batch_id, "--reason", undo.reason)
    return Plan((planned,), shlex.join(["opus-sync", "rollback", *how, "--live"]))


def _head(undo: Undo) -> str:
    whose = f" of {undo.customer}" if undo.customer else ""
    return f"rollback of batch {undo.batch_id}{whose}: {undo.reason}"
