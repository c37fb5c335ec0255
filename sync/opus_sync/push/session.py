"""Puts together what a push of several boards needs, and carries it through to the promotion."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from opus_sync.clock import Clock
from opus_sync.contract import Board
from opus_sync.errors import OpusError
from opus_sync.log import Log
from opus_sync.monday.endpoint import is_loopback
from opus_sync.monday.governed import GovernedApi
from opus_sync.plan.board_plan import BoardPlan
from opus_sync.plan.staged import StagedRow
from opus_sync.project import Project
from opus_sync.push.batches import Milestone
from opus_sync.push.books import append
from opus_sync.push.engine import BoardPush
from opus_sync.push.interrupt import Interruption
from opus_sync.push.line import Line
from opus_sync.push.look import Look
from opus_sync.push.metadata import encoder
from opus_sync.push.origin import Origin
from opus_sync.push.patience import Halt
from opus_sync.push.promote import promoted, promotion
from opus_sync.push.records import Recorder
from opus_sync.push.recovery import Recovered, Recovery
from opus_sync.push.tools import Tools
from opus_sync.settings import Settings
from opus_sync.warehouse.base import BoardLock
from opus_sync.warehouse.origin import refuse_other_origin
from opus_sync.warehouse.sequence import next_seq

MONDAY_ENDS_A_CALL = 65.0
"""Seconds after which nothing of a request is under way at monday any more: it ends every call at 60."""


@dataclass(frozen=True)
class Manner:
    """How a push goes about it, and what its batches say of where it comes from.

    `plan_id` is that of a sealed plan, `lifted` names guards, `rollback_of_batch` is the batch that is undone.
    """

    sequential: bool = False
    fail_fast: bool = False
    plan_id: str | None = None
    lifted: tuple[str, ...] = ()
    rollback_of_batch: str | None = None

    def having(self, *, plan_id: str | None, lifted: tuple[str, ...]) -> Manner:
        """Return the same manner for a board's plan."""
        return replace(self, plan_id=plan_id, lifted=lifted)


