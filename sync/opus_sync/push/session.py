"""Puts together what a push of several boards needs, and carries it through to the promotion."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from opus_sync.clock import Clock
from opus_sync.contract import Board
from opus_sync.errors import OpusError
from opus_sync.plan.board_plan import BoardPlan
from opus_sync.project import Project
from opus_sync.push.engine import BoardPush, Tools
from opus_sync.push.interrupt import Interruption
from opus_sync.push.line import Line
from opus_sync.push.metadata import encoder
from opus_sync.push.origin import Actor, Origin
from opus_sync.push.promote import promotion
from opus_sync.push.records import Recorder
from opus_sync.warehouse.sequence import next_seq


@dataclass(frozen=True)
class Session:
    """One push command at work; the locks of its boards are held by the caller.

    `actor` gives who pushes over a line; `advance` is told of each row that is done.
    """

    project: Project
    clock: Clock
    interruption: Interruption
    actor: Callable[[Line], Actor]
    advance: Callable[[int], None]

    def board_push(self, board: Board, plan: BoardPlan, line: Line) -> BoardPush:
        """Return the push of one planned board."""
        project = self.project
        warehouse = project.warehouse
        settings = project.settings_for(board)
        extract_id = plan.operations[0].row.extract_id or ""
        origin = Origin(
            board=board.name,
            monday_board_id=plan.target.monday_board_id,
            endpoint=plan.target.endpoint,
            account_id=line.account.id,
            target=plan.target.target,
            extract_id=extract_id,
            update_batch_id=plan.operations[0].row.update_batch_id,
            settings=json.dumps({name: value for name, value, *_ in settings.described()}),
            actor=self.actor(line),
        )
        tools = Tools(
            api=line.api,
            warehouse=warehouse,
            governor=line.governor,
            clock=self.clock,
            encoder=encoder(board, plan.target.monday_board_id, warehouse, extract_id),
            recorder=Recorder(origin, count(next_seq(warehouse, board.name))),
            interruption=self.interruption,
            new_id=lambda: str(uuid.uuid4()),
            max_batch_size=settings.max_batch_size,
            failure_share=settings.failure_share,
            advance=self.advance,
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
