"""Mutations of columns and boards: what they change, what they refuse, and that a refusal changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

COLUMN = "id title type description revision settings"
DONE = {"id": 1, "label": "Done", "color": "done_green", "index": 1, "is_done": True}
WORKING = {"id": 0, "label": "Working on it", "color": "working_orange", "index": 0}
OLD = {"id": 7, "label": "Old", "color": "stuck_red", "index": 2, "is_deactivated": True}
YEAR = {"id": 8, "label": "2026", "color": "dark_blue", "index": 3}
CUT = {"label": "Cut", "color": "purple", "index": 4}


def change(verb: str, **arguments: Any) -> str:
    """Return a mutation on board 10; texts are quoted, enums stand as `Enum` values."""
    listed = ", ".join(f"{name}: {_literal(value)}" for name, value in {"board_id": 10, **arguments}.items())
    return f"mutation {{ done: {verb}({listed}) {{ {COLUMN} }} }}"


class Enum(str):
    """A value that stands without quotes."""


def _literal(value: Any) -> str:
    if isinstance(value, Enum):
        return value
    if isinstance(value, dict):
        parts = (f"{key}: {_literal(Enum(one) if key == 'color' else one)}" for key, one in value.items())
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(one) for one in value) + "]"
    return json.dumps(value)


def column(client: Any, column_id: str) -> dict[str, Any]:
    found: dict[str, Any] = client.ask(f'{{ boards(ids: [10]) {{ columns(ids: ["{column_id}"]) {{ {COLUMN} }} }} }}')[
        "boards"
    ][0]["columns"][0]
    return found


def ids(client: Any) -> list[str]:
    return [one["id"] for one in client.ask("{ boards(ids: [10]) { columns { id } } }")["boards"][0]["columns"]]


def labels(client: Any, column_id: str) -> list[tuple[int, str]]:
    return [(label["id"], label["label"]) for label in column(client, column_id)["settings"]["labels"]]


def update(client: Any, *given: dict[str, Any]) -> str:
    """Return the document that gives the status column these labels."""
    revision = column(client, "status")["revision"]
    return change("update_status_column", id="status", revision=revision, settings={"labels": list(given)})


def refused(client: Any, document: str, code: str, says: str) -> None:
    """The mutation fails so, and the board's columns are what they were."""
    before = client.admin("GET", "state")
    error = client.error(document)
    assert (error["extensions"]["code"], says in error["message"]) == (code, True), error
    assert client.admin("GET", "state") == before


def test_a_column_is_created_with_an_id_of_its_own_or_the_one_asked_for(client: Any) -> None:
    made = client.ask(change("create_column", title="Colour", column_type=Enum("text"), after_column_id="name"))["done"]
    assert (made["title"], made["type"], made["revision"]) == ("Colour", "text", "1")
    asked = client.ask(change("create_column", title="Fit", column_type=Enum("numbers"), id="fit_code"))["done"]
    assert asked["id"] == "fit_code"
    assert (ids(client)[1], ids(client)[-1]) == (made["id"], "fit_code")
    assert "errors" not in client.write({"fit_code": "4", made["id"]: "red"})
    assert client.cell("fit_code")["text"] == "4"


def test_an_id_once_used_is_never_free_again(client: Any) -> None:
    create = change("create_column", title="Fit", column_type=Enum("text"), id="fit")
    client.ask(create)
    client.write({"fit": "slim"})
    client.ask(change("delete_column", column_id="fit"))
    assert "fit" not in ids(client)
    assert client.write({"fit": "wide"})["errors"][0]["extensions"]["code"] == "InvalidColumnIdException"
    refused(client, create, "InvalidColumnIdException", "used on the board before")
    client.admin("POST", "load", client.admin("GET", "state"))
    refused(client, create, "InvalidColumnIdException", "used on the board before")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ({"title": " "}, "InvalidArgumentException", "1 to 255 characters"),
        ({"title": "x" * 256}, "InvalidArgumentException", "1 to 255 characters"),
        ({"id": "Fit"}, "InvalidColumnIdException", "a to z and _"),
        ({"id": "a" * 21}, "InvalidColumnIdException", "1 to 20"),
        ({"id": "status"}, "InvalidColumnIdException", "used on the board before"),
        ({"after_column_id": "nowhere"}, "InvalidColumnIdException", "doesn't exist"),
        ({"column_type": Enum("name")}, "InvalidArgumentException", "cannot be created"),
        ({"defaults": "{"}, "JsonParseException", "not valid JSON"),
        ({"defaults": "[]"}, "InvalidArgumentException", "must be a JSON object"),
        ({"board_id": 99}, "InvalidBoardIdException", "does not exist"),
    ],
)
def test_a_column_that_cannot_be_is_not_created(client: Any, arguments: Any, code: str, says: str) -> None:
    refused(client, change("create_column", **({"title": "Fit", "column_type": Enum("text")} | arguments)), code, says)


