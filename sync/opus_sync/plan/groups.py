"""What rows of groups and of the items in them mean for each other."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from opus_sync.plan.order import Operation, Wave

ITEMS_CELL = "$items"
"""Pseudo cell of a group that is archived: the ids of the items that would go with it, as a JSON list."""

_TAKEN_OUT = (Wave.ITEM_MOVES, Wave.ITEM_REMOVALS)


def lying_in(entry: Operation) -> tuple[str, ...]:
    """Return the ids of the items that may go with a group that is archived."""
    return tuple(json.loads(entry.old.get(ITEMS_CELL) or "[]"))


def without_those_taken_out(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """Leave out of each archive of a group the items that the same push takes out of it before.

    An item that could not be taken out is then none that may go with its group, which stays.
    """
    every = tuple(operations)
    gone = {str(entry.row.monday_item_id) for entry in every if entry.wave in _TAKEN_OUT}
    return tuple(_narrowed(entry, gone) if entry.wave is Wave.GROUP_REMOVALS else entry for entry in every)


def _narrowed(entry: Operation, gone: set[str]) -> Operation:
    left = [item for item in lying_in(entry) if item not in gone]
    return replace(entry, old={**entry.old, ITEMS_CELL: json.dumps(left, separators=(",", ":"))})


def in_group(entry: Operation, group_id: str) -> Operation:
    """Return an item's row with the id of the group that was made for it."""
    row = replace(entry.row, group_id=group_id, source={**entry.row.source, "group_id": group_id})
    new = {**entry.new, "$group": group_id} if "$group" in entry.new else entry.new
    return replace(entry, row=row, new=new)
