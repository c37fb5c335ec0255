"""What undoing a batch would do: the inverse rows that dbt computes, planned like staged ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from opus_sync.contract import Board
from opus_sync.errors import OpusError, UsageError
from opus_sync.plan.board_plan import BoardPlan, Target, plan_board
from opus_sync.plan.cost import Pace
from opus_sync.plan.preconditions import BuildEvent, Facts, refusal
from opus_sync.push.batches import Milestone
from opus_sync.push.staged_set import present_of, titles_of
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.built import built_relation

MODEL = "staged_rollback"


@dataclass(frozen=True)
class Undo:
    """A batch that is to be undone, and why; `by` asked for it."""

    board: str
    batch_id: str
    reason: str
    by: str
    requested: bool = False
    customer: str | None = None
    batch_type: str = "ORDERS"


def batch_to_undo(warehouse: Warehouse, batch_id: str, reason: str, by: str) -> Undo:
    """Return the undoing of a batch; raises UsageError where no board has such a batch."""
    found = warehouse.query("rollback_batch", batch_id=batch_id)
    if not found:
        raise UsageError(
            f"there is no batch {batch_id}", "`opus-sync status` and the model mon_batch_processing list batches"
        )
    row = found[0]
    return Undo(row["board"], batch_id, reason, by, customer=row["customer_name"], batch_type=row["batch_type"])


def requested(warehouse: Warehouse, boards: Sequence[str]) -> list[Undo]:
    """Return what was asked for in SQL and nobody has carried out yet."""
    undoings = []
    for row in warehouse.query("rollback_pending"):
        if row["board"] in boards:
            asked = batch_to_undo(warehouse, row["batch_id"], row["reason"], row["requested_by"])
            undoings.append(replace(asked, requested=True))
    return undoings


def read_rollback(
    warehouse: Warehouse, board: Board, undo: Undo, *, target: str, endpoint: str, account_id: str | None, pace: Pace
) -> BoardPlan:
    """Plan the undoing of a batch from the warehouse alone; rows that stay are its invalid ones."""
    present = present_of(warehouse, board.name)
    rows = _rows(warehouse, undo, target)
    # A view is as new as what it stands on; a batch of which nothing is left to undo is never stale.
    extract_id, as_of_seq = next(
        ((row["extract_id"], row["as_of_seq"]) for row in rows), (present.extract_id, present.as_of_seq)
    )
    facts = Facts(
        board=board.name,
        monday_board_id=board.board_id(target),
        endpoint=endpoint,
        account_id=account_id,
        present=present,
        staged=(BuildEvent(0, MODEL, MODEL, "model", "success", None, extract_id, as_of_seq, None),),
        around=(),
        points=frozenset((row["extract_id"], row["as_of_seq"]) for row in rows),
    )
    where = Target(
        target=target,
        endpoint=endpoint,
        account_id=account_id or present.account_id or "",
        board=board.name,
        monday_board_id=board.board_id(target),
        titles=titles_of(board),
    )
    return replace(plan_board(where, rows, pace, reason=refusal(facts)), invalid_word="left alone")


def request_row(undo: Undo, seq: int, at: Any) -> Mapping[str, Any]:
    """Return the row of `mon_rollback_request` that says who asked for this and why."""
    return {
        "seq": seq,
        "board": undo.board,
        "batch_id": undo.batch_id,
        "reason": undo.reason,
        "requested_by": undo.by,
        "recorded_at": at,
    }


def nothing_to_undo(undo: Undo, batch_id: str, left: int) -> Milestone:
    """Return the batch event of an undoing that sends nothing, so that its request is not asked for again."""
    summary = f"nothing to undo, {left} rows left alone" if left else "nothing to undo"
    return Milestone(batch_id, undo.customer, undo.batch_type, "PROMOTED", 0, 0, 0, summary)


def _rows(warehouse: Warehouse, undo: Undo, target: str) -> list[dict[str, Any]]:
    relation = built_relation(warehouse, target, MODEL)
    if relation is None:
        raise OpusError(f"no build of {MODEL} is recorded for this target", f"run `dbt build --select +{MODEL}`")
    return warehouse.scan(relation, board=undo.board, rollback_of_batch=undo.batch_id)
