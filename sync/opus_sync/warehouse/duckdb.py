"""DuckDB: one file, one process at a time, bulk loads from JSON files."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from opus_sync.errors import OpusError
from opus_sync.warehouse.board_lock import board_lock, holder_of
from opus_sync.warehouse.catalog import Catalog, Columns, ColumnType
from opus_sync.warehouse.dialect import Held, Open
from opus_sync.warehouse.errors import MissingTable, WarehouseError, WarehouseLocked
from opus_sync.warehouse.ndjson import naive_utc

_MEMORY = ":memory:"
# A load is one pass over a file: more threads would each want buffers, and more memory would hold the whole file.
_SPARING = "set threads = 1; set memory_limit = '100MB'"
_HOLDER = re.compile(r"held in (.+?) \(PID (\d+)\)")
_NO_TABLE = re.compile(r"Table with name (\S+) does not exist")
_CATALOG = """
select table_name, column_name, data_type
from duckdb_columns()
where database_name = $database and schema_name = $schema
order by table_name, column_index
"""

# The adapter keeps one database per process, so its threads take turns.
_TURN = threading.Lock()


class DuckDB:
    """The dialect of a DuckDB file."""

    login: str | None = None

    def prepare(self, credentials: Any, root: Path) -> None:
        """Make relative paths those of the project, as dbt does, and let go of the file between calls."""
        credentials.path = _below(root, credentials.path)
        for attached in credentials.attach or ():
            attached.path = _below(root, attached.path)
        credentials.keep_open = False

    def schema(self, credentials: Any, name: str) -> str:
        """Return the schema with its database: alone, `opus` would be ambiguous in `opus.duckdb`."""
        return f"{_quoted(credentials.database)}.{_quoted(name)}"

    def plain(self, sql: str) -> str:
        """Return the SQL as it is: nothing but `$name` is a parameter."""
        return sql

    def placeholder(self, name: str) -> str:
        """Return `$name`."""
        return f"${name}"

    def bind(self, names: Sequence[str], values: Mapping[str, Any]) -> Any:
        """Return the named values; moments go in as UTC without zone, as the tables hold them."""
        wanted = {name: values[name] for name in names}
        return {
            name: naive_utc(value) if isinstance(value, datetime) else value for name, value in wanted.items()
        } or None

    def numbers(self, parameter: str) -> str:
        """Return a select of the numbers in a text."""
        return f"select cast(unnest(string_split({parameter}, ',')) as bigint) as number"

    @contextmanager
    def connect(self, adapter: Any, credentials: Any) -> Iterator[Any]:
        """Open the file and give the adapter's cursor, which is a connection of the driver as well."""
        connections = adapter.connections
        with _TURN:
            try:
                with adapter.connection_named("opus_sync"):
                    yield connections.get_thread_connection().handle.cursor()
            finally:
                # A connection that failed to open must not be the next call's.
                connections.clear_thread_connection()

    @contextmanager
    def transaction(self, cursor: Any) -> Iterator[None]:
        """Commit what runs inside, or nothing of it."""
        cursor.execute("begin transaction")
        try:
            yield
        except BaseException:
            cursor.execute("rollback")
            raise
        cursor.execute("commit")

    def fetch(self, cursor: Any, size: int) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
        """Yield the rows in chunks, moments with their zone."""
        names = [column[0] for column in cursor.description]
        moments = [at for at, column in enumerate(cursor.description) if str(column[1]) == "TIMESTAMP"]
        while True:
            rows = cursor.fetchmany(size)
            yield names, [_zoned(row, moments) for row in rows] if moments else rows
            if len(rows) < size:
                return

    def catalog(self, cursor: Any, credentials: Any, schema: str) -> Catalog:
        """Return the tables of a schema; a text has no limit here."""
        cursor.execute(_CATALOG, {"database": credentials.database, "schema": schema})
        tables: dict[str, dict[str, ColumnType]] = {}
        for table, column, kind in cursor.fetchall():
            tables.setdefault(table, {})[column] = ColumnType(kind)
        return tables

    def load(self, cursor: Any, schema: str, table: str, columns: Columns, path: Path) -> None:
        """Insert a file; the types are the table's, so that nothing is guessed from the values."""
        names = ", ".join(_quoted(name) for name in columns)
        types = ", ".join(f"{_quoted(name)}: {_literal(kind.name)}" for name, kind in columns.items())
        cursor.execute(
            f"insert into {schema}.{_quoted(table)} ({names}) select {names} from "  # noqa: S608
            f"read_json({_literal(str(path))}, format = 'newline_delimited', columns = {{{types}}})"
        )

    @contextmanager
    def lock(self, connect: Open, credentials: Any, schema: str, board: str) -> Iterator[Held]:
        """Hold a lock file beside the database file; a database in memory has no one to share with.

        The file itself is open only while something is appended, so that dbt can take its turn.
        """

        @contextmanager
        def transaction() -> Iterator[Any]:
            with connect() as cursor:
                if credentials.path != _MEMORY:
                    cursor.execute(_SPARING)
                with self.transaction(cursor):
                    yield cursor

        if credentials.path == _MEMORY:
            yield Held(lambda: None, transaction)
            return
        with board_lock(_lock_file(credentials, board), board) as lock:
            yield Held(lock.check, transaction)

    def lock_holder(self, connect: Open, credentials: Any, schema: str, board: str) -> str | None:
        """Return who holds the board's lock and since when, None where nobody does."""
        return None if credentials.path == _MEMORY else holder_of(_lock_file(credentials, board))

    def explain(self, error: Exception, credentials: Any, about: str) -> OpusError | None:
        """Name the file and its holder, the missing table, or repeat what DuckDB says."""
        if not type(error).__module__.startswith(("duckdb", "_duckdb", "dbt")):
            return None
        text = str(error).strip()
        if "Could not set lock on file" in text or "being used by another process" in text:
            holder = _HOLDER.search(text)
            who = f"process {holder.group(2)}, {holder.group(1)}" if holder else "another process"
            return WarehouseLocked(
                f"the warehouse file {credentials.path} is in use by {who}",
                "DuckDB lets one process in at a time: end it or wait for it, then run this again",
            )
        if missing := _NO_TABLE.search(text):
            return MissingTable(missing.group(1).rstrip("!"))
        return WarehouseError(f"the warehouse {credentials.path} says: {_said(text)}")


def _lock_file(credentials: Any, board: str) -> Path:
    # One file has one lock, by whatever link it is reached.
    return Path(f"{Path(credentials.path).resolve()}.{board}.lock")


def _said(text: str) -> str:
    """Return the first line that says something; dbt puts the kind of its error on a line before."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next((line for line in lines if not line.endswith(" Error")), "an error without a message")


def _below(root: Path, path: str) -> str:
    """Return a relative file path as one below the project; leave addresses and memory alone."""
    if not path or path == _MEMORY or re.match(r"[A-Za-z_]\w+:", path):
        return path
    return str(root / path)


def _zoned(row: tuple[Any, ...], moments: Sequence[int]) -> tuple[Any, ...]:
    values = list(row)
    for at in moments:
        if values[at] is not None:
            values[at] = values[at].replace(tzinfo=timezone.utc)
    return tuple(values)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
