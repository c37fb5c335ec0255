"""The runner's tables for tests that need them without a dbt run; what is in them is read from the dbt package."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import yaml

from opus_sync.warehouse.layout import LAYOUT_VERSION

_MACRO = Path(__file__).parents[4] / "macros" / "runner_tables" / "opus_runner_tables.sql"
_LAYOUT = re.compile(r"{% set tables %}(.*?){% endset %}", re.DOTALL)

# Keys have a limit wherever one can be set, so that tests meet it.
_TYPES = {
    "duckdb": {"key": "varchar", "text": "varchar", "int": "integer", "timestamp": "timestamp", "boolean": "boolean"},
    "postgres": {
        "key": "varchar(450)",
        "text": "text",
        "int": "integer",
        "timestamp": "timestamp",
        "boolean": "boolean",
    },
    "sqlserver": {
        "key": "nvarchar(450)",
        "text": "nvarchar(max)",
        "int": "int",
        "timestamp": "datetime2(6)",
        "boolean": "bit",
    },
}


def _tables() -> dict[str, dict[str, str]]:
    found = _LAYOUT.search(_MACRO.read_text(encoding="utf-8"))
    assert found is not None
    tables: dict[str, dict[str, str]] = yaml.safe_load(found.group(1))
    return tables


TABLES = _tables()


def statements(kind: str, schema: str, layout_version: int = LAYOUT_VERSION) -> list[str]:
    """Return the statements that create the tables in a quoted schema, and say of which version they are."""
    quote = "[{}]" if kind == "sqlserver" else '"{}"'
    types = {"bigint": "bigint", **_TYPES[kind]}
    created = []
    for table, columns in TABLES.items():
        listed = ", ".join(f"{quote.format(name)} {types[of]}" for name, of in columns.items())
        created.append(f"create table {schema}.{table} ({listed})")
    layout = f"insert into {schema}.mon_layout values ('mon_extract', 'table', {layout_version}, null, 'opus')"
    return [*created, layout]


def create(file: Path, schema: str = "opus", layout_version: int = LAYOUT_VERSION) -> None:
    """Create the tables in a DuckDB file."""
    with duckdb.connect(str(file)) as connection:
        connection.execute(f'create schema if not exists "{schema}"')
        for statement in statements("duckdb", f'"{file.stem}"."{schema}"', layout_version):
            connection.execute(statement)
