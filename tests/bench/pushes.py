"""What a push costs in requests, and how fast it drains the budget of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tests.bench import staged_rows
from tests.bench.figure import Figure
from tests.bench.pushing import Pushed, Request, push
from tests.bench.workspace import workspace

from monday_sandbox import Fault, Options
from monday_sandbox.options import PLANS

STANDARD = PLANS["standard"]
_DRAINED = 1_500
SECONDS_A_REQUEST, SECONDS_AN_ALIAS = 0.2, 0.05
"""How long the sandbox takes, in its own seconds; monday publishes no figures."""


def updates() -> Figure:
    """Count the mutation requests of a thousand item updates."""
    rows = 1_000
    done = _push(staged_rows.updates(rows), items=rows, scale=12)
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
    return _drain("drain rate", bad=0)


def failing() -> Figure:
    """Measure the same where one row in fifty is refused."""
    return _drain("drain rate with 2 % of the rows failing", bad=_DRAINED // 50)


def rollback() -> Figure:
    """Count the mutation requests that undo a thousand rows: cells, moves, and items that were made."""
    rows = 1_000
    done = _push(staged_rows.undoings(rows), items=rows, scale=12)
    return Figure(
        name=f"mutation requests to roll back {rows:,} rows",
        measured=done.metrics["mutations"],
        bound="at most",
        limit=40,
        unit="requests",
        how=f"half cells, a quarter moves, a quarter archived items, counted by the sandbox over HTTP, Standard "
        f"plan; {done.report.reads} reads before them; {_said(done)}",
        holds=done.whole,
    )


def _drain(name: str, bad: int) -> Figure:
    rows = _DRAINED
    poison = tuple(
        Fault("poison", scope="alias", item_id=str(staged_rows.FIRST_ITEM + 50 * n), code="ColumnValueException")
        for n in range(bad)
    )
    done = _push(staged_rows.updates(rows), items=rows, scale=6, faults=poison)
    windows = _windows(done.requests)
    minutes = (windows[-1][0].left - windows[0][0].left) / 60
    spent = sum(one.points for window in windows[:-1] for one in window)
    lengths = [later[0].left - sooner[0].left for sooner, later in pairwise(windows)]
    as_meant = (done.report.succeeded, done.report.failed, done.refused) == (rows - bad, bad, 0)
    return Figure(
        name=name,
        measured=spent / (minutes * STANDARD.complexity_per_minute),
        bound="at least",
        limit=0.97,
        unit="of the complexity budget",
        how=f"points spent, reads included / (sandbox minutes x budget), from the first request of the first window "
        f"to that of the last, {len(windows) - 1} whole windows with ramp-up and waits, the last partial one left "
        f"out; clocks x 6; {_said(done)}",
        holds=as_meant and len(windows) >= 5,
        notes=(
            f"seconds from window to window: {', '.join(f'{length:.2f}' for length in lengths)}; "
            f"part of the budget used: {', '.join(_share(window) for window in windows[:-1])}",
        ),
    )


def orders() -> Figure:
    """Create a thousand orders with six sizes each."""
    number = 1_000
    done = _push(staged_rows.orders(number), items=0, scale=12)
    return Figure(
        name=f"{number:,} orders with 6 sizes each, {done.report.planned:,} creates",
        measured=done.report.seconds / 60,
        bound="at most",
        limit=60,
        unit="sandbox minutes",
        how=f"Standard plan, clocks x 12, {_said(done)}",
        holds=done.whole,
        notes=(
            f"{done.metrics['calls_charged']:.1f} calls of {STANDARD.calls_per_day:,} a day, "
            f"{done.metrics['mutations']} mutation requests, {done.metrics['complexity_spent']:,} points, "
            f"{done.refused} x 429",
        ),
    )


def _push(rows: Sequence[staged_rows.Row], items: int, scale: float, faults: tuple[Fault, ...] = ()) -> Pushed:
    options = Options(
        faults=faults,
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
