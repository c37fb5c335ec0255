"""The runner's statements: the same rows of the same types wherever they run, and fit for SQL Server."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from opus_sync.warehouse.statements import bound, statement, tables_of
from tsql.lint import SYNTAX_RULES, Statement, findings
from unit.opus_sync.warehouse.history import PARAMETERS, rows
from unit.opus_sync.warehouse.places import Place, duckdb_place

NAMES = sorted(
    Path(entry.name).stem for entry in (resources.files("opus_sync.warehouse") / "sql").iterdir()
)  # fmt: skip


def _results(place: Place) -> Iterator[tuple[str, list[list[str]]]]:
    warehouse = place.open()
    warehouse.append(rows())
    for name in NAMES:
        found = warehouse.query(name, **PARAMETERS)
        yield name, sorted([f"{key}={value!r}" for key, value in row.items()] for row in found)


@pytest.fixture(scope="session")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """What DuckDB answers."""
    return dict(_results(duckdb_place(tmp_path_factory.mktemp("expected"))))


def test_every_statement_finds_something_in_a_little_of_everything(expected: dict[str, list[list[str]]]) -> None:
    """One that finds nothing would be the same anywhere."""
    assert [name for name, found in expected.items() if not found] == []


def test_every_server_answers_as_duckdb_does(server: Place, expected: dict[str, list[list[str]]]) -> None:
    """In values and in types: a count is a whole number, a moment has its zone."""
    assert dict(_results(server)) == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_breaks_no_rule_of_t_sql(name: str) -> None:
    sql, names = bound(statement(name), lambda parameter: f"@{parameter}", {"schema": "[opus]"})
    asked = Statement(sql)
    assert asked.trees
    # Ids and words of ours alone are compared here, no values.
    assert findings(asked, SYNTAX_RULES) == []
    assert set(names) <= PARAMETERS.keys()
    assert tables_of(statement(name))
