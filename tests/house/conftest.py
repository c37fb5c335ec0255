"""The demo under the house's names, pulled and built once."""

from __future__ import annotations

import pytest

from integration.support.demo import demo_workspace
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace


@pytest.fixture(scope="session")
def house(stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The demo with house names on; copied by a test that changes anything."""
    return demo_workspace(tmp_path_factory.mktemp("house"), stand_in, opus_house_names=True)
