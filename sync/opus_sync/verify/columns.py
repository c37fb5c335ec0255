"""What a verification knows of a board's columns: their titles, and which text an empty cell has."""

from __future__ import annotations

from collections.abc import Mapping

from opus_sync.contract import TITLE, Board, Column
from opus_sync.live.cells import same

PSEUDO: Mapping[str, str] = {"name": TITLE, "$group": "Group", "$parent": "parent", "$state": "state"}
ENTITIES: Mapping[str, str] = {"items": "item", "subitems": "subitem"}
STRUCTURE: Mapping[str, str] = {"groups": "group", "board": "board"}


class Columns:
    """The columns of a contract by kind (`items` or `subitems`) and id, pseudo columns included."""

    def __init__(self, board: Board) -> None:
        self._columns: Mapping[str, Mapping[str, Column]] = {entity.kind: entity.by_id() for entity in board.entities}
        # A type whose empty cell means something (a checkbox) has a text for it.
        self._blanks = {
            (kind, column.id): column.column_type.decode({})
            for kind, columns in self._columns.items()
            for column in columns.values()
        }

    def knows(self, kind: str, column_id: str) -> bool:
        """Tell whether a cell of the column can be read."""
        return column_id in PSEUDO or column_id in self._columns.get(kind, {})

    def title(self, kind: str, column_id: str) -> str:
        """Return the name by which people know a column."""
        column = self._columns.get(kind, {}).get(column_id)
        return column.name if column else PSEUDO.get(column_id, column_id)

    def blank(self, kind: str, column_id: str) -> str | None:
        """Return the text of an empty cell."""
        return self._blanks.get((kind, column_id))

    def same(self, kind: str, column_id: str, one: str | None, other: str | None) -> bool:
        """Tell whether two texts say the same of a cell."""
        blank = self.blank(kind, column_id)
        return same(one or blank, other or blank)

    def writable(self, kind: str) -> list[str]:
        """Return the columns that people and programs write; monday itself keeps the others up to date."""
        return [column.id for column in self._columns.get(kind, {}).values() if column.column_type.writable]
