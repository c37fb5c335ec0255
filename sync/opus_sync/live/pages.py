"""The items of a board, page by page, as rows of `mon_raw_item`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from opus_sync.columns.canonical import moment
from opus_sync.contract import Column
from opus_sync.errors import OpusError
from opus_sync.live.cells import CellReader, item_name
from opus_sync.monday.answer import Rejected
from opus_sync.monday.documents import document
from opus_sync.monday.governed import GovernedApi

Row = dict[str, Any]

_EXPIRED, _TOO_COMPLEX = "cursorexpirederror", "querytoocomplex"
# monday's cursors live an hour; a listing that does not end in three of them never will.
_LISTINGS = 3
# Points of an item and of a cell, for the first page only; later pages cost what the one before did.
_ITEM_POINTS, _CELL_POINTS = 25, 14

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class ItemPages:
    """Lists one board with the columns of a contract.

    Every item comes once, also when the listing has to start again because its cursor expired.
    """

    def __init__(
        self, api: GovernedApi, board_id: int, columns: Sequence[Column], page_size: int, *, parents: bool
    ) -> None:
        self._api = api
        self._board_id = board_id
        self._page_size = page_size
        self._parents = parents
        self._cells = CellReader(columns)
        fragments = document("item_row") + self._cells.fragment
        self._first = document("items_page") + fragments
        self._next = document("next_items_page") + fragments
        self._cost = page_size * (_ITEM_POINTS + _CELL_POINTS * len(self._cells.column_ids))

    def __iter__(self) -> Iterator[list[Row]]:
        """Yield the rows of each page, without extract id."""
        given: set[str] = set()
        for listing in range(_LISTINGS):
            seen: set[str] = set()
            try:
                for items in self._listing():
                    rows = []
                    for item in items:
                        item_id = item["id"]
                        if item_id in seen:
                            raise OpusError(
                                f"monday listed item {item_id} of board {self._board_id} twice",
                                "items were moved while they were read: run this again",
                            )
                        seen.add(item_id)
                        if item_id not in given:
                            rows.append(self._row(item))
                    yield rows
            except Rejected as error:
                if error.code.casefold() != _EXPIRED or listing == _LISTINGS - 1:
                    raise
                given |= seen
            else:
                return

    def _listing(self) -> Iterator[Sequence[Mapping[str, Any]]]:
        page = self._first_page()
        while True:
            yield page["items"]
            if not page["cursor"]:
                return
            page = self._read(self._next, {"cursor": page["cursor"]})["next_items_page"]

    def _first_page(self) -> Mapping[str, Any]:
        while True:
            try:
                boards = self._read(self._first, {"board": [str(self._board_id)]})["boards"]
            except Rejected as error:
                if error.code.casefold() != _TOO_COMPLEX or self._page_size == 1:
                    raise
                # Wide boards, or the small budget of a trial account.
                self._page_size //= 2
                self._cost //= 2
                continue
            if not boards:
                raise OpusError(f"board {self._board_id} is no longer there", "it was removed while it was read")
            page: Mapping[str, Any] = boards[0]["items_page"]
            return page

    def _read(self, text: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        common = {
            "limit": self._page_size,
            "columns": self._cells.column_ids,
            "cells": bool(self._cells.column_ids),
            "parents": self._parents,
        }
        answer = self._api.read(text, {**variables, **common}, cost=self._cost)
        if answer.complexity is not None:
            self._cost = answer.complexity.query
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
