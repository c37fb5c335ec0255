"""Mutations: what they change, what they refuse, and partial data of aliases."""

from __future__ import annotations

import json
from typing import Any

import pytest


def code(error: dict[str, Any]) -> str:
    found: str = error["extensions"]["code"]
    return found


def names(client: Any, group: str = "topics") -> list[str]:
    document = f'{{ boards(ids: [10]) {{ groups(ids: ["{group}"]) {{ items_page {{ items {{ name }} }} }} }} }}'
    items = client.ask(document)["boards"][0]["groups"][0]["items_page"]["items"]
    return [item["name"] for item in items]


def test_a_failing_alias_is_null_with_its_path_and_later_ones_run(client: Any) -> None:
    document = """mutation {
      m0: create_item(board_id: 10, item_name: "A") { name }
      m1: create_item(board_id: 10, item_name: "B", column_values: "{\\"status\\": \\"No\\"}") { name }
      m2: create_item(board_id: 10, item_name: "C") { name }
    }"""
    response = client.post(document)
    answer = response.json()
    assert response.status_code == 200
    assert answer["data"] == {"m0": {"name": "A"}, "m1": None, "m2": {"name": "C"}}
    error = answer["errors"][0]
    assert error["path"] == ["m1"]
    assert error["locations"] == [{"line": 3, "column": 7}]
    assert error["extensions"]["code"] == "ColumnValueException"
    assert error["extensions"]["status_code"] == 200
    assert error["extensions"]["error_data"]["column_type"] == "color"
    assert names(client) == ["First", "Second", "A", "C"]


def test_aliases_run_in_document_order(client: Any) -> None:
    client.ask(
        "mutation {"
        + " ".join(
            f'm{n}: change_simple_column_value(board_id: 10, item_id: 1001, column_id: "text", value: "{n}") {{ id }}'
            for n in range(20)
        )
        + "}"
    )
    assert client.cell("text")["text"] == "19"


def test_one_bad_value_writes_none_of_the_columns(client: Any) -> None:
    answer = client.write({"text": "new", "numbers": "abc"})
    assert answer["data"]["change_multiple_column_values"] is None
    assert client.cell("text")["text"] == ""


def test_partial_column_writes_can_be_turned_on(serve_board: Any) -> None:
    client = serve_board(partial_column_writes=True)
    assert client.write({"text": "new", "numbers": "abc"})["errors"]
    assert client.cell("text")["text"] == "new"


def test_create_item_goes_to_the_top_group_or_the_one_named(client: Any) -> None:
    client.ask(
        'mutation { a: create_item(board_id: 10, item_name: "A") { id } '
        'b: create_item(board_id: 10, item_name: "B", group_id: "later") { id } '
        'c: create_item(board_id: 10, item_name: "C", relative_to: 1001, '
        "position_relative_method: before_at) { id } }"
    )
    assert names(client) == ["C", "First", "Second", "A"]
    assert names(client, "later") == ["Third", "B"]


def test_name_in_column_values_wins_and_renames(client: Any) -> None:
    made = client.ask(
        'mutation { create_item(board_id: 10, item_name: "A", column_values: "{\\"name\\": \\"B\\"}") { id name } }'
    )["create_item"]
    assert made["name"] == "B"
    client.write({"name": "C"}, item=int(made["id"]))
    client.write({"name": None, "text": "x"}, item=int(made["id"]))
    client.write({"name": ""}, item=int(made["id"]))
    assert client.ask(f"{{ items(ids: [{made['id']}]) {{ name }} }}")["items"][0]["name"] == "C"


def test_simple_rename_refuses_an_empty_name(client: Any) -> None:
    assert "errors" not in client.simple("name", "Renamed")
    assert client.simple("name", "")["errors"][0]["message"] == "Invalid item name. Name must not be empty"


@pytest.mark.parametrize(("length", "fits"), [(255, True), (256, False)])
def test_item_names_have_at_most_255_characters(client: Any, length: int, fits: bool) -> None:
    document = "mutation($name: String!) { create_item(board_id: 10, item_name: $name) { id } }"
    answer = client.post(document, {"name": "n" * length}).json()
    assert ("errors" not in answer) == fits
    if not fits:
        assert code(answer["errors"][0]) == "ItemNameTooLongException"


