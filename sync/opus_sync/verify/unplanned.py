"""What changed on a board that a plan did not have: the whole board against what the plan knew of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from opus_sync.contract import Board, Entity
from opus_sync.live.items import ItemReader
from opus_sync.live.keys import key_columns
from opus_sync.live.record import ACTIVE
from opus_sync.verify.columns import ENTITIES, Columns
from opus_sync.verify.findings import Change, Gone, Subject, Unplanned
from opus_sync.verify.found import Hits
from opus_sync.verify.known import FIELDS, Known, kind_of
from opus_sync.verify.parts import Row, parts_for
from opus_sync.verify.planned import CREATE, REMOVALS, PlannedRow
from opus_sync.verify.structure import gone_with_groups

# Subitems have no groups of their own, and items no parent.
_PSEUDO = {"items": ("name", "$group"), "subitems": ("name", "$parent")}
Pages = Iterable[list[Row]]


@dataclass(frozen=True)
class Explained:
    """What a plan explains: item id -> columns that it writes there, the items it creates, those it removes."""

    cells: Mapping[int, set[str]]
    created: frozenset[int]
    removed: frozenset[int]

    @classmethod
    def by(cls, rows: Sequence[PlannedRow], found: Mapping[str, Hits]) -> Explained:
        """Gather it from the rows of a plan and the items that they are about."""
        cells: dict[int, set[str]] = {}
        created: set[int] = set()
        for row in rows:
            for item in found.get(row.stg_id, ()):
                cells.setdefault(item.id, set()).update(row.cells)
                if row.operation == CREATE:
                    created.add(item.id)
        removed = {row.item_id for row in rows if row.operation in REMOVALS and row.item_id is not None}
        removed |= gone_with_groups(rows)
        return cls(cells, frozenset(created), frozenset(removed))


@dataclass
class WholeBoard:
    """Compares a board as it is listed with what a plan knew of it, part by part."""

    board: Board
    known: Known
    explained: Explained
    reader: ItemReader
    columns: Columns
    _found: Unplanned = field(default_factory=Unplanned)
    _missing: dict[int, Row] = field(default_factory=dict)
    _removed: set[int] = field(default_factory=set)

    def compare(self, listings: Sequence[Pages], items: int, advance: Callable[[int], None]) -> Unplanned:
        """Return what the plan does not explain; `listings` hold about so many items."""
        with parts_for(max(items, self.known.items())) as parts:
            for pages in listings:
                for rows in pages:
                    parts.write(rows)
                    advance(len(rows))
            for part in range(parts.number):
                before = self.known.part(parts.number, part, self._removed)
                for row in parts.read(part):
                    self._take(before.pop(row["monday_item_id"], None), row)
                self._missing |= before
        self._gone()
        return self._found

    def _take(self, before: Row | None, row: Row) -> None:
        item_id, kind = row["monday_item_id"], kind_of(row)
        if before is None and item_id not in self.explained.created:
            self._found.new.append(self._subject(row))
            return
        planned = self.explained.cells.get(item_id, set())
        changed = self._cells(kind, None, row) if before is None else self._changed(kind, before, row)
        for column_id, old, there in changed:
            if column_id not in planned:
                title = self.columns.title(kind, column_id)
                self._found.changes.append(Change(self._subject(row), column_id, title, old, there))

    def _changed(self, kind: str, before: Row, row: Row) -> Iterator[tuple[str, str | None, str | None]]:
        for column_id in _PSEUDO[kind]:
            old, there = (_text(one[FIELDS[column_id]]) for one in (before, row))
            if not self.columns.same(kind, column_id, old, there):
                yield column_id, old, there
        if before["column_values"] != row["column_values"]:
            yield from self._cells(kind, before, row)

    def _cells(self, kind: str, before: Row | None, row: Row) -> Iterator[tuple[str, str | None, str | None]]:
        """Yield (column, old, there) of cells that differ; those of a new item are held against empty ones."""
        was = None if before is None else json.loads(before["column_values"])
        now = json.loads(row["column_values"])
        for column_id in self.columns.writable(kind):
            # A column that came into the contract after the extract says nothing.
            if was is None or column_id in was:
                old, there = None if was is None else was[column_id], now.get(column_id)
                if not self.columns.same(kind, column_id, old, there):
                    yield column_id, old, there

    def _gone(self) -> None:
        """Ask what became of the items that are no longer listed; subitems go with their parents."""
        left = self.explained.removed | self._removed | self._missing.keys()
        gone = {
            item_id: row
            for item_id, row in self._missing.items()
            if item_id not in self.explained.removed and row["parent_item_id"] not in left
        }
        for kind in ENTITIES:
            rows = {item_id: row for item_id, row in gone.items() if kind_of(row) == kind}
            live = self.reader.by_id(kind, rows, ()) if rows else {}
            for item_id, row in rows.items():
                item = live.get(item_id)
                state = item.state if item else "gone"
                if item and state == ACTIVE:
                    if item.board_id == row["monday_board_id"]:
                        continue  # It was moved on the board while that was listed.
                    state = f"on board {item.board_id}"
                self._found.gone.append(Gone(self._subject(row), state))

    def _subject(self, row: Row) -> Subject:
        kind = kind_of(row)
        entity = next((one for one in self.board.entities if one.kind == kind), self.board.items)
        return Subject(ENTITIES[kind], _label(entity, row), row["monday_item_id"])


def _label(entity: Entity, row: Row) -> str:
    cells = {"name": row["item_name"], **json.loads(row["column_values"])}
    parts = [cells.get(column.id) for column in key_columns(entity)]
    known = [part for part in parts if part]
    return " / ".join(known) if known and len(known) == len(parts) else row["item_name"] or ""


def _text(value: object) -> str | None:
    return None if value is None else str(value)
