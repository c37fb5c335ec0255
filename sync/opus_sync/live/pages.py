"""The items of a board, page by page or by id, as rows of `mon_raw_item`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from opus_sync.columns.canonical import moment
from opus_sync.contract import Column
from opus_sync.errors import OpusError
from opus_sync.live.cells import CellReader, item_name
from opus_sync.live.items import IDS_A_QUERY
from opus_sync.monday.answer import Rejected
from opus_sync.monday.documents import document
from opus_sync.monday.governed import GovernedApi

Row = dict[str, Any]

_EXPIRED, _TOO_COMPLEX = "cursorexpirederror", "querytoocomplex"
# monday's cursors live an hour; a listing of ids that does not end in one of them never will.
_LISTINGS = 3
# Points of an item and of a cell, for the first page only; later pages cost what the one before did.
_ITEM_POINTS, _CELL_POINTS = 25, 14
# The parts of one request in item_rows.graphql.
_PARTS = ("one", "two", "three", "four", "five")

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class ItemPages:
    """Lists one board with the given columns.

    Every item comes once, also where a cursor expires on the way: what was not listed yet is then read by id.
    `counted` is how many items the board said it has when the last page was listed.
    """

    def __init__(
        self, api: GovernedApi, board_id: int, columns: Sequence[Column], page_size: int, *, parents: bool
    ) -> None:
        self.counted: int | None = None
        self._api = api
        self._board_id = board_id
        self._page_size = page_size
        self._parents = parents
        self._cells = CellReader(columns)
        fragments = document("item_row") + self._cells.fragment
        self._first = document("items_page") + fragments
        self._next = document("next_items_page") + fragments
        self._by_id = document("item_rows") + fragments
        self._item_cost: float = _ITEM_POINTS + _CELL_POINTS * len(self._cells.column_ids)

    def __iter__(self) -> Iterator[list[Row]]:
        """Yield the rows of each page, without extract id."""
        given: set[str] = set()
        for listing in range(_LISTINGS):
            seen: set[str] = set()
            try:
                for items in self._listing(cells=listing == 0):
                    for item in items:
                        if item["id"] in seen:
                            raise OpusError(
                                f"monday listed item {item['id']} of board {self._board_id} twice",
                                "items were moved while they were read: run this again",
                            )
                        seen.add(item["id"])
                    if listing == 0:
                        yield [self._row(item) for item in items]
            except Rejected as error:
                if error.code.casefold() != _EXPIRED or listing == _LISTINGS - 1:
                    raise
                given = given or seen
            else:
                # Ids have no cursor that could expire.
                yield from self.by_id(seen - given if listing else ())
                return

    def by_id(self, ids: Collection[str]) -> Iterator[list[Row]]:
        """Yield the rows of these items, without those that are not active items of the board any more."""
        left = sorted(ids, key=int)
        while left:
            data = self._shrinking(lambda: self._some(left[: self._page_size]))
            items = [item for name in _PARTS for item in data.get(name) or () if item]
            yield [self._row(item) for item in items if int(item["board"]["id"]) == self._board_id]
            del left[: self._page_size]

    def _some(self, ids: Sequence[str]) -> Mapping[str, Any]:
        """Read a page of items by id, in as many parts as it takes."""
        variables: dict[str, Any] = {"limit": IDS_A_QUERY}
        for number, name in enumerate(_PARTS):
            part = ids[number * IDS_A_QUERY : (number + 1) * IDS_A_QUERY]
            variables |= {name: part, f"with_{name}": bool(part)}
        return self._read(self._by_id, variables, len(ids))

    def _listing(self, *, cells: bool = True) -> Iterator[Sequence[Mapping[str, Any]]]:
        data = self._shrinking(lambda: self._page(self._first, {}, cells=cells))
        boards = data["boards"]
        if not boards:
            raise OpusError(f"board {self._board_id} is no longer there", "it was removed while it was read")
        page: Mapping[str, Any] = boards[0]["items_page"]
        while True:
            self.counted = int(boards[0]["items_count"] or 0) if boards else None
            yield page["items"]
            if not page["cursor"]:
                return
            data = self._page(self._next, {"cursor": page["cursor"]}, cells=cells)
            page, boards = data["next_items_page"], data["boards"]

    def _page(self, text: str, variables: Mapping[str, Any], *, cells: bool) -> Mapping[str, Any]:
        page = {**variables, "board": [str(self._board_id)], "limit": self._page_size}
        return self._read(text, page, self._page_size, cells=cells)

    def _shrinking(self, read: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        """Read with ever smaller pages while monday finds the request too complex."""
        while True:
            try:
                return read()
            except Rejected as error:
                if error.code.casefold() != _TOO_COMPLEX or self._page_size == 1:
                    raise
                # Wide boards, or the small budget of a trial account.
                self._page_size //= 2

    def _read(self, text: str, variables: Mapping[str, Any], items: int, *, cells: bool = True) -> Mapping[str, Any]:
        column_ids = self._cells.column_ids if cells else []
        common = {"columns": column_ids, "cells": bool(column_ids), "parents": self._parents}
        answer = self._api.read(text, {**variables, **common}, cost=int(items * self._item_cost))
        if answer.complexity is not None and cells:
            self._item_cost = answer.complexity.query / items
        return answer.data

    def _row(self, item: Mapping[str, Any]) -> Row:
        parent = item.get("parent_item")
        group = item["group"]
        return {
            "monday_board_id": self._board_id,
            "monday_item_id": int(item["id"]),
            "parent_item_id": int(parent["id"]) if parent else None,
            "group_id": group["id"] if group else None,
            "item_name": item_name(item),
            "monday_updated_at": moment(item["updated_at"]),
            "column_values": _encode(self._cells.values(item)),
        }
