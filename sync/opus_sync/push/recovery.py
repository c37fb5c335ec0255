"""Ends what an earlier push of a board left open, by looking at the board; nothing is ever sent from here.

Whoever calls it holds the board's lock, so that whoever sent is dead: the last request left before the lock was
taken. Clocks of two machines are not compared; what is waited for is counted from now.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from opus_sync.clock import Clock
from opus_sync.log import SILENT, Log
from opus_sync.plan.order import Operation, operation
from opus_sync.plan.staged import Cells, recorded_row
from opus_sync.push.batches import Milestone
from opus_sync.push.books import append
from opus_sync.push.look import Look
from opus_sync.push.outcome import Event, Outcome, superseded
from opus_sync.push.promote import batch_milestone
from opus_sync.push.records import Recorder
from opus_sync.push.sending import Sending
from opus_sync.push.verdict import verdict
from opus_sync.warehouse.base import BoardLock, Warehouse

_UNKNOWN = "the contract no longer says how to find what it is about; look on the board"
_ENDED_EARLY = "the push ended early"


@dataclass
class Recovered:
    """What became of the rows that were open, and how many batches were closed."""

    events: Counter[Event] = field(default_factory=Counter)
    batches: int = 0

    @property
    def anything(self) -> bool:
        """Whether there was anything to end."""
        return bool(self.events or self.batches)

    def __str__(self) -> str:
        said = ", ".join(f"{number} {event.value}" for event, number in sorted(self.events.items()))
        return f"rows without an outcome: {said}" if said else f"{self.batches} batches closed"


@dataclass(frozen=True)
class Recovery:
    """Looks for open operations of one board and ends them; the log is told what is waited for."""

    board: str
    warehouse: Warehouse
    lock: BoardLock
    look: Look
    recorder: Recorder
    clock: Clock
    settle_seconds: float
    log: Log = SILENT

    def run(self) -> Recovered:
        """End every open operation and every batch that was begun; raises OpusError where monday cannot be read."""
        sendings = [_sending(row) for row in self.warehouse.query("open_operations", board=self.board)]
        results: list[tuple[Sending, Outcome]] = []
        if sendings:
            self.log.note(
                f"{self.board}: {len(sendings)} rows of an earlier push have no known outcome; "
                f"looking at the board in {self.settle_seconds:.0f} s, when all that was under way has ended"
            )
            self.clock.sleep(self.settle_seconds)
            known = [one for one in sendings if self.look.can_find(one)]
            found = self.look.at(known)
            results = [(one, verdict(one.entry, there, one.parent)) for one, there in zip(known, found, strict=True)]
            results += [(one, superseded(_UNKNOWN)) for one in sendings if one not in known]
        milestones = self._milestones(results)
        append(self.lock, self.clock, self.recorder.settled(results, milestones, self.clock.now()))
        return Recovered(Counter(outcome.event for _, outcome in results), len(milestones))

    def _milestones(self, results: Sequence[tuple[Sending, Outcome]]) -> list[Milestone]:
        """Return the end of each batch that nobody works on any more; one that is whole waits for its promotion."""
        fresh: dict[str, Counter[Event]] = {}
        for sending, outcome in results:
            fresh.setdefault(sending.batch_id, Counter())[outcome.event] += 1
        due = []
        for row in self.warehouse.query("unfinished_batches", board=self.board):
            news = fresh.get(row["batch_id"], Counter())
            milestone = _milestone(row, news)
            if milestone.event != row["event"] or news:
                due.append(milestone)
        return due


def _sending(row: Mapping[str, Any]) -> Sending:
    """Return what was sent, as its SENT event keeps it."""
    staged = operation(recorded_row(row["staged_row"]))
    variables = json.loads(row["payload"])["variables"]
    parent = variables.get("parent_item_id")
    sending = Sending(
        staged=staged,
        operation_id=row["operation_id"],
        batch_id=row["batch_id"],
        parent_item_id=None if parent is None else int(parent),
        attempt=row["attempt"],
    )
    sending.entry = _as_sent(staged, row)
    return sending


def _as_sent(staged: Operation, row: Mapping[str, Any]) -> Operation:
    sent: Cells = json.loads(row["sent_fields"]) if row["sent_fields"] else staged.new
    seen: Cells = json.loads(row["seen_fields"]) if row["seen_fields"] else staged.old
    return replace(staged, new=sent, old=seen)


def _milestone(row: Mapping[str, Any], news: Counter[Event]) -> Milestone:
    counted = {
        **row,
        "succeeded": row["succeeded"] + news[Event.SUCCEEDED],
        "failed": row["failed"] + news[Event.FAILED],
    }
    missing = row["total_records"] - counted["succeeded"]
    if missing:
        return batch_milestone(counted, "FAILED", f"{_ENDED_EARLY}: {missing} of {row['total_records']} not written")
    level = "SUBITEMS_CREATED" if row["batch_type"] == "SUBITEMS" else "ITEMS_CREATED"
    return batch_milestone(counted, level if row["event"] in ("STARTED", "FAILED") else row["event"])