def test_labelled_columns_are_created_with_labels(client: Any) -> None:
    bare = client.ask(change("create_status_column", title="Bare"))["done"]
    assert [label["id"] for label in bare["settings"]["labels"]] == [0, 1, 2, 5]
    wanted = [{"label": f"L{n}", "color": "purple", "index": n} for n in range(7)]
    made = client.ask(change("create_status_column", title="Stage", id="stage", defaults={"labels": wanted}))["done"]
    assert [label["id"] for label in made["settings"]["labels"]] == [0, 1, 2, 3, 4, 6, 7], "5 is the empty label"
    assert made["settings"]["labels"][0]["hex"] == "#9d50dd"
    defaults = {"labels": [{"label": "Red"}, {"label": "Blue"}], "limit_select": True, "label_limit_count": 1}
    made = client.ask(change("create_dropdown_column", title="Dye", id="dye", defaults=defaults))["done"]
    assert [(label["id"], label["label"]) for label in made["settings"]["labels"]] == [(1, "Red"), (2, "Blue")]
    assert "errors" not in client.write({"stage": {"label": "L5"}, "dye": {"labels": ["Blue"]}})
    assert client.write({"dye": {"labels": ["Blue", "Red"]}})["errors"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([{**CUT, "label": "x" * 31}], "longer than 30"),
        ([CUT, {**CUT, "index": 5}], "same text"),
        ([CUT, {**CUT, "label": "Sew"}], "index of its own"),
        ([{**CUT, "index": 40}], "index of its own"),
        ([{**CUT, "label": f"L{n}", "index": n} for n in range(41)], "at most 40"),
    ],
)
def test_status_labels_keep_their_limits(client: Any, given: Any, says: str) -> None:
    document = change("create_status_column", title="Stage", defaults={"labels": given})
    refused(client, document, "InvalidArgumentException", says)
    as_json = json.dumps({"labels": given})
    document = change("create_column", title="Stage", column_type=Enum("status"), defaults=as_json)
    refused(client, document, "InvalidArgumentException", says)


def test_json_labels_are_checked_as_typed_ones_are(client: Any) -> None:
    for label in ({"label": "A"}, {**CUT, "color": "pink"}, {**CUT, "colour": "x"}, {**CUT, "index": "1"}, "A"):
        as_json = json.dumps({"labels": [label]})
        document = change("create_column", title="Stage", column_type=Enum("status"), defaults=as_json)
        assert client.error(document)["extensions"]["code"] == "InvalidArgumentException"


def test_the_revision_is_an_optimistic_lock(client: Any) -> None:
    first = column(client, "status")["revision"]
    rename = change("update_status_column", id="status", revision=first, title="Stage")
    done = client.ask(rename)["done"]
    assert (done["title"], done["revision"] == first) == ("Stage", False)
    assert [label["id"] for label in done["settings"]["labels"]] == [0, 1, 7, 8], "labels that are not sent stay"
    refused(client, rename, "InvalidArgumentException", "changed since this revision")
    other = change("update_column", id="status", column_type=Enum("text"), revision=done["revision"])
    refused(client, other, "InvalidArgumentException", "is of type status, not text")
    as_json = json.dumps({"unit": {"symbol": "€"}})
    now = column(client, "numbers")["revision"]
    kept = change("update_column", id="numbers", column_type=Enum("numbers"), revision=now, settings=as_json, width=90)
    assert client.ask(kept)["done"]["settings"] == {"unit": {"symbol": "€"}}


def test_labels_replace_the_whole_list(client: Any) -> None:
    client.ask(update(client, {**WORKING, "label": "Sewing"}, DONE, OLD, YEAR, CUT))
    assert labels(client, "status") == [(0, "Sewing"), (1, "Done"), (7, "Old"), (8, "2026"), (2, "Cut")]
    client.ask(update(client, {**WORKING, "label": "Sewing"}, DONE, YEAR, {**CUT, "id": 2}))
    assert labels(client, "status") == [(0, "Sewing"), (1, "Done"), (8, "2026"), (2, "Cut")]
    assert client.write({"status": {"label": "Working on it"}})["errors"]


