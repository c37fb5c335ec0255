"""What integration and end-to-end tests share: one sandbox, and projects that are built once and copied.

A test that uses `demo` or `orders` runs on every kind of warehouse; `@on("duckdb")` keeps it to some.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from integration.support import demo as demo_project
from integration.support import orders as orders_project
from integration.support.browser import Browser, launched
from integration.support.kinds import WANTED
from integration.support.stand_in import StandIn
from integration.support.warehouses import KINDS, Warehouse
from integration.support.workspace import Workspace
from monday_sandbox import running

Build = Callable[[Path, StandIn, Warehouse], Workspace]


@pytest.fixture(scope="session")
def stand_in() -> Iterator[StandIn]:
    """The sandbox of the whole session; a test calls `start_over` before it uses it."""
    with running({"account": {"id": "1", "name": "Empty"}, "boards": []}) as served:
        yield StandIn(served)


@pytest.fixture(scope="session", params=WANTED)
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of warehouse."""
    chosen: str = request.param
    return chosen


@pytest.fixture(scope="session")
def builds(stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Workspace]]:
    """Gives a project on a kind of warehouse, pulled and built once in the session, whatever the order of the tests."""
    made: dict[tuple[Build, str], Workspace] = {}

    def build(project: Build, kind: str) -> Workspace:
        if (project, kind) not in made:
            made[project, kind] = project(tmp_path_factory.mktemp("built"), stand_in, KINDS[kind]())
            made[project, kind].keep()
        return made[project, kind]

    yield build
    for workspace in made.values():
        workspace.warehouse.close()


@pytest.fixture(scope="session")
def built_demo(kind: str, builds: Callable[..., Workspace]) -> Workspace:
    """The repository's own project, pulled and built; copied, never changed itself."""
    return builds(demo_project.demo_workspace, kind)


@pytest.fixture(scope="session")
def built_orders(kind: str, builds: Callable[..., Workspace]) -> Workspace:
    """The small project of orders, pulled and built; copied, never changed itself."""
    return builds(orders_project.orders_workspace, kind)


@pytest.fixture
def empty(kind: str) -> Iterator[Warehouse]:
    """A warehouse that holds nothing yet."""
    warehouse = KINDS[kind]()
    yield warehouse
    warehouse.close()


@pytest.fixture
def demo(built_demo: Workspace, stand_in: StandIn, tmp_path: Path) -> Iterator[Workspace]:
    """The demo as pulled and built; the boards stand as its seeds have them."""
    yield demo_project.demo_copy(built_demo, tmp_path / "demo", stand_in)
    shutil.rmtree(tmp_path)


@pytest.fixture
def orders(built_orders: Workspace, stand_in: StandIn, tmp_path: Path) -> Iterator[Workspace]:
    """The small project as pulled and built: ten changes and six new orders are staged."""
    yield orders_project.orders_copy(built_orders, tmp_path / "orders", stand_in)
    shutil.rmtree(tmp_path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; it ends with the module, for its event loop is the thread's."""
    with launched() as browser:
        yield browser