def test_labels_are_created_only_when_asked(client: Any) -> None:
    values = {"status": {"label": "Cut"}, "dropdown": {"labels": ["Bird"]}}
    assert code(client.write(values)["errors"][0]) == "ColumnValueException"
    before = client.ask('{ boards(ids: [10]) { columns(ids: ["status"]) { revision } } }')
    assert "errors" not in client.write(values, labels=True)
    assert client.cell("status")["text"] == "Cut"
    assert client.cell("dropdown")["text"] == "Bird"
    assert client.ask('{ boards(ids: [10]) { columns(ids: ["status"]) { revision } } }') != before


def test_a_refused_write_creates_no_label(client: Any) -> None:
    assert client.write({"status": {"label": "Cut"}, "numbers": "abc"}, labels=True)["errors"]
    settings = client.ask('{ boards(ids: [10]) { columns(ids: ["status"]) { settings } } }')
    assert "Cut" not in json.dumps(settings)


def test_status_labels_are_limited_in_length_and_number(client: Any) -> None:
    assert client.write({"status": {"label": "x" * 31}}, labels=True)["errors"]
    for number in range(36):
        assert "errors" not in client.write({"status": {"label": f"label {number}"}}, labels=True)
    assert "at most 40" in client.write({"status": {"label": "one more"}}, labels=True)["errors"][0]["message"]


def test_values_of_an_item_fit_into_64_kb(client: Any) -> None:
    assert "errors" not in client.write({"text": "x" * 60_000})
    assert "64 KB" in client.write({"text": "x" * 70_000})["errors"][0]["message"]
    assert len(client.cell("text")["text"]) == 60_000


def test_a_full_board_takes_no_more_items(serve_board: Any, seed: dict[str, Any]) -> None:
    seed["boards"][0]["items_limit"] = 4
    client = serve_board(seed)
    client.ask('mutation { create_item(board_id: 10, item_name: "A") { id } }')
    error = client.error('mutation { create_item(board_id: 10, item_name: "B") { id } }')
    assert code(error) == "ItemsLimitationException"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ('create_item(board_id: 99, item_name: "x")', "InvalidBoardIdException"),
        ('create_item(board_id: 10, item_name: "")', "InvalidArgumentException"),
        ('create_item(board_id: 10, item_name: "x", group_id: "none")', "ResourceNotFoundException"),
        (
            'create_item(board_id: 10, item_name: "x", column_values: "{\\"nope\\": 1}")',
            "InvalidColumnIdException",
        ),
        ('create_item(board_id: 10, item_name: "x", column_values: "{")', "JsonParseException"),
        ('create_item(board_id: 10, item_name: "x", column_values: "[1]")', "InvalidArgumentException"),
        ('create_subitem(parent_item_id: 9, item_name: "x")', "ResourceNotFoundException"),
        (
            'change_multiple_column_values(board_id: 10, item_id: 9, column_values: "{}")',
            "ResourceNotFoundException",
        ),
        ('change_multiple_column_values(board_id: 10, column_values: "{}")', "InvalidArgumentException"),
        (
            'change_multiple_column_values(board_id: 20, item_id: 1001, column_values: "{}")',
            "ResourceNotFoundException",
        ),
        ('move_item_to_group(item_id: 1001, group_id: "none")', "ResourceNotFoundException"),
        ("archive_item(item_id: 9)", "ResourceNotFoundException"),
        ("delete_item", "InvalidArgumentException"),
    ],
)
def test_wrong_targets_have_documented_codes(client: Any, document: str, expected: str) -> None:
    assert code(client.error(f"mutation {{ {document} {{ id }} }}")) == expected


def test_moving_puts_an_item_into_the_other_group(client: Any) -> None:
    client.ask('mutation { move_item_to_group(item_id: 1001, group_id: "later") { id group { id } } }')
    assert names(client) == ["Second"]
    assert names(client, "later") == ["Third", "First"]