def test_a_label_is_removed_alone_and_only_when_no_item_shows_it(client: Any) -> None:
    client.write({"status": {"label": "Done"}})
    says = "At most one label can be removed in a call"
    refused(client, update(client, DONE, YEAR), "InvalidArgumentException", says)
    refused(client, update(client, WORKING, DONE, YEAR, CUT), "InvalidArgumentException", says)
    refused(client, update(client, WORKING, OLD, YEAR), "InvalidArgumentException", "is in use")
    refused(client, update(client, WORKING, DONE, OLD, {**YEAR, "id": 9}), "InvalidArgumentException", "no label with")
    client.ask(update(client, WORKING, {**DONE, "is_deactivated": True}, OLD, YEAR))
    assert client.cell("status")["text"] == "Done"
    assert client.write({"status": {"label": "Done"}}, item=1002)["errors"]


def test_items_are_found_by_a_label_as_it_reads_now(client: Any) -> None:
    def found(label: str) -> int:
        columns = f'[{{column_id: "status", column_values: ["{label}"]}}]'
        page = client.ask(f"{{ items_page_by_column_values(board_id: 10, columns: {columns}) {{ items {{ id }} }} }}")
        return len(page["items_page_by_column_values"]["items"])

    client.write({"status": {"label": "Done"}})
    assert found("Done") == 1
    client.ask(update(client, WORKING, {**DONE, "label": "Shipped"}, OLD, YEAR))
    assert (found("Done"), found("Shipped")) == (0, 1)


def test_title_and_description_are_changed(client: Any) -> None:
    assert client.ask(change("change_column_title", column_id="text", title="Note"))["done"]["title"] == "Note"
    given = {"column_id": "text", "column_property": Enum("description"), "value": "What is to be said."}
    assert client.ask(change("change_column_metadata", **given))["done"]["description"] == "What is to be said."
    assert column(client, "text")["revision"] == "3"
    refused(client, change("change_column_title", column_id="text", title=""), "InvalidArgumentException", "1 to 255")
    refused(client, change("change_column_metadata", column_id="text"), "InvalidArgumentException", "are required")
    refused(client, change("delete_column", column_id="name"), "InvalidArgumentException", "cannot be deleted")
    log = client.ask('{ boards(ids: [10]) { activity_logs(column_ids: ["text"]) { event entity data } } }')
    events = log["boards"][0]["activity_logs"]
    assert [entry["event"] for entry in events] == ["update_column_description", "update_column_name"]
    assert json.loads(events[1]["data"])["column_title"] == "Note"


def test_a_board_is_created_archived_and_deleted_with_what_is_on_it(client: Any) -> None:
    create = 'mutation { create_board(board_name: "Samples", board_kind: private) { id name board_kind items_count '
    made = client.ask(create + "columns { id type } groups { id } } }")["create_board"]
    assert (made["name"], made["board_kind"], made["items_count"]) == ("Samples", "private", 0)
    assert (made["columns"], made["groups"]) == ([{"id": "name", "type": "name"}], [{"id": "topics"}])
    board = made["id"]
    item = client.ask(f'mutation {{ create_item(board_id: {board}, item_name: "S") {{ id }} }}')["create_item"]["id"]
    sub = client.ask(f'mutation {{ create_subitem(parent_item_id: {item}, item_name: "s") {{ id board {{ id }} }} }}')
    below = sub["create_subitem"]["board"]["id"]
    refused(
        client,
        f"mutation {{ delete_board(board_id: {below}) {{ id }} }}",
        "InvalidArgumentException",
        "goes with the board",
    )
    client.ask(f"mutation {{ archive_board(board_id: {board}) {{ state }} }}")
    assert client.ask(f"{{ boards(ids: [{board}, {below}]) {{ id }} }}")["boards"] == []
    assert client.ask(f"{{ items(ids: [{item}]) {{ state }} }}")["items"] == [{"state": "archived"}]
    assert client.error(f"mutation {{ archive_board(board_id: {board}) {{ id }} }}")
    client.ask(f"mutation {{ delete_board(board_id: {board}) {{ state }} }}")
    error = client.error(f'mutation {{ create_item(board_id: {board}, item_name: "S") {{ id }} }}')
    assert error["extensions"]["code"] == "InvalidBoardIdException"
    assert client.error('mutation { create_board(board_name: "", board_kind: public) { id } }')
    assert client.admin("GET", "metrics")["unexpected_errors"] == []
