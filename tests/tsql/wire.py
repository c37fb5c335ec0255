"""What stands in for the SQL Server driver: it notes each statement and answers from a small catalog."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Rows = tuple[Sequence[str], Sequence[Sequence[Any]]]


@dataclass
class Catalog:
    """What the warehouse is said to hold: relation -> (kind, columns), and mon_layout of it."""

    schema: str
    relations: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    layout: dict[str, tuple[str, int]] = field(default_factory=dict)

    def answer(self, sql: str) -> Rows:
        """The rows of a query, by what it asks; none for anything unknown."""
        for pattern, give in _ANSWERS:
            found = re.search(pattern, sql, re.IGNORECASE | re.DOTALL)
            if found:
                return give(self, found)
        return [], []

    def _relations(self, found: re.Match[str]) -> Rows:
        rows = [["warehouse", name, found[1], kind] for name, (kind, _) in self.relations.items()]
        return ["database", "name", "schema", "table_type"], rows

    def _columns(self, found: re.Match[str]) -> Rows:
        name = re.sub(r'[\[\]"]', "", found[1]).split(".")[-1]
        columns = self.relations.get(name, ("", []))[1]
        rows = [[column, "nvarchar", 450, None, None] for column in columns]
        return ["column_name", "data_type", "character_maximum_length", "numeric_precision", "numeric_scale"], rows

    def _objects(self, _: re.Match[str]) -> Rows:
        rows = [
            [name, kind, column, "nvarchar(450)"]
            for name, (kind, columns) in self.relations.items()
            for column in columns
        ]
        return ["object_name", "object_type", "column_name", "data_type"], rows

    def _layout(self, _: re.Match[str]) -> Rows:
        rows = [[name, kind, version, None] for name, (kind, version) in self.layout.items()]
        return ["object_name", "object_type", "layout_version", "schema_name"], rows

    def _schemas(self, _: re.Match[str]) -> Rows:
        return ["schema"], [[self.schema]]

    def _passed(self, _: re.Match[str]) -> Rows:
        return ["failures", "should_warn", "should_error"], [[0, "false", "false"]]

    def _count(self, _: re.Match[str]) -> Rows:
        return ["found"], [[1 if self.relations else 0]]

    def _boards(self, _: re.Match[str]) -> Rows:
        return ["board"], [["planning"]]

    def _built(self, _: re.Match[str]) -> Rows:
        return ["relation_name"], []

    def _points(self, _: re.Match[str]) -> Rows:
        return ["board", "extract_id", "as_of_seq"], [["planning", "extract 'ü'", 7]]


_ANSWERS = (
    (r"select\s+name as \[schema\]", Catalog._schemas),
    (r"declare @schema_id int = schema_id\('([^']+)'\)", Catalog._relations),
    (r"from sys\.columns c .*object_id\('([^']+)'\)", Catalog._columns),
    (r"objects\.name as object_name", Catalog._objects),
    (r"select object_name, object_type, max\(layout_version\)", Catalog._layout),
    (r"select distinct board from .*mon_batch_event", Catalog._boards),
    (r"select distinct relation_name from .*mon_build_event", Catalog._built),
    (r"select board, extract_id, as_of_seq from", Catalog._points),
    (r"as failures,", Catalog._passed),
    (r"^(/\*.*\*/)?\s*select count\(\*\)", Catalog._count),
    (r"select max\(build_seq\)", Catalog._count),
)  # fmt: skip


@dataclass
class Wire:
    """Connections to nowhere; `statements` holds what is sent over any of them and is to be noted, in order."""

    catalog: Catalog
    is_noted: Callable[[], bool]
    statements: list[str] = field(default_factory=list)
    is_open: bool = True

    def connect(self, *_: object, **__: object) -> PyodbcConnection:
        """In place of pyodbc.connect."""
        if not self.is_open:
            raise AssertionError("a connection was tried")
        return PyodbcConnection(self)


class PyodbcConnection:
    """dbt-sqlserver knows the driver by the name of this class."""

    autocommit = True
    timeout = 0

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def cursor(self) -> Cursor:
        return Cursor(self._wire)

    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def close(self) -> None: ...
    def add_output_converter(self, *_: object) -> None: ...


class Cursor:
    """A cursor whose every statement succeeds."""

    rowcount = 0

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._rows: list[tuple[Any, ...]] = []
        self.description: list[tuple[str, ...]] | None = None

    def execute(self, sql: str, _: Iterable[Any] = ()) -> Cursor:
        if self._wire.is_noted():
            self._wire.statements.append(sql)
        columns, rows = self._wire.catalog.answer(sql)
        self.description = [(column,) for column in columns]
        self._rows = [tuple(row) for row in rows]
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        rows, self._rows = self._rows, []
        return rows

    def fetchmany(self, _: int = 1) -> list[tuple[Any, ...]]:
        return self.fetchall()

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows.pop(0) if self._rows else None

    def nextset(self) -> bool:
        return False

    def close(self) -> None: ...
