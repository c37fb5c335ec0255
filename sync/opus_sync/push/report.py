"""What a push of one board came to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from opus_sync.push.outcome import Event, Outcome
from opus_sync.push.patience import Halt
from opus_sync.push.sending import Sending

SHARE_BASE = 50
"""Outcomes below which no share of failures stops a push."""

_KEPT = 20
_TOLD = (Event.FAILED, Event.CONFLICT, Event.SUPERSEDED)


@dataclass
class Failure:
    """One row that was not written: refused by monday or the encoder, or in the way of somebody's edit."""

    record: str
    operation: str
    event: str
    error_type: str
    message: str


@dataclass
class Report:
    """Counts of one board's push; `halted` says why it ended early, `hint` how to go on.

    `requests` and `complexity` are those of mutations, `reads` and `read_complexity` those of looks at the board.
    """

    board: str
    planned: int
    events: Counter[Event] = field(default_factory=Counter)
    orphaned: int = 0
    requests: int = 0
    complexity: int = 0
    reads: int = 0
    read_complexity: int = 0
    seconds: float = 0.0
    audit_rows: int = 0
    batches: int = 0
    failures: list[Failure] = field(default_factory=list)
    halted: str | None = None
    hint: str = ""
    promoted: bool | None = None
    promotion_error: str = ""

    @property
    def succeeded(self) -> int:
        """Return how many rows were written."""
        return self.events[Event.SUCCEEDED]

    @property
    def failed(self) -> int:
        """Return how many rows were refused for good."""
        return self.events[Event.FAILED]

    @property
    def conflicts(self) -> int:
        """Return how many rows stayed because of what somebody did on the board."""
        return self.events[Event.CONFLICT] + self.events[Event.SUPERSEDED]

    @property
    def open(self) -> int:
        """Return how many rows were sent and have no known outcome."""
        return self.events[Event.OPEN]

    @property
    def not_sent(self) -> int:
        """Return how many planned rows stay staged without a finding of their own."""
        return self.planned - self.succeeded - self.failed - self.conflicts - self.open

    @property
    def complete(self) -> bool:
        """Return whether every planned row was written."""
        return self.succeeded == self.planned and self.halted is None

    def count(self, sending: Sending, outcome: Outcome) -> None:
        """Take in an outcome."""
        self.events[outcome.event] += 1
        if outcome.event in _TOLD and len(self.failures) < _KEPT:
            row = sending.staged.row
            self.failures.append(
                Failure(
                    row.label,
                    row.update_operation,
                    outcome.event.value,
                    outcome.error_type or "",
                    outcome.error_message or "",
                )
            )

    def check_share(self, limit: float) -> None:
        """Raise Halt where too large a share of the rows fails."""
        known = self.succeeded + self.failed
        if known >= SHARE_BASE and self.failed > limit * known:
            raise Halt(
                f"{self.failed} of {known} rows failed ({self.failed / known:.0%}, limit {limit:.0%})",
                "look at the failures, mend the cause, run `dbt build` and push again",
            )
