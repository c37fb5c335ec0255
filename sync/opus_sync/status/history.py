"""The batches of boards, whenever they ran: what they did, who ran them, what became of their rows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opus_sync.status.facts import Batch
from opus_sync.status.read import batch_of
from opus_sync.warehouse.base import Warehouse

_BY = ("actor_os_user", "actor_login", "host", "target", "git_commit", "version", "monday_user")


@dataclass(frozen=True)
class Past:
    """One batch and where it comes from; `taken_back_by` are the batches that rolled it back."""

    board: str
    batch: Batch
    batch_type: str | None
    plan_id: str | None
    guard_lifted: str | None
    by: Mapping[str, str | None]
    settings: Mapping[str, Any]
    taken_back_by: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What the batch is for."""
        return "rollback" if self.batch.rollback_of else "push"

    @property
    def who(self) -> str:
        """Who ran it."""
        return self.by["actor_os_user"] or self.by["actor_login"] or "somebody"

    @property
    def seconds(self) -> float:
        """How long it took, from its start to its last outcome."""
        return max(0.0, (self.batch.last_at - self.batch.started_at).total_seconds())


@dataclass(frozen=True)
class Rows:
    """The rows of a batch that share entity, operation and outcome; `again` is how often they were sent once more."""

    entity: str
    operation: str
    status: str
    rows: int
    again: int


@dataclass(frozen=True)
class Detail:
    """One batch in full: its rows, the cells it wrote, and its errors, type -> (number, a message)."""

    past: Past
    rows: tuple[Rows, ...]
    cells: int
    errors: Mapping[str, tuple[int, str]]


def read_history(warehouse: Warehouse, board: str) -> list[Past]:
    """Return the batches of a board, the newest first; raises MissingTable where nothing was ever done."""
    rows = warehouse.query("batches", board=board, every_batch=1)
    rows.sort(key=lambda row: row["started_at"], reverse=True)
    undone: dict[str, list[str]] = {}
    for row in rows:
        undone.setdefault(row["rollback_of_batch"] or "", []).append(row["batch_id"])
    return [
        Past(
            board=board,
            batch=batch_of(row),
            batch_type=row["batch_type"],
            plan_id=row["plan_id"],
            guard_lifted=row["guard_lifted"],
            by={name: row[name] for name in _BY},
            settings=json.loads(row["settings"] or "{}"),
            taken_back_by=tuple(undone.get(row["batch_id"], ())),
        )
        for row in rows
    ]


def read_detail(warehouse: Warehouse, past: Past) -> Detail:
    """Return a batch in full."""
    which = {"board": past.board, "batch_id": past.batch.batch_id}
    rows: Counter[tuple[str, str, str]] = Counter()
    again: Counter[tuple[str, str, str]] = Counter()
    numbers: Counter[str] = Counter()
    messages: dict[str, str] = {}
    for row in warehouse.query("history_operations", **which):
        staged = json.loads(row["staged_row"] or "{}")
        status = "OPEN" if row["event"] == "SENT" else row["event"]
        entity = str(staged.get("update_type", "")).removeprefix("update_")
        what = (entity, str(staged.get("update_operation", "")), status)
        rows[what] += 1
        again[what] += max(0, (row["attempts"] or 0) - 1)
        if row["error_type"]:
            numbers[row["error_type"]] += 1
            messages.setdefault(row["error_type"], row["error_message"] or "")
    return Detail(
        past,
        tuple(Rows(*what, number, again[what]) for what, number in sorted(rows.items())),
        warehouse.query("history_cells", **which)[0]["cells"],
        {kind: (number, messages[kind]) for kind, number in numbers.most_common()},
    )
