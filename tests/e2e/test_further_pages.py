"""What the further pages tell to type works."""

from __future__ import annotations

from pathlib import Path

import pytest

from integration.support.kinds import on
from integration.support.stand_in import StandIn
from pages.blocks import page_name
from pages.states import States
from pages.walk import FURTHER_PAGES, walk


@on("duckdb")
@pytest.mark.parametrize("page", FURTHER_PAGES, ids=page_name)
def test_a_page_does_as_it_says(states: States, stand_in: StandIn, page: Path) -> None:
    """Every block of shell is run, from the top of the page to its end."""
    walk(page, states, stand_in)
