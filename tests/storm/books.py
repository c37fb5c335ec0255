"""The runner's own tables, held against what the sandbox carried out and what stands on the board."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from integration.support.workspace import Workspace
from storm.judged import Judged
from storm.ledger import Change, Ledger

TERMINAL = ("SUCCEEDED", "FAILED", "NOT_APPLIED", "SUPERSEDED", "CONFLICT")
_NO_ROWS_FAULT = ("unauthorized", "useruauthorizedexception", "notauthenticated", "daily_limit_exceeded")
_EVENTS = """
select operation_id, event, request_id, alias, monday_item_id, error_type, staged_row, sent_fields
from opus_sync.mon_operation_event order by seq
"""
_AUDIT = """
select audit_id, operation_id, monday_item_id, column_id, new_value
from opus_sync.mon_update_audit_log order by seq
"""
_LOOK_SECONDS = 2.0
"""So long before a request its look may have been."""
Ride = tuple[str, str]


@dataclass
class Operation:
    """An operation with all that its events say; `rides` are the requests that carried it."""

    id: str
    row: Mapping[str, Any] = field(default_factory=dict)
    sent: Mapping[str, Any] = field(default_factory=dict)
    rides: list[Ride] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    item: str | None = None
    error: str | None = None

    @property
    def end(self) -> str | None:
        """The terminal event, None where there is not exactly one."""
        ended = [event for event in self.events if event in TERMINAL]
        return ended[0] if len(ended) == 1 else None

    def __str__(self) -> str:
        what = f"{self.row.get('update_operation')} {self.row.get('update_type')} {self.row.get('record_key')}"
        return f"operation {self.id} ({what}, item {self.item}, {', '.join(self.events)})"


class Books:
    """Operations and audit rows as they stand in the warehouse."""

    def __init__(self, space: Workspace, ledger: Ledger) -> None:
        self.operations: dict[str, Operation] = {}
        self._ledger = ledger
        for operation, event, request, alias, item, error, row, sent in space.rows(_EVENTS):
            one = self.operations.setdefault(operation, Operation(operation))
            one.events.append(event)
            one.row = json.loads(row) if row else one.row
            one.item = str(item) if item else one.item
            one.error = error or one.error
            if event == "SENT":
                one.rides.append((request, alias))
                one.sent = json.loads(sent)
        self._left = {request.key: request.arrived for request in ledger.requests if request.key}
        self._audit = [(audit, by, str(item), *cell) for audit, by, item, *cell in space.rows(_AUDIT)]
        self._by_ride = {ride: one for one in self.operations.values() for ride in one.rides}
        self._by_people: dict[str, list[Change]] = {}
        self._made: dict[Ride, str] = {}
        self._last: dict[tuple[str, str], Change] = {}
        for change in ledger.changes:
            self._last[change.item, change.cell] = change
            if not change.ours:
                self._by_people.setdefault(change.item, []).append(change)
            elif change.cell == "$state" and change.before is None:
                self._made[change.request.key, change.alias] = change.item

    @property
    def superseded(self) -> Iterator[Operation]:
        """The operations of which nobody can tell what became."""
        return (one for one in self.operations.values() if one.end == "SUPERSEDED")

    def judge(self, state: Mapping[str, Any], judged: Judged) -> None:
        """Say what does not agree."""
        for one in self.operations.values():
            judged.figures[f"operations {one.end}"] += 1
            self._ended(one, judged)
        self._traced(judged)
        self._as_on_board(state, judged)

    def _ended(self, one: Operation, judged: Judged) -> None:
        runs = sum(self._ledger.ran[ride] for ride in one.rides)
        if one.end is None:
            judged.find("unended", str(one))
        elif runs > 1:
            judged.find("ran twice", f"{one} was carried out {runs} times")
        elif one.end == "SUCCEEDED" and not runs and not self._done_by_person(one):
            judged.find("claimed", f"{one} was never carried out")
        elif one.end not in ("SUCCEEDED", "SUPERSEDED") and runs and not self._gone(one):
            judged.find("denied", f"{one} was carried out")
        elif one.end == "SUPERSEDED" and not self._anybody_at(one):
            judged.find("superseded by nobody", str(one))
        if one.end == "FAILED":
            judged.figures[f"failed with {one.error}"] += 1
            if (one.error or "").casefold() in _NO_ROWS_FAULT:
                judged.find("failed by a stop", f"{one}: {one.error}")

    def _done_by_person(self, one: Operation) -> bool:
        """Tell whether somebody wrote the very values that the operation was to write."""
        done = {(change.cell, change.after) for change in self._by_people.get(one.item or "", ())}
        return bool(one.sent) and one.sent.items() <= done

    def _gone(self, one: Operation) -> bool:
        """Tell whether somebody archived what the operation had created: the board shows no trace of it."""
        made = [self._made[ride] for ride in one.rides if ride in self._made]
        parents = [change.after for item in made if (change := self._last.get((item, "$parent")))]
        return any(
            change.cell == "$state" and change.after == "archived"
            for item in (*made, *parents)
            for change in self._by_people.get(item or "", ())
        )

    def _anybody_at(self, one: Operation) -> bool:
        """Tell whether a person touched an operation's item, the one it made, its parent or its key since its look."""
        near = {one.item, str(one.row.get("parent_item_id")), *(self._made.get(ride) for ride in one.rides)}
        near |= {change.after for item in near if item and (change := self._last.get((item, "$parent")))}
        since = min(self._left[key] for key, _ in one.rides) - _LOOK_SECONDS
        keys = {str(one.row.get("record_key")), str(one.row.get("parent_key"))}
        return any(
            change.at > since and (item in near or (change.before is None and change.after in keys))
            for item, changes in self._by_people.items()
            for change in changes
        )

    def _traced(self, judged: Judged) -> None:
        """Each audit row stands once, and exactly the operations that succeeded have them, for every cell."""
        for audit, number in Counter(row[0] for row in self._audit).items():
            if number > 1:
                judged.find("untraced", f"audit row {audit} stands {number} times")
        columns: dict[str, set[str]] = {}
        for _, operation, _, column, _ in self._audit:
            columns.setdefault(operation, set()).add(column)
        for one in self.operations.values():
            traced = columns.get(one.id, set())
            if (one.end == "SUCCEEDED") != bool(traced):
                judged.find("untraced", f"{one} has {len(traced)} audit rows")
            elif one.end == "SUCCEEDED" and not one.sent.keys() <= traced:
                judged.find("untraced", f"{one}: {sorted(one.sent.keys() - traced)} have no audit rows")

    def _as_on_board(self, state: Mapping[str, Any], judged: Judged) -> None:
        """The last audit row of a cell says what stands there, unless somebody wrote there later."""
        told = {(item, column): (value, operation) for _, operation, item, column, value in self._audit}
        board = {item["id"]: item for one in state["boards"] for item in one["items"]}
        for (item, column), (value, operation) in told.items():
            last = self._last.get((item, column))
            by = self._by_ride.get((last.request.key, last.alias)) if last else None
            if last and (not last.ours or by is None or by.end == "SUPERSEDED" or _below(by, item)):
                continue
            judged.figures["cells held against the audit"] += 1
            there = _cell(board[item], column)
            if there != value:
                judged.find("untraced", f"{column} of item {item} is {there!r}, audit of {operation} says {value!r}")
        for (item, column), change in self._last.items():
            by = self._by_ride.get((change.request.key, change.alias)) if change.ours else None
            if by is not None and by.end == "SUCCEEDED" and not _below(by, item) and (item, column) not in told:
                judged.find("untraced", f"{column} of item {item} was written by {by} and has no audit row")


def _below(one: Operation, item: str) -> bool:
    """Tell whether an item is not the operation's own: a subitem that went with its parent."""
    return one.item is not None and one.item != item


def _cell(item: Mapping[str, Any], column: str) -> str | None:
    pseudo = {
        "$state": item.get("state", "active"),
        "$group": item["group"],
        "$parent": item["parent"],
        "name": item["name"],
    }
    value = pseudo[column] if column in pseudo else item["values"].get(column)
    return None if value is None else str(value)
