"""The books of one push: what is appended at each step, and what the report counts of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from opus_sync.clock import Clock
from opus_sync.errors import OpusError
from opus_sync.log import Log
from opus_sync.plan.order import Operation
from opus_sync.push.batches import Ledger, Milestone
from opus_sync.push.outcome import OPEN, Event, Outcome
from opus_sync.push.patience import LIMIT_SECONDS
from opus_sync.push.promote import promoted
from opus_sync.push.records import AUDIT, Recorder, Rows
from opus_sync.push.report import Report
from opus_sync.push.sending import Request, Sending
from opus_sync.warehouse.base import BoardLock, Warehouse
from opus_sync.warehouse.errors import WarehouseLocked


class Books:
    """Keeps ledger, tables and report of a push in step; each method is one transaction."""

    def __init__(
        self,
        ledger: Ledger,
        recorder: Recorder,
        warehouse: Warehouse,
        lock: BoardLock,
        clock: Clock,
        report: Report,
        log: Log,
    ) -> None:
        self._ledger = ledger
        self._recorder = recorder
        self._warehouse = warehouse
        self._lock = lock
        self._clock = clock
        self._report = report
        self._log = log
        self._due: list[Milestone] = []

    def batch_id(self, entry: Operation) -> str:
        """Return the id of a row's batch."""
        return self._ledger.batch(entry).batch_id

    def sent(self, request: Request) -> None:
        """Record a request that is about to leave."""
        self._due += self._ledger.begin(one.sending.entry for one in request.passengers)
        due = self._take_due()
        self._append(self._recorder.sent(request, due, self._clock.now()), due)

    def settle(self, results: Sequence[tuple[Sending, Outcome]]) -> None:
        """Record outcomes, with audit rows and the batch events that they bring about."""
        self._due += self._ledger.begin(sending.entry for sending, _ in results)
        self._due += self._ledger.settle((sending.entry, outcome) for sending, outcome in results)
        due = self._take_due()
        rows = self._recorder.settled(results, due, self._clock.now())
        try:
            self._append(rows, due)
        except OpusError:
            # What monday said of these rows is not on record: nobody may call them unsent.
            for sending, _ in results:
                if sending.attempt:
                    self._report.count(sending, OPEN)
            raise
        self._report.audit_rows += len(rows[AUDIT])
        for sending, outcome in results:
            self._report.count(sending, outcome)
            if outcome.event is not Event.SUCCEEDED:
                self._log.event(
                    "row_not_written",
                    status=outcome.event.value,
                    batch=sending.batch_id,
                    operation_id=sending.operation_id,
                    stg_id=sending.staged.row.stg_id,
                    error_type=outcome.error_type,
                )

    def orphaned(self, entries: Sequence[Operation]) -> None:
        """Count rows whose new parent or group was not created; the next transaction records what follows."""
        self._report.orphaned += len(entries)
        self._due += self._ledger.orphan(entries)

    def lost(self, sendings: Iterable[Sending]) -> None:
        """Count rows that stay open: nothing is recorded, so that the next command finds out."""
        every = list(sendings)
        for sending in every:
            self._report.count(sending, OPEN)
        self._ledger.lose(sending.entry for sending in every)

    def abort(self, results: Sequence[tuple[Sending, Outcome]], reason: str) -> None:
        """Record the end of a push that stopped: rows of which nothing ran, batches that were begun."""
        for sending, outcome in results:
            self._report.count(sending, outcome)
        milestones = [*self._take_due(), *self._ledger.abort(reason)]
        self._append(self._recorder.settled(results, milestones, self._clock.now()), milestones)

    def close(self) -> None:
        """Record the batch events that are still due."""
        due = self._take_due()
        self._append(self._recorder.batches(due, self._clock.now()), due)

    def promote(self) -> None:
        """Record PROMOTED for each batch of which every row was written."""
        due = promoted(self._warehouse, self._report.board)
        self._append(self._recorder.batches(due, self._clock.now()), due)
        self._report.promoted = True

    def _take_due(self) -> list[Milestone]:
        due, self._due = self._due, []
        return due

    def _append(self, rows: Rows, milestones: Iterable[Milestone]) -> None:
        """Append rows, then tell of the batch events among them."""
        append(self._lock, self._clock, rows)
        for one in milestones:
            self._log.event(
                "batch_event",
                batch=one.batch_id,
                status=one.event,
                rows=one.total,
                succeeded=one.succeeded,
                failed=one.failed,
            )


def append(lock: BoardLock, clock: Clock, rows: Rows) -> None:
    """Append in one transaction, under a board's lock, what there is to append; what others lock is waited for."""
    filled = {table: lines for table, lines in rows.items() if lines}
    if not filled:
        return
    until = clock.monotonic() + LIMIT_SECONDS
    while True:
        try:
            lock.append(filled)
            return
        except WarehouseLocked:
            # Each try waits for some seconds by itself. What was sent must be put on record.
            if clock.monotonic() >= until:
                raise
