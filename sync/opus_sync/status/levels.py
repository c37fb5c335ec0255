"""Service levels of 30 days, as dbt's view mon_service_levels has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opus_sync.paint import bad, good, head, quiet
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.built import built_relation
from opus_sync.warehouse.errors import MissingTable, WarehouseError

MODEL = "mon_service_levels"
_WANTED = {
    "call_success": "more than",
    "orders_per_hour": "at least",
    "rows_needing_a_person": "less than",
    "cells_different_at_verify": "exactly",
    "traced_operations": "exactly",
}


@dataclass(frozen=True)
class Level:
    """One level of one board; `figure` and `met` are None where there was nothing to measure."""

    board: str
    level: str
    figure: float | None
    threshold: float
    met: bool | None
    counted: int
    unit: str
    description: str


def read_levels(warehouse: Warehouse, target: str, boards: Sequence[str]) -> tuple[Level, ...]:
    """Return the levels of these boards; nothing where the model was not built yet, or does not stand any more."""
    relation = built_relation(warehouse, target, MODEL)
    try:
        rows = warehouse.scan(relation) if relation else []
    except (MissingTable, WarehouseError):
        return ()
    return tuple(
        Level(
            board=row["board"],
            level=row["level"],
            figure=None if row["figure"] is None else float(row["figure"]),
            threshold=float(row["threshold"]),
            met=None if row["is_met"] is None else bool(row["is_met"]),
            counted=int(row["counted"]),
            unit=row["unit"],
            description=row["description"],
        )
        for board in boards
        for row in sorted(rows, key=lambda row: list(_WANTED).index(row["level"]))
        if row["board"] == board
    )


def level_lines(levels: Sequence[Level]) -> Iterator[str]:
    """Yield a table: what was measured, what is wanted, whether it is met."""
    if not levels:
        return
    yield head("service levels, 30 days")
    for board in dict.fromkeys(level.board for level in levels):
        yield f"  {board}"
        for level in levels:
            if level.board == board:
                measured, wanted, verdict = level_cells(level)
                colour = {True: good, False: bad, None: quiet}[level.met]
                name = level.level.replace("_", " ")
                yield f"    {name:<27}{measured:<24}{quiet(f'{wanted:<18}')}{colour(verdict)}"


def level_cells(level: Level) -> tuple[str, str, str]:
    """Return what was measured, what is wanted, and the verdict, in words."""
    measured = "nothing to measure" if level.figure is None else f"{number(level.figure)} {level.unit}"
    verdict = {True: "met", False: "MISSED", None: "-"}[level.met]
    return measured, f"{_WANTED[level.level]} {number(level.threshold)}", verdict


def number(figure: float) -> str:
    """Return a figure without zeros that say nothing."""
    return f"{figure:,.0f}" if abs(figure) >= 1_000 else f"{figure:.2f}".rstrip("0").rstrip(".")
