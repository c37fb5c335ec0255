"""Indexes over cell values for items_page_by_column_values, built on first use and kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from monday_sandbox.model import Board, Item

if TYPE_CHECKING:
    Tokens = Callable[[Item], tuple[str, ...]]


class _Index:
    """The items of one column by the texts that find them."""

    def __init__(self, tokens: Tokens, items: Iterable[Item]) -> None:
        self.tokens = tokens
        self.found: dict[str, dict[str, Item]] = {}
        self._of: dict[str, tuple[str, ...]] = {}
        for item in items:
            self.put(item)

    def put(self, item: Item) -> None:
        self.drop(item)
        tokens = self.tokens(item)
        self._of[item.id] = tokens
        for token in tokens:
            self.found.setdefault(token, {})[item.id] = item

    def drop(self, item: Item) -> None:
        for token in self._of.pop(item.id, ()):
            self.found[token].pop(item.id, None)


class Lookups:
    """The indexes of all boards, by board and column."""

    def __init__(self) -> None:
        self._boards: dict[str, dict[str, _Index]] = {}

    def find(self, board: Board, column_id: str, tokens: Tokens, wanted: Iterable[str]) -> dict[str, Item]:
        """Return the active items of which any token is wanted, by id."""
        indexes = self._boards.setdefault(board.id, {})
        index = indexes.get(column_id)
        if index is None:
            index = indexes[column_id] = _Index(tokens, board.active_items())
        return {item_id: item for token in wanted for item_id, item in index.found.get(token, {}).items()}

    def added(self, item: Item) -> None:
        """Take up a new item."""
        for index in self._boards.get(item.board.id, {}).values():
            index.put(item)

    def changed(self, item: Item, column_ids: Iterable[str]) -> None:
        """Take up new values of some columns."""
        indexes = self._boards.get(item.board.id)
        if indexes and item.state == "active":
            for column_id in column_ids:
                if column_id in indexes:
                    indexes[column_id].put(item)

    def forget(self, board: Board, column_id: str) -> None:
        """Forget a column whose cells read otherwise now."""
        self._boards.get(board.id, {}).pop(column_id, None)

    def removed(self, item: Item) -> None:
        """Forget an item that is no longer active."""
        for index in self._boards.get(item.board.id, {}).values():
            index.drop(item)
