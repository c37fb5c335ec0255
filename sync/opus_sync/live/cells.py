"""The cells of items as canonical text: what to ask monday for, and how to read what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from opus_sync.columns import column_type, selection
from opus_sync.contract import Column

NAME_TYPE = "name"

_name = column_type(NAME_TYPE).decode


class CellReader:
    """Reads the cells of some columns of a contract; the item's name is none of them, nor what left the board."""

    def __init__(self, columns: Iterable[Column]) -> None:
        cells = [column for column in columns if column.type != NAME_TYPE and not column.missing]
        self._decoders: Mapping[str, Callable[[Mapping[str, Any]], str | None]] = {
            column.id: column_type(column.type).decode for column in cells
        }
        # A type whose empty cell means something (a checkbox) says so for a cell that is not sent, too.
        self._missing = {column_id: decode({}) for column_id, decode in self._decoders.items()}
        self.fragment = f"\nfragment Cells on ColumnValue {{ {selection(column.type for column in cells)} }}\n"

    @property
    def column_ids(self) -> list[str]:
        """The columns that are read."""
        return list(self._decoders)

    def values(self, item: Mapping[str, Any]) -> dict[str, str | None]:
        """Return column id -> canonical text of an item's `column_values`, None for an empty cell."""
        values = self._missing.copy()
        decoders = self._decoders
        for cell in item.get("column_values") or ():
            column_id = cell["id"]
            values[column_id] = decoders[column_id](cell)
        return values


def item_name(item: Mapping[str, Any]) -> str | None:
    """Return an item's name as canonical text."""
    return _name(item)


def same(one: str | None, other: str | None) -> bool:
    """Tell whether two canonical texts are equal; an empty one is no value."""
    return (one or None) == (other or None)
