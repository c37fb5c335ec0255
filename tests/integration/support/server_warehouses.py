"""Warehouses on servers. A database or schema keeps its name through all its copies: dbt parses a project again
where the profile has changed, which would be the greater part of many a test."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

import psycopg2.errors

from servers.postgres import Database, PostgresServer
from servers.sqlserver import SqlServerDatabase

PASSWORD = "OPUS_TEST_PASSWORD"
"""The variable that the profiles of tests read the password from."""

SCHEMAS = ("main", "opus_sync", "shop")


class PostgresDatabase:
    """A database of its own on the server of the test run."""

    kind = "postgres"
    types: Mapping[str, str] = {"text": "text", "integer": "bigint"}
    busy: tuple[type[Exception], ...] = (psycopg2.errors.DeadlockDetected, psycopg2.errors.LockNotAvailable)
    copied_whole = True

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        self.database: Database = server.new_database()
        self.environment: Mapping[str, str] = {PASSWORD: server.password}
        self._kept = f"{self.database.name}_kept"

    def output(self) -> Mapping[str, Any]:
        """Return the output of the superuser."""
        return self.database.output("main", threads=2, password=f"{{{{ env_var('{PASSWORD}') }}}}")

    def schema(self, name: str) -> str:
        """Return the name."""
        return name

    @contextmanager
    def session(self, root: Path, *, changing: bool = False) -> Iterator[Any]:
        """Connect to the database."""
        connection = self.database.connect()
        connection.autocommit = False
        try:
            yield connection.cursor()
            connection.commit()
        finally:
            connection.close()

    def plain(self, sql: str) -> str:
        """Return the SQL with the driver's marks."""
        return sql.replace("%", "%%").replace("?", "%s")

    def tables(self, cursor: Any) -> Sequence[tuple[str, str]]:
        """Return all tables but the system's own."""
        cursor.execute(
            "select schemaname, tablename from pg_tables "
            "where schemaname not in ('pg_catalog', 'information_schema') order by 1, 2"
        )
        return [(schema, table) for schema, table in cursor.fetchall()]

    def make_table(self, name: str, columns: str) -> Sequence[str]:
        """Return the statements; views on the table go with it, the next build makes them again."""
        return [
            "create schema if not exists shop",
            f"drop table if exists shop.{name} cascade",
            f"create table shop.{name} ({columns})",
        ]

    def copied(self, root: Path) -> None:
        """Put the kept database in the place of what became of it."""
        self._make(self.database.name, self._kept)

    def keep(self, root: Path) -> None:
        """Copy the database."""
        self._make(self._kept, self.database.name)

    def seen_by(self, login: Database) -> PostgresDatabase:
        """Return the same database as another login has it."""
        other = copy(self)
        other.database, other.environment = login, {PASSWORD: login.password}
        return other

    def end_lock_holders(self) -> None:
        """End every session that holds the lock of a board."""
        held = "select pid from pg_locks where locktype = 'advisory' and granted"
        mine = "(select oid from pg_database where datname = current_database())"
        self.database.run(f"select pg_terminate_backend(pid) from ({held} and database = {mine}) as holders")

    @contextmanager
    def table_locked(self, table: str) -> Iterator[None]:
        """Keep a table from everybody else while the block runs."""
        with self.session(Path()) as cursor:
            cursor.execute(f"lock table {table} in access exclusive mode")
            yield

    def close(self) -> None:
        """Drop both."""
        for name in (self.database.name, self._kept):
            self.server.database().run(f"drop database if exists {name} with (force)")

    def _make(self, name: str, template: str) -> None:
        self.server.database().run(f"drop database if exists {name} with (force)")
        self.server.database().run(f"create database {name} template {template}")


_OBJECTS = """
select objects.type, schemas.name, objects.name
from sys.objects as objects
inner join sys.schemas as schemas
    on schemas.schema_id = objects.schema_id
where objects.type in ('U', 'V', 'P') and schemas.name in (?, ?, ?)
order by case objects.type when 'U' then 1 else 0 end, 2, 3
"""
_WHAT = {"U": "table", "V": "view", "P": "procedure"}


class SqlServerSchemas:
    """Schemas of one's own in a database that others may use too; a copy starts empty and is built anew."""

    kind = "sqlserver"
    types: Mapping[str, str] = {"text": "nvarchar(max)", "integer": "bigint"}
    copied_whole = False

    def __init__(self, database: SqlServerDatabase) -> None:
        import pyodbc

        self.busy: tuple[type[Exception], ...] = (pyodbc.Error,)
        self.database = database
        output = database.output("")
        self.environment: Mapping[str, str] = {PASSWORD: output["password"]}
        self._prefix = f"opus_test_{uuid.uuid4().hex[:8]}"
        with self._cursor() as cursor:
            for name in SCHEMAS:
                cursor.execute(f"create schema [{self.schema(name)}]")

    def output(self) -> Mapping[str, Any]:
        """Return the output of the login that the environment names."""
        return self.database.output(self.schema("main"), threads=2, password=f"{{{{ env_var('{PASSWORD}') }}}}")

    def schema(self, name: str) -> str:
        """Return the schema's own name, which no other test run has."""
        return f"{self._prefix}_{name}"

    @contextmanager
    def session(self, root: Path, *, changing: bool = False) -> Iterator[Any]:
        """Connect to the database."""
        with self._cursor() as cursor:
            cursor.connection.autocommit = False
            yield cursor
            cursor.connection.commit()

    def plain(self, sql: str) -> str:
        """Return the SQL with the schemas' own names."""
        return re.sub(rf"\b({'|'.join(SCHEMAS)})\.", lambda found: f"[{self.schema(found.group(1))}].", sql)

    def tables(self, cursor: Any) -> Sequence[tuple[str, str]]:
        """Return the tables of the schemas."""
        return [(schema, name) for kind, schema, name in self._objects(cursor) if kind == "U"]

    def make_table(self, name: str, columns: str) -> Sequence[str]:
        """Return the statements."""
        return [f"drop table if exists shop.{name}", f"create table shop.{name} ({columns})"]

    def copied(self, root: Path) -> None:
        """Empty the schemas."""
        with self._cursor() as cursor:
            for kind, schema, name in self._objects(cursor):
                cursor.execute(f"drop {_WHAT[kind]} [{schema}].[{name.replace(']', ']]')}]")

    def keep(self, root: Path) -> None:
        """Nothing is kept."""

    def end_lock_holders(self) -> None:
        """End every session that holds the lock of a board."""
        with self._cursor() as cursor:
            cursor.execute(
                "select distinct request_session_id from sys.dm_tran_locks "
                "where resource_type = 'APPLICATION' and resource_database_id = db_id()"
            )
            for (session,) in cursor.fetchall():
                cursor.execute(f"kill {int(session)}")

    @contextmanager
    def table_locked(self, table: str) -> Iterator[None]:
        """Keep a table from everybody else while the block runs."""
        with self.session(Path()) as cursor:
            cursor.execute(self.plain(f"select count(*) from {table} with (tablockx, holdlock)"))
            yield

    def close(self) -> None:
        """Drop the schemas."""
        self.copied(Path())
        with self._cursor() as cursor:
            for name in SCHEMAS:
                cursor.execute(f"drop schema if exists [{self.schema(name)}]")

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        with self.database.session() as cursor:
            yield cursor

    def _objects(self, cursor: Any) -> Sequence[tuple[str, str, str]]:
        cursor.execute(_OBJECTS, [self.schema(name) for name in SCHEMAS])
        return [(kind.strip(), schema, name) for kind, schema, name in cursor.fetchall()]
