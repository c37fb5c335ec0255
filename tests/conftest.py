"""What integration and end-to-end tests share: one sandbox, and projects that are built once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from integration.support.demo import demo_workspace
from integration.support.orders import ORDERS, as_built, on_board
from integration.support.small import small_workspace
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace
from monday_sandbox import load_seed, running


@pytest.fixture(scope="session")
def stand_in() -> Iterator[StandIn]:
    """The sandbox of the whole session; a test calls `start_over` before it uses it."""
    with running({"account": {"id": "1", "name": "Empty"}, "boards": []}) as served:
        yield StandIn(served)


@pytest.fixture(scope="session")
def built_demo(stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The repository's own project, pulled and built; copied, never used itself."""
    return demo_workspace(tmp_path_factory.mktemp("demo"), stand_in)


@pytest.fixture(scope="session")
def built_orders(stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small project of orders, pulled and built; copied, never used itself."""
    workspace = small_workspace(ORDERS, tmp_path_factory.mktemp("orders"), stand_in)
    stand_in.start_over(on_board())
    ORDERS.order(workspace, as_built())
    _pull_and_build(workspace)
    return workspace


@pytest.fixture
def demo(built_demo: Workspace, stand_in: StandIn, tmp_path: Path) -> Iterator[Workspace]:
    """The demo as pulled and built; the boards stand as its seeds have them."""
    stand_in.start_over(load_seed([built_demo.root / "seeds" / "sandbox"]))
    yield built_demo.copy(tmp_path / "demo")
    shutil.rmtree(tmp_path)


@pytest.fixture
def orders(built_orders: Workspace, stand_in: StandIn, tmp_path: Path) -> Iterator[Workspace]:
    """The small project as pulled and built: ten changes and six new orders are staged."""
    stand_in.start_over(on_board())
    yield built_orders.copy(tmp_path / "orders")
    shutil.rmtree(tmp_path)


def _pull_and_build(workspace: Workspace) -> None:
    pulled = workspace.opus("pull")
    assert pulled.code == 0, pulled.err
    workspace.build()
