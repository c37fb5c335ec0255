"""Running dbt as a process, and the check of the tables that uses it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from opus_sync.errors import OpusError, Refused
from opus_sync.log import Log
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.dbt_command import Dbt
from opus_sync.warehouse.layout import LAYOUT_VERSION, ensure_layout

DEPLOY = """
{% macro opus_ensure() %}
  {% if env_var('MONDAY_API_TOKEN', '') %}{{ exceptions.raise_compiler_error('a token') }}{% endif %}
  {% set version = var('version', VERSION) %}
  {% do run_query("insert into opus.opus.mon_layout values (null, 'table', " ~ version ~ ", null, null)") %}
{% endmacro %}
"""


@pytest.fixture
def lines() -> list[str]:
    return []


@pytest.fixture
def dbt(root: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch) -> Dbt:
    monkeypatch.setenv("MONDAY_API_TOKEN", "secret")
    (root / "macros").mkdir()
    (root / "macros" / "opus_ensure.sql").write_text(DEPLOY.replace("VERSION", str(LAYOUT_VERSION)))
    return Dbt(root, root, "shop", "dev", {}, Log(lambda entry: lines.append(entry.message)))


def _empty(root: Path) -> None:
    with duckdb.connect(str(root / "opus.duckdb")) as connection:
        connection.execute("delete from opus.opus.mon_layout")


def test_tables_that_are_current_are_left_alone(warehouse: Warehouse, dbt: Dbt, lines: list[str]) -> None:
    assert ensure_layout(warehouse, dbt) is False
    assert lines == []


def test_missing_tables_are_deployed_by_dbt_which_gets_no_token(warehouse: Warehouse, dbt: Dbt, root: Path) -> None:
    _empty(root)
    assert ensure_layout(warehouse, dbt) is True
    assert ensure_layout(warehouse, dbt) is False


def test_tables_of_a_newer_version_are_refused(warehouse: Warehouse, dbt: Dbt) -> None:
    warehouse.append({"mon_layout": [{"object_type": "table", "layout_version": 99}]})
    with pytest.raises(Refused, match=rf"of version 99, this opus-sync knows {LAYOUT_VERSION}[\s\S]*upgrade"):
        ensure_layout(warehouse, dbt)


def test_dbt_gets_the_variables_and_says_what_failed(dbt: Dbt, lines: list[str]) -> None:
    failing: dict[str, Any] = {**vars(dbt), "variables": {"version": "no 'number'"}}
    with pytest.raises(OpusError, match=r"`dbt run-operation opus_ensure` failed \(exit 1\):\n.*rror") as caught:
        Dbt(**failing).run("run-operation", "opus_ensure")
    assert len(str(caught.value).splitlines()) <= 8
    assert any("Running with dbt" in line for line in lines)
