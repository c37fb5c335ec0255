"""The queries that the pages show can be run as they stand."""

from __future__ import annotations

import pytest

from integration.support.kinds import on
from integration.support.workspace import Workspace
from pages.blocks import Block, of_language

_QUERIES = [block for block in of_language("sql") if block.text.startswith("select ") and "{{" not in block.text]


@on("duckdb")
@pytest.mark.parametrize("block", _QUERIES, ids=lambda block: block.name)
def test_a_query_runs_in_the_demo(built_demo: Workspace, block: Block) -> None:
    """Its tables and columns are there, by these names."""
    built_demo.rows(block.text)
