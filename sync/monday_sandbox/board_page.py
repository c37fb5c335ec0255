"""What the page at / shows: boards as groups and rows, as a person sees them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from monday_sandbox.columns.codec import View, text_of
from monday_sandbox.columns.labels import status_label
from monday_sandbox.columns.settings import label_color
from monday_sandbox.model import Board, Column, Item
from monday_sandbox.view import view

if TYPE_CHECKING:
    from monday_sandbox.sandbox import Sandbox

CELLS_LIMIT = 40_000
HIDDEN = frozenset({"name", "subtasks", "auto_number", "item_assignees"})


@cache
def page_html() -> str:
    """Return the page; it fetches its data itself."""
    return files("monday_sandbox").joinpath("page.html").read_text(encoding="utf-8")


def board_json(sandbox: Sandbox, board_id: str | None) -> dict[str, Any]:
    """Return the list of boards and one board as groups, columns and rows; long boards are cut."""
    boards = [board for board in sandbox.store.boards.values() if board.state == "active"]
    shown = next((board for board in boards if board.id == board_id), boards[0] if boards else None)
    return {
        "account": sandbox.store.account.name,
        "boards": [
            {
                "id": board.id,
                "name": board.name,
                "items": board.items_count(),
                "subitems": board.parent_board is not None,
            }
            for board in boards
        ],
        "board": None if shown is None else _board(sandbox, shown),
    }


def _board(sandbox: Sandbox, board: Board) -> dict[str, Any]:
    below = sandbox.store.boards.get(board.subitem_board or "")
    rows = _rows(board)
    return {
        "id": board.id,
        "name": board.name,
        "description": board.description,
        "columns": [{"title": column.title, "type": column.type} for column in _columns(board)],
        "subcolumns": [{"title": column.title, "type": column.type} for column in _columns(below)],
        "groups": [
            {
                "title": group.title,
                "color": group.color,
                "count": len(group.items),
                "rows": [_row(sandbox, item) for item in rows[group.id]],
            }
            for group in board.active_groups()
        ],
    }


def _rows(board: Board) -> dict[str, list[Item]]:
    """Return the items to show by group: as many as the page can draw, from the top."""
    left = max(50, CELLS_LIMIT // max(1, len(board.columns)))
    shown = {}
    for group in board.active_groups():
        shown[group.id] = list(group.items.values())[:left]
        left -= len(shown[group.id])
    return shown


def _columns(board: Board | None) -> list[Column]:
    return [column for column in board.active_columns() if column.type not in HIDDEN] if board else []


def _row(sandbox: Sandbox, item: Item) -> dict[str, Any]:
    cells = [_cell(view(sandbox.store, sandbox.options, item, column)) for column in _columns(item.board)]
    row: dict[str, Any] = {"id": item.id, "name": item.name, "cells": cells}
    children = item.active_children()
    if children:
        row["subitems"] = [_row(sandbox, child) for child in children]
    return row


def _cell(cell: View) -> Any:
    """Return the shown text, or text and color for a label."""
    if cell.column.type == "status":
        label = status_label(cell)
        return None if label is None else [label["label"], label_color(label)]
    if cell.column.type == "checkbox":
        return "✓" if cell.cell is not None else ""
    if cell.column.type == "color_picker" and cell.part("color", "hex"):
        return [cell.part("color", "hex"), cell.part("color", "hex")]
    display = cell.codec.fields.get("display_value")
    return (display(cell) if display is not None else text_of(cell)) or ""
