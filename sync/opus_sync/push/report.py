"""What a push of one board came to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from opus_sync.push.outcome import Event, Outcome
from opus_sync.push.sending import Sending

_KEPT_ERRORS = 20


@dataclass
class Failure:
    """One row that monday or the encoder refused."""

    record: str
    operation: str
    error_type: str
    message: str


@dataclass
class Report:
    """Counts of one board's push; `halted` says why it ended early, `hint` how to go on."""

    board: str
    planned: int
    events: Counter[Event] = field(default_factory=Counter)
    orphaned: int = 0
    requests: int = 0
    complexity: int = 0
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
    def open(self) -> int:
        """Return how many rows were sent and have no known outcome."""
        return self.events[Event.OPEN]

    @property
    def not_sent(self) -> int:
        """Return how many planned rows stay staged."""
        return self.planned - self.succeeded - self.failed - self.open

    @property
    def complete(self) -> bool:
        """Return whether every planned row was written."""
        return self.succeeded == self.planned and self.halted is None

    def count(self, sending: Sending, outcome: Outcome) -> None:
        """Take in an outcome."""
        self.events[outcome.event] += 1
        if outcome.event is Event.FAILED and len(self.failures) < _KEPT_ERRORS:
            row = sending.entry.row
            self.failures.append(
                Failure(row.label, row.update_operation, outcome.error_type or "", outcome.error_message or "")
            )
