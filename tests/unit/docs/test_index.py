"""A reader who starts at the index of the documentation comes to every page."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from opus_sync import __version__

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def test_every_page_is_in_an_index() -> None:
    """A page is linked from docs/README.md, one in a folder from the folder's own index, which is linked there."""
    pages = [*DOCS.rglob("*.md"), *DOCS.rglob("*.html")]
    indexes = [page for page in pages if page.name == "README.md"]
    linked = {(index.parent / link).resolve() for index in indexes for link in _LINK.findall(index.read_text("utf-8"))}
    assert {index.parent for index in indexes} == {page.parent for page in pages}
    assert [page for page in pages if page not in linked and page != DOCS / "README.md"] == []
    assert "](docs/README.md)" in (ROOT / "README.md").read_text("utf-8")


def test_the_version_is_one() -> None:
    """The package's version is that of the dbt package."""
    assert yaml.safe_load((ROOT / "dbt_project.yml").read_text("utf-8"))["version"] == __version__
