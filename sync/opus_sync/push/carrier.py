"""Carries one request to monday: on record before a byte of it leaves, and never on an old look."""

from __future__ import annotations

from collections.abc import Callable

from opus_sync.errors import OpusError
from opus_sync.monday.answer import Answer, Limited
from opus_sync.monday.observed import observed
from opus_sync.push.books import Books
from opus_sync.push.report import Report
from opus_sync.push.sending import Request
from opus_sync.push.sizing import Sizer
from opus_sync.push.tools import Tools

FRESH_SECONDS = 10.0
"""A look that is older than this says nothing of the board any more."""


class LookTooOld(OpusError):
    """Too much time has passed since the board was looked at; nothing was sent, though it may be `on_record`."""

    def __init__(self, *, on_record: bool) -> None:
        super().__init__(f"more than {FRESH_SECONDS:.0f} seconds passed between the look and the write")
        self.on_record = on_record


class Carrier:
    """Sends requests one after the other; moments are the clock's monotonic seconds."""

    def __init__(self, tools: Tools, books: Books, sizer: Sizer, report: Report) -> None:
        self.looked_at = 0.0
        self._left_at = 0.0
        self._tools = tools
        self._books = books
        self._sizer = sizer
        self._report = report

    def post(self, carried: Request, on_record: Callable[[], None]) -> Answer:
        """Wait for the request's turn, put it on record, send it; `on_record` is called between the two.

        Raises LookTooOld, what `may_go_on` raises, and what `Api.post` does.
        """
        tools = self._tools
        ticket = tools.governor.acquire(carried.cost)
        outcome: Answer | Limited | None = None
        left = False
        try:
            # The signal may have come while another board's request was waited for.
            tools.interruption.check()
            tools.may_go_on()
            # Other boards of the token may have been quicker.
            self._check_look(on_record=False)
            self._record(carried)
            on_record()
            self._check_look(on_record=True)
            self._left_at = tools.clock.monotonic()
            left = True
            outcome = observed(
                lambda: tools.api.post(carried.document, carried.variables, idempotency_key=carried.request_id),
                tools.log,
                tools.clock,
                request_id=carried.request_id,
                batches=sorted({one.sending.batch_id for one in carried.passengers}),
                rows=len(carried.passengers),
            )
            self._learn(carried, outcome)
            return outcome
        except Limited as limited:
            outcome = limited
            raise
        finally:
            if left:
                tools.governor.settle(ticket, outcome)
            else:
                tools.governor.release(ticket)

    def _check_look(self, *, on_record: bool) -> None:
        if self._tools.clock.monotonic() - self.looked_at > FRESH_SECONDS:
            raise LookTooOld(on_record=on_record)

    def _record(self, carried: Request) -> None:
        for one in carried.passengers:
            one.sending.attempt += 1
        self._books.sent(carried)
        self._report.requests += 1

    def _learn(self, carried: Request, answer: Answer) -> None:
        self._sizer.learn_time(len(carried.passengers), self._tools.clock.monotonic() - self._left_at)
        if answer.complexity:
            self._sizer.learn_points(carried.names, answer.complexity.query)
            self._report.complexity += answer.complexity.query
