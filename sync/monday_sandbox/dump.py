"""The state of a sandbox written in the seed format."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path
from typing import Any

from monday_sandbox.model import Board, Column, Item
from monday_sandbox.store import Store


def dump(store: Store) -> dict[str, Any]:
    """Return the whole state in the seed format."""
    return {
        "account": dataclasses.asdict(store.account),
        "users": [dataclasses.asdict(user) for user in store.users.values()],
        "teams": [dataclasses.asdict(team) for team in store.teams.values()],
        "tags": [dataclasses.asdict(tag) for tag in store.tags.values()],
        # Parents stand before their subitems.
        "boards": [_board(b) for b in sorted(store.boards.values(), key=lambda b: b.parent_board is not None)],
    }


def _board(board: Board) -> dict[str, Any]:
    return {
        "id": board.id,
        "name": board.name,
        "description": board.description,
        "kind": board.kind,
        "state": board.state,
        "items_limit": board.items_limit,
        "created_at": board.created_at,
        "subitem_board": board.subitem_board,
        "parent_board": board.parent_board,
        "groups": [
            {"id": group.id, "title": group.title, "color": group.color}
            | ({"archived": True} if group.archived else {})
            for group in board.groups.values()
        ],
        "columns": [_column(column) for column in board.columns.values()],
        "items": [_item(item) for item in _in_order(board)],
    }


def _in_order(board: Board) -> list[Item]:
    """List the items in board order, those that are not active last."""
    return [*board.active_items(), *(item for item in board.items.values() if item.state != "active")]


def _column(column: Column) -> dict[str, Any]:
    return {
        "id": column.id,
        "title": column.title,
        "type": column.type,
        "description": column.description,
        "settings": column.settings,
        "width": column.width,
        "revision": column.revision,
    } | ({"archived": True} if column.archived else {})


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": item.name,
        "group": item.group_id,
        "parent": None if item.parent is None else item.parent.id,
        "created_at": item.created_at,
        "updated_at": item.updated_at,
        "creator": item.creator,
        "updater": item.updater,
        "values": {column_id: cell.data for column_id, cell in item.cells.items()},
    } | ({} if item.state == "active" else {"state": item.state})


def write_state(path: Path, state: dict[str, Any]) -> None:
    """Write the state to a file at once: a reader sees the old or the new file, never a part."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(state, file, separators=(",", ":"))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
