"""People at work on a board of the sandbox, while nobody is asked or between two pages of a pull."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from monday_sandbox.clock import utc_millis
from monday_sandbox.model import Board, Cell, Item
from monday_sandbox.mutations import MUTATIONS, Actor
from monday_sandbox.sandbox import Sandbox

BOARD, SUBITEM_BOARD = "9001", "9002"


class Crowd:
    """Does random things on the board; a few items are at the centre of them, so that edits meet in one second."""

    def __init__(self, sandbox: Sandbox, number: int) -> None:
        self._sandbox = sandbox
        self._random = random.Random(number)
        self._acts: tuple[tuple[int, Callable[[], object]], ...] = (
            (8, self._change),
            (4, self._change_subitem),
            (3, self._rename),
            (3, self._move),
            (2, self._create),
            (2, self._create_subitem),
            (2, self._compute),
            (1, lambda: self._do("archive_item", item_id=self._item().id)),
            (1, lambda: self._do("delete_item", item_id=self._item(SUBITEM_BOARD).id)),
            (1, self._new_label),
        )

    def edit(self, times: int) -> None:
        """Do so many things."""
        acts = self._random.choices([act for _, act in self._acts], [often for often, _ in self._acts], k=times)
        for act in acts:
            act()

    def rename_label(self) -> None:
        """Give a label another text: cells show it, and no item changes."""
        labels = self._board().columns["status_1"].settings["labels"]
        self._random.choice([label for label in labels if label["label"]])["label"] = f"Label {self._word()}"

    def pass_time(self) -> None:
        """Let time pass at monday: nothing, an instant, or longer than a pull looks back."""
        self._sandbox.clock.advance(self._random.choice((0, 0, 1, 60, 4_000, 90_000)))

    def _change(self) -> None:
        value = self._random.choice(
            [
                {"text_1": self._word()},
                {"status_1": {"index": self._random.choice([0, 1])}},
                {"checkbox_1": {"checked": "true"}},
                {"people_1": {"personsAndTeams": [{"id": self._random.randint(101, 120), "kind": "person"}]}},
                {"text_1": ""},
            ]
        )
        self._write(BOARD, self._item(), value)

    def _change_subitem(self) -> None:
        self._write(SUBITEM_BOARD, self._item(SUBITEM_BOARD), {"numbers_2": str(self._random.randint(0, 99))})

    def _write(self, board: str, item: Item, values: dict[str, Any]) -> None:
        self._do("change_multiple_column_values", board_id=board, item_id=item.id, column_values=json.dumps(values))

    def _rename(self) -> None:
        board = self._random.choice((BOARD, SUBITEM_BOARD))
        self._write(board, self._item(board), {"name": self._word()})

    def _move(self) -> None:
        self._do("move_item_to_group", item_id=self._item().id, group_id=self._random.choice(("topics", "done")))

    def _create(self) -> None:
        self._do("create_item", board_id=BOARD, item_name=self._word())

    def _create_subitem(self) -> None:
        self._do("create_subitem", parent_item_id=self._item().id, item_name=self._word())

    def _compute(self) -> None:
        """Work a formula out anew, which leaves no mark on its item."""
        cell = Cell({"display_value": self._word()}, utc_millis(self._sandbox.clock.now()))
        self._sandbox.store.set_cells(self._item(), {"formula_1": cell})

    def _new_label(self) -> None:
        self._do(
            "change_multiple_column_values",
            board_id=BOARD,
            item_id=self._item().id,
            column_values=json.dumps({"status_1": {"label": f"New {self._word()}"}}),
            create_labels_if_missing=True,
        )

    def _do(self, mutation: str, **arguments: Any) -> None:
        store = self._sandbox.store
        actor = Actor(store, self._sandbox.options, next(iter(store.users)), self._sandbox.clock.now())
        MUTATIONS[mutation](actor, **arguments)  # type: ignore[operator]

    def _board(self, board: str = BOARD) -> Board:
        return self._sandbox.store.boards[board]

    def _item(self, board: str = BOARD) -> Item:
        items = self._board(board).active_items()
        return self._random.choice(items[: self._random.choice((3, len(items)))])

    def _word(self) -> str:
        return f"{self._random.randrange(1_000_000)}"
