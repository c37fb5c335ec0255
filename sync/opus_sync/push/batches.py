"""The batches of a push: one per customer, each with counts and milestones of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from opus_sync.plan.order import Operation, Wave
from opus_sync.plan.staged import ITEMS, SUBITEMS
from opus_sync.push.outcome import Event, Outcome

_LEVELS = {
    Wave.NEW_ITEMS: "ITEMS_CREATED",
    Wave.ITEM_CHANGES: "ITEMS_CREATED",
    Wave.ITEM_MOVES: "ITEMS_CREATED",
    Wave.NEW_SUBITEMS: "SUBITEMS_CREATED",
    Wave.SUBITEM_CHANGES: "SUBITEMS_CREATED",
}
_UNWRITTEN = {
    Event.CONFLICT: "in conflict with an edit on the board",
    Event.SUPERSEDED: "changed on the board before their outcome was known",
    Event.OPEN: "without a known outcome",
}
_SHOWN_ERRORS = 3
_SHOWN_CHARACTERS = 200


@dataclass(frozen=True)
class Milestone:
    """A batch event to append, with the counts of that moment.

    `origin` holds columns of a batch that another push began, which stay what they were.
    """

    batch_id: str
    customer: str | None
    batch_type: str
    event: str
    total: int
    succeeded: int
    failed: int
    summary: str | None = None
    origin: Mapping[str, Any] | None = None


@dataclass
class Batch:
    """The state of one customer's rows; `left` counts the rows of each level without an outcome."""

    batch_id: str
    customer: str | None
    batch_type: str = "GROUPS"
    total: int = 0
    left: Counter[str] = field(default_factory=Counter)
    events: Counter[Event] = field(default_factory=Counter)
    orphaned: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    begun: bool = False
    ended: bool = False
    reached: str | None = None
    counted: int = 0

    @property
    def done(self) -> int:
        """Return how many rows need no more work in this push."""
        return sum(self.events.values()) + self.orphaned

    @property
    def clean(self) -> bool:
        """Return whether every row of the batch was written."""
        return self.events[Event.SUCCEEDED] == self.total

    def milestone(self, event: str, summary: str | None = None) -> Milestone:
        """Return the batch event of this moment."""
        self.counted = self.done
        return Milestone(
            self.batch_id,
            self.customer,
            self.batch_type,
            event,
            self.total,
            self.events[Event.SUCCEEDED],
            self.events[Event.FAILED],
            summary,
        )

    def summary(self, stopped: str | None) -> str:
        """Say what went wrong, for `error_summary`."""
        parts = [f"{number} × {error}" for error, number in self.errors.most_common(_SHOWN_ERRORS)]
        for event, words in _UNWRITTEN.items():
            if self.events[event]:
                parts.append(f"{self.events[event]} {words}")
        if self.orphaned:
            parts.append(f"{self.orphaned} not sent: their parent or their group was not created")
        if self.total > self.done or self.events[Event.NOT_APPLIED]:
            parts.append(f"{self.total - self.done + self.events[Event.NOT_APPLIED]} not sent")
        return "; ".join([stopped, *parts] if stopped else parts)


class Ledger:
    """Keeps the batches of one push, and tells which batch events are due."""

    def __init__(self, operations: Iterable[Operation], new_id: Callable[[], str]) -> None:
        self._batches: dict[str | None, Batch] = {}
        for entry in operations:
            customer = entry.row.customer_batch
            batch = self._batches.get(customer)
            if batch is None:
                batch = self._batches[customer] = Batch(new_id(), customer)
            batch.total += 1
            batch.left[_LEVELS.get(entry.wave, "")] += 1
            if entry.row.update_type == ITEMS:
                batch.batch_type = "ORDERS"
            elif entry.row.update_type == SUBITEMS and batch.batch_type == "GROUPS":
                batch.batch_type = "SUBITEMS"

    @property
    def batches(self) -> tuple[Batch, ...]:
        """Return the batches in push order."""
        return tuple(self._batches.values())

    def batch(self, entry: Operation) -> Batch:
        """Return the batch of a row."""
        return self._batches[entry.row.customer_batch]

    def begin(self, entries: Iterable[Operation]) -> list[Milestone]:
        """Return STARTED for each batch of which the first row is about to be sent."""
        due = []
        for batch in self._of(entries):
            if not batch.begun:
                batch.begun = True
                due.append(batch.milestone("STARTED"))
        return due

    def settle(self, results: Iterable[tuple[Operation, Outcome]]) -> list[Milestone]:
        """Count outcomes and return the batch events that they bring about."""
        touched: dict[str, Batch] = {}
        for entry, outcome in results:
            batch = self._count(entry)
            touched[batch.batch_id] = batch
            batch.events[outcome.event] += 1
            if outcome.event is Event.FAILED:
                error = f"{outcome.error_type}: {outcome.error_message}"
                batch.errors[error[:_SHOWN_CHARACTERS]] += 1
        return self._due(touched.values())

    def orphan(self, entries: Iterable[Operation]) -> list[Milestone]:
        """Count rows that cannot be sent because their parent was not created."""
        touched: dict[str, Batch] = {}
        for entry in entries:
            batch = self._count(entry)
            batch.orphaned += 1
            touched[batch.batch_id] = batch
        return self._due(touched.values())

    def lose(self, entries: Iterable[Operation]) -> None:
        """Count rows whose outcome is not known; `abort` tells what that means for their batches."""
        for entry in entries:
            self._count(entry).events[Event.OPEN] += 1

    def abort(self, reason: str) -> list[Milestone]:
        """Return FAILED for each batch that was begun and is not at its end."""
        due = []
        for batch in self._batches.values():
            if batch.begun and not batch.ended:
                batch.ended = True
                due.append(batch.milestone("FAILED", batch.summary(reason)))
        return due

    def _of(self, entries: Iterable[Operation]) -> list[Batch]:
        return list({batch.batch_id: batch for batch in map(self.batch, entries)}.values())

    def _count(self, entry: Operation) -> Batch:
        batch = self.batch(entry)
        batch.left[_LEVELS.get(entry.wave, "")] -= 1
        return batch

    def _due(self, touched: Iterable[Batch]) -> list[Milestone]:
        return [milestone for batch in touched for milestone in _events(batch)]


def _events(batch: Batch) -> list[Milestone]:
    due = []
    for level in ("ITEMS_CREATED", "SUBITEMS_CREATED"):
        if level in batch.left and batch.left[level] == 0:
            del batch.left[level]
            batch.reached = level
            due.append(batch.milestone(level))
    if batch.done == batch.total:
        batch.ended = True
        if not batch.clean:
            due.append(batch.milestone("FAILED", batch.summary(None)))
        elif batch.counted < batch.done:
            # Removals come last: the counts of the last milestone are brought up to date.
            level = batch.reached or ("SUBITEMS_CREATED" if batch.batch_type == "SUBITEMS" else "ITEMS_CREATED")
            due.append(batch.milestone(level))
    return due
