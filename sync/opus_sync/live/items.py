"""Items as they stand on monday now, found by id, by key, or below their parent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opus_sync.columns.search import search_texts
from opus_sync.contract import Board, Entity
from opus_sync.live.cells import CellReader, item_name
from opus_sync.live.keys import Key, folded, key_columns, key_of
from opus_sync.live.record import ACTIVE
from opus_sync.monday.documents import document
from opus_sync.monday.governed import GovernedApi

IDS_A_QUERY = 100
"""Ids that `items(ids:)` takes (API documentation, 2026-09)."""

_PAGE = 500
# Points of an item and of one of its cells, for the first query only; later ones cost what the one before did.
_ITEM_POINTS, _CELL_POINTS = 40, 14


@dataclass(frozen=True)
class LiveItem:
    """One item or subitem; `cells` holds the columns that were asked for, and `name`.

    `subitems` are the active ones below it, None where they were not asked for.
    """

    id: int
    state: str
    board_id: int | None = None
    group_id: str | None = None
    parent_id: int | None = None
    updated_at: str | None = None
    cells: Mapping[str, str | None] | None = None
    subitems: tuple[LiveItem, ...] | None = None

    @property
    def words(self) -> str:
        """How people know it."""
        return f"item {self.id}"

    @property
    def ids(self) -> Mapping[str, Any]:
        """What is put on record of it."""
        return {"item_id": self.id, "board_id": self.board_id, "group_id": self.group_id}

    def cell(self, column_id: str) -> str | None:
        """Return what stands in a column or a pseudo column, as canonical text."""
        if column_id == "$state":
            return self.state
        if column_id == "$group":
            return self.group_id
        if column_id == "$updated_at":
            return self.updated_at
        if column_id == "$parent":
            return None if self.parent_id is None else str(self.parent_id)
        if column_id == "$subitems":
            return str(len(self.subitems)) if self.subitems else None
        return (self.cells or {}).get(column_id)


class ItemReader:
    """Reads single items of one board; only columns of its contract can be asked for."""

    def __init__(self, api: GovernedApi, board: Board, monday_board_id: int) -> None:
        self._api = api
        self._board_id = monday_board_id
        self._entities: Mapping[str, Entity] = {entity.kind: entity for entity in board.entities}

    def by_id(
        self, kind: str, ids: Iterable[int], columns: Collection[str], *, subitems: bool = False
    ) -> dict[int, LiveItem]:
        """Return id -> item, archived ones included; an item that is gone for good is left out."""
        reader = self._reader(kind, columns)
        found: dict[int, LiveItem] = {}
        for chunk in _chunks(ids):
            variables = {"ids": chunk, "limit": len(chunk), "subitems": subitems}
            for item in self._read("items_by_id", reader, variables, len(chunk))["items"] or ():
                if item:
                    found[int(item["id"])] = _item(item, reader)
        return found

    def by_key(self, keys: Collection[tuple[str, ...]], columns: Collection[str]) -> dict[Key, list[LiveItem]]:
        """Return folded key -> active items that bear it; the keys are given as their parts."""
        entity = self._entities["items"]
        own = key_columns(entity)
        reader = self._reader("items", {*columns, *(column.id for column in own)})
        wanted = {folded(parts) for parts in keys}
        found: dict[Key, dict[int, LiveItem]] = {}
        for chunk in _chunks(keys):
            texts = {
                column.id: list(dict.fromkeys(text for parts in chunk for text in search_texts(column.type, parts[at])))
                for at, column in enumerate(own)
            }
            for item in self._listed(texts, reader):
                live = _item(item, reader)
                key = key_of(own, live.cells or {})
                if key in wanted and live.state == ACTIVE:
                    found.setdefault(key, {})[live.id] = live
        return {key: list(items.values()) for key, items in found.items()}

    def below(self, parents: Iterable[int], columns: Collection[str]) -> dict[int, LiveItem]:
        """Return id -> parent with its active subitems, each with the columns asked for and those of its key."""
        entity = self._entities["subitems"]
        reader = self._reader("subitems", {*columns, *(column.id for column in key_columns(entity))})
        found: dict[int, LiveItem] = {}
        for chunk in _chunks(dict.fromkeys(parents)):
            variables = {"ids": chunk, "limit": len(chunk)}
            for parent in self._read("subitems_of", reader, variables, len(chunk))["items"] or ():
                if parent:
                    children = tuple(_item(child, reader) for child in parent["subitems"] or ())
                    found[int(parent["id"])] = LiveItem(
                        int(parent["id"]), parent["state"], subitems=tuple(c for c in children if c.state == ACTIVE)
                    )
        return found

    def _listed(self, texts: Mapping[str, list[str]], reader: CellReader) -> Iterator[Mapping[str, Any]]:
        """List the items that have one of the texts in each column."""
        wanted = [{"column_id": column_id, "column_values": values} for column_id, values in texts.items()]
        variables: dict[str, Any] = {"board": str(self._board_id), "limit": _PAGE, "wanted": wanted}
        page = self._read("items_by_key", reader, variables, IDS_A_QUERY)["items_page_by_column_values"]
        while page:
            yield from page["items"]
            if not page["cursor"]:
                return
            variables = {"cursor": page["cursor"], "limit": _PAGE}
            page = self._read("next_items_by_key", reader, variables, _PAGE)["next_items_page"]

    def _reader(self, kind: str, columns: Collection[str]) -> CellReader:
        entity = self._entities.get(kind)
        return CellReader(column for column in (entity.columns if entity else ()) if column.id in columns)

    def _read(self, name: str, reader: CellReader, variables: Mapping[str, Any], items: int) -> Mapping[str, Any]:
        text = document(name) + document("live_item") + reader.fragment
        cells = {"columns": reader.column_ids, "cells": bool(reader.column_ids)}
        cost = items * (_ITEM_POINTS + _CELL_POINTS * len(reader.column_ids))
        return self._api.read(text, {**variables, **cells}, cost=cost).data


def _item(item: Mapping[str, Any], reader: CellReader) -> LiveItem:
    board, group, parent, below = (item.get(name) for name in ("board", "group", "parent_item", "subitems"))
    return LiveItem(
        id=int(item["id"]),
        state=item["state"],
        board_id=int(board["id"]) if board else None,
        group_id=group["id"] if group else None,
        parent_id=int(parent["id"]) if parent else None,
        updated_at=item["updated_at"],
        cells={**reader.values(item), "name": item_name(item)},
        subitems=None
        if below is None
        else tuple(LiveItem(int(one["id"]), one["state"]) for one in below if one["state"] == ACTIVE),
    )


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(values)
    for start in range(0, len(every), IDS_A_QUERY):
        yield [str(one) if isinstance(one, int) else one for one in every[start : start + IDS_A_QUERY]]
