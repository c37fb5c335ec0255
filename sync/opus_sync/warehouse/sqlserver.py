"""SQL Server: connections by pyodbc, loads by arrays of sized parameters, application locks. 2017 and later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from opus_sync.errors import OpusError
from opus_sync.warehouse.catalog import Catalog, Columns, ColumnType, fitting_rows
from opus_sync.warehouse.holder import labelled, this_process
from opus_sync.warehouse.ndjson import naive_utc
from opus_sync.warehouse.odbc import check_driver
from opus_sync.warehouse.parameter_arrays import utf16_length, write_arrays
from opus_sync.warehouse.server import LOCK_TIMEOUT_SECONDS, Server
from opus_sync.warehouse.sqlserver_errors import explained

# What a session says of itself in sys.dm_exec_sessions; the name of the program is the adapter's.
_CONTEXT_SIZE = 128

_CATALOG = """
select tables.name, columns.name, types.name, columns.max_length
from sys.tables as tables
inner join sys.schemas as schemas
    on tables.schema_id = schemas.schema_id
inner join sys.columns as columns
    on columns.object_id = tables.object_id
inner join sys.types as types
    on columns.system_type_id = types.user_type_id
where schemas.name = ?
order by tables.name, columns.column_id
"""
_TAKE = """
set nocount on;
declare @got int;
exec @got = sp_getapplock @Resource = ?, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0;
select @got;
"""
_HOLDER = """
select sessions.context_info, sessions.login_name, sessions.session_id,
    convert(
        varchar(19),
        dateadd(minute, datediff(minute, sysdatetime(), sysutcdatetime()), sessions.login_time),
        120
    )
from sys.dm_tran_locks as locks
inner join sys.dm_exec_sessions as sessions
    on locks.request_session_id = sessions.session_id
where locks.resource_type = 'APPLICATION'
    and locks.resource_database_id = db_id()
    and locks.request_status = 'GRANT'
    and charindex(?, locks.resource_description) > 0
"""


class SqlServer(Server):
    """The dialect of SQL Server."""

    login: str | None = "select suser_sname()"
    # An error may have ended the transaction already.
    rollback = "if @@trancount > 0 rollback transaction"

    def prepare(self, credentials: Any, root: Path) -> None:
        """Look whether the driver is there, before the adapter tries it again and again."""
        check_driver(credentials)

    def schema(self, credentials: Any, name: str) -> str:
        """Return the quoted schema; a connection is in one database."""
        return _quoted(name)

    def plain(self, sql: str) -> str:
        """Return the SQL as it is; no name of ours holds a question mark."""
        return sql

    def placeholder(self, name: str) -> str:
        """Return `?`: the driver counts."""
        return "?"

    def bind(self, names: Sequence[str], values: Mapping[str, Any]) -> Any:
        """Return the values in order of appearance, one as often as it is named."""
        found = [values[name] for name in names]
        return [naive_utc(value) if isinstance(value, datetime) else value for value in found]

    def numbers(self, parameter: str) -> str:
        """Return a select of the numbers in a text."""
        return f"select cast(value as bigint) as number from string_split({parameter}, ',')"  # noqa: S608

    def greet(self, cursor: Any) -> None:
        """Wait for another session's locks for a bounded time, and end a transaction with its first error."""
        cursor.execute(f"set lock_timeout {LOCK_TIMEOUT_SECONDS * 1000}; set xact_abort on; set nocount on;")

    def fetch(self, cursor: Any, size: int) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
        """Yield the rows in chunks, moments with their zone."""
        names = [column[0] for column in cursor.description]
        moments = [at for at, column in enumerate(cursor.description) if column[1] is datetime]
        while True:
            rows = cursor.fetchmany(size)
            yield names, [_in_utc(row, moments) for row in rows]
            if len(rows) < size:
                return

    def catalog(self, cursor: Any, credentials: Any, schema: str) -> Catalog:
        """Return the tables of a schema that this login may see."""
        tables: dict[str, dict[str, ColumnType]] = {}
        for table, column, kind, size in cursor.execute(_CATALOG, [schema]).fetchall():
            tables.setdefault(table, {})[column] = ColumnType(kind, _limit(kind, size))
        return tables

    def load(self, cursor: Any, schema: str, table: str, columns: Columns, path: Path) -> None:
        """Insert a file by arrays of parameters; memory does not grow with it."""
        rows = fitting_rows(path, table, columns, utf16_length)
        write_arrays(cursor, f"{schema}.{_quoted(table)}", {_quoted(name): name for name in columns}, columns, rows)

    def keep_alive(self, cursor: Any) -> None:
        """Say who we are; the driver's own keepalives are on."""
        label = this_process().label(_CONTEXT_SIZE).encode("ascii")
        cursor.execute(f"set context_info 0x{label.hex()}")

    def take(self, cursor: Any, key: str) -> bool:
        """Take the session's application lock."""
        cursor.execute(_TAKE, [key])
        # A procedure may have something to say before its result.
        while cursor.description is None and cursor.nextset():
            pass
        return int(cursor.fetchone()[0]) >= 0

    def holds(self, cursor: Any, key: str) -> bool:
        """Ask for the mode in which this session holds the lock."""
        mode = cursor.execute("select applock_mode('public', ?, 'Session')", [key]).fetchone()[0]
        return str(mode) == "Exclusive"

    def release(self, cursor: Any, key: str) -> None:
        """Let go of the application lock."""
        cursor.execute("exec sp_releaseapplock @Resource = ?, @LockOwner = 'Session'", [key])

    def holder(self, cursor: Any, key: str) -> str | None:
        """Return whose session holds the lock; where nobody may look, only whether one does."""
        try:
            found = cursor.execute(_HOLDER, [key]).fetchone()
        except Exception:
            free = cursor.execute("select applock_test('public', ?, 'Exclusive', 'Session')", [key]).fetchone()[0]
            return None if free else "another session"
        if found is None:
            return None
        label, login, session, since = found
        told = bytes(label or b"").rstrip(b"\0").decode("ascii", "replace")
        holder = labelled(told)
        return holder.described(f"{since}+00:00") if holder else f"session {session} of {login} since {since}+00:00"

    def explain(self, error: Exception, credentials: Any, about: str) -> OpusError | None:
        """Say in a sentence what SQL Server objects to."""
        return explained(error, credentials, about)


def _limit(kind: str, size: int) -> int | None:
    """Return how many characters fit: sizes are bytes, -1 is `max`."""
    if size < 0 or kind not in ("nvarchar", "nchar", "varchar", "char"):
        return None
    return size // 2 if kind.startswith("n") else size


def _in_utc(row: Sequence[Any], moments: Sequence[int]) -> tuple[Any, ...]:
    values = list(row)
    for at in moments:
        if values[at] is not None:
            values[at] = values[at].replace(tzinfo=timezone.utc)
    return tuple(values)


def _quoted(name: str) -> str:
    return "[" + name.replace("]", "]]") + "]"
