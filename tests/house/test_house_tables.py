"""The tables that the house's people read, by the names and columns that its documents give them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from integration.support.kinds import on
from integration.support.workspace import Workspace

LIST = Path(__file__).with_name("house_tables.yml")
_SHAPES = """
select table_name, column_name, lower(data_type)
from information_schema.columns
where table_schema = 'main'
order by table_name, ordinal_position
"""
_COMMENTS = "select table_name, column_name, comment from duckdb_columns() where schema_name = 'main'"
_FAMILIES = {
    "text": ("varchar", "nvarchar", "character varying", "text"),
    "integer": ("integer", "int", "bigint", "hugeint"),
    "number": ("decimal", "numeric"),
    "moment": ("timestamp", "datetime2"),
    "boolean": ("boolean", "bit"),
}
_FAMILY_OF_TYPE = {"numbers": "number", "date": "moment", "last_updated": "moment", "creation_log": "moment"}
_FAMILY_OF_TYPE |= {"checkbox": "boolean", "rating": "integer", "time_tracking": "integer", "vote": "integer"}


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    """Return the list of tables as it is written."""
    listed: dict[str, Any] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return listed


def test_every_table_of_the_house_is_there_with_its_columns_in_order(house: Workspace, tables: dict[str, Any]) -> None:
    """Names with their case, columns with theirs, each of the family that the list says."""
    found = _shapes(house)
    assert {name: found.get(name) for name in tables} == {
        name: _expected(house, table) for name, table in tables.items()
    }


@on("duckdb")
def test_models_bear_their_own_names_where_house_names_are_off(built_demo: Workspace, tables: dict[str, Any]) -> None:
    """As they are on DuckDB and PostgreSQL unless the project says otherwise; the columns are the same."""
    found = _shapes(built_demo)
    models = [table["model"] for table in tables.values()]
    assert {model: found.get(model) for model in models} == {
        table["model"]: _expected(built_demo, table) for table in tables.values()
    }
    assert not [name for name in found if name in tables]


def test_every_column_is_described_in_the_warehouse(house: Workspace, tables: dict[str, Any]) -> None:
    """By the contract or the properties of its model; a column that nobody described has no comment."""
    comments = house.rows(_COMMENTS)
    assert {table for table, _, _ in comments} >= set(tables)
    assert [(table, column) for table, column, comment in comments if table in tables and not comment] == []


def test_a_name_that_is_neither_on_nor_off_stops_the_build(house: Workspace) -> None:
    """The error names the var."""
    parsed = house.dbt("parse", "--vars", "{opus_house_names: perhaps}")
    assert parsed.code != 0
    assert "the var opus_house_names is 'perhaps', expected true or false" in parsed.out


def _shapes(workspace: Workspace) -> dict[str, list[tuple[str, str]]]:
    shapes: dict[str, list[tuple[str, str]]] = {}
    for table, column, data_type in workspace.rows(_SHAPES):
        shapes.setdefault(table, []).append((column, _family(data_type)))
    return shapes


def _family(data_type: str) -> str:
    bare = data_type.split("(")[0].removesuffix(" without time zone")
    return next((family for family, types in _FAMILIES.items() if bare in types), bare)


def _expected(workspace: Workspace, table: dict[str, Any]) -> list[tuple[str, str]]:
    columns: list[tuple[str, str]] = []
    for entry in table["columns"]:
        if isinstance(entry, dict):
            columns += _of_board(workspace, table["model"], as_text=entry["board"] == "as text")
        else:
            columns.append((entry[0], entry[1]))
    return columns


def _of_board(workspace: Workspace, model: str, *, as_text: bool) -> list[tuple[str, str]]:
    model = model.removeprefix("stg_")
    contract = workspace.root / "boards" / f"{model.removeprefix('mon_').removesuffix('_subitems')}.yml"
    models = {entry["name"]: entry for entry in yaml.safe_load(contract.read_text(encoding="utf-8"))["models"]}
    typed = [
        (column["name"], column["config"]["meta"]["monday"]["type"])
        for column in models[model]["columns"]
        if "config" in column
    ]
    return [(name, "text" if as_text else _FAMILY_OF_TYPE.get(kind, "text")) for name, kind in typed]
