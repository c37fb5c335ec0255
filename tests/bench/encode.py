"""From staged rows to what goes over the wire: planning, encoding, composing, without a request."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from itertools import groupby
from statistics import median
from typing import Any

from tests.bench import staged_rows
from tests.bench.figure import Figure
from tests.bench.workspace import BOARD_ID, workspace

from opus_sync.plan.board_plan import Target, plan_board
from opus_sync.plan.cost import Pace
from opus_sync.push.document import compose, variables
from opus_sync.push.encode import Encoder

ROWS = 20_000
BATCH = 100
RUNS = 5
TARGET = Target("bench", "http://127.0.0.1/v2", "7001", "orders", BOARD_ID, {})

Wire = list[tuple[str, dict[str, Any]]]


def encode() -> Figure:
    """Time item updates of four cells; new items with twenty cells and sizes, for information."""
    with workspace() as project:
        encoder = project.encoder()
    update, dumped = _rate(encoder, staged_rows.updates(ROWS))
    create, _ = _rate(encoder, staged_rows.orders(ROWS // 7))
    return Figure(
        name="plan and encode",
        measured=update,
        bound="at least",
        limit=20_000,
        unit="rows/s",
        how=f"{ROWS:,} item updates of 4 cells in one process, median of {RUNS} runs; "
        f"{dumped:.1f} x the time of json.dumps of the same variables",
        notes=(f"new items of 20 cells with 6 subitems of 3 cells, for information: {create:,.0f} rows/s",),
    )


def _rate(encoder: Encoder, rows: list[staged_rows.Row]) -> tuple[float, float]:
    """Return rows a second and the ratio to json.dumps."""
    wires: list[Wire] = []
    works = [_seconds(lambda: wires.append(_wire(encoder, rows))) for _ in range(RUNS)]
    dumps = [_seconds(lambda: [json.dumps(values) for _, values in wires[0]]) for _ in range(RUNS)]
    if sum(document.count(": ") for document, _ in wires[0]) < len(rows):
        raise AssertionError("documents lack rows")
    return len(rows) / median(works), median(works) / median(dumps)


def _wire(encoder: Encoder, rows: Iterable[staged_rows.Row]) -> Wire:
    """Return documents and variables of all rows, a request for each hundred rows of a wave."""
    plan = plan_board(TARGET, rows, Pace(BATCH))
    wire: Wire = []
    for _, wave in groupby(plan.operations, key=lambda entry: entry.wave):
        mutations = [encoder.mutation(entry, parent_item_id=1) for entry in wave]
        for start in range(0, len(mutations), BATCH):
            batch = mutations[start : start + BATCH]
            wire.append((compose(tuple(one.name for one in batch)), variables(batch)))
    return wire


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
