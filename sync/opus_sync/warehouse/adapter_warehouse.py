"""The warehouse of the dbt profile, reached through dbt's own adapter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from opus_sync.clock import Clock
from opus_sync.errors import OpusError, Refused
from opus_sync.warehouse.base import BoardLock, Row
from opus_sync.warehouse.catalog import check_fields
from opus_sync.warehouse.dialect import Dialect, Held, Open
from opus_sync.warehouse.errors import ConnectionLost, LockLost, WarehouseLocked
from opus_sync.warehouse.loads import Loads, loads_of
from opus_sync.warehouse.statements import bound, statement, tables_of

T = TypeVar("T")
_CHUNK = 5_000
_LOCKED_FOR = 10.0
_LOCKED_PAUSE = 0.25
_OURS = "the runner's tables"


class AdapterWarehouse:
    """Reads and appends by a dbt adapter; the database is open only while a call runs.

    What another process or session locks is tried again for ten seconds.
    """

    def __init__(
        self, adapter: Any, credentials: Any, dialect: Dialect, schema: str, read_schema: str, clock: Clock
    ) -> None:
        self._adapter = adapter
        self._credentials = credentials
        self._dialect = dialect
        self._schema_name = schema
        self._schema = dialect.schema(credentials, schema)
        self._read_schema_name = read_schema
        self._read_schema = dialect.schema(credentials, read_schema)
        self._clock = clock

    def query(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """Run the statement `sql/<name>.sql` and return its rows; raises MissingTable."""
        sql = statement(name)
        places = {"schema": self._read_schema, "own_schema": self._schema}
        return self._read(sql, places, parameters, ", ".join(tables_of(sql)) or _OURS)

    def scan(self, relation: str, **equals: Any) -> list[dict[str, Any]]:
        """Read the rows of a relation, all or those whose columns equal the given values."""
        conditions = " and ".join(f"{name} = :{name}" for name in equals)
        sql = "select * from {relation}" + (f" where {conditions}" if conditions else "")  # noqa: S608 (names are code's own)
        return self._read(sql, {"relation": relation}, equals, relation)

    def append(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Append rows that need no lock to runner tables in one transaction; raises Refused where it only reads."""
        self._refuse_reading()
        self._append(self._transaction, {}, rows)

    def login(self) -> str | None:
        """Return as whom the warehouse knows us, None where it knows nobody."""
        if self._dialect.login is None:
            return None
        with self._open() as cursor:
            cursor.execute(self._dialect.login)
            return str(cursor.fetchone()[0])

    @contextmanager
    def lock(self, board: str) -> Iterator[BoardLock]:
        """Hold the board's lock; raises Refused with who holds it and since when, or where it only reads."""
        self._refuse_reading()
        with self._dialect.lock(self._open, self._credentials, self._schema_name, board) as held:
            yield _HeldBoard(board, held, self._append)

    def lock_holder(self, board: str) -> str | None:
        """Return who holds the board's lock and since when, None where nobody does."""
        return self._dialect.lock_holder(self._open, self._credentials, self._read_schema_name, board)

    def _refuse_reading(self) -> None:
        if self._read_schema_name != self._schema_name:
            raise Refused(
                f"the var opus_read_schema says that {self._read_schema_name} is only read; nothing was done",
                "leave the var out to work on the runner's tables themselves",
            )

    def _read(self, sql: str, places: Mapping[str, str], values: Mapping[str, Any], about: str) -> list[dict[str, Any]]:
        dialect = self._dialect
        plain = {place: dialect.plain(name) for place, name in places.items()}
        text, names = bound(dialect.plain(sql), dialect.placeholder, plain)

        def read() -> list[dict[str, Any]]:
            with self._open(about) as cursor:
                cursor.execute(text, dialect.bind(names, values))
                chunks = dialect.fetch(cursor, _CHUNK)
                return [dict(zip(columns, row, strict=True)) for columns, rows in chunks for row in rows]

        return self._patiently(read)

    def _append(self, transaction: Open, files: Mapping[str, str], rows: Mapping[str, Sequence[Row]]) -> None:
        with loads_of(files, rows) as loads:
            if loads:
                self._patiently(lambda: self._load(transaction, loads))

    def _load(self, transaction: Open, loads: Loads) -> None:
        with self._explained(_OURS), transaction() as cursor:
            catalog = self._dialect.catalog(cursor, self._credentials, self._schema_name)
            check_fields(catalog, {table: load.fields for table, load in loads.items()})
            for table, load in loads.items():
                for path in load.paths:
                    with self._explained(f"the table {table}"):
                        self._dialect.load(cursor, self._schema, table, catalog[table], path)

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        with self._open() as cursor, self._dialect.transaction(cursor):
            yield cursor

    @contextmanager
    def _open(self, about: str = _OURS) -> Iterator[Any]:
        with self._explained(about), self._dialect.connect(self._adapter, self._credentials) as cursor:
            yield cursor

    @contextmanager
    def _explained(self, about: str) -> Iterator[None]:
        try:
            yield
        except OpusError:
            raise
        except Exception as error:
            explained = self._dialect.explain(error, self._credentials, about)
            if explained is None:
                raise
            raise explained from None

    def _patiently(self, run: Callable[[], T]) -> T:
        began = self._clock.monotonic()
        while True:
            try:
                return run()
            except WarehouseLocked:
                if self._clock.monotonic() - began >= _LOCKED_FOR:
                    raise
            self._clock.sleep(_LOCKED_PAUSE)


class _HeldBoard:
    """A board's lock that is held, with the appends that go under it."""

    def __init__(self, board: str, held: Held, append: Callable[..., None]) -> None:
        self._board = board
        self._held = held
        self._append = append

    def check(self) -> None:
        """Raise OpusError where the lock was lost."""
        self._held.check()

    def append(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Append rows to runner tables in one transaction."""
        self.append_files({}, rows)

    def append_files(self, files: Mapping[str, str], rows: Mapping[str, Sequence[Row]]) -> None:
        """Append newline-delimited JSON files and rows to runner tables in one transaction."""
        try:
            self._append(self._held.transaction, files, rows)
        except ConnectionLost as error:
            raise LockLost(self._board) from error
