"""What every command shares that sends: lines to monday, locks on the boards, recovery, push, promotion."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from opus_sync.clock import Clock, SystemClock
from opus_sync.commands.planning import refuse
from opus_sync.contract import Board
from opus_sync.invocation import Result
from opus_sync.monday.client import Monday
from opus_sync.monday.daily_calls import read_daily_calls
from opus_sync.monday.governed import GovernedApi
from opus_sync.plan.board_plan import BoardPlan, Plan
from opus_sync.plan.text import where
from opus_sync.project import Project, live_allowed
from opus_sync.push.day import too_many_calls
from opus_sync.push.interrupt import InterruptibleClock, Interruption, listening
from opus_sync.push.line import Line, connect
from opus_sync.push.recovery import Recovered
from opus_sync.push.report import Report
from opus_sync.push.session import Manner, Session, watch
from opus_sync.push.several import push_all
from opus_sync.push.text import render_reports, report_document
from opus_sync.warehouse.base import BoardLock


@dataclass(frozen=True)
class Live:
    """A command at work on boards whose locks it holds."""

    project: Project
    boards: Mapping[str, Board]
    lines: Mapping[str, Line]
    locks: Mapping[str, BoardLock]
    may_go_on: Mapping[str, Callable[[], None]]
    session: Session
    clock: Clock
    interruption: Interruption

    @property
    def account_ids(self) -> dict[str, str]:
        """Board -> account of the token that pushes it."""
        return {name: line.account.id for name, line in self.lines.items()}

    def recover(self) -> dict[str, Recovered]:
        """End on every board what an earlier push left open, side by side, for each may have to wait."""

        def one(name: str) -> Recovered:
            return self.session.recover(self.boards[name], self.locks[name], self.lines[name])

        with ThreadPoolExecutor(max_workers=max(1, len(self.boards))) as pool:
            found = dict(zip(self.boards, pool.map(one, self.boards), strict=True))
        for name, recovered in found.items():
            if recovered.anything:
                self.project.invocation.log.note(f"{name}: {recovered}", board=name)
        return found

    def push(self, plan: Plan, manner: Callable[[BoardPlan], Manner], *, promote: bool) -> list[Report]:
        """Push what was planned and promote it; raises Refused where it does not fit the day's calls."""
        self._refuse_beyond_the_day(plan)
        self.project.invocation.log.note(f"writing to: {where(plan)}")
        with self.project.invocation.progress.task("push", plan.operations) as advance:
            session = replace(self.session, advance=advance)
            pushes = [
                session.board_push(
                    self.boards[name], self.locks[name], board, self.lines[name], self.may_go_on[name], manner(board)
                )
                for name, board in ((board.target.board, board) for board in plan.boards)
                if board.operations
            ]
            reports = push_all(pushes, self.project.settings.threads)
        if promote:
            session.promote(self.boards, pushes)
        return reports

    def result(self, plan: Plan, reports: Sequence[Report]) -> Result:
        """Return what a command says of its reports: exit 0, 1 where a row was not written, 130 or 143."""
        plans = {board.target.board: board for board in plan.boards}
        data = {
            "target": self.project.target_name,
            "endpoint": self.project.endpoint,
            "interrupted": self.interruption.exit_code,
            "boards": [report_document(report, plans[report.board]) for report in reports],
        }
        whole = all(report.complete and report.promoted is not False for report in reports) and not plan.invalid
        code = self.interruption.exit_code or (0 if whole else 1)
        return Result(code, render_reports(plan, reports), data)

    def _refuse_beyond_the_day(self, plan: Plan) -> None:
        for line in dict.fromkeys(self.lines.values()):
            plans = [board for board in plan.boards if self.lines[board.target.board] is line]
            api = GovernedApi(line.api, line.governor, self.clock, log=self.project.invocation.log)
            reserve = max(
                self.project.settings_for(board).daily_call_reserve
                for name, board in self.boards.items()
                if self.lines[name] is line
            )
            reason = too_many_calls(plans, read_daily_calls(api, self.clock.now().date()), reserve)
            refuse([reason] if reason else [])


@contextmanager
def at_work(project: Project, boards: Collection[Board]) -> Iterator[Live]:
    """Open the lines to monday and take the boards' locks; signals are heard until the block ends.

    Raises Refused where the target may not write there, or a lock is held by somebody else.
    """
    live_allowed(project, project.endpoint)
    interruption = Interruption(project.invocation.log.note)
    clock = InterruptibleClock(SystemClock(), interruption, project.invocation.log)
    with ExitStack() as held:
        held.enter_context(listening(interruption))
        lines = _lines(project, boards, clock, held)
        locks = {board.name: held.enter_context(project.warehouse.lock(board.name)) for board in boards}
        may_go_on = {board.name: watch(project, board, locks[board.name]) for board in boards}
        named = {board.name: board for board in boards}
        session = Session(project, clock, interruption)
        yield Live(project, named, lines, locks, may_go_on, session, clock, interruption)


def _lines(project: Project, boards: Collection[Board], clock: Clock, held: ExitStack) -> Mapping[str, Line]:
    """Return board -> line; boards of one token share it, since the limits are the token's."""
    tokens = {board.name: project.token(board.account) for board in boards}
    lines = {
        token: connect(
            held.enter_context(Monday(project.endpoint, token, timeout=project.settings.request_timeout)),
            clock,
            project.invocation.log,
        )
        for token in dict.fromkeys(tokens.values())
    }
    return {name: lines[token] for name, token in tokens.items()}
