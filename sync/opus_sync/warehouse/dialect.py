"""What a kind of warehouse has to say for itself; everything else about it is the dbt adapter's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from opus_sync.errors import OpusError
from opus_sync.warehouse.base import BoardLock

# table -> column -> the database's name of its type
Catalog = Mapping[str, Mapping[str, str]]


class Dialect(Protocol):
    """One kind of warehouse. `connection` is what the driver of the dbt adapter calls one."""

    def prepare(self, credentials: Any, root: Path) -> None:
        """Adjust the profile's credentials before the first connection; `root` is the project's folder."""

    def schema(self, credentials: Any, name: str) -> str:
        """Return the quoted name of a schema, with its database."""

    def placeholder(self, name: str) -> str:
        """Return how the driver marks a bound parameter."""

    def bind(self, names: Sequence[str], values: Mapping[str, Any]) -> Any:
        """Return the parameters in the driver's form."""

    def cursor(self, handle: Any) -> Any:
        """Return the driver's own cursor from the adapter's connection handle."""

    def fetch(self, cursor: Any, size: int) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
        """Yield column names and at most `size` rows at a time; the names at least once."""

    def catalog(self, cursor: Any, credentials: Any, schema: str) -> Catalog:
        """Return the tables of a schema with their columns and types, in order."""

    def load(self, cursor: Any, table: str, columns: Mapping[str, str], path: Path) -> None:
        """Insert a newline-delimited JSON file into a table; `table` is quoted."""

    def transaction(self, cursor: Any) -> AbstractContextManager[None]:
        """Commit what runs inside, or nothing of it."""

    def lock(self, credentials: Any, board: str) -> AbstractContextManager[BoardLock]:
        """Hold the lock of a board; raises Refused when another has it."""

    def lock_holder(self, credentials: Any, board: str) -> str | None:
        """Return who holds the lock of a board, None where nobody does."""

    def explain(self, error: Exception, credentials: Any) -> OpusError | None:
        """Return the error for a person; None where it is not the warehouse's."""
