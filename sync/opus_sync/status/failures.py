"""Rows that failed, as dbt's view err_mon_updates has them, and grouped by type of error."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opus_sync.errors import OpusError
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.built import built_relation

MODEL = "err_mon_updates"
OPEN = "OPEN"
STATES = (OPEN, "RETRIED", "SUPERSEDED", "RESOLVED")


@dataclass(frozen=True)
class Failed:
    """One row that failed; `state` says whether it was dealt with since."""

    err_id: str
    board: str
    entity: str
    operation: str
    batch_id: str
    record_key: str | None
    monday_item_id: int | None
    error_type: str
    message: str
    retries: int
    state: str
    failed_at: datetime
    payload: str | None
    staged_row: str | None

    @property
    def record(self) -> str:
        """What it is about, as people know it."""
        return self.record_key or (f"item {self.monday_item_id}" if self.monday_item_id else "a row without a key")


@dataclass(frozen=True)
class Group:
    """The failures of one type, the newest first."""

    error_type: str
    rows: tuple[Failed, ...]

    @property
    def states(self) -> Counter[str]:
        """How many are still open, and how many were dealt with in which way."""
        return Counter(row.state for row in self.rows)

    @property
    def boards(self) -> tuple[str, ...]:
        """The boards that they are of."""
        return tuple(sorted({row.board for row in self.rows}))

    @property
    def example(self) -> Failed:
        """The newest of those that are open, else of all."""
        return next((row for row in self.rows if row.state == OPEN), self.rows[0])


def read_failures(warehouse: Warehouse, target: str, boards: Collection[str]) -> list[Failed]:
    """Return the failures of boards, the newest first; raises OpusError where the model was not built."""
    relation = built_relation(warehouse, target, MODEL)
    if relation is None:
        raise OpusError(
            f"the view {MODEL} was not built on the target {target} yet", f"run `dbt build --select +{MODEL}`"
        )
    rows = [_failed(row) for row in warehouse.scan(relation) if row["board"] in boards]
    return sorted(rows, key=lambda row: (row.failed_at, row.err_id), reverse=True)


def grouped(rows: Sequence[Failed]) -> list[Group]:
    """Return the failures by type: those that are open first, then the more numerous."""
    kinds: dict[str, list[Failed]] = {}
    for row in rows:
        kinds.setdefault(row.error_type, []).append(row)
    groups = [Group(kind, tuple(found)) for kind, found in kinds.items()]
    return sorted(groups, key=lambda group: (-group.states[OPEN], -len(group.rows), group.error_type))


def parsed_json(text: str | None) -> Any:
    """Return what a text of the tables holds; a text that is no JSON as it is."""
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text


def _failed(row: dict[str, Any]) -> Failed:
    return Failed(
        err_id=row["err_id"],
        board=row["board"],
        entity=str(row["update_type"] or "").removeprefix("update_"),
        operation=str(row["update_operation"] or ""),
        batch_id=row["batch_id"],
        record_key=row["record_key"],
        monday_item_id=row["monday_item_id"],
        error_type=row["error_type"] or "unknown",
        message=row["error_message"] or "",
        retries=row["retry_count"],
        state=row["status"],
        failed_at=row["created_date"],
        payload=row["api_payload"],
        staged_row=row["original_data"],
    )
