"""May a row be sent? What the board holds now decides, and what the contract says of edited cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from opus_sync.live.cells import same
from opus_sync.live.record import ACTIVE, LiveRecord
from opus_sync.plan.groups import ITEMS_CELL
from opus_sync.plan.order import Operation
from opus_sync.plan.staged import GROUPS, StagedRow
from opus_sync.push.group_conflict import in_the_way
from opus_sync.push.look import Found
from opus_sync.push.outcome import Outcome, conflict
from opus_sync.shown import short

Rule = Callable[[StagedRow, str], str]
"""Row and column -> flag, overwrite or keep, for a cell that is no longer as it was."""

SEEN_AT = "$updated_at"
"""Pseudo cell among the old values: the item's own time of change when it was looked at."""

_SHOWN = 3
_SHOWN_CHARACTERS = 40


def allowed(entry: Operation, found: Found, parent: int | None, rule: Rule) -> Operation | Outcome:
    """Return what may be sent of a row, with old values as they were read, or the CONFLICT that it is.

    A cell that holds the wanted value already is written all the same: nobody's edit is lost by it, and the record
    shows it.
    """
    if entry.row.update_type == GROUPS and (why := in_the_way(entry, found.structure)):
        return conflict(why)
    if entry.row.update_operation == "CREATE":
        return _new(entry, found, parent)
    item = found.item
    if item is None:
        return conflict(f"{entry.row.subject} is no longer on the board")
    if item.state != ACTIVE:
        return conflict(f"{item.words} is {item.state}")
    if entry.row.monday_board_id is not None and item.board_id not in (None, entry.row.monday_board_id):
        return conflict(f"{item.words} was moved to board {item.board_id}")
    ruling = _update(entry, item, rule) if entry.row.update_operation == "UPDATE" else _as_a_whole(entry, item)
    return ruling if isinstance(ruling, Outcome) else replace(ruling, old={**ruling.old, SEEN_AT: item.updated_at})


def _new(entry: Operation, found: Found, parent: int | None) -> Operation | Outcome:
    if found.hits:
        named = ", ".join(item.words for item in found.hits[:_SHOWN])
        return conflict(f"the key is on the board already, on {named}; pull to see it")
    if parent is not None and (found.parent is None or found.parent.state != ACTIVE):
        return conflict(f"its parent, item {parent}, is no longer on the board")
    return entry


def _update(entry: Operation, item: LiveRecord, rule: Rule) -> Operation | Outcome:
    new: dict[str, str | None] = {}
    old: dict[str, str | None] = {}
    edited: list[str] = []
    flagged = False
    for column, wanted in entry.new.items():
        there = item.cell(column)
        if not same(there, entry.old.get(column)) and not same(there, wanted):
            verdict = rule(entry.row, column)
            if verdict != "overwrite":
                edited.append(_told(column, entry.old.get(column), there))
                flagged = flagged or verdict == "flag"
                continue
        new[column], old[column] = wanted, there
    if flagged or not new:
        return conflict("edited on the board: " + "; ".join(edited[:_SHOWN]))
    return replace(entry, new=new, old=old)


def _as_a_whole(entry: Operation, item: LiveRecord) -> Operation | Outcome:
    """A move or a removal goes only where everything is as it was, or already as it is to be."""
    edited = [
        _told(column, old, item.cell(column))
        for column, old in entry.old.items()
        if column != ITEMS_CELL
        and not same(item.cell(column), old)
        and not same(item.cell(column), entry.new.get(column, old))
    ]
    if edited:
        return conflict("edited on the board: " + "; ".join(edited[:_SHOWN]))
    seen = [*entry.new, "$position"] if entry.row.update_type == GROUPS else entry.new
    return replace(entry, old={**entry.old, **{column: item.cell(column) for column in seen}})


def _told(column: str, before: str | None, now: str | None) -> str:
    return f"{column} was {_value(before)}, is {_value(now)}"


def _value(text: str | None) -> str:
    if not text:
        return "empty"
    return short(text, _SHOWN_CHARACTERS)
