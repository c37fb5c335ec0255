"""Writes the tables of docs/monday-limits.md from the runner's own cost model: `python docs/monday_limits.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import repeat
from math import ceil
from pathlib import Path
from typing import cast

from opus_sync.plan.cost import MUTATION_POINTS, Cost, Pace, estimate
from opus_sync.plan.order import Operation, Wave
from opus_sync.plan.staged import StagedRow
from opus_sync.settings import Settings

PAGE = Path(__file__).resolve().with_name("monday-limits.md")
SIZES = (100, 1_000, 10_000, 100_000)
CELLS = 4


@dataclass(frozen=True)
class Plan:
    """What a plan of monday.com allows a personal token (rate-limits page, 2026-09-06)."""

    name: str
    points_per_minute: int
    calls_per_day: int
    requests_per_minute: int
    concurrency: int

    @property
    def pace(self) -> Pace:
        """Return how fast the runner writes under this plan: a request holds no more rows than a minute pays for."""
        fitting = self.points_per_minute // MUTATION_POINTS
        return Pace(min(Settings().max_batch_size, fitting), self.points_per_minute, self.calls_per_day)


PLANS = (
    Plan("Free, trial", 1_000_000, 1_000, 1_000, 40),
    Plan("Basic, Standard", 10_000_000, 1_000, 1_000, 40),
    Plan("Pro", 10_000_000, 10_000, 2_500, 100),
    Plan("Enterprise", 10_000_000, 25_000, 5_000, 250),
)


def pushed(rows: int, plan: Plan) -> Cost:
    """Return what a push costs that changes so many items of one board, some cells each."""
    changed = Operation(cast(StagedRow, None), Wave.ITEM_CHANGES, {str(cell): "" for cell in range(CELLS)}, {})
    return estimate(repeat(changed, rows), plan.pace)


def table(*rows: tuple[str, ...]) -> str:
    """Return rows as a Markdown table, the first as its head."""
    lines = (rows[0], tuple("---" for _ in rows[0]), *rows[1:])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def limits() -> str:
    """Return the table of what each plan allows."""
    return table(
        ("plan", "complexity points a minute", "calls a day", "requests a minute", "requests at once"),
        *(
            (
                plan.name,
                f"{plan.points_per_minute:,}",
                f"{plan.calls_per_day:,}",
                f"{plan.requests_per_minute:,}",
                f"{plan.concurrency}",
            )
            for plan in PLANS
        ),
    )


def costs() -> str:
    """Return the table of what pushes of several sizes cost under each plan."""
    least, *usual = PLANS
    shares = [f"of the day, {plan.name}" for plan in usual]
    head = ("items changed", "calls", "time", *shares, *(f"{least.name}: {word}" for word in ("calls", "time", "day")))
    rows = []
    for size in SIZES:
        under = [pushed(size, plan) for plan in usual]
        slow = pushed(size, least)
        rows.append(
            (
                f"{size:,}",
                _calls(under[0]),
                _time(under[0].minutes),
                *(_share(cost.daily_share) for cost in under),
                _calls(slow),
                _time(slow.minutes),
                _share(slow.daily_share),
            )
        )
    return table(head, *rows)


def page(text: str) -> str:
    """Return a text with the tables between its marks as they are now."""
    for name, made in (("limits", limits()), ("costs", costs())):
        text = re.sub(rf"(<!-- table: {name} -->\n).*?(<!-- end -->)", rf"\g<1>{made}\g<2>", text, flags=re.S)
    return text


def _calls(cost: Cost) -> str:
    return f"{cost.requests + cost.reads:,}"


def _time(minutes: float) -> str:
    if minutes < 1:
        return "under a minute"
    return f"{ceil(minutes)} min" if minutes < 120 else f"{minutes / 60:.1f} h"


def _share(share: float) -> str:
    """Return a share of the day's calls; above what a push may take of a day, the days."""
    most = 1 - Settings().daily_call_reserve
    if share > most:
        return f"{ceil(share / most)} days"
    return f"{share:.1%}" if share >= 0.001 else "under 0.1%"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), encoding="utf-8")
