"""The runner's statements: the same rows of the same types wherever they run, and fit for SQL Server."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from opus_sync.warehouse.errors import WarehouseError
from opus_sync.warehouse.sqlserver import SqlServer
from opus_sync.warehouse.statements import bound, statement, tables_of, with_numbers
from tsql.lint import SYNTAX_RULES, Statement, findings
from unit.opus_sync.warehouse.history import PARAMETERS, rows
from unit.opus_sync.warehouse.places import Place, duckdb_place

NAMES = sorted(
    Path(entry.name).stem for entry in (resources.files("opus_sync.warehouse") / "sql").iterdir()
)  # fmt: skip
# These append, and find nothing.
COPIES = {"carry_items": {"extract_id": "e1", "into_extract_id": "e2", "left_out": "0,101"}}


def _results(place: Place) -> Iterator[tuple[str, list[list[str]]]]:
    warehouse = place.open()
    warehouse.append(rows())
    for name in sorted({*NAMES} - COPIES.keys()):
        found = warehouse.query(name, **PARAMETERS)
        yield name, sorted([f"{key}={value!r}" for key, value in row.items()] for row in found)


@pytest.fixture(scope="session")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """What DuckDB answers."""
    return dict(_results(duckdb_place(tmp_path_factory.mktemp("expected"))))


def test_every_statement_finds_something_in_a_little_of_everything(expected: dict[str, list[list[str]]]) -> None:
    """One that finds nothing would be the same anywhere."""
    assert [name for name, found in expected.items() if not found] == []


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_appends_under_the_lock_what_stands_in_the_tables(place: Place, name: str) -> None:
    """With the rows beside it, or not at all."""
    warehouse = place.open()
    warehouse.append(rows())
    items = place.relation("mon_raw_item")
    with warehouse.lock("planning") as lock:
        with pytest.raises(WarehouseError):
            lock.append_files({}, {"mon_extract": [{"seq": "not a number"}]}, {name: COPIES[name]})
        lock.append_files({}, {"mon_extract": [{"board": "planning", "seq": 99}]}, {name: COPIES[name]})
        lock.append_files({}, {}, {name: {**COPIES[name], "into_extract_id": "e3", "left_out": "0"}})

    copied = place.run(f"select extract_id, monday_item_id, parent_item_id from {items} order by 1, 2")
    whole = [(100, None), (101, None), (102, 100), (103, None)]
    assert [row[1:] for row in copied if row[0] == "e1"] == whole
    assert [row[1:] for row in copied if row[0] == "e2"] == [whole[0], whole[2], whole[3]]
    assert [row[1:] for row in copied if row[0] == "e3"] == whole


def test_every_server_answers_as_duckdb_does(server: Place, expected: dict[str, list[list[str]]]) -> None:
    """In values and in types: a count is a whole number, a moment has its zone."""
    assert dict(_results(server)) == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_breaks_no_rule_of_t_sql(name: str) -> None:
    sql, names = bound(
        with_numbers(statement(name), SqlServer().numbers),
        lambda parameter: f"@{parameter}",
        {"schema": "[opus]", "own_schema": "[opus]"},
    )
    asked = Statement(sql)
    assert asked.trees
    # Ids and words of ours alone are compared here, no values.
    assert findings(asked, SYNTAX_RULES) == []
    assert set(names) <= PARAMETERS.keys() | COPIES.get(name, {}).keys()
    assert tables_of(statement(name))
