"""A plan as a JSON document, and sealed as a plan file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from opus_sync.plan.board_plan import BoardPlan, Plan, Selection
from opus_sync.plan.changes import ENTITIES, row_change
from opus_sync.plan.cost import total
from opus_sync.plan.digests import row_digest
from opus_sync.plan.order import Operation
from opus_sync.plan.sealed import SCHEMA_VERSION, sealed
from opus_sync.plan.staged import StagedRow, messages


@dataclass(frozen=True)
class Stamp:
    """What makes a plan file unlike any other: its id, who wrote it, when, and for which target and endpoint."""

    plan_id: str
    created_at: datetime
    created_by: str
    target: str
    endpoint: str


def sealed_document(plan: Plan, selection: Selection, stamp: Stamp) -> dict[str, Any]:
    """Return the plan as a file that can be approved and pushed; each row bears the digest of what it does."""
    document = as_document(plan)
    for board, shown in zip(plan.boards, document["boards"], strict=True):
        first = next(iter(board.staged), None)
        shown |= {"extract_id": first and first.extract_id, "as_of_seq": first and first.as_of_seq}
        for entry, row in zip(board.operations, shown["rows"], strict=True):
            row |= _to_verify(entry) | {"digest": row_digest(entry.row)}
    return sealed(
        {
            **asdict(stamp),
            "created_at": stamp.created_at.isoformat(timespec="seconds"),
            "selection": {"batch_key": selection.batch_key, "key": selection.key, "limit": selection.limit},
            **document,
        }
    )


def as_document(plan: Plan) -> dict[str, Any]:
    """Return the whole plan as plain JSON values; every row is in it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "operations": plan.operations,
        "invalid": plan.invalid,
        "plan_file": _plan_file(plan),
        "cost": asdict(total(board.cost for board in plan.boards)),
        "boards": [_board(board) for board in plan.boards],
    }


def _plan_file(plan: Plan) -> dict[str, Any] | None:
    """Say which plan file this plan was read from, and whether it still holds."""
    if plan.sealed is None:
        return None
    return {"file": plan.sealed.file, "plan_id": plan.sealed.plan_id, "holds": plan.holds}


def _board(plan: BoardPlan) -> dict[str, Any]:
    target = plan.target
    return {
        "board": target.board,
        "monday_board_id": str(target.monday_board_id),
        "target": target.target,
        "endpoint": target.endpoint,
        "account_id": target.account_id,
        "digest": plan.digest,
        "refused": [asdict(reason) for reason in plan.reasons],
        "guards": {"limits": asdict(plan.limits), "tripped": [asdict(one) for one in plan.guards]},
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


def _to_verify(entry: Operation) -> dict[str, Any]:
    """Return by id what the row is to do, so that the file alone tells whether it was done."""
    parent = entry.row.parent_item_id
    return {
        "parent_item_id": None if parent is None else str(parent),
        "group_id": entry.row.group_id,
        "group_key": entry.row.group_key,
        "update_fields": dict(entry.new),
        "old_fields": dict(entry.old),
    }


def _row(row: StagedRow) -> dict[str, Any]:
    return {
        "stg_id": row.stg_id,
        "entity": ENTITIES.get(row.update_type, row.update_type),
        "operation": row.update_operation,
        "name": row.label,
        "record_key": row.record_key,
        "parent_key": row.parent_key,
        "monday_item_id": None if row.monday_item_id is None else str(row.monday_item_id),
        "batch": row.customer_batch,
        "item_name": row.item_name,
    }
