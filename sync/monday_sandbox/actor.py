"""Who acts on a sandbox, and what every change leaves behind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monday_sandbox.clock import utc_seconds
from monday_sandbox.model import Board, Item
from monday_sandbox.options import Options
from monday_sandbox.store import Store


@dataclass(slots=True)
class Actor:
    """Who acts, on what, and when (sandbox clock)."""

    store: Store
    options: Options
    user: str
    now: float

    def touch(self, item: Item, event: str, **data: Any) -> Item:
        """Stamp an item and its board as changed, and log what happened."""
        item.updated_at = utc_seconds(self.now)
        item.updater = self.user
        entry = {"pulse_id": int(item.id), "pulse_name": item.name}
        if item.parent is not None:
            entry |= {"parent_board_id": int(item.parent.board.id), "parent_item_id": int(item.parent.id)}
        self.note(item.board, event, "pulse", entry | data, item_id=item.id, group_id=item.group_id)
        return item

    def note(self, board: Board, event: str, entity: str, data: Mapping[str, Any], **about: str) -> None:
        """Stamp a board as changed and log what happened to the `entity`; `about` holds further keys of the entry."""
        board.updated_at = utc_seconds(self.now)
        self.store.log(
            board,
            {
                "id": f"{board.id}-{self.store.new_event()}",
                "account_id": self.store.account.id,
                "event": event,
                "entity": entity,
                "user_id": self.user,
                # Seventeen digits: ten-thousandths of a millisecond.
                "created_at": str(int(self.now * 10_000_000)),
                "data": json.dumps({"board_id": int(board.id), **data}, ensure_ascii=False),
                "item_id": None,
                "group_id": None,
                "column_id": data.get("column_id"),
                "at": self.now,
            }
            | about,
        )

    def retire(self, item: Item, state: str, event: str) -> Item:
        """Archive or delete an item with its subitems."""
        for child in list(item.children.values()):
            if child.state == "active" or (state == "deleted" and child.state == "archived"):
                self.retire(child, state, event)
        self.store.retire(item, state)
        return self.touch(item, event)
