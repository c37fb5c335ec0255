"""Mutations of groups and of the board itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

GROUPS = "{ boards(ids: [10]) { groups { id title color position archived deleted } } }"


def groups(client: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.ask(GROUPS)["boards"][0]["groups"]
    return found


def titles(client: Any) -> list[str]:
    return [group["title"] for group in groups(client)]


def update(client: Any, group: str, attribute: str, value: str) -> dict[str, Any]:
    document = (
        "mutation($group: String!, $value: String!) {"
        f" update_group(board_id: 10, group_id: $group, group_attribute: {attribute}, new_value: $value)"
        " { id title color position } }"
    )
    answer: dict[str, Any] = client.post(document, {"group": group, "value": value}).json()
    return answer


def test_a_new_group_stands_at_the_top_or_beside_the_one_named(client: Any) -> None:
    client.ask(
        'mutation { a: create_group(board_id: 10, group_name: "Top") { id }'
        ' b: create_group(board_id: 10, group_name: "Last", group_color: "#ff642e", relative_to: "later",'
        " position_relative_method: after_at) { id }"
        ' c: create_group(board_id: 10, group_name: "Mid", relative_to: "later", position_relative_method: before_at)'
        " { id } }"
    )
    assert titles(client) == ["Top", "Now", "Mid", "Later", "Last"]
    assert groups(client)[-1]["color"] == "#ff642e"


def test_groups_change_one_attribute_at_a_time_and_the_others_keep_their_positions(client: Any) -> None:
    before = {group["id"]: group["position"] for group in groups(client)}
    assert update(client, "topics", "title", "Soon")["data"]["update_group"]["title"] == "Soon"
    assert update(client, "topics", "color", "#bb3354")["data"]["update_group"]["color"] == "#bb3354"
    moved = update(client, "topics", "relative_position_after", "later")["data"]["update_group"]
    assert titles(client) == ["Later", "Soon"]
    assert {group["id"]: group["position"] for group in groups(client)} == before | {"topics": moved["position"]}
    update(client, "topics", "relative_position_before", "later")
    assert titles(client) == ["Soon", "Later"]


@pytest.mark.parametrize(
    ("group", "attribute", "value", "code"),
    [
        ("none", "title", "x", "ResourceNotFoundException"),
        ("topics", "title", " ", "InvalidArgumentException"),
        ("topics", "title", "x" * 256, "InvalidArgumentException"),
        ("topics", "color", "#123456", "InvalidArgumentException"),
        ("topics", "position", "first", "InvalidArgumentException"),
        ("topics", "relative_position_after", "none", "ResourceNotFoundException"),
        ("topics", "relative_position_after", "topics", "InvalidArgumentException"),
    ],
)
def test_what_groups_do_not_take_is_refused(client: Any, group: str, attribute: str, value: str, code: str) -> None:
    before = groups(client)
    assert update(client, group, attribute, value)["errors"][0]["extensions"]["code"] == code
    assert groups(client) == before


@pytest.mark.parametrize(("mutation", "state"), [("archive_group", "archived"), ("delete_group", "deleted")])
def test_a_group_goes_with_its_items_but_never_the_last_one(client: Any, mutation: str, state: str) -> None:
    client.ask(f'mutation {{ {mutation}(board_id: 10, group_id: "topics") {{ id }} }}')
    assert titles(client) == ["Later"]
    assert client.ask("{ items(ids: [1001, 1003]) { state } }")["items"] == [{"state": state}, {"state": "active"}]
    error = client.error(f'mutation {{ {mutation}(board_id: 10, group_id: "later") {{ id }} }}')
    assert error["extensions"]["code"] == "DeleteLastGroupException"


def test_a_board_takes_a_name_and_a_description(client: Any) -> None:
    document = (
        "mutation($text: String!) {"
        " n: update_board(board_id: 10, board_attribute: name, new_value: $text)"
        " d: update_board(board_id: 10, board_attribute: description, new_value: $text) }"
    )
    answer = client.ask(document, {"text": 'The "plan"'})
    assert json.loads(answer["n"])["success"] is True
    board = client.ask("{ boards(ids: [10]) { name description } }")["boards"][0]
    assert board == {"name": 'The "plan"', "description": 'The "plan"'}
    error = client.error('mutation { update_board(board_id: 10, board_attribute: name, new_value: " ") }')
    assert error["extensions"]["code"] == "InvalidArgumentException"
