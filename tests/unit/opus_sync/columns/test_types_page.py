"""The page of column types says what the macros and the runner say."""

from __future__ import annotations

import runpy
from pathlib import Path

from opus_sync.columns import TYPES

DOCS = Path(__file__).parents[4] / "docs"


def test_the_page_is_up_to_date() -> None:
    """`python docs/column_types.py` would not change it."""
    written = runpy.run_path(str(DOCS / "column_types.py"))["page"]()
    assert (DOCS / "column-types.md").read_text("utf-8") == written


def test_every_type_has_a_row_once() -> None:
    """All 43 types of the API have an SQL type on each warehouse."""
    rows = [line for line in (DOCS / "column-types.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    assert sorted(row.split("`")[1] for row in rows) == sorted(TYPES)
    assert len(rows) == 43
    assert all(row.count("`") == 8 for row in rows)
