"""The same extract and the same desired rows stage the same rows on every warehouse."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from equivalence.project import write
from servers.postgres import postgres_server
from servers.sqlserver import sqlserver_database

Staged = Mapping[str, list[str]]
DUCKDB = {"type": "duckdb", "path": "opus.duckdb", "schema": "main", "threads": 2}


def postgres(stack: ExitStack) -> tuple[dict[str, Any], str]:
    return postgres_server().new_database().output("main"), "opus_sync"


def sqlserver(stack: ExitStack) -> tuple[dict[str, Any], str]:
    database = sqlserver_database()
    models, runner = (f"opus_test_{uuid.uuid4().hex[:8]}" for _ in range(2))
    stack.callback(database.drop_schemas, models, runner)
    return database.output(models), runner


@pytest.fixture(scope="module")
def on_duckdb(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    return staged(tmp_path_factory.mktemp("duckdb"), DUCKDB, "opus_sync")


@pytest.mark.parametrize("server", [postgres, sqlserver], ids=lambda server: server.__name__)
def test_the_same_rows_are_staged_everywhere(
    server: Callable[[ExitStack], tuple[dict[str, Any], str]], on_duckdb: Staged, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        found = staged(tmp_path, *server(stack))
    for relation, rows in on_duckdb.items():
        assert [*_only(found[relation], rows), *_only(rows, found[relation])] == [], relation


def test_the_golden_rows_are_of_every_kind(on_duckdb: Staged) -> None:
    """Equal is worth little where nothing is staged."""
    rows = "".join(on_duckdb["staged_golden_items"])
    words = ["CREATE", "UPDATE", "MOVE", "ARCHIVE", "VALID", "INVALID", "CONFLICT", "HELD"]
    assert [word for word in words if f'"{word}"' not in rows] == []
    assert all(on_duckdb.values())


def staged(root: Path, profile: dict[str, Any], runner_schema: str) -> Staged:
    golden = write(root, profile, runner_schema)
    golden.dbt("run-operation", "opus_deploy")
    for extract in (1, 2):
        golden.load(extract)
        golden.dbt("run")
    return golden.staged()


def _only(these: list[str], others: list[str]) -> list[str]:
    return [row for row in these if row not in set(others)][:10]
