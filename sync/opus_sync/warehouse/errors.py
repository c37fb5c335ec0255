"""What can go wrong between the runner and the warehouse."""

from __future__ import annotations

from opus_sync.errors import OpusError


class MissingTable(OpusError):
    """A table that a statement needs is not there."""

    def __init__(self, table: str) -> None:
        super().__init__(
            f"the warehouse has no table {table}", "run `opus-sync pull` or `dbt run` first, on this target"
        )
        self.table = table


class WarehouseLocked(OpusError):
    """Another process has the database open."""


class WarehouseError(OpusError):
    """The warehouse refused a statement or could not be opened."""
