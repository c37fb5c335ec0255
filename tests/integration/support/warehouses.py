"""What a workspace may keep its tables in: a DuckDB file, a database of PostgreSQL, schemas of a SQL Server.

Tests write one SQL for all: names as in `main.x`, `opus_sync.x` and `shop.x`, identifiers in double quotes, parameters
as `?`. What no SQL says for all is a method here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb

from integration.support.server_warehouses import PostgresDatabase, SqlServerSchemas
from servers.postgres import postgres_server
from servers.sqlserver import sqlserver_database

DATABASE = "opus.duckdb"


class Warehouse(Protocol):
    """A place for the tables of a project; `root` is the project's folder."""

    kind: str
    types: Mapping[str, str]
    """`text` and `integer` as column types."""
    environment: Mapping[str, str]
    """Variables that the profile reads: they keep secrets out of its file."""
    busy: tuple[type[Exception], ...]
    """What a driver raises where somebody else is in the way for now."""
    copied_whole: bool
    """Whether a copy holds what the original does; where it does not, it starts empty."""

    def output(self) -> Mapping[str, Any]:
        """Return an output of a dbt profile."""

    def schema(self, name: str) -> str:
        """Return what a schema of the tests' SQL is called here."""

    def session(self, root: Path, *, changing: bool = False) -> AbstractContextManager[Any]:
        """Open a session for as long as the block runs and give its cursor; what it does is one transaction."""

    def plain(self, sql: str) -> str:
        """Return the tests' SQL as the driver wants it."""

    def tables(self, cursor: Any) -> Sequence[tuple[str, str]]:
        """Return schema and name of every table."""

    def make_table(self, name: str, columns: str) -> Sequence[str]:
        """Return the statements that make a table of the schema `shop` anew, whatever reads it."""

    def copied(self, root: Path) -> None:
        """Start over as it stood when `keep` was called; `root` is a copy of the folder as it was then."""

    def keep(self, root: Path) -> None:
        """Remember how it stands, for `copied`."""

    def close(self) -> None:
        """Remove what a server holds of it."""


class DuckDBFile:
    """The file in the project's own folder."""

    kind = "duckdb"
    types: Mapping[str, str] = {"text": "varchar", "integer": "bigint"}
    environment: Mapping[str, str] = {}
    busy: tuple[type[Exception], ...] = (duckdb.IOException,)
    copied_whole = True

    def output(self) -> Mapping[str, Any]:
        """Return an output with a path below the project."""
        return {"type": "duckdb", "path": DATABASE, "schema": "main", "threads": 2}

    def schema(self, name: str) -> str:
        """Return the name."""
        return name

    @contextmanager
    def session(self, root: Path, *, changing: bool = False) -> Iterator[Any]:
        """Open the file."""
        with duckdb.connect(str(root / DATABASE), read_only=not changing) as connection:
            connection.begin()
            yield connection
            connection.commit()

    def plain(self, sql: str) -> str:
        """Return the SQL."""
        return sql

    def tables(self, cursor: Any) -> Sequence[tuple[str, str]]:
        """Return all tables of the file."""
        listed = "select schema_name, table_name from duckdb_tables() where not internal order by all"
        return [(schema, table) for schema, table in cursor.execute(listed).fetchall()]

    def make_table(self, name: str, columns: str) -> Sequence[str]:
        """Return the statements."""
        return [
            "create schema if not exists shop",
            f"create or replace table shop.{name} ({columns})",
        ]

    def copied(self, root: Path) -> None:
        """The folder holds the file."""

    def keep(self, root: Path) -> None:
        """The folder holds the file."""

    def close(self) -> None:
        """The folder goes by itself."""


DUCKDB = DuckDBFile()

KINDS: Mapping[str, Callable[[], Warehouse]] = {
    "duckdb": DuckDBFile,
    "postgres": lambda: PostgresDatabase(postgres_server()),
    "sqlserver": lambda: SqlServerSchemas(sqlserver_database()),
}
"""Kind -> a new warehouse that holds nothing."""

__all__ = ["DATABASE", "DUCKDB", "KINDS", "Warehouse"]
