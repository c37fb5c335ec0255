"""What a kind of warehouse has to say for itself; everything else about it is the dbt adapter's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from opus_sync.errors import OpusError
from opus_sync.warehouse.catalog import Catalog, Columns

Open = Callable[[], AbstractContextManager[Any]]
"""Opens a connection for as long as a block runs and gives its cursor."""


@dataclass(frozen=True)
class Held:
    """A board's lock that is held.

    `check` raises OpusError where it was lost; `transaction` opens one for what is appended under the lock.
    """

    check: Callable[[], None]
    transaction: Open


class Dialect(Protocol):
    """One kind of warehouse; a cursor is its driver's own, and commits each statement by itself.

    `login` is SQL for as whom the warehouse knows us, None where it knows nobody.
    """

    login: str | None

    def prepare(self, credentials: Any, root: Path) -> None:
        """Adjust the profile's credentials before the first connection; `root` is the project's folder.

        Raises UsageError where the driver is missing.
        """

    def schema(self, credentials: Any, name: str) -> str:
        """Return the quoted name of a schema, with its database."""

    def plain(self, sql: str) -> str:
        """Return SQL so that the driver takes nothing in it for a parameter."""

    def placeholder(self, name: str) -> str:
        """Return how the driver marks a bound parameter."""

    def bind(self, names: Sequence[str], values: Mapping[str, Any]) -> Any:
        """Return the parameters in the driver's form; `names` is in order of appearance."""

    def numbers(self, parameter: str) -> str:
        """Return a select of the whole numbers, as `number`, in a text parameter that parts them by commas."""

    def connect(self, adapter: Any, credentials: Any) -> AbstractContextManager[Any]:
        """Open a connection for as long as the block runs and give its cursor."""

    def transaction(self, cursor: Any) -> AbstractContextManager[None]:
        """Commit what runs inside, or nothing of it."""

    def fetch(self, cursor: Any, size: int) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
        """Yield column names and at most `size` rows at a time; the names at least once. Moments have their zone."""

    def catalog(self, cursor: Any, credentials: Any, schema: str) -> Catalog:
        """Return the tables of a schema with their columns and types, in order."""

    def load(self, cursor: Any, schema: str, table: str, columns: Columns, path: Path) -> None:
        """Insert a newline-delimited JSON file into a table; `schema` is quoted, `table` is not."""

    def lock(self, connect: Open, credentials: Any, schema: str, board: str) -> AbstractContextManager[Held]:
        """Hold the lock of a board; raises Refused when another has it."""

    def lock_holder(self, connect: Open, credentials: Any, schema: str, board: str) -> str | None:
        """Return who holds the lock of a board and since when, None where nobody does."""

    def explain(self, error: Exception, credentials: Any, about: str) -> OpusError | None:
        """Return the error for a person; None where it is not the warehouse's. `about` is what was in use."""
