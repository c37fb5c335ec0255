"""A place for the runner's tables on each kind of warehouse, with a dbt project that points to it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from opus_sync.clock import Clock
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.target import load_target, open_warehouse
from servers.postgres import Database, postgres_server
from servers.sqlserver import sqlserver_database
from unit.opus_sync.warehouse import runner_tables
from unit.opus_sync.warehouse.dbt_project import DUCKDB, write_project

_RELATIONS = {
    "duckdb": '"opus"."{schema}"."{table}"',
    "postgres": '"{schema}"."{table}"',
    "sqlserver": "[{schema}].[{table}]",
}


@dataclass(frozen=True)
class Place:
    """A project with runner tables; `session` opens a session beside the runner's and gives its cursor."""

    kind: str
    root: Path
    schema: str
    session: Callable[[], AbstractContextManager[Any]]
    text_limit: int | None = 450

    def open(self, clock: Clock | None = None) -> Warehouse:
        """Return the warehouse as a command has it."""
        return open_warehouse(load_target(self.root, profiles_dir=self.root), self.root, self.schema, clock)

    def relation(self, table: str) -> str:
        """Return the quoted name of a runner table, as dbt renders it."""
        return _RELATIONS[self.kind].format(schema=self.schema, table=table)

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a statement in a session of its own; `{table}` names stand for runner tables."""
        with self.session() as cursor:
            cursor.execute(sql)
            return [tuple(row) for row in cursor.fetchall()] if cursor.description else []

    def rows(self, table: str) -> int:
        """Count the rows of a runner table."""
        return int(self.run(f"select count(*) from {self.relation(table)}")[0][0])


def duckdb_place(root: Path) -> Place:
    """Return a place in a new DuckDB file."""
    write_project(root, outputs=DUCKDB)
    runner_tables.create(root / "opus.duckdb")

    @contextmanager
    def session() -> Any:
        with duckdb.connect(str(root / "opus.duckdb")) as connection:
            yield connection

    return Place("duckdb", root, "opus", session, text_limit=None)


def postgres_place(root: Path, database: Database | None = None, **output: Any) -> Place:
    """Return a place in a new database of PostgreSQL; `output` goes over the profile's."""
    made = database or postgres_server().new_database()
    write_project(root, outputs={"dev": made.output(**output)})
    with made.session() as cursor:
        cursor.execute('create schema "opus"')
        cursor.execute(";".join(runner_tables.statements("postgres", '"opus"')))
    return Place("postgres", root, "opus", made.session)


def sqlserver_place(root: Path) -> Place:
    """Return a place in a schema of its own on the SQL Server that OPUS_TEST_SQLSERVER names; skips without."""
    made = sqlserver_database()
    schema = f"opus_{uuid.uuid4().hex[:12]}"
    write_project(root, outputs={"dev": made.output(schema)})
    with made.session() as cursor:
        cursor.execute(f"create schema [{schema}]")
        for statement in runner_tables.statements("sqlserver", f"[{schema}]"):
            cursor.execute(statement)
    return Place("sqlserver", root, schema, made.session)


def drop(place: Place) -> None:
    """Remove what a test made on a server that others use too."""
    if place.kind == "sqlserver":
        with place.session() as cursor:
            for table in runner_tables.TABLES:
                cursor.execute(f"drop table if exists [{place.schema}].[{table}]")
            cursor.execute(f"drop schema [{place.schema}]")


PLACES: dict[str, Callable[[Path], Place]] = {
    "duckdb": duckdb_place,
    "postgres": postgres_place,
    "sqlserver": sqlserver_place,
}
