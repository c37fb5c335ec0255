"""`opus-sync push`: sends the staged rows with `--live`, says what it would send without."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack

from opus_sync.clock import Clock, SystemClock
from opus_sync.commands import plan as plan_command
from opus_sync.contract import Board
from opus_sync.errors import Refused
from opus_sync.invocation import Invocation, Result
from opus_sync.monday.client import Monday
from opus_sync.plan.board_plan import Plan, Selection
from opus_sync.plan.document import as_document
from opus_sync.plan.text import render_text, where
from opus_sync.project import Project, live_allowed, load_project
from opus_sync.push.interrupt import InterruptibleClock, Interruption, listening
from opus_sync.push.line import Line, connect
from opus_sync.push.origin import actor
from opus_sync.push.report import Report
from opus_sync.push.session import Session
from opus_sync.push.several import push_all
from opus_sync.push.text import render_reports, report_document


def run(
    invocation: Invocation,
    *,
    live: bool = False,
    promote: bool = True,
    batch_key: str | None = None,
    key: str | None = None,
    limit: int | None = None,
    show: int = 10,
) -> Result:
    """Push the selected boards; without `live` this is the plan.

    Exits 0, 1 where rows failed or are invalid or the push ended early, 130 or 143 where it was interrupted.
    Raises Refused where nothing may be sent.
    """
    if not live:
        return plan_command.run(invocation, batch_key=batch_key, key=key, limit=limit, show=show)
    project = load_project(invocation)
    boards = {board.name: board for board in project.boards()}
    live_allowed(project, project.endpoint)
    interruption = Interruption(invocation.log)
    clock = InterruptibleClock(SystemClock(), interruption)
    with ExitStack() as held:
        held.enter_context(listening(interruption))
        lines = _lines(project, boards.values(), clock, held)
        for name in boards:
            held.enter_context(project.warehouse.lock(name))
        plan = _plan(project, boards, lines, Selection(batch_key, key, limit))
        if not plan.operations:
            return Result(1 if plan.invalid else 0, render_text(plan, show=0), as_document(plan))
        invocation.log(f"writing to: {where(plan)}")
        with invocation.progress.task("push", plan.operations) as advance:
            session = Session(
                project=project,
                clock=clock,
                interruption=interruption,
                actor=lambda line: actor(
                    project.root, monday_user=f"{line.account.user_id} {line.account.user_name}".strip()
                ),
                advance=advance,
            )
            pushes = [
                session.board_push(boards[board.target.board], board, lines[board.target.board])
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


def _plan(project: Project, boards: Mapping[str, Board], lines: Mapping[str, Line], selection: Selection) -> Plan:
    """Plan the boards under their locks; raises Refused when one of them may not be pushed."""
    ids = {name: line.account.id for name, line in lines.items()}
    plan = plan_command.read(project, tuple(boards.values()), selection, ids)
    if plan.reasons:
        raise Refused(
            "\n".join(reason.message for reason in plan.reasons),
            "\n".join(dict.fromkeys(reason.way_out for reason in plan.reasons)),
        )
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
