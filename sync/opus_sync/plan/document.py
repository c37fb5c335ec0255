"""A plan as a JSON document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from opus_sync.plan.board_plan import BoardPlan, Plan
from opus_sync.plan.changes import ENTITIES, row_change
from opus_sync.plan.cost import total
from opus_sync.plan.order import Operation
from opus_sync.plan.staged import StagedRow, messages

SCHEMA_VERSION = 1


def as_document(plan: Plan) -> dict[str, Any]:
    """Return the whole plan as plain JSON values; every row is in it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "operations": plan.operations,
        "invalid": plan.invalid,
        "cost": asdict(total(board.cost for board in plan.boards)),
        "boards": [_board(board) for board in plan.boards],
    }


def _board(plan: BoardPlan) -> dict[str, Any]:
    target = plan.target
    return {
        "board": target.board,
        "monday_board_id": str(target.monday_board_id),
        "target": target.target,
        "endpoint": target.endpoint,
        "account_id": target.account_id,
        "digest": plan.digest,
        "refused": asdict(plan.reason) if plan.reason else None,
        "counts": [
            {"entity": ENTITIES.get(kind, kind), "operation": name, **count}
            for (kind, name), count in sorted(plan.counts.items())
        ],
        "held_reasons": dict(plan.held_reasons),
        "batches": [asdict(batch) for batch in plan.batches],
        "cost": asdict(plan.cost),
        "rows": [_operation(plan, entry) for entry in plan.operations],
        "orphans": [_row(entry.row) for entry in plan.orphans],
        "invalid": [_row(row) | {"messages": list(messages(row))} for row in plan.invalid],
        "pending": [_row(row) | {"messages": list(messages(row))} for row in plan.pending],
        "held": [_row(row) | {"hold_reason": row.hold_reason} for row in plan.held],
    }


def _operation(plan: BoardPlan, entry: Operation) -> Mapping[str, Any]:
    change = row_change(plan, entry)
    return _row(entry.row) | {"cells": [asdict(cell) for cell in change.cells]}


def _row(row: StagedRow) -> dict[str, Any]:
    return {
        "stg_id": row.stg_id,
        "entity": ENTITIES.get(row.update_type, row.update_type),
        "operation": row.update_operation,
        "record_key": row.record_key,
        "parent_key": row.parent_key,
        "monday_item_id": None if row.monday_item_id is None else str(row.monday_item_id),
        "batch": row.customer_batch,
        "item_name": row.item_name,
    }
