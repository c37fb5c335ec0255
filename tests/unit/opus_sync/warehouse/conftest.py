from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.target import load_target, open_warehouse
from unit.opus_sync.warehouse import runner_tables
from unit.opus_sync.warehouse.dbt_project import write_project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A dbt project with a DuckDB profile and the runner's tables."""
    write_project(tmp_path)
    runner_tables.create(tmp_path / "opus.duckdb")
    return tmp_path


@pytest.fixture
def open_root(root: Path) -> Callable[[], Warehouse]:
    return lambda: open_warehouse(load_target(root, profiles_dir=root), root, "opus")


@pytest.fixture
def warehouse(open_root: Callable[[], Warehouse]) -> Warehouse:
    return open_root()
