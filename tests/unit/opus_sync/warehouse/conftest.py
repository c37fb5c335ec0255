from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.target import load_target, open_warehouse
from unit.opus_sync.warehouse.places import PLACES, Place, drop, duckdb_place


@pytest.fixture(params=list(PLACES))
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """The runner's tables on each kind of warehouse in turn."""
    made = PLACES[request.param](tmp_path)
    yield made
    drop(made)


@pytest.fixture(params=[kind for kind in PLACES if kind != "duckdb"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """The runner's tables on each kind of warehouse that is a server."""
    made = PLACES[request.param](tmp_path)
    yield made
    drop(made)


@pytest.fixture
def postgres(tmp_path: Path) -> Place:
    """The runner's tables in a new database of PostgreSQL."""
    return PLACES["postgres"](tmp_path)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A dbt project with a DuckDB profile and the runner's tables."""
    return duckdb_place(tmp_path).root


@pytest.fixture
def open_root(root: Path) -> Callable[[], Warehouse]:
    return lambda: open_warehouse(load_target(root, profiles_dir=root), root, "opus")


@pytest.fixture
def warehouse(open_root: Callable[[], Warehouse]) -> Warehouse:
    return open_root()
