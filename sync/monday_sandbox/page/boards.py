"""The boards as the page shows them: groups, columns and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monday_sandbox.clock import utc_seconds
from monday_sandbox.columns import COMPUTED_TYPES
from monday_sandbox.model import Board, Column, Item
from monday_sandbox.page.cells import drawing, shown_cell
from monday_sandbox.view import view

if TYPE_CHECKING:
    from monday_sandbox.sandbox import Sandbox

CELLS_LIMIT = 40_000
ROWS_LEAST = 50
HIDDEN = frozenset({"name", "subtasks", "auto_number", "item_assignees"})
# What these show is no stored cell.
UNSTORED = COMPUTED_TYPES | {"button"}


def boards_json(sandbox: Sandbox, board_id: str | None) -> dict[str, Any]:
    """Return the list of boards and one board as groups, columns and rows; long boards are cut."""
    boards = [board for board in sandbox.store.boards.values() if board.state == "active"]
    listed = [board for board in boards if board.parent_board is None]
    shown = next((board for board in boards if board.id == board_id), listed[0] if listed else None)
    return {
        "version": sandbox.version,
        "account": sandbox.store.account.name,
        "today": utc_seconds(sandbox.clock.now())[:10],
        "boards": [{"id": board.id, "name": board.name, "items": board.items_count()} for board in listed],
        "board": None if shown is None else _board(sandbox, shown),
    }


def _board(sandbox: Sandbox, board: Board) -> dict[str, Any]:
    below = sandbox.store.boards.get(board.subitem_board or "")
    columns, subcolumns = _columns(board), _columns(below)
    rows = _rows(board, len(columns), len(subcolumns))
    return {
        "id": board.id,
        "name": board.name,
        "description": board.description,
        "columns": [_column(column) for column in columns],
        "subcolumns": [_column(column) for column in subcolumns],
        "groups": [
            {
                "id": group.id,
                "title": group.title,
                "color": group.color,
                "count": len(group.items),
                "rows": [
                    _row(sandbox, item, columns)
                    | {"subitems": [_row(sandbox, child, subcolumns) for child in item.active_children()]}
                    for item in rows[group.id]
                ],
            }
            for group in board.active_groups()
        ],
    }


def _rows(board: Board, width: int, subwidth: int) -> dict[str, list[Item]]:
    """Return the items to show by group: as many as the page can draw, from the top."""
    cells, count = CELLS_LIMIT, 0
    shown: dict[str, list[Item]] = {}
    for group in board.active_groups():
        shown[group.id] = []
        for item in group.items.values():
            cells -= width + subwidth * len(item.children)
            if cells < 0 and count >= ROWS_LEAST:
                break
            shown[group.id].append(item)
            count += 1
    return shown


def _columns(board: Board | None) -> list[Column]:
    return [column for column in board.active_columns() if column.type not in HIDDEN] if board else []


def _column(column: Column) -> dict[str, Any]:
    return {
        "id": column.id,
        "title": column.title,
        "type": column.type,
        "draw": drawing(column.type),
        "width": column.width,
    }


def _row(sandbox: Sandbox, item: Item, columns: list[Column]) -> dict[str, Any]:
    cells = [
        shown_cell(view(sandbox.store, sandbox.options, item, column))
        if column.id in item.cells or column.type in UNSTORED
        else None
        for column in columns
    ]
    return {"id": item.id, "name": item.name, "cells": cells}
