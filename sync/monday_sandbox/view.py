"""Cells as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monday_sandbox.columns import COMPUTED_TYPES, TYPES
from monday_sandbox.columns.codec import View, text_of
from monday_sandbox.model import Cell, Column, Item

if TYPE_CHECKING:
    from monday_sandbox.options import Options
    from monday_sandbox.store import Store

_COMPUTED = Cell(None, "")


def view(store: Store, options: Options, item: Item, column: Column) -> View:
    """Return one cell of an item."""
    cell = _COMPUTED if column.type in COMPUTED_TYPES else item.cells.get(column.id)
    return View(store, options, item, column, cell, TYPES[column.type])


def views(
    store: Store, options: Options, item: Item, ids: list[str] | None = None, types: list[str] | None = None
) -> list[View]:
    """List the cells of an item in board order; types without a value type are left out, as monday does."""
    columns = item.board.active_columns()
    wanted = None if ids is None else set(ids)
    return [
        view(store, options, item, column)
        for column in columns
        if TYPES[column.type].graphql is not None
        and (wanted is None or column.id in wanted)
        and (types is None or column.type in types)
    ]


def shown_text(cell: View) -> str:
    """Return what a person reads in a cell, "" when it is empty."""
    display = cell.codec.fields.get("display_value")
    return str((display(cell) if display is not None else text_of(cell)) or "")
