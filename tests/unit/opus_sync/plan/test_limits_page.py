"""The page of monday's limits says what the cost model says."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[4] / "docs"


def test_the_tables_are_up_to_date() -> None:
    """`python docs/monday_limits.py` would not change them."""
    written = (DOCS / "monday-limits.md").read_text("utf-8")
    assert runpy.run_path(str(DOCS / "monday_limits.py"))["page"](written) == written


def test_what_a_push_of_a_thousand_items_costs_stands_there() -> None:
    """Ten requests that write, ten looks before them: the page's own line says so."""
    rows = [line.split(" | ") for line in (DOCS / "monday-limits.md").read_text("utf-8").splitlines()]
    assert [row[1:3] for row in rows if row[0] == "| 1,000"] == [["20", "4 min"]]
