"""What the tests of pages share."""

from __future__ import annotations

import pytest

from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace
from pages.states import States


@pytest.fixture(scope="module")
def states(built_demo: Workspace, stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> States:
    """The states that pages begin in."""
    return States(built_demo, stand_in, tmp_path_factory.mktemp("pages"))
