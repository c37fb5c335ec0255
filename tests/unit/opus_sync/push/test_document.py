"""The composed GraphQL document."""

from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

from opus_sync.push.document import Mutation, compose, variables

NAMES = (
    "create_item",
    "create_subitem",
    "change_multiple_column_values",
    "move_item_to_group",
    "archive_item",
    "delete_item",
)
PUBLISHED = Path(__file__).parents[5] / "shared" / "monday" / "schema-2026-10.graphql"


def test_every_mutation_has_an_alias_and_variables_of_its_own():
    """Aliases count in order, no value stands in the text."""
    text = compose(("archive_item", "archive_item"))
    assert text == (
        "mutation ($m0_item_id: ID $m1_item_id: ID) {\n"
        "complexity {\n  query\n  after\n  reset_in_x_seconds\n}\n"
        "m0: archive_item(item_id: $m0_item_id) { id }\n"
        "m1: archive_item(item_id: $m1_item_id) { id }\n"
        "}"
    )
    both = [Mutation("archive_item", {"item_id": "1"}), Mutation("archive_item", {"item_id": "2"})]
    assert variables(both) == {"m0_item_id": "1", "m1_item_id": "2"}


def test_the_same_shape_is_composed_once():
    """Composing is a matter of the names alone."""
    assert compose(("delete_item",) * 3) is compose(("delete_item",) * 3)


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published SDL is not here")
def test_documents_hold_to_the_published_schema():
    """A document of all mutations, some twice, validates against monday's own SDL."""
    schema = build_schema(PUBLISHED.read_text("utf-8"))
    assert validate(schema, parse(compose(NAMES + NAMES))) == []
