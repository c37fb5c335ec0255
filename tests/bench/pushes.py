"""What a push costs in requests, and how fast it drains the budget of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tests.bench import staged_rows
from tests.bench.figure import Figure
from tests.bench.pushing import Pushed, Request, push
from tests.bench.workspace import workspace

from monday_sandbox import Options
from monday_sandbox.options import PLANS

STANDARD = PLANS["standard"]
SECONDS_A_REQUEST, SECONDS_AN_ALIAS = 0.2, 0.05
"""How long the sandbox takes, in its own seconds; monday publishes no figures."""


def updates() -> Figure:
    """Count the mutation requests of a thousand item updates."""
    rows = 1_000
    done = _push(staged_rows.updates(rows), items=rows, scale=60)
    return Figure(
        name=f"mutation requests per {rows:,} item updates",
        measured=done.metrics["mutations"],
        bound="at most",
        limit=20,
        unit="requests",
        how=f"counted by the sandbox over HTTP, Standard plan; {_said(done)}",
        holds=done.whole,
    )


def drain() -> Figure:
    """Measure how much of the budget a push uses, over whole budget minutes."""
    rows = 1_500
    done = _push(staged_rows.updates(rows), items=rows, scale=6)
    windows = _windows(done.requests)
    minutes = (windows[-1][0].left - windows[0][0].left) / 60
    spent = sum(one.points for window in windows[:-1] for one in window)
    lengths = [later[0].left - sooner[0].left for sooner, later in pairwise(windows)]
    return Figure(
        name="drain rate",
        measured=spent / (minutes * STANDARD.complexity_per_minute),
        bound="at least",
        limit=0.97,
        unit="of the complexity budget",
        how=f"points spent / (sandbox minutes x budget), from the first request of the first window to that "
        f"of the last, {len(windows) - 1} whole windows with ramp-up and waits, the last partial one left "
        f"out; clocks x 6; {_said(done)}",
        holds=done.whole and len(windows) >= 5,
        notes=(
            f"seconds from window to window: {', '.join(f'{length:.2f}' for length in lengths)}; "
            f"part of the budget used: {', '.join(_share(window) for window in windows[:-1])}",
        ),
    )


def orders() -> Figure:
    """Create a thousand orders with six sizes each."""
    number = 1_000
    done = _push(staged_rows.orders(number), items=0, scale=30)
    return Figure(
        name=f"{number:,} orders with 6 sizes each, {done.report.planned:,} creates",
        measured=done.report.seconds / 60,
        bound="at most",
        limit=60,
        unit="sandbox minutes",
        how=f"Standard plan, clocks x 30, {_said(done)}",
        holds=done.whole,
        notes=(
            f"{done.metrics['calls_charged']:.1f} calls of {STANDARD.calls_per_day:,} a day, "
            f"{done.metrics['mutations']} mutation requests, {done.metrics['complexity_spent']:,} points, "
            f"{done.refused} x 429",
        ),
    )


def _push(rows: Sequence[staged_rows.Row], items: int, scale: float) -> Pushed:
    options = Options(
        plan="standard",
        clock_scale=scale,
        latency=SECONDS_A_REQUEST,
        latency_per_alias=SECONDS_AN_ALIAS,
    )
    with workspace() as project:
        return push(project, rows, items, options)


def _windows(requests: Sequence[Request]) -> list[list[Request]]:
    """Part the requests by the budget minute that paid for them."""
    windows: list[list[Request]] = []
    for one in requests:
        if one.before == STANDARD.complexity_per_minute:
            windows.append([])
        windows[-1].append(one)
    return windows


def _share(window: Sequence[Request]) -> str:
    return f"{sum(one.points for one in window) / STANDARD.complexity_per_minute:.3f}"


def _said(done: Pushed) -> str:
    report = done.report
    return f"{report.succeeded:,} of {report.planned:,} rows written, {done.refused} x 429" + (
        f", stopped: {report.halted}" if report.halted else ""
    )