@dataclass(frozen=True)
class Session:
    """One command at work on boards whose locks its caller holds; `advance` is told of each row that is done."""

    project: Project
    clock: Clock
    interruption: Interruption
    advance: Callable[[int], None] = lambda rows: None

    def recover(self, board: Board, lock: BoardLock, line: Line) -> Recovered:
        """End what an earlier push of the board left open.

        Raises Refused where the tables belong to another endpoint or account, OpusError where monday cannot be read.
        """
        siblings = self.project.of_account(board.account)
        refuse_other_origin(self.project.warehouse, line.api.endpoint, line.account.id, siblings)
        settings = self.project.settings_for(board)
        return Recovery(
            board=board.name,
            warehouse=self.project.warehouse,
            lock=lock,
            look=self._look(board, line, settings),
            recorder=self._recorder(board, line, Manner(), None),
            clock=self.clock,
            settle_seconds=settle_seconds(settings, line.api.endpoint),
            log=self._log(board),
        ).run()

    def board_push(
        self, board: Board, lock: BoardLock, plan: BoardPlan, line: Line, may_go_on: Callable[[], None], manner: Manner
    ) -> BoardPush:
        """Return the push of one planned board; `may_go_on` is asked before each request."""
        project = self.project
        settings = project.settings_for(board)
        first = plan.operations[0].row
        look = self._look(board, line, settings)
        tools = Tools(
            api=line.api,
            look=look,
            warehouse=project.warehouse,
            lock=lock,
            governor=line.governor,
            clock=self.clock,
            encoder=encoder(board, plan.target.monday_board_id, project.warehouse, first.extract_id or ""),
            recorder=self._recorder(board, line, manner, first.update_batch_id),
            interruption=self.interruption,
            new_id=lambda: str(uuid.uuid4()),
            may_go_on=may_go_on,
            rule=look.on_conflict if manner.rollback_of_batch is None else _keep,
            advance=self.advance,
            max_batch_size=settings.max_batch_size,
            max_retries=settings.max_retries,
            settle_seconds=settle_seconds(settings, line.api.endpoint),
            failure_share=settings.failure_share,
            log=self._log(board),
            sequential=manner.sequential,
            fail_fast=manner.fail_fast,
        )
        return BoardPush(board.name, plan.operations, tools)

    def promote(self, boards: Mapping[str, Board], pushes: Sequence[BoardPush]) -> None:
        """Build the models of the boards that were written to, then record their batches as PROMOTED.

        Where that fails they stay unpromoted and their reports say why: what was written is on record all the same.
        """
        written = [push for push in pushes if push.report.succeeded]
        if not written or self.interruption.signal is not None:
            return
        for push in written:
            push.report.promoted = False
        try:
            self.project.dbt.run(*promotion(boards[push.report.board] for push in written))
            for push in written:
                push.promote()
        except OpusError as error:
            for push in written:
                if not push.report.promoted:
                    push.report.promotion_error = error.message

    def promote_recovered(
        self, boards: Sequence[Board], locks: Mapping[str, BoardLock], lines: Mapping[str, Line]
    ) -> None:
        """Build the models of boards of which rows were found written, then record their whole batches."""
        self.project.dbt.run(*promotion(boards))
        for board in boards:
            recorder = self._recorder(board, lines[board.name], Manner(), None)
            due = promoted(self.project.warehouse, board.name)
            append(locks[board.name], self.clock, recorder.batches(due, self.clock.now()))

    def record(self, board: Board, lock: BoardLock, line: Line, manner: Manner, milestone: Milestone) -> None:
        """Append one batch event."""
        recorder = self._recorder(board, line, manner, None)
        append(lock, self.clock, recorder.batches([milestone], self.clock.now()))

    def _look(self, board: Board, line: Line, settings: Settings) -> Look:
        retries = settings.max_retries
        return Look(board, GovernedApi(line.api, line.governor, self.clock, max_retries=retries, log=self._log(board)))

    def _log(self, board: Board) -> Log:
        return self.project.invocation.log.about(board=board.name)

    def _recorder(self, board: Board, line: Line, manner: Manner, update_batch_id: str | None) -> Recorder:
        project = self.project
        settings = {name: value for name, value, *_ in project.settings_for(board).described()}
        origin = Origin(
            board=board.name,
            monday_board_id=board.board_id(project.target_name),
            endpoint=line.api.endpoint,
            account_id=line.account.id,
            target=project.target_name,
            update_batch_id=update_batch_id,
            settings=json.dumps(settings),
            actor=line.actor(project.root, project.warehouse_login),
            plan_id=manner.plan_id,
            guard_lifted=",".join(manner.lifted) or None,
            rollback_of_batch=manner.rollback_of_batch,
        )
        return Recorder(origin, count(next_seq(project.warehouse, board.name)))


def settle_seconds(settings: Settings, endpoint: str) -> float:
    """Return for how long an unanswered request may still be under way; less than a minute only at a stand-in."""
    return settings.settle_seconds if is_loopback(endpoint) else max(settings.settle_seconds, MONDAY_ENDS_A_CALL)


def watch(project: Project, board: Board, lock: BoardLock) -> Callable[[], None]:
    """Return what is asked before each request: is the lock still ours, has nobody asked for a stop since now?

    Call it when the lock was just taken. What it returns raises OpusError.
    """
    since = next_seq(project.warehouse, board.name)

    def may_go_on() -> None:
        lock.check()
        stops = project.warehouse.query("stop_requested", board=board.name, since=since)
        if stops:
            stop = stops[0]
            raise Halt(
                f"{stop['decided_by']} asked for a stop: {stop['reason'] or 'no reason given'}",
                "run `dbt build` and push again to go on",
            )

    return may_go_on


def _keep(row: StagedRow, column_id: str) -> str:
    """A cell is taken back only where the board still holds what was written."""
    return "keep"
