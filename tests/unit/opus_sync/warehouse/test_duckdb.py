"""What is DuckDB's own: a file that one process at a time can open."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from dbt_common.exceptions import DbtRuntimeError

from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.duckdb import DuckDB
from opus_sync.warehouse.errors import WarehouseError, WarehouseLocked
from opus_sync.warehouse.target import load_target, open_warehouse
from unit.opus_sync.warehouse.clocks import ImpatientClock, ObligingClock


def test_the_file_is_free_between_calls(warehouse: Warehouse, root: Path) -> None:
    warehouse.query("next_seq", board="x")
    code = f"import duckdb; duckdb.connect({str(root / 'opus.duckdb')!r}).execute('select 1')"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture
def holder(root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has the file open for as long as the test runs."""
    file = str(root / "opus.duckdb")
    code = f"import duckdb, sys; c = duckdb.connect({file!r}); print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None and not process.stdin.closed:
        process.stdin.close()
    process.wait()


def test_a_locked_file_names_itself_and_its_holder(root: Path, holder: subprocess.Popen[bytes]) -> None:
    warehouse = open_warehouse(load_target(root, profiles_dir=root), root, "opus", ImpatientClock())
    with pytest.raises(WarehouseLocked, match=rf"opus\.duckdb is in use by process {holder.pid}"):
        warehouse.query("next_seq", board="x")

    _end(holder)
    assert warehouse.query("next_seq", board="x") == [{"seq": 1}]


def test_a_file_that_becomes_free_in_time_is_opened(root: Path, holder: subprocess.Popen[bytes]) -> None:
    warehouse = open_warehouse(load_target(root, profiles_dir=root), root, "opus", ObligingClock(lambda: _end(holder)))
    assert warehouse.query("next_seq", board="x") == [{"seq": 1}]


def test_an_error_of_dbt_is_told_without_its_heading() -> None:
    """Its first line is only the kind."""
    told = DuckDB().explain(DbtRuntimeError("IO Error: no room\nmore"), SimpleNamespace(path="opus.duckdb"), "x")
    assert str(told) == "the warehouse opus.duckdb says: IO Error: no room"


def test_a_file_that_is_no_database_is_explained(root: Path, open_root: Callable[[], Warehouse]) -> None:
    (root / "opus.duckdb").write_text("this is a letter, not a database " * 1000)

    with pytest.raises(WarehouseError, match=r"opus\.duckdb says: .*not a valid DuckDB"):
        open_root().query("next_seq", board="x")
