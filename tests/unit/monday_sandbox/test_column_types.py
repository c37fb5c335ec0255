"""Every column type takes exactly its documented forms, reads them back, and refuses the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from monday_sandbox import Options, running
from unit.monday_sandbox.cases_linked import LINKED
from unit.monday_sandbox.cases_single import SINGLE
from unit.monday_sandbox.forms import Case, Form
from unit.monday_sandbox.support import Client, build_seed

ABSENT = object()
CASES = SINGLE | LINKED
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
