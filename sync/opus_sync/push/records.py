"""The rows that a push appends: operation events, audit rows, batch events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from opus_sync.plan.order import Operation
from opus_sync.plan.staged import GROUPS, SUBITEMS
from opus_sync.push.batches import Milestone
from opus_sync.push.document import compact_json
from opus_sync.push.origin import Origin
from opus_sync.push.outcome import Event, Outcome
from opus_sync.push.sending import Passenger, Request, Sending, audit_id

Rows = dict[str, list[dict[str, Any]]]

OPERATIONS = "mon_operation_event"
AUDIT = "mon_update_audit_log"
BATCHES = "mon_batch_event"

UNDONE = "rollback_of_operation"
"""Column of `staged_rollback`: the operation whose writes a row takes back."""

_STATES = {"ARCHIVE": "archived", "DELETE": "deleted"}


@dataclass(frozen=True)
class Recorder:
    """Builds rows for one board; `sequence` gives each the board's next `seq`."""

    origin: Origin
    sequence: Iterator[int] = field(default_factory=lambda: count(1))

    def sent(self, request: Request, milestones: Sequence[Milestone], at: datetime) -> Rows:
        """Return what must be on record before the request leaves."""
        return {
            BATCHES: self._batches(milestones, at),
            OPERATIONS: [
                self._operation(one.sending, Event.SENT, at) | _carried(request, one) for one in request.passengers
            ],
        }

    def settled(
        self, results: Sequence[tuple[Sending, Outcome]], milestones: Sequence[Milestone], at: datetime
    ) -> Rows:
        """Return outcomes, audit rows and batch events; an open outcome leaves no row."""
        events: list[dict[str, Any]] = []
        audit: list[dict[str, Any]] = []
        for sending, outcome in results:
            if outcome.event is Event.OPEN:
                continue
            events.append(self._operation(sending, outcome.event, at) | _result(sending, outcome))
            if outcome.event is Event.SUCCEEDED:
                audit += self._audit(sending, outcome, at)
        return {OPERATIONS: events, AUDIT: audit, BATCHES: self._batches(milestones, at)}

    def batches(self, milestones: Sequence[Milestone], at: datetime) -> Rows:
        """Return batch events alone."""
        return {BATCHES: self._batches(milestones, at)}

    def _operation(self, sending: Sending, event: Event, at: datetime) -> dict[str, Any]:
        row = sending.entry.row
        return {
            "seq": next(self.sequence),
            "board": self.origin.board,
            "monday_board_id": row.monday_board_id,
            "operation_id": sending.operation_id,
            "stg_id": row.stg_id,
            "batch_id": sending.batch_id,
            "event": event.value,
            "attempt": sending.attempt,
            "request_id": None,
            "alias": None,
            "idempotency_key": None,
            "monday_item_id": row.monday_item_id,
            "error_type": None,
            "error_message": None,
            "payload": None,
            "staged_row": None,
            "endpoint": self.origin.endpoint,
            "account_id": self.origin.account_id,
            "recorded_at": at,
            "sent_fields": None,
            "seen_fields": None,
            "group_id": _group_id(sending),
        }

    def _audit(self, sending: Sending, outcome: Outcome, at: datetime) -> list[dict[str, Any]]:
        row = sending.entry.row
        undone = row.source.get(UNDONE)
        shared = {
            "board": self.origin.board,
            "operation_id": sending.operation_id,
            "batch_id": sending.batch_id,
            "extract_id": row.extract_id,
            "update_type": row.update_type,
            "update_operation": row.update_operation,
            "monday_item_id": outcome.item_id,
            "monday_board_id": outcome.board_id or row.monday_board_id,
            "parent_item_id": sending.parent,
            "update_timestamp": at,
            "endpoint": self.origin.endpoint,
            "account_id": self.origin.account_id,
            "group_id": _group_id(sending, outcome),
        }
        return [
            shared
            | {
                "audit_id": audit_id(sending.operation_id, column),
                "seq": next(self.sequence),
                "column_id": column,
                "old_value": old,
                "new_value": new,
                "rollback_of": None if undone is None else audit_id(undone, column),
            }
            for column, old, new in _written(sending, outcome)
        ]

    def _batches(self, milestones: Sequence[Milestone], at: datetime) -> list[dict[str, Any]]:
        origin, who = self.origin, self.origin.actor
        return [
            {
                "seq": next(self.sequence),
                "board": origin.board,
                "batch_id": one.batch_id,
                "update_batch_id": origin.update_batch_id,
                "customer_name": one.customer,
                "batch_type": one.batch_type,
                "event": one.event,
                "total_records": one.total,
                "successful_records": one.succeeded,
                "failed_records": one.failed,
                "error_summary": one.summary,
                "actor_login": who.login,
                "actor_os_user": who.os_user,
                "host": who.host,
                "target": origin.target,
                "git_commit": who.git_commit,
                "version": who.version,
                "monday_user": who.monday_user,
                "plan_id": origin.plan_id,
                "guard_lifted": origin.guard_lifted,
                "settings": origin.settings,
                "endpoint": origin.endpoint,
                "account_id": origin.account_id,
                "recorded_at": at,
                "rollback_of_batch": origin.rollback_of_batch,
                **(one.origin or {}),
            }
            for one in milestones
        ]


