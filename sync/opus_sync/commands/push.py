"""`opus-sync push`: sends the staged rows with `--live`, says what it would send without."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from opus_sync.clock import Clock, SystemClock
from opus_sync.commands.planning import Wish, command_line, dry_run, read, refuse, said
from opus_sync.contract import Board
from opus_sync.errors import UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.monday.client import Monday
from opus_sync.plan.board_plan import Plan, Selection
from opus_sync.plan.text import where
from opus_sync.project import Project, live_allowed, load_project, plan_file_needed
from opus_sync.push.interrupt import InterruptibleClock, Interruption, listening
from opus_sync.push.line import Line, connect
from opus_sync.push.plan_file import read_plan_file
from opus_sync.push.report import Report
from opus_sync.push.session import Manner, Session
from opus_sync.push.several import push_all
from opus_sync.push.text import render_reports, report_document


def run(
    invocation: Invocation,
    *,
    live: bool = False,
    promote: bool = True,
    plan: Path | None = None,
    batch_key: str | None = None,
    key: str | None = None,
    limit: int | None = None,
    lift: tuple[str, ...] = (),
    show: int = 10,
) -> Result:
    """Push the selected boards, or what a plan file holds; without `live` this is the plan.

    Exits 0, 1 where rows failed or are invalid or the push ended early, 130 or 143 where it was interrupted.
    Raises Refused where nothing may be sent.
    """
    rows = {"batch_key": batch_key, "key": key, "limit": limit}
    if plan is None:
        selection = Selection(batch_key, key, limit)
        wish = Wish(command_line(invocation, "push", rows), lambda project, board: selection, lift)
    else:
        narrowed = [f"--{name.replace('_', '-')}" for name, value in rows.items() if value is not None]
        if narrowed:
            raise UsageError(f"--plan takes no {' and '.join(narrowed)}", "A plan file is pushed as it was approved.")
        sealed = read_plan_file(plan)
        wish = Wish(
            command_line(invocation, "push", {"plan": plan}),
            lambda project, board: Selection(sealed=sealed.boards[board.name].rows),
            lift,
            sealed,
        )
    return carry_out(invocation, wish, live=live, promote=promote, show=show)


def carry_out(invocation: Invocation, wish: Wish, *, live: bool, promote: bool, show: int) -> Result:
    """Push what is wished for; without `live` say what that would do."""
    project = load_project(invocation)
    if not live:
        return dry_run(project, wish, SystemClock().now(), show)[1]
    boards = {board.name: board for board in wish.boards(project)}
    live_allowed(project, project.endpoint)
    if wish.sealed is None:
        plan_file_needed(project)
    interruption = Interruption(invocation.log)
    clock = InterruptibleClock(SystemClock(), interruption)
    with ExitStack() as held:
        held.enter_context(listening(interruption))
        lines = _lines(project, boards.values(), clock, held)
        locks = {name: held.enter_context(project.warehouse.lock(name)) for name in boards}
        plan = _plan(project, boards, lines, wish, clock.now())
        if not plan.operations:
            return said(invocation, plan, show=0)
        invocation.log(f"writing to: {where(plan)}")
        with invocation.progress.task("push", plan.operations) as advance:
            session = Session(project, clock, interruption, advance)
            pushes = [
                session.board_push(
                    boards[board.target.board],
                    board,
                    lines[board.target.board],
                    locks[board.target.board],
                    Manner(plan_id=wish.sealed.plan_id if wish.sealed else None, lifted=board.lifted),
                )
                for board in plan.boards
                if board.operations
            ]
            reports = push_all(pushes, project.settings.threads)
        if promote:
            session.promote(boards, pushes)
    return _result(plan, reports, interruption)


def _lines(project: Project, boards: Collection[Board], clock: Clock, held: ExitStack) -> Mapping[str, Line]:
    """Return board -> line; boards of one token share it, since the limits are the token's."""
    tokens = {board.name: project.token(board.account) for board in boards}
    lines = {
        token: connect(
            held.enter_context(Monday(project.endpoint, token, timeout=project.settings.request_timeout)),
            clock,
        )
        for token in dict.fromkeys(tokens.values())
    }
    return {name: lines[token] for name, token in tokens.items()}


def _plan(project: Project, boards: Mapping[str, Board], lines: Mapping[str, Line], wish: Wish, now: datetime) -> Plan:
    """Plan the boards under their locks; raises Refused when one of them may not be pushed."""
    ids = {name: line.account.id for name, line in lines.items()}
    plan = read(project, boards.values(), wish, now, ids)
    refuse(plan.reasons)
    return plan


def _result(plan: Plan, reports: Sequence[Report], interruption: Interruption) -> Result:
    plans = {board.target.board: board for board in plan.boards}
    data = {
        "target": plan.boards[0].target.target,
        "endpoint": plan.boards[0].target.endpoint,
        "interrupted": interruption.exit_code,
        "boards": [report_document(report, plans[report.board]) for report in reports],
    }
    whole = all(report.complete and report.promoted is not False for report in reports) and not plan.invalid
    code = interruption.exit_code or (0 if whole else 1)
    return Result(code, render_reports(plan, reports), data)
