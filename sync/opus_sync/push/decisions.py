"""What a person decided: to hold staged rows back, to let held ones through, to approve a plan file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opus_sync.machine import os_user
from opus_sync.plan.order import operation
from opus_sync.plan.staged import StagedRow


@dataclass(frozen=True)
class Scope:
    """What a decision is about: a batch, or a record and perhaps one of its columns (`column_id`)."""

    batch_key: str | None = None
    record_key: str | None = None
    column_id: str | None = None

    @property
    def name(self) -> str:
        """Return the scope as `mon_decision` calls it."""
        if self.batch_key is not None:
            return "batch_key"
        return "record_key" if self.column_id is None else "column"

    def admits(self, row: StagedRow) -> bool:
        """Tell whether a staged row is meant; a record may be named by its key or as plans show it."""
        if self.batch_key is not None:
            return row.customer_batch == self.batch_key
        return self.record_key in (row.record_key, row.label)


def hold(scope: Scope, rows: Sequence[StagedRow], reason: str) -> list[dict[str, Any]]:
    """Return the decisions that hold a scope back; a record that is not staged yet is held by the key as given."""
    scopes = [] if scope.batch_key is not None else _records(scope, rows)
    return [_decision("HOLD", one, reason) for one in scopes or [scope]]


def release(scope: Scope, rows: Sequence[StagedRow], reason: str) -> list[dict[str, Any]]:
    """Return the decisions that let held rows through.

    A conflict is released over the value that the board holds now: another edit after it holds the row again.
    """
    # A batch is released as such, and so is each record of it that is held for a reason of its own.
    scopes = [scope] if scope.batch_key is not None else []
    decisions = [_decision("RELEASE", one, reason) for one in (*scopes, *_records(scope, rows))]
    return decisions + [
        _decision("RELEASE", Scope(None, row.record_key, column), reason, seen=old or "")
        for row in rows
        if row.hold_reason == "CONFLICT"
        for column, old in operation(row).old.items()
        if scope.column_id in (None, column)
    ]


def approve(plan_id: str, digest: str, reason: str | None) -> dict[str, Any]:
    """Return the decision that approves a plan file of this digest; another content is another plan."""
    decision = _decision("APPROVE", Scope(), reason, seen=digest)
    return decision | {"scope": "plan", "plan_id": plan_id}


def _records(scope: Scope, rows: Sequence[StagedRow]) -> list[Scope]:
    """Return a scope for each record of these rows, by the key that SQL knows: plans show long keys in another form."""
    keys = dict.fromkeys(row.record_key for row in rows if row.record_key is not None)
    return [Scope(None, key, scope.column_id) for key in keys]


def numbered(decisions: Sequence[dict[str, Any]], board: str, seq: Iterator[int], at: datetime) -> list[dict[str, Any]]:
    """Return the rows of `mon_decision`, each with the board's next `seq`."""
    return [{"seq": next(seq), "board": board, **decision, "recorded_at": at} for decision in decisions]


def _decision(decision: str, scope: Scope, reason: str | None, seen: str | None = None) -> dict[str, Any]:
    return {
        "decision": decision,
        "scope": scope.name,
        "plan_id": None,
        "batch_key": scope.batch_key,
        "record_key": scope.record_key,
        "column_id": scope.column_id,
        "value_seen": seen,
        "decided_by": os_user(),
        "reason": reason,
    }