def _carried(request: Request, one: Passenger) -> dict[str, Any]:
    payload = {"mutation": one.mutation.name, "variables": one.mutation.variables}
    entry = one.sending.entry
    return {
        "request_id": request.request_id,
        "alias": one.alias,
        "idempotency_key": request.request_id,
        "payload": compact_json(payload),
        "staged_row": compact_json(entry.row.source),
        "sent_fields": compact_json(entry.new),
        "seen_fields": compact_json(entry.old),
    }


def _result(sending: Sending, outcome: Outcome) -> dict[str, Any]:
    row = sending.entry.row
    return {
        "monday_item_id": outcome.item_id or row.monday_item_id,
        "monday_board_id": outcome.board_id or row.monday_board_id,
        "group_id": _group_id(sending, outcome),
        "error_type": outcome.error_type,
        "error_message": outcome.error_message,
        # A row that was never sent has no SENT event that keeps it.
        "staged_row": None if sending.attempt else compact_json(row.source),
    }


def _group_id(sending: Sending, outcome: Outcome | None = None) -> str | None:
    """Return the group that a row is about; an item's own group is one of its cells."""
    row = sending.entry.row
    if row.update_type != GROUPS:
        return None
    return (outcome.group_id if outcome else None) or row.group_id


def _written(sending: Sending, outcome: Outcome) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield (column, old, new) of every cell that the operation wrote, pseudo columns included."""
    entry = sending.entry
    row = entry.row
    if row.update_type == GROUPS and row.update_operation in ("CREATE", "MOVE"):
        yield from _written_group(entry, outcome)
    elif row.update_operation == "CREATE":
        yield "$state", None, "active"
        yield "name", None, row.item_name
        if outcome.group_id is not None or row.group_id is not None:
            yield "$group", None, outcome.group_id or row.group_id
        parent = sending.parent
        if row.update_type == SUBITEMS and parent is not None:
            yield "$parent", None, str(parent)
        yield from ((column, None, new) for column, new in entry.new.items() if column != "name" and new is not None)
    elif row.update_operation == "MOVE":
        yield "$group", entry.old.get("$group"), row.group_id
    elif row.update_operation in _STATES:
        yield "$state", "active", _STATES[row.update_operation]
    else:
        yield from ((column, entry.old.get(column), new) for column, new in entry.new.items())


def _written_group(entry: Operation, outcome: Outcome) -> Iterator[tuple[str, str | None, str | None]]:
    position = outcome.answered.get("$position")
    if entry.row.update_operation == "CREATE":
        yield "$state", None, "active"
        yield "title", None, entry.new.get("title")
        yield "color", None, outcome.answered.get("color") or entry.new.get("color")
        yield "$position", None, position
    else:
        yield from ((column, entry.old.get(column), new) for column, new in entry.new.items())
        yield "$position", entry.old.get("$position"), position
