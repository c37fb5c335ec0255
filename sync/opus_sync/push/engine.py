"""Pushes one board: looked at before, on record before it leaves, its outcome on record before the next one does."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import groupby, islice

from opus_sync.errors import OpusError
from opus_sync.monday.answer import Kind, Limited, NoAnswer, NotSent, Rejected, Stopped
from opus_sync.monday.codes import stop_hint
from opus_sync.plan.groups import in_group
from opus_sync.plan.order import NEW, ONE_BY_ONE, Operation, Wave
from opus_sync.push.batches import Ledger
from opus_sync.push.books import Books
from opus_sync.push.carrier import Carrier, LookTooOld
from opus_sync.push.conflict import allowed
from opus_sync.push.document import Mutation
from opus_sync.push.encode import mutation_name
from opus_sync.push.interrupt import Interrupted
from opus_sync.push.outcome import Event, Outcome, failed, not_applied, outcomes
from opus_sync.push.patience import Halt, Patience
from opus_sync.push.report import Report
from opus_sync.push.sending import Sending, request
from opus_sync.push.sizing import Sizer
from opus_sync.push.tools import Tools
from opus_sync.push.verdict import verdict

Result = tuple[Sending, Outcome]
_ITEM_WAVES = range(Wave.NEW_ITEMS, Wave.ITEM_REMOVALS + 1)
Queue = deque[Sending]


class BoardPush:
    """One push of one board; `run` it once, `promote` it after the board's models were built again."""

    def __init__(self, board: str, operations: Sequence[Operation], tools: Tools) -> None:
        self._operations = operations
        self._tools = tools
        self._sizer = Sizer(tools.max_batch_size)
        self._patience = Patience(tools.clock, tools.max_retries, tools.max_batch_size)
        self._created: dict[str | None, int] = {}
        self._new_groups: dict[str | None, str] = {}
        # Rows of which nothing ran, as far as is known, though a request of theirs may be on record.
        self._returned: dict[str, Sending] = {}
        self._unwritten = False
        ledger = Ledger(operations, tools.new_id)
        self.report = Report(board, len(operations), batches=len(ledger.batches))
        self._books = Books(ledger, tools.recorder, tools.warehouse, tools.lock, tools.clock, self.report, tools.log)
        self._carrier = Carrier(tools, self._books, self._sizer, self.report)

    def run(self) -> Report:
        """Push every operation, phase by phase, and report; raises OpusError where the warehouse fails."""
        started = self._tools.clock.monotonic()
        self._tools.log.event("push_started", rows=len(self._operations))
        try:
            for phase in _phases(self._operations, sequential=self._tools.sequential):
                self._push(deque(self._ready(phase)))
        except (Halt, Interrupted) as stop:
            self._halt(stop)
        self._books.close()
        self.report.seconds = self._tools.clock.monotonic() - started
        self.report.reads, self.report.read_complexity = self._tools.look.calls, self._tools.look.complexity
        self._tools.log.event(
            "push_ended",
            rows=self.report.planned,
            succeeded=self.report.succeeded,
            failed=self.report.failed,
            seconds=round(self.report.seconds, 3),
            complexity=self.report.complexity + self.report.read_complexity,
        )
        return self.report

    def promote(self) -> None:
        """Record that the current tables show the batches of which every row was written."""
        self._books.promote()

    def _ready(self, phase: Iterable[Operation]) -> list[Sending]:
        """Take up the rows of a phase; one whose new parent or new group was not created stays staged."""
        ready: list[Sending] = []
        orphans: list[Operation] = []
        for staged in phase:
            entry = staged
            if entry.needs_group:
                group_id = self._new_groups.get(entry.row.group_key)
                if group_id is None:
                    orphans.append(entry)
                    continue
                entry = in_group(entry, group_id)
            parent = entry.row.parent_item_id
            if parent is None and entry.wave is Wave.NEW_SUBITEMS:
                parent = self._created.get(entry.row.parent_key)
                if parent is None:
                    orphans.append(entry)
                    continue
            sending = Sending(entry, self._tools.new_id(), self._books.batch_id(entry), parent)
            if entry.wave in ONE_BY_ONE:
                sending.share = 1
            ready.append(sending)
        self._books.orphaned(orphans)
        self._tools.advance(len(orphans))
        return ready

    def _push(self, queue: Queue) -> None:
        while queue:
            self._check()
            rows = self._encode(self._look(self._take(queue)))
            if rows:
                self._carry(rows, queue)
        self._check()

    def _check(self) -> None:
        """Raise what ends the push; between two requests it is known of every row what became of it."""
        self._tools.interruption.check()
        self.report.check_share(self._tools.failure_share)
        if self._tools.fail_fast and self._unwritten:
            raise Halt("a row was not written, and the push is to end with the first", "see the row above")

    def _take(self, queue: Queue) -> list[Sending]:
        """Take as many rows as the next request may carry."""
        size = self._sizer.size
        dearest = self._sizer.dearest(mutation_name(one.staged) for one in islice(queue, size))
        room = min(size, self._tools.governor.affordable(dearest + self._sizer.look_points))
        taken: list[Sending] = []
        while queue and len(taken) < min(room, queue[0].share):
            room = min(room, queue[0].share)
            taken.append(queue.popleft())
        return taken

    def _look(self, sendings: Sequence[Sending]) -> list[Sending]:
        """Look at the board; a row that would go over what somebody did there is a CONFLICT and stays."""
        tools = self._tools
        # What there is to wait for is waited for now: a look grows old.
        points = self._sizer.points(mutation_name(one.staged) for one in sendings)
        tools.governor.await_room(points + len(sendings) * self._sizer.look_points)
        spent = tools.look.complexity
        # Whatever monday answers is of a moment after this one.
        self._carrier.looked_at = tools.clock.monotonic()
        try:
            found = tools.look.at(sendings)
        except (NotSent, NoAnswer, Rejected, Limited, Stopped) as error:
            raise Halt(f"the board cannot be read: {error.message}", error.hint or "push again later") from error
        self._sizer.learn_look(len(sendings), tools.look.complexity - spent)
        ready: list[Sending] = []
        conflicts: list[Result] = []
        for sending, there in zip(sendings, found, strict=True):
            ruling = allowed(sending.staged, there, sending.parent, tools.rule)
            if isinstance(ruling, Outcome):
                conflicts.append((sending, ruling))
            else:
                sending.entry = ruling
                ready.append(sending)
        self._settle(conflicts)
        return ready

    def _encode(self, sendings: Iterable[Sending]) -> list[tuple[Sending, Mutation]]:
        """Encode rows; one that has no write format fails without being sent."""
        rows: list[tuple[Sending, Mutation]] = []
        bad: list[Result] = []
        for sending in sendings:
            try:
                rows.append((sending, self._tools.encoder.mutation(sending.entry, sending.parent_item_id)))
            except OpusError as error:
                bad.append((sending, failed(type(error).__name__, error.message)))
        self._settle(bad)
        return rows

    def _carry(self, rows: list[tuple[Sending, Mutation]], queue: Queue) -> None:
        """Send one request and settle it."""
        carried = request(self._tools.new_id(), rows, self._sizer.points(one.name for _, one in rows))
        sendings = [sending for sending, _ in rows]
        try:
            answer = self._carrier.post(carried, lambda: self._on_record(sendings))
        except LookTooOld as late:
            self._again(sendings, queue)
            if late.on_record:
                self._patience.lost(late.message)
        except Limited as limited:
            if limited.cost:
                self._sizer.learn_points(carried.names, limited.cost)
            self._again(sendings, queue)
            self._patience.limited(limited.retry_in, limited.message)
        except NotSent as error:
            self._again(sendings, queue)
            self._patience.lost(error.message)
        except Stopped as error:
            self._return(sendings)
            raise Halt(error.message, error.hint) from error
        except NoAnswer as error:
            self._find_out([(one, failed(error.code or "NoAnswer", error.message)) for one in sendings], queue, error)
        except Rejected as error:
            self._refused(sendings, queue, error)
        else:
            aliases = tuple(one.alias for one in carried.passengers)
            self._answered(list(zip(sendings, outcomes(answer, aliases), strict=True)), queue)

    def _answered(self, results: Sequence[Result], queue: Queue) -> None:
        """Settle what is known at once; what is not known is read off the board, what may go again does."""
        self._settle([one for one in results if one[1].event in (Event.SUCCEEDED, Event.FAILED)])
        if any(outcome.event is Event.SUCCEEDED for _, outcome in results):
            self._patience.passed()
        stopped = [outcome for _, outcome in results if outcome.kind is Kind.STOP]
        limited = [outcome for _, outcome in results if outcome.kind is Kind.WAIT]
        self._return([one for one, outcome in results if outcome.kind is Kind.STOP])
        self._again([one for one, outcome in results if outcome.kind is Kind.WAIT], queue)
        unknown = [
            (one, failed(outcome.error_type or "NoOutcome", outcome.error_message or "monday gave no outcome"))
            for one, outcome in results
            if outcome.event is Event.OPEN
        ]
        if unknown:
            self._find_out(unknown, queue)
        if stopped:
            raise Halt(stopped[0].error_message or "monday stopped", stop_hint(stopped[0].error_type or ""))
        if limited:
            self._patience.limited(max(one.retry_in for one in limited), limited[0].error_message or "limited")

    def _refused(self, sendings: Sequence[Sending], queue: Queue, error: Rejected) -> None:
        """Halve a request that monday refuses whole; a row that stands alone fails."""
        if len(sendings) == 1:
            self._settle([(sendings[0], failed(error.code or "Rejected", error.message))])
        else:
            self._halve(sendings, queue)
        self._patience.broken(error.message)

    def _find_out(self, unknown: Sequence[Result], queue: Queue, error: NoAnswer | None = None) -> None:
        """Read off the board what became of rows without an answer; those of which nothing ran go again.

        Each comes with the outcome it has when it cannot be brought to pass.
        """
        sendings = [sending for sending, _ in unknown]
        results = list(zip(unknown, self._verdicts(sendings, error), strict=True))
        self._settle([(sending, known) for (sending, _), known in results if known.event is not Event.NOT_APPLIED])
        undone = [one for one, known in results if known.event is Event.NOT_APPLIED]
        if error is not None and not error.ended:
            self._again([sending for sending, _ in undone], queue)
            self._patience.lost(error.message)
            return
        if error is not None and len(sendings) > 1:
            self._halve([sending for sending, _ in undone], queue)
        else:
            self._once_more(undone, queue)
        if error is not None:
            self._patience.broken(error.message)

    def _verdicts(self, sendings: Sequence[Sending], error: NoAnswer | None) -> list[Outcome]:
        tools = self._tools
        try:
            # Counted from giving up: bytes may have been on their way until then. A search for keys may lag behind.
            if (error is not None and not error.ended) or any(one.staged.wave in NEW for one in sendings):
                tools.clock.sleep(tools.settle_seconds)
            found = tools.look.at(sendings)
        except OpusError as why:
            self._books.lost(sendings)
            if isinstance(why, Interrupted):
                raise
            raise Halt(
                f"{error.message if error else 'rows got no answer'}, and the board cannot be read: {why.message}",
                f"run `opus-sync push --select {self.report.board} --resume` to find out what became of them",
            ) from why
        return [verdict(one.entry, there, one.parent) for one, there in zip(sendings, found, strict=True)]

    def _once_more(self, results: Sequence[Result], queue: Queue) -> None:
        """Try rows again that failed by themselves, `max_retries` times."""
        for sending, _ in results:
            sending.failures += 1
        retries = self._tools.max_retries
        self._settle([one for one in results if one[0].failures > retries])
        self._again([sending for sending, _ in results if sending.failures <= retries], queue)

    def _halve(self, sendings: Sequence[Sending], queue: Queue) -> None:
        for sending in sendings:
            sending.share = max(1, (len(sendings) + 1) // 2)
        self._again(sendings, queue)

    def _settle(self, results: Sequence[Result]) -> None:
        """Commit outcomes before anything else is sent."""
        if not results:
            return
        self._books.settle(results)
        self._on_record(sending for sending, _ in results)
        for sending, outcome in results:
            if sending.staged.wave is Wave.NEW_ITEMS and outcome.item_id is not None:
                self._created[sending.staged.row.record_key] = outcome.item_id
            if sending.staged.wave is Wave.NEW_GROUPS and outcome.group_id is not None:
                self._new_groups[sending.staged.row.record_key] = outcome.group_id
        self._tools.advance(len(results))
        self._unwritten = self._unwritten or any(outcome.event is not Event.SUCCEEDED for _, outcome in results)

    def _again(self, sendings: Sequence[Sending], queue: Queue) -> None:
        self._return(sendings)
        queue.extendleft(reversed(sendings))

    def _on_record(self, sendings: Iterable[Sending]) -> None:
        for sending in sendings:
            self._returned.pop(sending.operation_id, None)

    def _return(self, sendings: Iterable[Sending]) -> None:
        self._returned.update((sending.operation_id, sending) for sending in sendings)

    def _halt(self, stop: Halt | Interrupted) -> None:
        """Close the books: rows of which nothing ran are NOT_APPLIED, batches that were begun FAILED."""
        self.report.halted, self.report.hint = stop.message, stop.hint
        self._books.abort([(sending, not_applied(stop.message)) for sending in self._returned.values()], stop.message)


def _phases(operations: Sequence[Operation], *, sequential: bool) -> Iterable[Iterable[Operation]]:
    """Part the rows: those of one phase do not depend on each other. One batch after the other if asked.

    What items of every batch may depend on comes first, and the groups that they leave go last.
    """
    if not sequential:
        return [list(phase) for _, phase in groupby(operations, key=lambda entry: entry.wave)]
    order = {key: at for at, key in enumerate(dict.fromkeys(entry.row.customer_batch for entry in operations))}

    def place(entry: Operation) -> tuple[int, int, int]:
        own = entry.wave in _ITEM_WAVES
        return (int(entry.wave > max(_ITEM_WAVES)), order[entry.row.customer_batch] + 1 if own else 0, entry.wave)

    return [list(phase) for _, phase in groupby(sorted(operations, key=place), key=place)]
