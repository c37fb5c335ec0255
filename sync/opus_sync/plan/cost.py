"""What a push will cost in requests, complexity, time and daily calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from opus_sync.plan.order import Operation

REQUEST_CEILING = 5_000_000
"""Points that one request may cost (API documentation on rate limits, 2026-09-06)."""

MUTATION_POINTS = 30_000
"""Points of one item mutation where none was measured; monday publishes no weights."""

READ_POINTS_ITEM, READ_POINTS_CELL = 25, 14
"""Points of the read before a write, by item and by cell, as the stand-in counts them."""

POINTS_PER_MINUTE = 10_000_000
"""Budget of a personal token on a paid plan (rate-limits page, 2026-09-06)."""

CALLS_PER_DAY = 1_000
"""Calls of the Basic and Standard plans (rate-limits page, 2026-09-06); larger plans have 10,000 and more."""


@dataclass(frozen=True)
class Pace:
    """How fast a token may write: rows per request, points per minute, calls per day, points per row."""

    batch_size: int
    points_per_minute: int = POINTS_PER_MINUTE
    calls_per_day: int = CALLS_PER_DAY
    points_per_row: int = MUTATION_POINTS


@dataclass(frozen=True)
class Cost:
    """An estimate: requests that write, reads before them; `daily_share` is 0.02 for 2 % of a day's calls."""

    requests: int
    reads: int
    complexity: int
    minutes: float
    daily_share: float


def estimate(operations: Iterable[Operation], pace: Pace) -> Cost:
    """Estimate the requests wave by wave, because a request never holds rows of two waves.

    Before each request one query reads the cells that it is about to write.
    """
    every = tuple(operations)
    waves = Counter(entry.wave for entry in every)
    size = max(1, min(pace.batch_size, REQUEST_CEILING // pace.points_per_row))
    requests = sum(ceil(rows / size) for rows in waves.values())
    looks = len(every) * READ_POINTS_ITEM + sum(len(entry.new) for entry in every) * READ_POINTS_CELL
    complexity = len(every) * pace.points_per_row + looks
    return Cost(
        requests=requests,
        reads=requests,
        complexity=complexity,
        minutes=complexity / pace.points_per_minute,
        daily_share=2 * requests / pace.calls_per_day,
    )


def total(costs: Iterable[Cost]) -> Cost:
    """Add up the costs of several boards that share one token."""
    every = tuple(costs)
    return Cost(
        requests=sum(cost.requests for cost in every),
        reads=sum(cost.reads for cost in every),
        complexity=sum(cost.complexity for cost in every),
        minutes=sum(cost.minutes for cost in every),
        daily_share=sum(cost.daily_share for cost in every),
    )
