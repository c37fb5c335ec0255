"""The write format of each writable type."""

import pytest

from opus_sync.columns import TYPES, ColumnLabels, EncodeError

LABELS = ColumnLabels("col", {"Done": 1, "5": 7, "Red, Blue": 2})
CREATING = ColumnLabels("col", {"Done": 1}, create=True)

FORMATS = [
    ("name", "New", "New"),
    ("text", "abc", "abc"),
    ("long_text", "a\nb", {"text": "a\nb"}),
    ("numbers", "42.5", "42.5"),
    ("status", "Done", {"index": 1}),
    ("status", "5", {"index": 7}),
    ("dropdown", '["5","Red, Blue"]', {"ids": [7, 2]}),
    ("date", "2026-06-15", {"date": "2026-06-15"}),
    ("date", "2026-06-15 09:00:00", {"date": "2026-06-15", "time": "09:00:00"}),
    ("timeline", '{"from":"2026-03-01","to":"2026-03-15"}', {"from": "2026-03-01", "to": "2026-03-15"}),
    (
        "week",
        '{"startDate":"2026-03-16","endDate":"2026-03-22"}',
        {"week": {"startDate": "2026-03-16", "endDate": "2026-03-22"}},
    ),
    ("hour", '{"hour":16,"minute":42}', {"hour": 16, "minute": 42}),
    ("world_clock", "Europe/London", {"timezone": "Europe/London"}),
    ("checkbox", "true", {"checked": "true"}),
    ("checkbox", "false", None),
    (
        "people",
        '["agent-7","person-1","team-2"]',
        {
            "personsAndTeams": [
                {"id": 7, "kind": "agent"},
                {"id": 1, "kind": "person"},
                {"id": 2, "kind": "team"},
            ]
        },
    ),
    ("email", '{"email":"a@b.c","text":"A"}', {"email": "a@b.c", "text": "A"}),
    ("phone", '{"phone":"+1","countryShortName":"US"}', {"phone": "+1", "countryShortName": "US"}),
    ("link", '{"url":"https://x.y","text":"X"}', {"url": "https://x.y", "text": "X"}),
    ("country", "US", {"countryCode": "US", "countryName": "United States"}),
    (
        "location",
        '{"lat":"29.9","lng":"31.1","address":"Giza"}',
        {"lat": "29.9", "lng": "31.1", "address": "Giza"},
    ),
    ("tags", '["295026"]', {"tag_ids": [295026]}),
    ("rating", "5", {"rating": 5}),
    ("color_picker", "#FF5733", {"color": {"hex": "#FF5733"}}),
    ("board_relation", '["1","2"]', {"item_ids": [1, 2]}),
    ("dependency", '["1","2"]', {"item_ids": ["1", "2"]}),
    ("person", '["person-1"]', {"id": 1}),
    ("team", '["team-5"]', {"team_id": 5}),
]


@pytest.mark.parametrize(("name", "text", "written"), FORMATS)
def test_encode(name, text, written):
    """Canonical text goes out in the documented object form."""
    assert TYPES[name].encode(text, LABELS) == written


def test_every_writable_type_has_a_case():
    """The table above leaves no type out."""
    assert {name for name, _, _ in FORMATS} == {name for name, kind in TYPES.items() if kind.writable}


@pytest.mark.parametrize("name", [name for name, kind in TYPES.items() if kind.clearable])
def test_none_clears(name):
    """An explicit null empties the cell of every clearable type."""
    assert TYPES[name].encode(None, LABELS) is None


def test_new_labels_go_by_text_where_they_may_be_created():
    """Ids and texts do not mix: one new label sends all of them as texts."""
    assert TYPES["status"].encode("New", CREATING) == {"label": "New"}
    assert TYPES["status"].encode("Done", CREATING) == {"index": 1}
    assert TYPES["dropdown"].encode('["Done","New"]', CREATING) == {"labels": ["Done", "New"]}
    assert TYPES["dropdown"].encode('["Done"]', CREATING) == {"ids": [1]}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("status", "Nope", "column col: 'Nope' is not a label of the column"),
        ("dropdown", '["5","Nope"]', "column col: '[\"Nope\"]' are not labels of the column"),
        ("dropdown", "Red", "column col: 'Red' is not a value of type dropdown"),
        ("dropdown", "7", "column col: '7' is not a value of type dropdown"),
        ("checkbox", "maybe", "column col: 'maybe' is not a value of type checkbox"),
        ("rating", "4.5", "column col: '4.5' is not a value of type rating"),
        ("people", '["Ada"]', "column col: '[\"Ada\"]' is not a value of type people"),
        ("person", '["team-1"]', "column col: '[\"team-1\"]' is not a person"),
        ("hour", '{"hour":1}', "column col: '{\"hour\":1}' is not a value of type hour"),
        ("email", '"a"', "column col: '\"a\"' is not a value of type email"),
        ("country", "ZZ", "column col: 'ZZ' is not an ISO 3166 country code"),
        ("name", None, "column col: None cannot be written: a name is never empty"),
        ("formula", "1", "column col: '1' cannot be written: type formula is read-only"),
    ],
)
def test_what_cannot_be_written_is_named(name, text, message):
    """The error names column and value."""
    with pytest.raises(EncodeError) as raised:
        TYPES[name].encode(text, LABELS)
    assert str(raised.value) == message
    assert (raised.value.column, raised.value.value is None) == ("col", text is None)
