"""PostgreSQL: connections by psycopg2, bulk loads by COPY, advisory locks. Version 14 and later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from opus_sync.errors import OpusError
from opus_sync.warehouse.catalog import Catalog, Columns, ColumnType, fitting_rows
from opus_sync.warehouse.copy_stream import CopyStream
from opus_sync.warehouse.holder import labelled, this_process
from opus_sync.warehouse.ndjson import naive_utc
from opus_sync.warehouse.postgres_errors import explained
from opus_sync.warehouse.server import LOCK_TIMEOUT_SECONDS, Server

_LABEL_SIZE = 63
_KEEPALIVE_SECONDS = 30
# Without and with a zone, as pg_type numbers them.
_MOMENTS = (1114, 1184)

# The system's own catalog: information_schema shows only what one has rights to.
_CATALOG = """
select
    tables.relname,
    columns.attname,
    format_type(columns.atttypid, null),
    case when columns.atttypmod > 4 and columns.atttypid in (1042, 1043) then columns.atttypmod - 4 end
from pg_catalog.pg_class as tables
inner join pg_catalog.pg_namespace as schemas
    on tables.relnamespace = schemas.oid
inner join pg_catalog.pg_attribute as columns
    on columns.attrelid = tables.oid
where schemas.nspname = %s
    and tables.relkind in ('r', 'p')
    and columns.attnum > 0
    and not columns.attisdropped
order by tables.relname, columns.attnum
"""
_HELD = """
from pg_catalog.pg_locks as locks
where locks.locktype = 'advisory'
    and locks.database = (select oid from pg_catalog.pg_database where datname = current_database())
    and ((locks.classid::bigint << 32) | locks.objid::bigint) = %s
    and locks.objsubid = 1
    and locks.granted
"""
_HOLDS = f"select count(*) {_HELD} and locks.pid = pg_backend_pid()"
# Without the rights of pg_read_all_stats only the name is seen of another role's session.
_HOLDER = f"""
select sessions.application_name, sessions.usename, sessions.pid,
    to_char(sessions.backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS+00:00')
from (select locks.pid {_HELD}) as held
left join pg_catalog.pg_stat_activity as sessions
    on sessions.pid = held.pid
"""  # noqa: S608 (our own text)


class Postgres(Server):
    """The dialect of PostgreSQL."""

    login: str | None = "select session_user"

    def prepare(self, credentials: Any, root: Path) -> None:
        """Have sessions say who we are, and notice a dead connection within minutes."""
        credentials.application_name = this_process().label(_LABEL_SIZE)
        credentials.keepalives_idle = credentials.keepalives_idle or _KEEPALIVE_SECONDS

    def schema(self, credentials: Any, name: str) -> str:
        """Return the quoted schema; a connection knows one database only."""
        return _quoted(name)

    def plain(self, sql: str) -> str:
        """Return SQL with its percent signs doubled."""
        return sql.replace("%", "%%")

    def placeholder(self, name: str) -> str:
        """Return `%(name)s`."""
        return f"%({name})s"

    def bind(self, names: Sequence[str], values: Mapping[str, Any]) -> Any:
        """Return the named values, always as a map: without one, percent signs would stay doubled."""
        return {name: naive_utc(value) if isinstance(value, datetime) else value for name, value in values.items()}

    def numbers(self, parameter: str) -> str:
        """Return a select of the numbers in a text."""
        return f"select cast(unnest(string_to_array({parameter}, ',')) as bigint) as number"

    def greet(self, cursor: Any) -> None:
        """Wait for another session's locks for a bounded time, and hash what is joined: its planner underrates rows."""
        cursor.execute(f"set lock_timeout = '{LOCK_TIMEOUT_SECONDS}s'; set enable_nestloop = off")

    def fetch(self, cursor: Any, size: int) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
        """Yield the rows in chunks, moments with their zone."""
        names = [column[0] for column in cursor.description]
        moments = [at for at, column in enumerate(cursor.description) if column[1] in _MOMENTS]
        while True:
            rows = cursor.fetchmany(size)
            yield names, [_in_utc(row, moments) for row in rows] if moments else rows
            if len(rows) < size:
                return

    def catalog(self, cursor: Any, credentials: Any, schema: str) -> Catalog:
        """Return the tables of a schema."""
        cursor.execute(_CATALOG, (schema,))
        tables: dict[str, dict[str, ColumnType]] = {}
        for table, column, kind, limit in cursor.fetchall():
            tables.setdefault(table, {})[column] = ColumnType(kind, limit)
        return tables

    def load(self, cursor: Any, schema: str, table: str, columns: Columns, path: Path) -> None:
        """Copy a file row by row in one statement; memory does not grow with it."""
        names = ", ".join(_quoted(name) for name in columns)
        stream = CopyStream(fitting_rows(path, table, columns), list(columns))
        try:
            cursor.copy_expert(f"copy {schema}.{_quoted(table)} ({names}) from stdin", stream)
        except Exception:
            # The driver tells only that reading failed.
            if stream.error is not None:
                raise stream.error from None
            raise

    def keep_alive(self, cursor: Any) -> None:
        """Let the server notice within a minute that our machine is gone, and never end us for being idle."""
        cursor.execute(
            "set idle_session_timeout = 0; set tcp_keepalives_idle = 30; "
            "set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3"
        )

    def take(self, cursor: Any, key: str) -> bool:
        """Take the session's advisory lock."""
        cursor.execute("select pg_try_advisory_lock(%s)", (_number(key),))
        return bool(cursor.fetchone()[0])

    def holds(self, cursor: Any, key: str) -> bool:
        """Look into pg_locks, where sessions of a pool cannot hide behind each other."""
        cursor.execute(_HOLDS, (_number(key),))
        return bool(cursor.fetchone()[0])

    def release(self, cursor: Any, key: str) -> None:
        """Let go of the advisory lock."""
        cursor.execute("select pg_advisory_unlock(%s)", (_number(key),))

    def holder(self, cursor: Any, key: str) -> str | None:
        """Return whose session holds the lock, by the name that it gives itself."""
        cursor.execute(_HOLDER, (_number(key),))
        found = cursor.fetchone()
        if found is None:
            return None
        name, role, pid, since = found
        holder = labelled(name)
        if holder is not None:
            return holder.described(since)
        return f"the session {pid} of role {role}" + (f" since {since}" if since else "")

    def explain(self, error: Exception, credentials: Any, about: str) -> OpusError | None:
        """Say in a sentence what PostgreSQL objects to."""
        return explained(error, credentials, about)


def _number(key: str) -> int:
    """Return the 64 bits of a lock's name, signed."""
    return int.from_bytes(bytes.fromhex(key[-16:]), "big", signed=True)


def _in_utc(row: tuple[Any, ...], moments: Sequence[int]) -> tuple[Any, ...]:
    values = list(row)
    for at in moments:
        if values[at] is not None:
            values[at] = naive_utc(values[at]).replace(tzinfo=timezone.utc)
    return tuple(values)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
