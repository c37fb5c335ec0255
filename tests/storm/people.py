"""A person at the board: edits, moves, archives and creates what the runner is at, at any moment."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from random import Random
from typing import Any
from urllib.error import URLError

from integration.support.stand_in import StandIn
from storm.board import BOARD, FLAGGED, GROUPS, KEPT, KEY, NOTE, OVERWRITTEN, QTY, SIZE
from storm.ledger import Ledger
from storm.shop import Shop

SECONDS_BETWEEN_ACTS = 2.0
_LATELY = 40
_TAKEN_BACK = (FLAGGED, KEPT, NOTE, "$group")
_CREATE_ITEM = """
mutation ($board: ID!, $name: String!, $values: JSON!) {
  create_item(board_id: $board, item_name: $name, column_values: $values) { id }
}
"""
_CREATE_SUBITEM = """
mutation ($parent: ID!, $name: String!, $values: JSON!) {
  create_subitem(parent_item_id: $parent, item_name: $name, column_values: $values) { id }
}
"""
_MOVE = "mutation ($item: ID!, $group: String!) { move_item_to_group(item_id: $item, group_id: $group) { id } }"
_ARCHIVE = "mutation ($item: ID!) { archive_item(item_id: $item) { id } }"


class Person:
    """Somebody who works on the board over HTTP; knows what the runner wrote lately, and what it is about to."""

    def __init__(self, stand_in: StandIn, ledger: Ledger, shop: Shop, random: Random) -> None:
        self.acts: Counter[str] = Counter()
        self._stand_in = stand_in
        self._ledger = ledger
        self._shop = shop
        self._random = random
        self._number = count(1)
        self._guard = threading.Lock()
        self._away = threading.Event()
        self._thread = threading.Thread(target=self._work, name="person", daemon=True)
        self._doings: tuple[tuple[int, Callable[[], str | None]], ...] = (
            (10, self._edits),
            (3, self._takes_back),
            (3, self._moves),
            (1, self._archives),
            (3, self._creates),
            (2, self._creates_below),
        )

    def __enter__(self) -> Person:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.leaves()

    def leaves(self) -> None:
        """Do no more."""
        self._away.set()
        self._thread.join()

    def acts_now(self) -> None:
        """Do one thing at once."""
        with self._guard:
            weights = [weight for weight, _ in self._doings]
            (_, do) = self._random.choices(self._doings, weights)[0]
            # The item may be gone by now, the sandbox may refuse everybody, or change while it is read from here.
            with suppress(AssertionError, URLError, RuntimeError):
                done = do()
                if done:
                    self.acts[done] += 1

    def _work(self) -> None:
        while not self._away.wait(0.3 + self._random.expovariate(1 / SECONDS_BETWEEN_ACTS)):
            self.acts_now()

    def _item(self, board: str | None = None) -> Any:
        """Choose an active item: more often than not one that the runner wrote lately."""
        items = self._stand_in.running.sandbox.store.items
        lately = {change.item for change in self._ledger.changes[-_LATELY:] if change.ours}
        for pool in ([items[item] for item in sorted(lately)] * (self._random.random() < 0.6), list(items.values())):
            fitting = [one for one in pool if one.state == "active" and board in (None, one.board.id)]
            if fitting:
                return self._random.choice(fitting)
        return None

    def _edits(self) -> str | None:
        item = self._item()
        if item is None:
            return None
        cell = self._random.choice((FLAGGED, FLAGGED, KEPT, OVERWRITTEN) if item.parent is None else (NOTE, QTY))
        number = next(self._number)
        value = str(number * 2 + 1) if cell in (OVERWRITTEN, QTY) else f"by hand {number}"
        self._stand_in.edit(item.board.id, item.id, **{cell: value})
        return "edited"

    def _takes_back(self) -> str | None:
        """Put back what stood in a cell, or move an item back, where the runner has just written."""
        writes = [
            change
            for change in self._ledger.changes[-_LATELY:]
            if change.ours and change.cell in _TAKEN_BACK and change.before and change.before != change.after
        ]
        if not writes:
            return None
        last = self._random.choice(writes)
        item = self._stand_in.running.sandbox.store.items[last.item]
        if last.cell == "$group":
            self._stand_in.ask(_MOVE, item=item.id, group=last.before)
        else:
            self._stand_in.edit(item.board.id, item.id, **{last.cell: last.before})
        return "took back"

    def _moves(self) -> str | None:
        item = self._item(BOARD)
        if item is None:
            return None
        self._stand_in.ask(_MOVE, item=item.id, group=self._random.choice(GROUPS))
        return "moved"

    def _archives(self) -> str | None:
        item = self._item()
        if item is None:
            return None
        self._stand_in.ask(_ARCHIVE, item=item.id)
        return "archived"

    def _creates(self) -> str | None:
        """Make an item of a key that the runner is about to create."""
        keys = [key for key in list(self._shop.items) if key not in self._keys(BOARD, KEY)]
        if not keys:
            return None
        key = self._random.choice(keys)
        values = json.dumps({KEY: key, FLAGGED: f"by hand {next(self._number)}"})
        self._stand_in.ask(_CREATE_ITEM, board=BOARD, name=f"{key} by hand", values=values)
        return "created"

    def _creates_below(self) -> str | None:
        parent = self._item(BOARD)
        if parent is None:
            return None
        there = {child.cells[SIZE].data for child in parent.active_children() if SIZE in child.cells}
        wanted = [size for size in self._shop.sizes.get(parent.cells[KEY].data, {}) if size not in there]
        if not wanted:
            return None
        size = self._random.choice(wanted)
        values = json.dumps({SIZE: size, NOTE: f"by hand {next(self._number)}"})
        self._stand_in.ask(_CREATE_SUBITEM, parent=parent.id, name=f"{size} by hand", values=values)
        return "created below"

    def _keys(self, board: str, column: str) -> set[str]:
        items = list(self._stand_in.running.sandbox.store.items.values())
        return {
            item.cells[column].data
            for item in items
            if item.state == "active" and item.board.id == board and column in item.cells
        }