def test_first_subitem_brings_board_and_column(client: Any) -> None:
    refused = client.post(
        'mutation { create_subitem(parent_item_id: 1001, item_name: "S", column_values: "{\\"no\\": 1}") { id } }'
    ).json()
    assert code(refused["errors"][0]) == "InvalidColumnIdException"
    assert len(client.ask("{ boards { id } }")["boards"]) == 3
    made = client.ask(
        'mutation { create_subitem(parent_item_id: 1001, item_name: "S",'
        ' column_values: "{\\"status\\": \\"Done\\"}") { id parent_item { id } board { id type } } }'
    )["create_subitem"]
    assert made["parent_item"]["id"] == "1001"
    assert made["board"]["type"] == "sub_items_board"
    columns = client.ask("{ boards(ids: [10]) { columns(types: [subtasks]) { id settings } } }")
    assert columns["boards"][0]["columns"][0]["settings"] == {"boardIds": [int(made["board"]["id"])]}
    answer = client.write({"status": {"label": "Stuck"}}, item=int(made["id"]), board=int(made["board"]["id"]))
    assert "errors" not in answer
    items = client.ask("{ items(ids: [1001]) { subitems { id name } } }")["items"]
    assert items[0]["subitems"] == [{"id": made["id"], "name": "S"}]


@pytest.mark.parametrize("act", ["archive", "delete"])
def test_subitems_go_with_their_parent(client: Any, act: str) -> None:
    made = client.ask('mutation { create_subitem(parent_item_id: 1001, item_name: "S") { id } }')["create_subitem"]
    gone = client.ask(f"mutation {{ {act}_item(item_id: 1001) {{ id state }} }}")[f"{act}_item"]
    assert gone["state"] == f"{act}d"
    states = client.ask(f"{{ items(ids: [1001, {made['id']}]) {{ state }} }}")["items"]
    assert [item["state"] for item in states] == [f"{act}d"] * 2
    assert client.ask(f"{{ items(ids: [1001, {made['id']}], exclude_nonactive: true) {{ id }} }}")["items"] == []
    assert client.ask("{ boards(ids: [10]) { items_count } }")["boards"][0]["items_count"] == 2
    assert client.write({"text": "x"})["errors"]


def test_tags_are_made_once_and_without_spaces(client: Any) -> None:
    document = 'mutation { create_or_get_tag(tag_name: "very late", board_id: 10) { id name } }'
    first = client.ask(document)["create_or_get_tag"]
    assert first["name"] == "verylate"
    assert client.ask(document)["create_or_get_tag"] == first
    assert "errors" not in client.write({"tags": {"tag_ids": [int(first["id"])]}})


def test_updated_at_follows_writes_and_the_log_lists_them(client: Any) -> None:
    before = client.ask("{ items(ids: [1001]) { updated_at } }")["items"][0]["updated_at"]
    client.write({"text": "x"})
    after = client.ask("{ items(ids: [1001]) { updated_at created_at } }")["items"][0]
    assert after["updated_at"] > before
    assert after["created_at"] == "2026-03-10T08:00:00Z"
    logs = client.ask("{ boards(ids: [10]) { activity_logs(item_ids: [1001]) { event data created_at } } }")
    entry = logs["boards"][0]["activity_logs"][0]
    assert entry["event"] == "update_column_value"
    assert len(entry["created_at"]) == 17
    assert json.loads(entry["data"])["column_id"] == "text"


def test_hostile_values_never_end_in_an_internal_error(client: Any) -> None:
    digits = "9" * 5_000
    for column in ("status", "dropdown", "people", "person", "rating", "numbers", "phone", "date", "text"):
        for value in (digits, "\ud800", "\x00", "²", "1" * 400):
            client.simple(column, value)
            client.write({column: value})
    cells = "column_values { text value ... on NumbersValue { number } }"
    client.ask(f"{{ items(ids: [1001]) {{ {cells} }} }}")
    assert client.admin("GET", "metrics")["unexpected_errors"] == []
