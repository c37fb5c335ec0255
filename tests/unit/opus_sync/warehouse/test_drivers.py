"""What is not installed is said with the command that installs it, before anything else is tried."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from opus_sync.errors import UsageError
from opus_sync.warehouse.target import load_target, open_warehouse
from unit.opus_sync.warehouse.dbt_project import write_project

DRIVER = "ODBC Driver 18 for SQL Server"
OUTPUTS: dict[str, dict[str, Any]] = {
    "postgres": {"type": "postgres", "host": "h", "user": "u", "password": "p", "port": 1, "dbname": "d",
                 "schema": "s"},
    "sqlserver": {"type": "sqlserver", "server": "h", "user": "u", "password": "p", "database": "d", "schema": "s",
                  "driver": DRIVER},
    "snowflake": {"type": "snowflake", "account": "a", "user": "u", "password": "p", "database": "d", "schema": "s"},
}  # fmt: skip


def _refused(root: Path, kind: str, **more: Any) -> str:
    write_project(root, outputs={"dev": OUTPUTS[kind] | more})
    with pytest.raises(UsageError) as caught:
        open_warehouse(load_target(root, profiles_dir=root), root, "opus")
    assert len(str(caught.value).splitlines()) == 2
    return str(caught.value)


@pytest.mark.parametrize("kind", ["postgres", "sqlserver"])
def test_an_adapter_that_is_not_installed(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str, package: str) -> None:
        raise ModuleNotFoundError(name=package + name)

    monkeypatch.setattr("dbt.adapters.factory.import_module", missing)

    said = _refused(tmp_path, kind)

    assert said == f'dbt\'s adapter for {kind} is not installed\nrun `pip install "opus-sync[{kind}]"`'
    assert capsys.readouterr().out == ""


def test_a_warehouse_that_nobody_wrote_a_dialect_for(tmp_path: Path) -> None:
    said = _refused(tmp_path, "snowflake")
    assert said.startswith("the target is a snowflake warehouse\nopus-sync works with duckdb, postgres, sqlserver:")


def test_pyodbc_that_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyodbc", None)
    assert 'run `pip install "opus-sync[sqlserver]"`' in _refused(tmp_path, "sqlserver")


def test_a_driver_that_is_not_on_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pyodbc = pytest.importorskip("pyodbc")
    monkeypatch.setattr(pyodbc, "drivers", lambda: ["FreeTDS", "SQLite3"])
    said = _refused(tmp_path, "sqlserver")
    assert said.startswith(f"there is no ODBC driver {DRIVER!r} on this machine; it has FreeTDS, SQLite3\ninstall it (")
    monkeypatch.setattr(pyodbc, "drivers", list)
    assert "it has none" in _refused(tmp_path, "sqlserver")


def test_a_profile_without_driver_or_with_another_backend(tmp_path: Path) -> None:
    assert "names no ODBC driver" in _refused(tmp_path, "sqlserver", driver="")
    assert "set `backend: pyodbc`" in _refused(tmp_path, "sqlserver", backend="mssql-python")
