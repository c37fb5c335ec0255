"""Finds what planned rows are about: items by id, new ones by key, new subitems below their parent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opus_sync.contract import Board, Entity
from opus_sync.live.items import ItemReader, LiveItem
from opus_sync.live.keys import Key, folded, key_columns, key_of, key_parts
from opus_sync.live.record import ACTIVE
from opus_sync.verify.columns import PSEUDO
from opus_sync.verify.planned import CREATE, PlannedRow

Hits = tuple[LiveItem, ...]


@dataclass(frozen=True)
class Finder:
    """Looks for the items of a plan's rows; a request for each hundred of them."""

    board: Board
    reader: ItemReader

    def find(self, rows: Sequence[PlannedRow]) -> dict[str, Hits]:
        """Return stg_id -> the items that a row is about: one, none, or several that bear the same key."""
        known = [row for row in rows if row.operation != CREATE]
        new = [row for row in rows if row.operation == CREATE]
        found: dict[str, Hits] = {}
        for entity in self.board.entities:
            found |= self._by_id(entity, [row for row in known if row.kind == entity.kind])
        items = [row for row in new if row.kind == "items"]
        found |= self._by_key(items)
        parents = {row.record_key: _only(found[row.stg_id]) for row in items}
        found |= self._below([row for row in new if row.kind == "subitems"], parents)
        return found

    def _by_id(self, entity: Entity, rows: Sequence[PlannedRow]) -> dict[str, Hits]:
        ids = dict.fromkeys(row.item_id for row in rows if row.item_id is not None)
        live = self.reader.by_id(entity.kind, ids, _columns(rows)) if ids else {}
        return {row.stg_id: tuple(item for item in [live.get(row.item_id or 0)] if item) for row in rows}

    def _by_key(self, rows: Sequence[PlannedRow]) -> dict[str, Hits]:
        if not rows:
            return {}
        keys = {row.stg_id: key_parts(self.board.items, row.record_key or "") for row in rows}
        hits = self.reader.by_key(list(keys.values()), _columns(rows))
        return {stg_id: tuple(hits.get(folded(parts), ())) for stg_id, parts in keys.items()}

    def _below(self, rows: Sequence[PlannedRow], new_parents: Mapping[str | None, LiveItem | None]) -> dict[str, Hits]:
        entity = self.board.subitems
        if not rows or entity is None:
            return {}
        parents = {row.stg_id: _parent(row, new_parents) for row in rows}
        live = self.reader.below([one for one in parents.values() if one is not None], _columns(rows))
        own = key_columns(entity)
        bearers: dict[tuple[int, Key], Hits] = {}
        for parent in live.values():
            for child in parent.subitems or () if parent.state == ACTIVE else ():
                key = key_of(own, child.cells or {})
                if key is not None:
                    bearers[parent.id, key] = (*bearers.get((parent.id, key), ()), child)
        return {
            row.stg_id: bearers.get((parents[row.stg_id] or 0, folded(key_parts(entity, row.record_key or "[]"))), ())
            for row in rows
        }


def _parent(row: PlannedRow, new: Mapping[str | None, LiveItem | None]) -> int | None:
    if row.parent_item_id is not None:
        return row.parent_item_id
    parent = new.get(row.parent_key)
    return parent.id if parent else None


def _only(hits: Hits) -> LiveItem | None:
    return hits[0] if len(hits) == 1 else None


def _columns(rows: Iterable[PlannedRow]) -> set[str]:
    return {column for row in rows for column in row.new if column not in PSEUDO}
