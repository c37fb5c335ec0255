"""Every column type takes exactly its documented forms, reads them back, and refuses the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from unit.monday_sandbox.support import Client, build_seed

from monday_sandbox import Options, running

ABSENT = object()


@dataclass(frozen=True)
class Form:
    """A value as it is sent, and what is read afterwards (`value` without changed_at)."""

    sent: Any
    value: Any
    text: str | None
    typed: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """The documented behaviour of one type."""

    graphql: str
    forms: tuple[Form, ...]
    simple: tuple[Form, ...] = ()
    clears: tuple[Any, ...] = (None,)
    clear_simple: bool = False
    wrong: tuple[Any, ...] = ()
    wrong_simple: tuple[str, ...] = ()
    empty_text: str | None = ""
    legacy: str = ""
    change_column_value: bool = True


LONG = "x" * 2_000
CASES: dict[str, Case] = {
    "text": Case(
        "TextValue",
        (Form("Sample text", "Sample text", "Sample text"), Form('q"{}\n🙂', 'q"{}\n🙂', 'q"{}\n🙂')),
        (Form("Sample text", "Sample text", "Sample text"),),
        (None, ""),
        True,
        (5, True, {}, {"text": "a"}, ["a"]),
        legacy="text",
    ),
    "long_text": Case(
        "LongTextValue",
        (Form({"text": "Sample\nlong"}, {"text": "Sample\nlong"}, "Sample\nlong"), Form({"text": LONG}, {"text": LONG}, LONG)),
        (Form("Sample long", {"text": "Sample long"}, "Sample long"),),
        (None, "", {}),
        True,
        ({"text": LONG + "x"}, {"text": 5}, {"text": "a", "more": 1}, ["a"]),
        (LONG + "x",),
        legacy="long-text",
    ),
    "numbers": Case(
        "NumbersValue",
        (
            Form("42.5", "42.5", "42.5", {"number": 42.5, "symbol": "$", "direction": "left"}),
            Form("4.50", "4.50", "4.50", {"number": 4.5}),
            Form("-0.5", "-0.5", "-0.5"),
            Form("", "0", "0", {"number": 0.0}),
        ),
        (Form("42.5", "42.5", "42.5"),),
        (None,),
        True,
        ("abc", "1e5", "1,000", "+1", " 1", 42.5, {}, {"number": 1}),
        ("abc", "1e5"),
        legacy="numeric",
    ),
    "status": Case(
        "StatusValue",
        (
            Form({"index": 1}, {"index": 1, "post_id": None}, "Done", {"index": 1, "label": "Done", "is_done": True}),
            Form({"label": "Done"}, {"index": 1, "post_id": None}, "Done"),
            Form({"index": 8}, {"index": 8, "post_id": None}, "2026"),
            Form({"label": "2026"}, {"index": 8, "post_id": None}, "2026"),
        ),
        (
            Form("Done", {"index": 1, "post_id": None}, "Done"),
            Form("1", {"index": 1, "post_id": None}, "Done"),
        ),
        (None, "", {}),
        True,
        (
            {"index": 99},
            {"index": 7},
            {"label": "Old"},
            {"label": "done"},
            {"index": 1, "label": "Done"},
            {"index": "1"},
            {"id": 1},
            1,
        ),
        ("Nope", "2026", "Old"),
        empty_text=None,
        legacy="color",
    ),
    "dropdown": Case(
        "DropdownValue",
        (
            Form(
                {"ids": [1, 2]},
                {"ids": [1, 2]},
                "Cat, Dog",
                {"values": [{"id": "1", "label": "Cat"}, {"id": "2", "label": "Dog"}]},
            ),
            Form({"labels": ["Dog"]}, {"ids": [2]}, "Dog"),
        ),
        (Form("Cat, Dog", {"ids": [1, 2]}, "Cat, Dog"), Form("1,2", {"ids": [1, 2]}, "Cat, Dog")),
        (None, {"labels": []}),
        True,
        (
            {"ids": [9]},
            {"ids": [4]},
            {"labels": ["cat"]},
            {"labels": ["Old"]},
            {"ids": [1], "labels": ["Cat"]},
            {"ids": [1, 2, 3]},
            {"ids": ["1"]},
            ["Cat"],
        ),
        ("Bird", "9"),
        empty_text=None,
        legacy="dropdown",
    ),
    "date": Case(
        "DateValue",
        (
            Form(
                {"date": "2026-06-15", "time": "09:00:00"},
                {"date": "2026-06-15", "time": "09:00:00"},
                "2026-06-15 09:00",
                {"date": "2026-06-15", "time": "09:00"},
            ),
            Form({"date": "2026-06-15"}, {"date": "2026-06-15", "time": None}, "2026-06-15"),
        ),
        (
            Form("2026-06-15 09:00:00", {"date": "2026-06-15", "time": "09:00:00"}, "2026-06-15 09:00"),
            Form("2026-06-15", {"date": "2026-06-15", "time": None}, "2026-06-15"),
        ),
        (None, "", {}),
        True,
        (
            {"date": "2026-02-30"},
            {"date": "15.06.2026"},
            {"date": "2026-06-15", "time": "25:00:00"},
            {"date": "2026-06-15", "time": "09:00"},
            {"time": "09:00:00"},
            {"date": "2026-06-15", "zone": "UTC"},
        ),
        ("tomorrow", "2026-06-15T09:00:00", "2026-06-15 09:00"),
        legacy="date",
    ),
    "timeline": Case(
        "TimelineValue",
        (
            Form(
                {"from": "2026-03-01", "to": "2026-03-15"},
                {"from": "2026-03-01", "to": "2026-03-15"},
                "2026-03-01 - 2026-03-15",
                {"from": "2026-03-01T00:00:00+00:00", "to": "2026-03-15T00:00:00+00:00"},
            ),
        ),
        clears=(None, {}),
        wrong=({"from": "2026-03-01"}, {"from": "2026-03-15", "to": "2026-03-01"}, {"from": "x", "to": "y"}, ""),
        legacy="timerange",
    ),
    "week": Case(
        "WeekValue",
        (
            Form(
                {"week": {"startDate": "2026-03-16", "endDate": "2026-03-22"}},
                {"week": {"startDate": "2026-03-16", "endDate": "2026-03-22"}},
                "2026-03-16 - 2026-03-22",
                {"start_date": "2026-03-16", "end_date": "2026-03-22"},
            ),
        ),
        clears=(None, {}),
        wrong=(
            {"week": {"startDate": "2026-03-15", "endDate": "2026-03-21"}},
            {"week": {"startDate": "2026-03-16", "endDate": "2026-03-23"}},
            {"startDate": "2026-03-16", "endDate": "2026-03-22"},
            {"week": ""},
        ),
        legacy="week",
    ),
    "hour": Case(
        "HourValue",
        (
            Form({"hour": 16, "minute": 42}, {"hour": 16, "minute": 42}, "04:42 PM", {"hour": 16, "minute": 42}),
            Form({"hour": 0, "minute": 0}, {"hour": 0, "minute": 0}, "12:00 AM"),
        ),
        clears=(None, {}),
        wrong=({"hour": 24, "minute": 0}, {"hour": 1, "minute": 60}, {"hour": "1", "minute": 0}, {"hour": 1}),
        legacy="hour",
    ),
    "world_clock": Case(
        "WorldClockValue",
        (
            Form(
                {"timezone": "Europe/London"},
                {"timezone": "Europe/London"},
                "Europe/London",
                {"timezone": "Europe/London"},
            ),
        ),
        clears=(None, {}),
        wrong=({"timezone": "Europe/Atlantis"}, {"timezone": "UTC"}, {"timezone": 1}),
        legacy="timezone",
    ),
    "checkbox": Case(
        "CheckboxValue",
        (Form({"checked": "true"}, {"checked": True}, "v", {"checked": True}),),
        clears=(None,),
        wrong=({"checked": True}, {"checked": "false"}, {}, True, ""),
        legacy="boolean",
    ),
    "people": Case(
        "PeopleValue",
        (
            Form(
                {"personsAndTeams": [{"id": 101, "kind": "person"}, {"id": 501, "kind": "team"}]},
                {"personsAndTeams": [{"id": 101, "kind": "person"}, {"id": 501, "kind": "team"}]},
                "Ada Lovelace, Production",
                {"persons_and_teams": [{"id": "101", "kind": "person"}, {"id": "501", "kind": "team"}]},
            ),
        ),
        (
            Form(
                "101, 102",
                {"personsAndTeams": [{"id": 101, "kind": "person"}, {"id": 102, "kind": "person"}]},
                "Ada Lovelace, Bob",
            ),
        ),
        (None, "", {}),
        True,
        (
            {"personsAndTeams": [{"id": 999, "kind": "person"}]},
            {"personsAndTeams": [{"id": 104, "kind": "person"}]},
            {"personsAndTeams": [{"id": 101, "kind": "team"}]},
            {"personsAndTeams": [{"id": 101, "kind": "robot"}]},
            {"personsAndTeams": [{"id": 101, "kind": "agent"}]},
            {"personsAndTeams": [{"id": "101", "kind": "person"}]},
            {"personsAndTeams": [{"id": n, "kind": "person"} for n in (101, 102, 103)]},
            {"personsAndTeams": []},
        ),
        ("ada@example.com", "999", "Ada"),
        legacy="multiple-person",
    ),
    "person": Case(
        "PersonValue",
        (
            Form(
                {"id": 101},
                {"personsAndTeams": [{"id": 101, "kind": "person"}]},
                "Ada Lovelace",
                {"person_id": "101"},
            ),
        ),
        (Form("101", {"personsAndTeams": [{"id": 101, "kind": "person"}]}, "Ada Lovelace"),),
        (None, {}),
        True,
        ({"id": 999}, {"id": "101"}, {"personsAndTeams": []}),
        ("Ada",),
        legacy="person",
    ),
    "team": Case(
        "TeamValue",
        (Form({"team_id": 501}, {"team_id": 501}, "Production", {"team_id": 501}),),
        clears=(None, {}),
        wrong=({"team_id": 999}, {"team_id": "501"}),
        legacy="team",
    ),
    "email": Case(
        "EmailValue",
        (
            Form(
                {"email": "ada@example.com", "text": "Ada"},
                {"email": "ada@example.com", "text": "Ada"},
                "Ada - ada@example.com",
                {"email": "ada@example.com", "label": "Ada"},
            ),
        ),
        (
            Form(
                "ada@example.com Ada L", {"email": "ada@example.com", "text": "Ada L"}, "Ada L - ada@example.com"
            ),
        ),
        (None, "", {}),
        True,
        ({"email": "ada@example.com"}, {"email": "ada", "text": "Ada"}, {"text": "Ada"}, {"email": 1, "text": "a"}),
        ("ada@example.com", "ada Ada"),
        legacy="email",
    ),
    "phone": Case(
        "PhoneValue",
        (
            Form(
                {"phone": "+12025550169", "countryShortName": "US"},
                {"phone": "+12025550169", "countryShortName": "US"},
                "+12025550169",
                {"phone": "+12025550169", "country_short_name": "US"},
            ),
        ),
        (Form("+12025550169 US", {"phone": "+12025550169", "countryShortName": "US"}, "+12025550169"),),
        (None, ""),
        True,
        (
            {"phone": "+12025550169"},
            {"phone": "123", "countryShortName": "US"},
            {"phone": "+12025550169", "countryShortName": "DE"},
            {"phone": "+12025550169", "countryShortName": "us"},
            {"phone": "hello", "countryShortName": "US"},
        ),
        ("+12025550169", "hello US"),
        legacy="phone",
    ),
    "link": Case(
        "LinkValue",
        (
            Form(
                {"url": "https://example.com", "text": "Example"},
                {"url": "https://example.com", "text": "Example"},
                "Example - https://example.com",
                {"url": "https://example.com", "url_text": "Example"},
            ),
            Form({"url": "http://example.com"}, {"url": "http://example.com"}, " - http://example.com"),
        ),
        (
            Form(
                "https://example.com An Example",
                {"url": "https://example.com", "text": "An Example"},
                "An Example - https://example.com",
            ),
        ),
        (None, "", {}),
        True,
        ({"url": "example.com", "text": "x"}, {"url": "ftp://example.com"}, {"text": "x"}, {"url": "javascript:x"}),
        ("https://example.com", "example.com Example"),
        legacy="link",
    ),
    "country": Case(
        "CountryValue",
        (
            Form(
                {"countryCode": "US", "countryName": "United States"},
                {"countryCode": "US", "countryName": "United States"},
                "United States",
                {"country": {"code": "US", "name": "United States"}},
            ),
        ),
        clears=(None, {}),
        wrong=(
            {"countryCode": "US"},
            {"countryCode": "XX", "countryName": "Nowhere"},
            {"countryCode": "us", "countryName": "United States"},
            {"countryCode": "EU", "countryName": "European Union"},
        ),
        legacy="country",
    ),
    "location": Case(
        "LocationValue",
        (
            Form(
                {"lat": "29.9772962", "lng": "31.1324955", "address": "Giza Pyramid Complex"},
                {"lat": "29.9772962", "lng": "31.1324955", "address": "Giza Pyramid Complex"},
                "Giza Pyramid Complex",
                {"lat": 29.9772962, "lng": 31.1324955, "address": "Giza Pyramid Complex", "city": None},
            ),
            Form(
                {"lat": "-89.9", "lng": "-180", "address": "South"},
                {"lat": "-89.9", "lng": "-180", "address": "South"},
                "South",
            ),
        ),
        (
            Form(
                "29.9772962 31.1324955 Giza Pyramid Complex",
                {"lat": "29.9772962", "lng": "31.1324955", "address": "Giza Pyramid Complex"},
                "Giza Pyramid Complex",
            ),
        ),
        (None, {}),
        False,
        (
            {"lat": "90", "lng": "0", "address": "Pole"},
            {"lat": "0", "lng": "180.1", "address": "x"},
            {"lat": 29.9, "lng": 31.1, "address": "Giza"},
            {"lat": "1", "lng": "1"},
            "",
        ),
        ("29.9 31.1", ""),
        legacy="location",
    ),
    "tags": Case(
        "TagsValue",
        (Form({"tag_ids": [301, 302]}, {"tag_ids": [301, 302]}, "urgent, late", {"tag_ids": [301, 302]}),),
        clears=(None, {}),
        wrong=({"tag_ids": [999]}, {"tag_ids": ["301"]}, {"tag_ids": []}, [301]),
        legacy="tag",
    ),
    "rating": Case(
        "RatingValue",
        (Form({"rating": 5}, {"rating": 5}, "5", {"rating": 5}),),
        (Form("3", {"rating": 3}, "3"),),
        (None, {}),
        True,
        ({"rating": 0}, {"rating": 6}, {"rating": "5"}, 5),
        ("6", "five"),
        legacy="rating",
    ),
    "color_picker": Case(
        "ColorPickerValue",
        (
            Form({"color": {"hex": "#FF5733"}}, {"color": {"hex": "#FF5733"}}, "#FF5733", {"color": "#FF5733"}),
            Form({"color": {"r": 0, "g": 128, "b": 255}}, {"color": {"r": 0, "g": 128, "b": 255}}, None, {"color": None}),
        ),
        clears=(None, {}),
        wrong=(
            {"color": {"hex": "red"}},
            {"color": "#FF5733"},
            {"color": {"r": 0, "g": 0, "b": 256}},
            {"color": {"r": 0, "g": 0}},
        ),
        empty_text=None,
        legacy="color-picker",
    ),
    "board_relation": Case(
        "BoardRelationValue",
        (Form({"item_ids": [2001]}, None, None, {"linked_item_ids": ["2001"], "display_value": "ACME"}),),
        clears=(None, {}),
        wrong=({"item_ids": [9999]}, {"item_ids": [3001]}, {"item_ids": ["2001"]}, {"item_ids": []}),
        empty_text=None,
        legacy="board-relation",
        change_column_value=False,
    ),
    "dependency": Case(
        "DependencyValue",
        (Form({"item_ids": ["1002"]}, None, None, {"linked_item_ids": ["1002"], "display_value": "Second"}),),
        clears=(None, {}),
        wrong=({"item_ids": ["9999"]}, {"item_ids": ["2001"]}, {"item_ids": [1002]}),
        empty_text=None,
        legacy="dependency",
    ),
}
SELECTIONS = {
    "values": "values { id label }",
    "persons_and_teams": "persons_and_teams { id kind }",
    "country": "country { code name }",
}


def fragment(case: Case, names: dict[str, Any]) -> str:
    fields = " ".join(SELECTIONS.get(name, name) for name in names)
    return f"... on {case.graphql} {{ {fields} }}" if names else ""


def check_reading(client: Any, kind: str, form: Form) -> None:
    case = CASES[kind]
    cell = client.cell(kind, fragment(case, form.typed))
    value = None if cell["value"] is None else json.loads(cell["value"])
    if isinstance(value, dict):
        stamp = value.pop("changed_at", ABSENT)
        assert (stamp is ABSENT) == (kind == "tags")
    assert (value, cell["text"]) == (form.value, form.text)
    assert {name: cell[name] for name in form.typed} == form.typed


def check_empty(client: Any, kind: str) -> None:
    cell = client.cell(kind)
    assert (cell["value"], cell["text"]) == (None, CASES[kind].empty_text)


def forms(attribute: str) -> Iterator[Any]:
    for kind, case in CASES.items():
        for number, form in enumerate(getattr(case, attribute)):
            yield pytest.param(kind, form, id=f"{kind}-{number}")


@pytest.fixture(scope="module")
def shared() -> Iterator[Any]:
    """One sandbox for all forms: each test writes its own column."""
    options = Options(complexity_per_minute=10**9, requests_per_minute=10**6, calls_per_day=10**6)
    with running(build_seed(), options) as served:
        yield Client(served)


@pytest.mark.parametrize(("kind", "form"), forms("forms"))
def test_json_form_is_taken_and_read_back(shared: Any, kind: str, form: Form) -> None:
    assert "errors" not in shared.write({kind: form.sent})
    check_reading(shared, kind, form)


@pytest.mark.parametrize(("kind", "form"), forms("simple"))
def test_simple_form_is_taken_and_read_back(shared: Any, kind: str, form: Form) -> None:
    assert "errors" not in shared.simple(kind, form.sent)
    check_reading(shared, kind, form)


@pytest.mark.parametrize(("kind", "form"), forms("simple"))
def test_plain_string_in_column_values_is_the_simple_form(shared: Any, kind: str, form: Form) -> None:
    assert "errors" not in shared.write({kind: form.sent})
    check_reading(shared, kind, form)


@pytest.mark.parametrize(("kind", "clear"), forms("clears"))
def test_clear_form_empties_the_cell(shared: Any, kind: str, clear: Any) -> None:
    shared.write({kind: CASES[kind].forms[0].sent})
    assert "errors" not in shared.write({kind: clear})
    check_empty(shared, kind)


@pytest.mark.parametrize("kind", CASES)
def test_simple_empty_string_clears_or_is_refused(shared: Any, kind: str) -> None:
    shared.write({kind: CASES[kind].forms[0].sent})
    answer = shared.simple(kind, "")
    if CASES[kind].clear_simple:
        assert "errors" not in answer
        check_empty(shared, kind)
    else:
        assert answer["errors"][0]["extensions"]["code"] == "ColumnValueException"


@pytest.mark.parametrize(("kind", "wrong"), forms("wrong"))
def test_other_json_is_refused_and_changes_nothing(shared: Any, kind: str, wrong: Any) -> None:
    form = CASES[kind].forms[0]
    shared.write({kind: form.sent})
    answer = shared.write({kind: wrong})
    assert answer["data"] == {"change_multiple_column_values": None}
    extensions = answer["errors"][0]["extensions"]
    assert extensions["code"] == "ColumnValueException"
    assert extensions["error_data"]["column_id"] == kind
    assert extensions["error_data"]["column_type"] == CASES[kind].legacy
    check_reading(shared, kind, form)


@pytest.mark.parametrize(("kind", "wrong"), forms("wrong_simple"))
def test_other_simple_strings_are_refused(shared: Any, kind: str, wrong: str) -> None:
    answer = shared.simple(kind, wrong)
    assert answer["errors"][0]["extensions"]["code"] == "ColumnValueException"


@pytest.mark.parametrize("kind", [kind for kind, case in CASES.items() if not case.simple])
def test_types_without_simple_form_say_so(shared: Any, kind: str) -> None:
    error = shared.simple(kind, "something")["errors"][0]
    assert "is not supporting changing the column value with simple column value" in error["message"]


def test_the_listed_name_of_the_timezone_column_is_used(shared: Any) -> None:
    message = shared.simple("world_clock", "Europe/London")["errors"][0]["message"]
    assert message == "column type TimezoneColumn is not supporting changing the column value with simple column value"


@pytest.mark.parametrize("kind", CASES)
def test_change_column_value_takes_the_json_form_where_documented(shared: Any, kind: str) -> None:
    case = CASES[kind]
    document = (
        "mutation($value: JSON!) { change_column_value(board_id: 10, item_id: 1001,"
        f' column_id: "{kind}", value: $value) {{ id }} }}'
    )
    answer = shared.post(document, {"value": json.dumps(case.forms[0].sent)}).json()
    assert ("errors" not in answer) == case.change_column_value
    if case.change_column_value:
        check_reading(shared, kind, case.forms[0])


@pytest.mark.parametrize("kind", CASES)
def test_create_item_takes_the_json_form_where_documented(client: Any, kind: str) -> None:
    document = 'mutation($v: JSON) { create_item(board_id: 10, item_name: "New", column_values: $v) { id } }'
    answer = client.post(document, {"v": json.dumps({kind: CASES[kind].forms[0].sent})}).json()
    assert ("errors" not in answer) == (kind not in ("person", "team"))
