"""The table of column types: what is read, and that it agrees with what monday publishes."""

from pathlib import Path

import graphql
import pytest
import yaml

from opus_sync.columns import TYPES, column_type, selection

PUBLISHED = Path(__file__).resolve().parents[5] / "shared" / "monday"
needs_published = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="monday's published files are not here")

CELLS = [
    ("name", {"name": "Order 1 "}, "Order 1"),
    ("text", {"text": ""}, None),
    ("numbers", {"text": "4.50"}, "4.5"),
    ("status", {"text": "Done "}, "Done"),
    ("status", {}, None),
    ("checkbox", {"checked": True}, "true"),
    ("checkbox", {"checked": None}, "false"),
    ("rating", {"rating": 0}, None),
    ("date", {"value": None}, None),
    ("date", {"value": '{"date":"2026-06-15","time":null}'}, "2026-06-15"),
    ("date", {"value": '{"time":"09:00:00","date":"2026-06-15","icon":""}'}, "2026-06-15 09:00:00"),
    ("date", {"value": '{"time":"09:00","date":"2026-06-15"}'}, "2026-06-15 09:00:00"),
    ("date", {"value": '{"date":""}'}, None),
    ("country", {"country": {"code": "us"}}, "US"),
    ("dropdown", {"values": [{"label": "b, c"}, {"label": "a"}]}, '["a","b, c"]'),
    (
        "people",
        {"persons_and_teams": [{"id": "9", "kind": "team"}, {"id": "10", "kind": None}]},
        '["person-10","team-9"]',
    ),
    ("tags", {"tag_ids": [30, 4]}, '["30","4"]'),
    ("subtasks", {"subitems_ids": ["2", "1"]}, '["1","2"]'),
    (
        "timeline",
        {"from": "2026-03-01T00:00:00+00:00", "to": "2026-03-15"},
        '{"from":"2026-03-01","to":"2026-03-15"}',
    ),
    ("hour", {"hour": 0, "minute": 5}, '{"hour":0,"minute":5}'),
    ("email", {"email": "a@b.c", "label": None}, '{"email":"a@b.c","text":"a@b.c"}'),
    ("phone", {"phone": "+1", "country_short_name": None}, '{"phone":"+1","countryShortName":""}'),
    ("location", {"lat": 1e-05, "lng": -0.0, "address": None}, '{"lat":"0.00001","lng":"0","address":""}'),
    ("person", {"person_id": "5"}, '["person-5"]'),
    ("mirror", {"display_value": ""}, None),
    ("formula", {"display_value": "42"}, "42"),
    ("creation_log", {"created_at": "2026-03-10T08:00:00Z"}, "2026-03-10 08:00:00"),
    ("time_tracking", {"duration": 9000}, "9000"),
    ("vote", {"vote_count": 0}, "0"),
    ("item_id", {"item_id": "123"}, "123"),
    ("button", {"label": "Click me"}, "Click me"),
    ("auto_number", {}, None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "cell", "expected"), CELLS)
def test_decode(name, cell, expected):
    """A cell of the API becomes canonical text, an empty one None."""
    assert TYPES[name].decode(cell) == expected


def test_a_cell_without_the_expected_fields_is_empty():
    """A value of another GraphQL type than the column's does not stop a pull."""
    assert {kind.decode({}) for kind in TYPES.values()} == {None, "false"}


def test_selection_holds_a_fragment_a_type():
    """Each wanted type adds its fragment once; types without values add nothing."""
    assert selection(["date", "text", "text", "auto_number"]) == (
        "id ... on TextValue { text } ... on DateValue { value }"
    )


def test_an_unknown_type_is_read_as_text():
    """A type that monday adds later reads through the field that all values have."""
    assert column_type("hologram") is TYPES["unsupported"]
    assert selection(["hologram"]) == "id text"


def _published_types():
    rows = yaml.safe_load((PUBLISHED / "column-types.yml").read_text("utf-8"))["types"]
    return {row["type"]: row for row in rows if "variant" not in row}


@needs_published
def test_the_table_agrees_with_the_published_column_types():
    """Types, GraphQL types, writability, clearing and look-up are as documented."""
    published = _published_types()
    assert sorted(TYPES) == sorted(published)
    for name, row in published.items():
        kind = TYPES[name]
        documented = (
            row["graphql_type"],
            row["writable"]["create"],
            row["writable"]["multiple"],
            row.get("by_values") in (True, "label text", "names or ids"),
        )
        assert (kind.graphql_type, kind.create, kind.multiple, kind.by_values) == documented, name
        clears = (row["clear"] or {}).get("json")
        assert kind.clearable == (isinstance(clears, list) and None in clears), name


@needs_published
def test_the_selection_of_all_types_is_valid_against_the_published_schema():
    """One query may read all types at once: fields exist, and none of the fragments clash."""
    schema = graphql.build_schema((PUBLISHED / "schema-2026-10.graphql").read_text("utf-8"))
    query = f"query {{ items(ids: [1]) {{ column_values {{ {selection([*TYPES, 'hologram'])} }} }} }}"
    assert graphql.validate(schema, graphql.parse(query)) == []
