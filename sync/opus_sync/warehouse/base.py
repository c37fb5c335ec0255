"""The one seam to the warehouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = Mapping[str, Any]
Values = Mapping[str, Any]


class BoardLock(Protocol):
    """A board's lock while it is held, and the appends that only its holder may make.

    On a server they run on the connection that holds the lock, so that who lost the one cannot do the other.
    """

    def check(self) -> None:
        """Raise OpusError where the lock was lost."""

    def append(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Append rows to runner tables (table name -> rows) in one transaction; raises LockLost."""

    def append_files(
        self, files: Mapping[str, str], rows: Mapping[str, Sequence[Row]], copies: Mapping[str, Values] | None = None
    ) -> None:
        """Append newline-delimited JSON files and rows in one transaction, as `pull` does; raises LockLost.

        `copies` are statements `sql/<name>.sql` with their parameters that append, too, from what stands in the tables.
        """


class Warehouse(Protocol):
    """Reads by named statements and appends rows; opens the database only while a call runs.

    DuckDB lets one process at a time in, so nothing is held open between calls.
    """

    def query(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """Run the statement `sql/<name>.sql` with bound parameters and return its rows."""

    def scan(self, relation: str, **equals: Any) -> list[dict[str, Any]]:
        """Read a relation, given by the quoted name that dbt rendered: its rows whose columns equal these values."""

    def append(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Append rows that need no lock (table name -> rows) in one transaction."""

    def try_append(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Append rows and take them back: raises what an append would raise, and leaves nothing."""

    def login(self) -> str | None:
        """Return as whom the warehouse knows us, None where it knows nobody."""

    def lock(self, board: str) -> AbstractContextManager[BoardLock]:
        """Hold the board's lock; raises Refused with who holds it and since when."""

    def lock_holder(self, board: str) -> str | None:
        """Return who holds the board's lock and since when, None where nobody does."""
