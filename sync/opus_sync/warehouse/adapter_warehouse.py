"""The warehouse of the dbt profile, reached through dbt's own adapter."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from opus_sync.clock import Clock
from opus_sync.errors import OpusError
from opus_sync.warehouse.base import BoardLock, Row
from opus_sync.warehouse.dialect import Catalog, Dialect
from opus_sync.warehouse.errors import MissingTable, WarehouseLocked
from opus_sync.warehouse.ndjson import NdjsonFile, fields_of
from opus_sync.warehouse.statements import bound, statement

T = TypeVar("T")
_CHUNK = 5_000
_LOCKED_FOR = 10.0
_LOCKED_PAUSE = 0.25

# The adapter keeps one database per process, so its threads take turns.
_TURN = threading.Lock()


class AdapterWarehouse:
    """Reads and appends by a dbt adapter; the database is open only while a call runs.

    A database file that another process has open is tried again for ten seconds.
    """

    def __init__(self, adapter: Any, credentials: Any, dialect: Dialect, schema: str, clock: Clock) -> None:
        self._adapter = adapter
        self._credentials = credentials
        self._dialect = dialect
        self._schema_name = schema
        self._schema = dialect.schema(credentials, schema)
        self._clock = clock

    def query(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """Run the statement `sql/<name>.sql` and return its rows; raises MissingTable."""
        sql, names = bound(statement(name), self._schema, self._dialect.placeholder)
        return self._call(lambda cursor: self._rows(cursor, sql, names, parameters))

    def scan(self, relation: str, **equals: Any) -> list[dict[str, Any]]:
        """Read the rows of a relation, all or those whose columns equal the given values."""
        names = list(equals)
        conditions = " and ".join(f"{name} = {self._dialect.placeholder(name)}" for name in names)
        sql = f"select * from {relation}" + (f" where {conditions}" if names else "")  # noqa: S608 (names are code's own)
        return self._call(lambda cursor: self._rows(cursor, sql, names, equals))

    def append(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Append rows to runner tables in one transaction."""
        self.append_files({}, rows)

    def append_files(self, files: Mapping[str, str], rows: Mapping[str, Sequence[Row]]) -> None:
        """Append newline-delimited JSON files and rows to runner tables in one transaction.

        A field that a row leaves out is NULL; one that the table does not have is an error.
        """
        with tempfile.TemporaryDirectory(prefix="opus-sync-") as folder:
            loads = [(table, Path(path)) for table, path in files.items()]
            for table, entries in rows.items():
                if entries:
                    with NdjsonFile(Path(folder) / f"{table}.ndjson") as target:
                        target.write(entries)
                    loads.append((table, target.path))
            wanted = {table: {name for row in rows.get(table, ()) for name in row} for table, _ in loads}
            for table, path in files.items():
                wanted[table] |= set(fields_of(Path(path)))
            self._call(lambda cursor: self._load(cursor, loads, wanted))

    def lock(self, board: str) -> AbstractContextManager[BoardLock]:
        """Hold the board's lock; raises Refused with who holds it and since when."""
        return self._dialect.lock(self._credentials, board)

    def lock_holder(self, board: str) -> str | None:
        """Return who holds the board's lock and since when, None where nobody does."""
        return self._dialect.lock_holder(self._credentials, board)

    def _rows(self, cursor: Any, sql: str, names: Sequence[str], values: Mapping[str, Any]) -> list[dict[str, Any]]:
        cursor.execute(sql, self._dialect.bind(names, values))
        chunks = self._dialect.fetch(cursor, _CHUNK)
        return [dict(zip(columns, row, strict=True)) for columns, rows in chunks for row in rows]

    def _load(self, cursor: Any, loads: Sequence[tuple[str, Path]], wanted: Mapping[str, set[str]]) -> None:
        catalog = self._dialect.catalog(cursor, self._credentials, self._schema_name)
        _check(catalog, wanted)
        with self._dialect.transaction(cursor):
            for table, path in loads:
                self._dialect.load(cursor, f"{self._schema}.{table}", catalog[table], path)

    def _call(self, run: Callable[[Any], T]) -> T:
        began = self._clock.monotonic()
        while True:
            try:
                with self._open() as cursor:
                    return run(cursor)
            except WarehouseLocked:
                if self._clock.monotonic() - began >= _LOCKED_FOR:
                    raise
            self._clock.sleep(_LOCKED_PAUSE)

    @contextmanager
    def _open(self) -> Iterator[Any]:
        connections = self._adapter.connections
        with _TURN:
            try:
                with self._adapter.connection_named("opus_sync"):
                    yield self._dialect.cursor(connections.get_thread_connection().handle)
            except OpusError:
                raise
            except Exception as error:
                explained = self._dialect.explain(error, self._credentials)
                if explained is None:
                    raise
                raise explained from None
            finally:
                # A connection that failed to open must not be the next call's.
                connections.clear_thread_connection()


def _check(catalog: Catalog, wanted: Mapping[str, set[str]]) -> None:
    for table, fields in wanted.items():
        if table not in catalog:
            raise MissingTable(table)
        if unknown := sorted(fields - catalog[table].keys()):
            raise OpusError(
                f"the table {table} has no column {', '.join(unknown)}",
                "it was made by another version: run `opus-sync pull`, which brings the tables up to date",
            )
