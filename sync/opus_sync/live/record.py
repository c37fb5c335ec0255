"""What a row may be about, as it stands on monday: an item, a group, or a board itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

ACTIVE = "active"


class LiveRecord(Protocol):
    """Something on a board, with cells as canonical text."""

    @property
    def words(self) -> str:
        """How people know it: `item 123`."""

    @property
    def state(self) -> str:
        """`active`, `archived` or `deleted`."""

    @property
    def board_id(self) -> int | None:
        """The board that it is on."""

    @property
    def updated_at(self) -> str | None:
        """When it was last changed, None where monday does not say."""

    @property
    def ids(self) -> Mapping[str, Any]:
        """What is put on record of it: fields of an outcome."""

    def cell(self, column_id: str) -> str | None:
        """Return what stands in a column or a pseudo column."""
