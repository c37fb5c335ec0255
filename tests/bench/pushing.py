"""The push engine against the sandbox over HTTP, both on clocks that run faster than the machine's."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.bench.staged_rows import Row
from tests.bench.stand_in import stand_in
from tests.bench.workspace import BOARD_ID, Workspace

from monday_sandbox import Options
from opus_sync.clock import SystemClock
from opus_sync.monday.answer import Answer, Api
from opus_sync.monday.client import Monday
from opus_sync.monday.endpoint import Token
from opus_sync.monday.governed import GovernedApi
from opus_sync.plan.board_plan import Target, plan_board
from opus_sync.plan.cost import Pace
from opus_sync.push.engine import BoardPush
from opus_sync.push.interrupt import Interruption
from opus_sync.push.line import connect
from opus_sync.push.look import Look
from opus_sync.push.origin import Actor, Origin
from opus_sync.push.records import Recorder
from opus_sync.push.report import Report
from opus_sync.push.tools import Tools
from opus_sync.settings import Settings


class ScaledClock(SystemClock):
    """Seconds of the sandbox: `scale` of them pass in one of the machine's."""

    def __init__(self, scale: float) -> None:
        self._scale = scale

    def monotonic(self) -> float:
        return super().monotonic() * self._scale

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds / self._scale)


@dataclass(frozen=True)
class Request:
    """When a request left, in sandbox seconds, what it cost, and what was left of the minute before it."""

    left: float
    points: int
    before: int


@dataclass(frozen=True)
class Pushed:
    """What a push came to, and what the sandbox counted."""

    report: Report
    requests: Sequence[Request]
    metrics: Mapping[str, Any]

    @property
    def refused(self) -> int:
        """Return how many requests a limit refused."""
        return int(self.metrics["statuses"].get("429", 0))

    @property
    def whole(self) -> bool:
        """Return whether every row was written and nothing refused."""
        return self.report.complete and not self.refused


class _Watched:
    """An Api that notes each request; what it posts goes through unchanged."""

    def __init__(self, api: Api, clock: ScaledClock) -> None:
        self.endpoint = api.endpoint
        self.requests: list[Request] = []
        self._api, self._clock = api, clock

    def post(self, document: str, variables: Mapping[str, Any], *, idempotency_key: str | None = None) -> Answer:
        left = self._clock.monotonic()
        answer = self._api.post(document, variables, idempotency_key=idempotency_key)
        if answer.complexity:
            self.requests.append(Request(left, answer.complexity.query, answer.complexity.before))
        return answer


def push(project: Workspace, rows: Sequence[Row], items: int, options: Options) -> Pushed:
    """Push rows with the default settings to a board of so many items, on record in a real DuckDB file."""
    clock = ScaledClock(options.clock_scale)
    warehouse = project.warehouse()
    settings = Settings()
    with (
        stand_in(project.board, items, options) as server,
        Monday(server.url, Token("bench"), timeout=settings.request_timeout) as api,
        warehouse.lock("orders") as lock,
    ):
        watched = _Watched(api, clock)
        line = connect(watched, clock)
        target = Target("bench", server.url, line.account.id, "orders", BOARD_ID, {})
        plan = plan_board(target, rows, Pace(settings.max_batch_size))
        origin = Origin(
            board="orders",
            monday_board_id=BOARD_ID,
            endpoint=server.url,
            account_id=line.account.id,
            target="bench",
            update_batch_id="build-1",
            settings="{}",
            actor=Actor("bench", "bench"),
        )
        tools = Tools(
            api=watched,
            look=Look(project.board, GovernedApi(watched, line.governor, clock)),
            warehouse=warehouse,
            lock=lock,
            governor=line.governor,
            clock=clock,
            encoder=project.encoder(),
            recorder=Recorder(origin, count(1)),
            interruption=Interruption(),
            new_id=lambda: str(uuid.uuid4()),
            may_go_on=lambda: None,
            # The sandbox's items are empty, whatever the rows say of them.
            rule=lambda row, column: "overwrite",
            max_batch_size=settings.max_batch_size,
            max_retries=settings.max_retries,
            settle_seconds=settings.settle_seconds,
            failure_share=settings.failure_share,
            advance=lambda number: None,
        )
        report = BoardPush("orders", plan.operations, tools).run()
        return Pushed(report, tuple(watched.requests), server.metrics())
