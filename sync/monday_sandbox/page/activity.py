"""The activity list of the page: the newest entries of the activity logs as sentences in parts."""

from __future__ import annotations

import heapq
import json
from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from monday_sandbox.clock import utc_millis
from monday_sandbox.store import Store

if TYPE_CHECKING:
    from monday_sandbox.sandbox import Sandbox

ENTRIES_LIMIT = 200
TEXT_LIMIT = 200

_VERBS: Mapping[str, str] = MappingProxyType(
    {"create": "created", "update": "changed", "move": "moved", "archive": "archived", "delete": "deleted"}
)
_THINGS: Mapping[str, str] = MappingProxyType(
    {"pulse": "item", "pulse_from_group": "item", "column_value": "item", "name": "name of item"}
)
_ABOUT = ("pulse_name", "column_title", "group_title", "board_name")


def activity_json(sandbox: Sandbox, board_id: str | None) -> list[dict[str, Any]]:
    """List the newest entries of a board and its subitems, or of all boards, newest first."""
    store = sandbox.store
    board = store.boards.get(board_id or "")
    wanted = store.activity if board is None else (board.id, board.subitem_board)
    logs = [store.activity.get(one or "", ()) for one in wanted]
    newest = heapq.merge(*logs, key=lambda entry: -entry["at"])
    return [_entry(store, entry) for entry in islice(newest, ENTRIES_LIMIT)]


def _entry(store: Store, entry: Mapping[str, Any]) -> dict[str, Any]:
    data = json.loads(entry["data"])
    board = store.boards[str(data["board_id"])]
    about = next((str(data[key]) for key in _ABOUT if key in data), board.name)
    return {
        "id": entry["id"],
        "at": utc_millis(entry["at"]),
        "who": [store.user(entry["user_id"]).name, "person", entry["user_id"]],
        "done": _done(entry["event"], "parent_item_id" in data),
        "about": about[:TEXT_LIMIT],
        "board": store.boards.get(board.parent_board or "", board).name,
        "change": _change(store, data),
        "where": _where(store, entry, data),
    }


def _done(event: str, below: bool) -> str:
    """Say in words what an event is, e.g. `created item` for create_pulse."""
    verb, _, thing = event.partition("_")
    words = f"{_VERBS.get(verb, verb)} {_THINGS.get(thing, thing.replace('_', ' '))}"
    return words.replace("item", "subitem") if below else words


def _where(store: Store, entry: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, str | None] | None:
    """Return where the page shows what changed: board, item, its parent and column; None for what is gone."""
    item = store.items.get(entry["item_id"] or "")
    if item is None or item.state != "active":
        return None
    top = item.parent or item
    parent = None if item.parent is None else item.parent.id
    return {"board": top.board.id, "item": item.id, "parent": parent, "column": entry["column_id"]}


def _change(store: Store, data: Mapping[str, Any]) -> list[str] | None:
    """Return what changed, from what and to what; None where there is no such thing."""
    if "dest_group" in data:
        return ["Group", data["source_group"]["title"], data["dest_group"]["title"]]
    if "textual_value" not in data:
        return None
    column = store.boards[str(data["board_id"])].columns.get(data["column_id"])
    texts = (data["previous_textual_value"][:TEXT_LIMIT], data["textual_value"][:TEXT_LIMIT])
    if column is not None and column.type == "checkbox":
        texts = ("✓" if texts[0] else "", "✓" if texts[1] else "")
    return [column.title if column is not None else data["column_id"], *texts]
