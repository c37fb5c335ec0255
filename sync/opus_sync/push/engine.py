"""Pushes one board: a request at a time, on record before it leaves, its outcome before the next one does."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from opus_sync.clock import Clock
from opus_sync.errors import OpusError
from opus_sync.monday.answer import Answer, Api, Limited, NoAnswer, NotSent, Rejected, Stopped
from opus_sync.monday.governor import Governor
from opus_sync.plan.order import Operation, Wave
from opus_sync.push.batches import Ledger, Milestone
from opus_sync.push.document import Mutation
from opus_sync.push.encode import Encoder, mutation_name
from opus_sync.push.interrupt import Interrupted, Interruption
from opus_sync.push.outcome import OPEN, Outcome, failed, not_applied, outcomes
from opus_sync.push.records import AUDIT, Recorder, Rows
from opus_sync.push.report import Report
from opus_sync.push.sending import Request, Sending, request
from opus_sync.push.sizing import Sizer
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.errors import WarehouseLocked

LIMIT_PATIENCE = 900.0
"""Seconds for which a push waits out a limit: it is bounded by time, not by attempts."""

SHARE_BASE = 50
"""Outcomes below which no share of failures stops a push."""

Result = tuple[Sending, Outcome]


@dataclass(frozen=True)
class Tools:
    """All that a push works with. `new_id` gives a fresh unique text at each call."""

    api: Api
    warehouse: Warehouse
    governor: Governor
    clock: Clock
    encoder: Encoder
    recorder: Recorder
    interruption: Interruption
    new_id: Callable[[], str]
    max_batch_size: int
    failure_share: float
    advance: Callable[[int], None]


class Halt(OpusError):
    """Ends the push of this board; what was not sent stays staged."""


class BoardPush:
    """One push of one board; `run` it once, `promote` it after the board's models were built again."""

    def __init__(self, board: str, operations: Sequence[Operation], tools: Tools) -> None:
        self._operations = operations
        self._tools = tools
        self._ledger = Ledger(operations, tools.new_id)
        self._sizer = Sizer(tools.max_batch_size)
        self._created: dict[str | None, int] = {}
        self._due: list[Milestone] = []
        # Rows whose request is on record though nothing of it ran.
        self._returned: dict[str, Sending] = {}
        self._limited_since: float | None = None
        self.report = Report(board, len(operations), batches=len(self._ledger.batches))

    def run(self) -> Report:
        """Push every operation, wave by wave, and report; raises OpusError where the warehouse fails."""
        started = self._tools.clock.monotonic()
        try:
            for _, wave in groupby(self._operations, key=lambda entry: entry.wave):
                self._push(deque(self._ready(wave)))
        except (Halt, Interrupted) as stop:
            self._halt(stop)
        self._append(self._tools.recorder.batches(self._take_due(), self._tools.clock.now()))
        self.report.seconds = self._tools.clock.monotonic() - started
        return self.report

    def promote(self) -> None:
        """Record that the current tables show the batches of which every row was written."""
        self._append(self._tools.recorder.batches(self._ledger.promoted(), self._tools.clock.now()))
        self.report.promoted = True

    def _ready(self, wave: Iterable[Operation]) -> list[Sending]:
        """Take up the rows of a wave; a new subitem whose parent was not created stays staged."""
        ready: list[Sending] = []
        orphans: list[Operation] = []
        for entry in wave:
            parent = entry.row.parent_item_id
            if parent is None and entry.wave is Wave.NEW_SUBITEMS:
                parent = self._created.get(entry.row.parent_key)
                if parent is None:
                    orphans.append(entry)
                    continue
            batch_id = self._ledger.batch(entry).batch_id
            ready.append(Sending(entry, self._tools.new_id(), batch_id, parent))
        self.report.orphaned += len(orphans)
        self._due += self._ledger.orphan(orphans)
        self._tools.advance(len(orphans))
        return ready

    def _push(self, queue: deque[Sending]) -> None:
        while queue:
            self._tools.interruption.check()
            rows = self._encode(self._take(queue))
            if rows:
                self._carry(rows, queue)

    def _take(self, queue: deque[Sending]) -> list[Sending]:
        """Take as many rows as the next request may carry."""
        size = self._sizer.size
        dearest = self._sizer.dearest(mutation_name(one.entry) for one in islice(queue, size))
        room = self._tools.governor.affordable(dearest)
        return [queue.popleft() for _ in range(min(size, room, len(queue)))]

    def _encode(self, sendings: Iterable[Sending]) -> list[tuple[Sending, Mutation]]:
        """Encode rows; one that has no write format fails without being sent."""
        rows: list[tuple[Sending, Mutation]] = []
        bad: list[Result] = []
        for sending in sendings:
            try:
                rows.append((sending, self._tools.encoder.mutation(sending.entry, sending.parent_item_id)))
            except OpusError as error:
                bad.append((sending, failed(type(error).__name__, error.message)))
        if bad:
            self._settle(bad)
        return rows

    def _carry(self, rows: list[tuple[Sending, Mutation]], queue: deque[Sending]) -> None:
        """Send one request and settle it."""
        carried = request(self._tools.new_id(), rows, self._sizer.points(one.name for _, one in rows))
        sendings = [sending for sending, _ in rows]
        try:
            answer = self._post(carried)
        except Limited as limited:
            self._return(sendings)
            queue.extendleft(reversed(sendings))
            self._wait(limited, carried)
        except (NotSent, Stopped) as error:
            self._return(sendings)
            raise Halt(error.message, error.hint) from error
        except NoAnswer as error:
            self._lose(sendings, error)
        except Rejected as error:
            self._settle([(sending, failed(error.code or "Rejected", error.message)) for sending in sendings])
        else:
            self._limited_since = None
            aliases = tuple(one.alias for one in carried.passengers)
            self._settle(list(zip(sendings, outcomes(answer, aliases), strict=True)))

    def _post(self, carried: Request) -> Answer:
        """Wait for the request's turn, put it on record, send it."""
        tools = self._tools
        ticket = tools.governor.acquire(carried.cost)
        outcome: Answer | Limited | None = None
        try:
            # The signal may have come while another board's request was waited for.
            tools.interruption.check()
            self._record(carried)
            left = tools.clock.monotonic()
            outcome = tools.api.post(carried.document, carried.variables, idempotency_key=carried.request_id)
            self._learn(carried, outcome, tools.clock.monotonic() - left)
            return outcome
        except Limited as limited:
            outcome = limited
            raise
        finally:
            tools.governor.settle(ticket, outcome)

    def _record(self, carried: Request) -> None:
        """Commit the request before a byte of it leaves."""
        sendings = [one.sending for one in carried.passengers]
        for sending in sendings:
            sending.attempt += 1
        self._due += self._ledger.begin(sending.entry for sending in sendings)
        self._append(self._tools.recorder.sent(carried, self._take_due(), self._tools.clock.now()))
        for sending in sendings:
            self._returned.pop(sending.operation_id, None)
        self.report.requests += 1

    def _learn(self, carried: Request, answer: Answer, seconds: float) -> None:
        self._sizer.learn_time(len(carried.passengers), seconds)
        if answer.complexity:
            self._sizer.learn_points(carried.names, answer.complexity.query)
            self.report.complexity += answer.complexity.query

    def _wait(self, limited: Limited, carried: Request) -> None:
        """Wait as long as monday asks; the rows go out again in a request of their own."""
        clock = self._tools.clock
        if limited.cost:
            self._sizer.learn_points(carried.names, limited.cost)
        now = clock.monotonic()
        self._limited_since = now if self._limited_since is None else self._limited_since
        if now + limited.retry_in - self._limited_since > LIMIT_PATIENCE:
            raise Halt(
                f"{limited.message}; still so after {LIMIT_PATIENCE / 60:.0f} minutes",
                "run `dbt build` and push again later",
            )
        clock.sleep(limited.retry_in)

    def _settle(self, results: list[Result]) -> None:
        """Commit the outcomes of a request before anything else is sent."""
        self._due += self._ledger.settle((sending.entry, outcome) for sending, outcome in results)
        rows = self._tools.recorder.settled(results, self._take_due(), self._tools.clock.now())
        try:
            self._append(rows)
        except OpusError:
            # What monday said of these rows is not on record: nobody may call them unsent.
            for sending, _ in results:
                if sending.attempt:
                    self.report.count(sending, OPEN)
            raise
        self.report.audit_rows += len(rows[AUDIT])
        for sending, outcome in results:
            self.report.count(sending, outcome)
            if sending.entry.wave is Wave.NEW_ITEMS and outcome.item_id is not None:
                self._created[sending.entry.row.record_key] = outcome.item_id
        self._tools.advance(len(results))
        self._check_share()

    def _check_share(self) -> None:
        known = self.report.succeeded + self.report.failed
        if known >= SHARE_BASE and self.report.failed > self._tools.failure_share * known:
            raise Halt(
                f"{self.report.failed} of {known} rows failed "
                f"({self.report.failed / known:.0%}, limit {self._tools.failure_share:.0%})",
                "look at the failures, mend the cause, run `dbt build` and push again",
            )

    def _return(self, sendings: Iterable[Sending]) -> None:
        self._returned.update((sending.operation_id, sending) for sending in sendings)

    def _lose(self, sendings: Sequence[Sending], error: NoAnswer) -> None:
        """Leave the rows open: sending them again could write them twice."""
        for sending in sendings:
            self.report.count(sending, OPEN)
        self._ledger.lose(sending.entry for sending in sendings)
        raise Halt(
            f"{error.message}: what became of {len(sendings)} rows is not known",
            f"wait a minute, run `opus-sync pull --select {self.report.board}` to see, then `dbt build`",
        ) from error

    def _halt(self, stop: Halt | Interrupted) -> None:
        """Close the books: rows of which nothing ran are NOT_APPLIED, batches that were begun FAILED."""
        self.report.halted, self.report.hint = stop.message, stop.hint
        results = [(sending, not_applied(stop.message)) for sending in self._returned.values()]
        for sending, outcome in results:
            self.report.count(sending, outcome)
        milestones = [*self._take_due(), *self._ledger.abort(stop.message)]
        self._append(self._tools.recorder.settled(results, milestones, self._tools.clock.now()))

    def _take_due(self) -> list[Milestone]:
        due, self._due = self._due, []
        return due

    def _append(self, rows: Rows) -> None:
        """Append in one transaction what there is to append; a warehouse that others hold is waited for."""
        filled = {table: lines for table, lines in rows.items() if lines}
        if not filled:
            return
        until = self._tools.clock.monotonic() + LIMIT_PATIENCE
        while True:
            try:
                self._tools.warehouse.append(filled)
                return
            except WarehouseLocked:
                # Each try waits for some seconds by itself. What was sent must be put on record.
                if self._tools.clock.monotonic() >= until:
                    raise
