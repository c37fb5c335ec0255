"""How a board stands: who is at work, what was pulled and pushed, what waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

_ENDED = ("PROMOTED", "FAILED")


@dataclass(frozen=True)
class Extract:
    """One extract: when it began and ended, how it ended, what it holds."""

    status: str
    began_at: datetime
    ended_at: datetime
    items: int | None = None
    subitems: int | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Batch:
    """One batch: its newest event, how many of its rows have which outcome, and when the last of them came."""

    batch_id: str
    customer: str | None
    event: str
    total: int
    succeeded: int
    failed: int
    others: int
    started_at: datetime
    last_at: datetime
    of_last_push: bool
    summary: str | None = None
    rollback_of: str | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.event in _ENDED

    @property
    def whole(self) -> bool:
        """Whether every row of it was written."""
        return self.succeeded == self.total

    @property
    def done(self) -> int:
        """Return how many of its rows have an outcome."""
        return self.succeeded + self.failed + self.others


@dataclass(frozen=True)
class Request:
    """A rollback that somebody asked for in SQL and nobody has carried out."""

    batch_id: str
    by: str | None
    reason: str | None


@dataclass(frozen=True)
class BoardStatus:
    """One board. `active` is the extract in force, `newest` the last one that was begun, where that is another.

    `age_limit` is how old the extract in force may be for a push, in hours; None for any age. `open_rows` were sent
    and have no known outcome, `failures` count the rows that failed last, by error type.
    """

    board: str
    monday_board_id: int
    holder: str | None = None
    active: Extract | None = None
    age_limit: float | None = None
    newest: Extract | None = None
    batches: tuple[Batch, ...] = ()
    open_rows: int = 0
    last_sent_at: datetime | None = None
    failures: Mapping[str, int] = field(default_factory=dict)
    requests: tuple[Request, ...] = ()

    @property
    def last_push(self) -> tuple[Batch, ...]:
        """Return the batches of the last push."""
        return tuple(batch for batch in self.batches if batch.of_last_push)

    @property
    def running(self) -> tuple[Batch, ...]:
        """Return the batches that somebody is at work on."""
        return tuple(batch for batch in self.batches if not batch.ended) if self.holder else ()

    def too_old(self, now: datetime) -> bool:
        """Whether the extract in force is older than a push may use."""
        if self.active is None or self.age_limit is None:
            return False
        return (now - self.active.began_at).total_seconds() > 3_600 * self.age_limit

    @property
    def cut_short(self) -> bool:
        """Whether a batch has rows without an outcome and was never brought to its end."""
        return any(batch.done < batch.total and not batch.ended for batch in self.batches)


def rate(batches: tuple[Batch, ...]) -> float | None:
    """Return rows a minute from the start of the first batch to the last outcome; None where that is no time."""
    if not batches:
        return None
    took = max(one.last_at for one in batches) - min(one.started_at for one in batches)
    seconds = took.total_seconds()
    return 60 * sum(one.done for one in batches) / seconds if seconds > 0 else None


def minutes_left(batches: tuple[Batch, ...]) -> float | None:
    """Return how long their other rows take at the rate so far; None where there is no rate yet."""
    pace = rate(batches)
    return sum(batch.total - batch.done for batch in batches) / pace if pace else None


def next_command(status: BoardStatus, now: datetime) -> tuple[str, ...] | None:
    """Return the words of the command that helps most now; None where somebody is at work."""
    select = ("--select", status.board)
    if status.holder is not None:
        return None
    if status.active is None:
        return ("pull", *select)
    if status.open_rows or status.cut_short:
        return ("push", *select, "--resume")
    if status.requests:
        return ("rollback", "--pending", *select, "--live")
    if status.too_old(now):
        return ("pull", *select)
    if status.failures:
        return ("errors", *select)
    return ("plan", *select)
