"""Every document is valid against monday's published schema."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from opus_sync.columns import TYPES, selection
from opus_sync.monday.documents import document

SDL = Path(__file__).parents[5] / "shared" / "monday" / "schema-2026-10.graphql"
FOLDER = Path(str(resources.files("opus_sync.monday") / "graphql"))
OPERATIONS = sorted(
    path.stem for path in FOLDER.glob("*.graphql") if "\nquery " in "\n" + path.read_text(encoding="utf-8")
)

pytestmark = pytest.mark.skipif(not SDL.exists(), reason="the published schema is not at hand")


@cache
def schema() -> GraphQLSchema:
    return build_schema(SDL.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("types", [tuple(TYPES), ()])
def test_a_document_is_valid(name: str, types: tuple[str, ...]) -> None:
    text = document(name)
    if "...BoardFacts" in text:
        text += document("board_facts")
    for name_of_fragment, file in (("...ItemRow", "item_row"), ("...LiveItem", "live_item")):
        if name_of_fragment in text:
            cells = f"fragment Cells on ColumnValue {{ {selection(types)} }}"
            text = "\n".join([text, document(file), cells])
    assert validate(schema(), parse(text)) == []
