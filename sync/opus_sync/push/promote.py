"""Builds a board's models again after a push, so that the current tables show what was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from opus_sync.contract import Board
from opus_sync.push.batches import Milestone
from opus_sync.warehouse.base import Warehouse

_ORIGIN = ("update_batch_id", "plan_id", "guard_lifted", "rollback_of_batch")


def promotion(boards: Iterable[Board], *, with_sources: bool = False) -> list[str]:
    """Return the dbt command that rebuilds all that stands on the current state of these boards.

    With every view that reads the sync point, of other boards too: PostgreSQL drops those with the table that dbt
    replaces. A view is no more than its text, so nothing else comes of it. `with_sources` adds what the boards' staged
    rows are made from, and the views that those views read.
    """
    every = list(boards)
    models = [model for board in every for model in board.models]
    staged = [f"+staged_{board.name}_{kind}" for board in every for kind in board.kinds if with_sources]
    return [
        "--quiet",
        "build",
        "--select",
        "mon_sync_point",
        "mon_items",
        *(f"{model}+" for model in models),
        *staged,
        f"{'@mon_sync_point' if with_sources else 'mon_sync_point+'},config.materialized:view",
        "--exclude-resource-type",
        "unit_test",
    ]


def promoted(warehouse: Warehouse, board: str) -> list[Milestone]:
    """Return PROMOTED for each batch of a board of which every row was written, to be recorded after the build."""
    rows = warehouse.query("unfinished_batches", board=board)
    return [batch_milestone(row, "PROMOTED") for row in rows if row["succeeded"] == row["total_records"]]


def batch_milestone(row: Mapping[str, Any], event: str, summary: str | None = None) -> Milestone:
    """Return an event of a batch as the tables know it."""
    return Milestone(
        batch_id=row["batch_id"],
        customer=row["customer_name"],
        batch_type=row["batch_type"],
        event=event,
        total=row["total_records"],
        succeeded=row["succeeded"],
        failed=row["failed"],
        summary=summary,
        origin={name: row[name] for name in _ORIGIN},
    )
