"""The order in which staged rows are pushed: what others depend on first, removals last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from opus_sync.errors import OpusError
from opus_sync.plan.staged import BOARDS, GROUPS, ITEMS, SUBITEMS, Cells, StagedRow, cells


class Wave(IntEnum):
    """Rows of one wave do not depend on each other; a wave starts when the one before has its answers.

    Moves and removals of groups do, and are sent one by one.
    """

    BOARD_CHANGES = 1
    GROUP_CHANGES = 2
    GROUP_MOVES = 3
    NEW_GROUPS = 4
    NEW_ITEMS = 5
    ITEM_CHANGES = 6
    # An item may be changed and moved: in one request the one would look like somebody's doing to the other.
    ITEM_MOVES = 7
    NEW_SUBITEMS = 8
    SUBITEM_CHANGES = 9
    SUBITEM_REMOVALS = 10
    ITEM_REMOVALS = 11
    GROUP_REMOVALS = 12


NEW = (Wave.NEW_ITEMS, Wave.NEW_SUBITEMS)
"""Rows that make an item: they are known by their keys."""

ONE_BY_ONE = (Wave.GROUP_MOVES, Wave.GROUP_REMOVALS)
"""Rows of which each is looked at after the one before has its answer."""

_WAVES = {
    (BOARDS, "UPDATE"): Wave.BOARD_CHANGES,
    (GROUPS, "UPDATE"): Wave.GROUP_CHANGES,
    (GROUPS, "MOVE"): Wave.GROUP_MOVES,
    (GROUPS, "CREATE"): Wave.NEW_GROUPS,
    (GROUPS, "ARCHIVE"): Wave.GROUP_REMOVALS,
    (ITEMS, "CREATE"): Wave.NEW_ITEMS,
    (ITEMS, "UPDATE"): Wave.ITEM_CHANGES,
    (ITEMS, "MOVE"): Wave.ITEM_MOVES,
    (ITEMS, "ARCHIVE"): Wave.ITEM_REMOVALS,
    (ITEMS, "DELETE"): Wave.ITEM_REMOVALS,
    (SUBITEMS, "CREATE"): Wave.NEW_SUBITEMS,
    (SUBITEMS, "UPDATE"): Wave.SUBITEM_CHANGES,
    (SUBITEMS, "ARCHIVE"): Wave.SUBITEM_REMOVALS,
    (SUBITEMS, "DELETE"): Wave.SUBITEM_REMOVALS,
}


@dataclass(frozen=True, slots=True)
class Operation:
    """A sendable staged row with its wave and its cells, new and as last known on the board."""

    row: StagedRow
    wave: Wave
    new: Cells
    old: Cells

    @property
    def needs_group(self) -> bool:
        """Whether the item waits for the id of a new group."""
        return self.row.group_key is not None and self.row.group_id is None


def operation(row: StagedRow) -> Operation:
    """Place a row in its wave; raises OpusError for an update type or operation that cannot be pushed."""
    wave = _WAVES.get((row.update_type, row.update_operation))
    if wave is None:
        raise OpusError(
            f"staged row {row.stg_id}: {row.update_operation} of {row.update_type} cannot be pushed",
            "known are " + ", ".join(f"{kind} {name}" for kind, name in _WAVES),
        )
    return Operation(row, wave, cells(row.update_fields, row.stg_id), cells(row.old_fields, row.stg_id))


def in_push_order(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """Sort by wave, then batch, then record, so that the same staged set is always sent the same way."""
    return tuple(sorted(operations, key=_position))


def _position(entry: Operation) -> tuple[int, str, int, str, str, str]:
    row = entry.row
    order = row.push_order or 0
    return (entry.wave, row.customer_batch or "", order, row.record_key or "", row.update_operation, row.stg_id)


def split_orphans(
    operations: Iterable[Operation],
) -> tuple[tuple[Operation, ...], tuple[Operation, ...]]:
    """Part the operations into those that can be sent and those whose new group or new parent will not exist."""
    every = tuple(operations)
    groups = {entry.row.record_key for entry in every if entry.wave is Wave.NEW_GROUPS}
    lost = {id(entry) for entry in every if entry.needs_group and entry.row.group_key not in groups}
    parents = {entry.row.record_key for entry in every if entry.wave is Wave.NEW_ITEMS and id(entry) not in lost}
    lost |= {id(entry) for entry in every if _is_orphan(entry, parents)}
    if not lost:
        return every, ()
    return (
        tuple(entry for entry in every if id(entry) not in lost),
        tuple(entry for entry in every if id(entry) in lost),
    )


def _is_orphan(entry: Operation, parents: set[str | None]) -> bool:
    return entry.wave is Wave.NEW_SUBITEMS and entry.row.parent_item_id is None and entry.row.parent_key not in parents
