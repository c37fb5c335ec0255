"""The diff of a board of a million items with twenty managed cells, against a copy of its current table."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

import duckdb
from tests.bench.figure import Figure
from tests.bench.workspace import SQL, Workspace, workspace

ROWS = 1_000_000
PAIRS = 3
_CHANGED_CELLS = 4


def diff() -> Figure:
    """Time the staged model's own SQL, one row in a hundred changed; then all of them, for information."""
    with workspace() as project:
        project.dbt("run-operation", "opus_deploy")
        with duckdb.connect(str(project.database)) as connection:
            _fill(connection, project)
            _orders(connection, nth=100)
        project.dbt("run", "--select", "+staged_orders_items")
        compiled = project.root / "target/compiled/opus_sync/models/monday/orders/staged_orders_items.sql"
        statement = compiled.read_text("utf-8")
        built = _built(project.root / "target/run_results.json")
        with duckdb.connect(str(project.database)) as connection:
            some, how = _measure(connection, statement, changed=ROWS // 100, pairs=PAIRS)
            _orders(connection, nth=1)
            every, how_every = _measure(connection, statement, changed=ROWS, pairs=1)
    return Figure(
        name=f"diff of {ROWS:,} x 20 cells, 1 % of rows changed",
        measured=some,
        bound="at most",
        limit=3,
        unit="x a copy of the current table",
        how=f"compiled staged model against `create table as select * from mon_orders`, {how}",
        notes=(
            f"100 % of rows changed, for information: {every:.3g} x; {how_every}",
            f"the same build by dbt, seconds a model: {built}",
        ),
    )


def _fill(connection: duckdb.DuckDBPyConnection, project: Workspace) -> None:
    """Fill the runner's tables with an extract, as a pull would."""
    for statement in (SQL / "board.sql").read_text("utf-8").split(";\n"):
        connection.execute(statement, {"rows": ROWS} if "$rows" in statement else None)
    for table, rows in (("mon_raw_column", project.column_rows), ("mon_raw_label", project.label_rows)):
        connection.executemany(
            f"insert into opus.{table} ({', '.join(rows[0])}) values ({', '.join('?' * len(rows[0]))})",
            [tuple(row.values()) for row in rows],
        )


def _orders(connection: duckdb.DuckDBPyConnection, nth: int) -> None:
    connection.execute((SQL / "orders.sql").read_text("utf-8"), {"rows": ROWS, "nth": nth})


def _measure(connection: duckdb.DuckDBPyConnection, statement: str, changed: int, pairs: int) -> tuple[float, str]:
    """Return the median ratio of diff to copy, taken in turns, and how it came about."""
    copies, diffs = [], []
    for _ in range(pairs):
        copies.append(_seconds(connection, "copied", "select * from main.mon_orders"))
        diffs.append(_seconds(connection, "staged", statement))
    _check(connection, changed)
    ratios = [one / other for one, other in zip(diffs, copies, strict=True)]
    how = (
        f"median of {pairs} pairs, {min(ratios):.2f} to {max(ratios):.2f}; "
        f"diff {median(diffs):.2f} s, copy {median(copies):.2f} s"
    )
    return median(ratios), how


def _seconds(connection: duckdb.DuckDBPyConnection, table: str, statement: str) -> float:
    connection.execute("checkpoint")
    started = time.perf_counter()
    connection.execute(f"create or replace table main.bench_{table} as {statement}")
    return time.perf_counter() - started


def _check(connection: duckdb.DuckDBPyConnection, changed: int) -> None:
    """Raise unless the diff found each changed row with its four cells, and nothing else."""
    found = connection.execute(
        "select update_operation, validation_status, hold_reason, count(*), "
        "min(len(json_keys(update_fields))), max(len(json_keys(update_fields))) "
        "from main.bench_staged group by all"
    ).fetchall()
    wanted = [("UPDATE", "VALID", None, changed, _CHANGED_CELLS, _CHANGED_CELLS)]
    if found != wanted:
        raise AssertionError(f"the diff staged {found}, wanted {wanted}")


def _built(run_results: Path) -> str:
    """Return what dbt says each table took."""
    results: Iterable[dict[str, object]] = json.loads(run_results.read_text("utf-8"))["results"]
    times = {str(one["unique_id"]).rpartition(".")[2]: one["execution_time"] for one in results}
    return ", ".join(f"{name} {float(str(took)):.1f}" for name, took in times.items() if "orders" in name)
