"""Reading: pages, cursors, filters, look-ups by value, metadata."""

from __future__ import annotations

import json
from typing import Any

import pytest


@pytest.fixture
def rows(serve_board: Any, seed: dict[str, Any]) -> Any:
    """Board 40: seven items with values to filter by."""
    columns = [
        {"id": "t", "title": "T", "type": "text"},
        {"id": "n", "title": "N", "type": "numbers"},
        {"id": "s", "title": "S", "type": "status"},
        {"id": "d", "title": "D", "type": "date"},
        {"id": "p", "title": "P", "type": "people"},
    ]
    values: list[dict[str, Any]] = [
        {"t": "Alpha", "n": "1", "s": {"index": 1}, "d": {"date": "2026-01-01"}},
        {"t": "beta", "n": "2.50", "s": {"index": 2}, "d": {"date": "2026-02-01"}},
        {"t": "ALPHA two", "n": "10", "p": {"personsAndTeams": [{"id": 101, "kind": "person"}]}},
        {},
        {"t": "gamma", "n": "-3"},
        {"t": "delta", "n": "0"},
        {"t": "alpha", "n": "7"},
    ]
    items = [
        {"id": str(4001 + k), "name": f"Item {k}", "values": v, "updated_at": f"2026-05-{10 + k}T12:00:00Z"}
        for k, v in enumerate(values)
    ]
    seed["boards"].append({"id": "40", "name": "Rows", "columns": columns, "items": items})
    return serve_board(seed)


def listed(client: Any, query: str) -> list[int]:
    document = f"{{ boards(ids: [40]) {{ items_page(limit: 100, query_params: {query}) {{ items {{ id }} }} }} }}"
    items = client.ask(document)["boards"][0]["items_page"]["items"]
    return [int(item["id"]) - 4001 for item in items]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ('column_id: "t", compare_value: ["alpha"]', [0, 6]),
        ('column_id: "t", compare_value: ["alpha"], operator: not_any_of', [1, 2, 3, 4, 5]),
        ('column_id: "t", compare_value: ["pha"], operator: contains_text', [0, 2, 6]),
        ('column_id: "t", compare_value: [], operator: is_empty', [3]),
        ('column_id: "t", compare_value: [], operator: is_not_empty', [0, 1, 2, 4, 5, 6]),
        ('column_id: "name", compare_value: ["item 3"]', [3]),
        ('column_id: "name", compare_value: "3 item", operator: contains_terms', [3]),
        ('column_id: "n", compare_value: [2.5]', [1]),
        ('column_id: "n", compare_value: ["$$$blank$$$"]', [3]),
        ('column_id: "n", compare_value: [1], operator: greater_than', [1, 2, 6]),
        ('column_id: "n", compare_value: [1], operator: greater_than_or_equals', [0, 1, 2, 6]),
        ('column_id: "n", compare_value: [0], operator: lower_than', [4]),
        ('column_id: "s", compare_value: [1]', [0]),
        ('column_id: "s", compare_value: [5]', [2, 3, 4, 5, 6]),
        ('column_id: "s", compare_value: "stuck", operator: contains_terms', [1]),
        ('column_id: "d", compare_value: ["EXACT", "2026-02-01"]', [1]),
        ('column_id: "d", compare_value: ["EXACT", "2026-01-15"], operator: greater_than', [1]),
        ('column_id: "d", compare_value: ["$$$blank$$$"]', [2, 3, 4, 5, 6]),
        ('column_id: "p", compare_value: ["person-101"]', [2]),
        ('column_id: "p", compare_value: ["person-0"]', [0, 1, 3, 4, 5, 6]),
        (
            'column_id: "__last_updated__", compare_value: ["EXACT", "2026-05-15T13:00:00Z"], '
            'operator: greater_than_or_equals, compare_attribute: "UPDATED_AT"',
            [5, 6],
        ),
    ],
)
def test_rule_finds_what_is_documented(rows: Any, rule: str, found: list[int]) -> None:
    assert listed(rows, f"{{ rules: [{{ {rule} }}] }}") == found


def test_rules_combine_and_nest(rows: Any) -> None:
    one, two = (f'{{column_id: "s", compare_value: [{label}]}}' for label in (1, 2))
    either = f"{{ operator: or, rules: [{one}, {two}] }}"
    assert listed(rows, either) == [0, 1]
    both = f'{{ rules: [{{column_id: "n", compare_value: [1], operator: greater_than}}], groups: [{either}] }}'
    assert listed(rows, both) == [1]


def test_order_and_ids(rows: Any) -> None:
    assert listed(rows, '{ order_by: [{ column_id: "n", direction: desc }] }') == [3, 2, 6, 1, 0, 5, 4]
    assert listed(rows, '{ order_by: [{ column_id: "__last_updated__", direction: desc }] }')[0] == 6
    assert listed(rows, "{ ids: [4003, 4001, 9] }") == [2, 0]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ('{ rules: [{ column_id: "none", compare_value: [1] }] }', "InvalidColumnIdException"),
        (
            '{ rules: [{ column_id: "name", compare_value: [], operator: is_empty }] }',
            "InvalidArgumentException",
        ),
        (
            '{ rules: [{ column_id: "t", compare_value: [1], operator: between }] }',
            "InvalidArgumentException",
        ),
        ("{ ids: [" + ",".join(map(str, range(101))) + "] }", "InvalidArgumentException"),
    ],
)
def test_filters_that_monday_refuses_are_refused(rows: Any, query: str, code: str) -> None:
    document = f"{{ boards(ids: [40]) {{ items_page(query_params: {query}) {{ items {{ id }} }} }} }}"
    assert rows.error(document)["extensions"]["code"] == code


def test_last_updated_to_the_second_is_an_option(rows: Any) -> None:
    rule = (
        '{ rules: [{ column_id: "__last_updated__", compare_value: ["EXACT", "2026-05-15T13:00:00Z"], '
        'operator: greater_than_or_equals, compare_attribute: "UPDATED_AT" }] }'
    )
    rows.admin("PATCH", "options", {"last_updated_precision": "second"})
    assert listed(rows, rule) == [6]


def by_values(client: Any, columns: str, limit: int = 25) -> list[int]:
    asked = f"board_id: 40, limit: {limit}, columns: [{columns}]"
    document = f"{{ items_page_by_column_values({asked}) {{ items {{ id }} }} }}"
    return [int(item["id"]) - 4001 for item in client.ask(document)["items_page_by_column_values"]["items"]]


def test_look_up_by_value_is_whole_without_regard_to_case(rows: Any) -> None:
    assert by_values(rows, '{ column_id: "t", column_values: ["ALPHA", "Beta"] }') == [0, 1, 6]
    assert by_values(rows, '{ column_id: "name", column_values: ["item 2"] }') == [2]
    assert by_values(rows, '{ column_id: "s", column_values: ["stuck"] }') == [1]
    assert by_values(rows, '{ column_id: "n", column_values: ["2.5"] }') == [1]
    assert by_values(rows, '{ column_id: "t", column_values: [""] }') == [3]
    both = '{ column_id: "t", column_values: ["alpha"] }, { column_id: "n", column_values: ["7"] }'
    assert by_values(rows, both) == [6]


def test_look_up_follows_writes_moves_and_deletes(rows: Any) -> None:
    wanted = '{ column_id: "t", column_values: ["alpha"] }'
    assert by_values(rows, wanted) == [0, 6]
    rows.write({"t": "Alpha"}, item=4002, board=40)
    rows.write({"t": "other"}, item=4001, board=40)
    rows.ask("mutation { delete_item(item_id: 4007) { id } }")
    assert by_values(rows, wanted) == [1]


@pytest.mark.parametrize("kind", ["location", "rating", "tags", "file", "board_relation", "formula"])
def test_look_up_refuses_types_without_it(client: Any, kind: str) -> None:
    document = (
        "{ items_page_by_column_values(board_id: 10,"
        f' columns: [{{column_id: "{kind}", column_values: ["x"]}}])'
        " { items { id } } }"
    )
    assert client.error(document)["extensions"]["code"] == "InvalidArgumentException"


def test_pages_follow_the_cursor_to_the_end(rows: Any) -> None:
    page = rows.ask("{ boards(ids: [40]) { items_page(limit: 3) { cursor items { id } } } }")["boards"][0]["items_page"]
    found = [item["id"] for item in page["items"]]
    while page["cursor"]:
        page = rows.ask(f'{{ next_items_page(limit: 3, cursor: "{page["cursor"]}") {{ cursor items {{ id }} }} }}')
        page = page["next_items_page"]
        found += [item["id"] for item in page["items"]]
    assert found == [str(4001 + k) for k in range(7)]


def test_a_page_holds_at_most_500_and_excludes_a_second_query(rows: Any) -> None:
    too_many = rows.error("{ boards(ids: [40]) { items_page(limit: 501) { cursor } } }")
    assert too_many["extensions"]["code"] == "InvalidArgumentException"
    first = rows.ask("{ boards(ids: [40]) { items_page(limit: 3) { cursor } } }")["boards"][0]["items_page"]["cursor"]
    asked = f'cursor: "{first}", query_params: {{ids: [1]}}'
    both = f"{{ boards(ids: [40]) {{ items_page({asked}) {{ cursor }} }} }}"
    assert rows.error(both)["extensions"]["code"] == "InvalidArgumentException"


def test_cursor_expires_an_hour_after_the_first_page(rows: Any) -> None:
    cursor = rows.ask("{ boards(ids: [40]) { items_page(limit: 2) { cursor } } }")["boards"][0]["items_page"]["cursor"]
    rows.admin("POST", "clock", {"advance": 3_500})
    following = rows.ask(f'{{ next_items_page(limit: 2, cursor: "{cursor}") {{ cursor }} }}')["next_items_page"]
    rows.admin("POST", "clock", {"advance": 200})
    error = rows.error(f'{{ next_items_page(cursor: "{following["cursor"]}") {{ cursor }} }}')
    assert "CursorExpiredError" in error["message"]


def test_items_takes_at_most_100_ids_and_returns_25_unless_asked(client: Any) -> None:
    ids = ", ".join(map(str, range(101)))
    assert client.error(f"{{ items(ids: [{ids}]) {{ id }} }}")["extensions"]["code"] == "InvalidArgumentException"
    client.ask(
        "mutation {" + " ".join(f'm{n}: create_item(board_id: 10, item_name: "{n}") {{ id }}' for n in range(30)) + "}"
    )
    every = client.ask("{ boards(ids: [10]) { items_page(limit: 100) { items { id } } } }")
    ids = ", ".join(item["id"] for item in every["boards"][0]["items_page"]["items"])
    assert len(client.ask(f"{{ items(ids: [{ids}]) {{ id }} }}")["items"]) == 25
    assert len(client.ask(f"{{ items(ids: [{ids}], limit: 100) {{ id }} }}")["items"]) == 33


def test_account_people_and_boards_read(client: Any) -> None:
    data = client.ask(
        "{ account { id slug first_day_of_the_week plan { tier } } me { id name } version { value kind }"
        " users(limit: 10) { id status teams { id } } teams { id users { id } } tags(ids: [301]) { name }"
        " boards(ids: [10, 99]) { name state permissions items_count items_limit hierarchy_type url"
        " groups { id title position } top_group { id }"
        " columns(types: [status]) { settings settings_str } } }"
    )
    assert data["me"] == {"id": "101", "name": "Ada Lovelace"}
    assert [user["id"] for user in data["users"]] == ["101", "102", "103"]
    assert data["teams"] == [{"id": "501", "users": [{"id": "101"}, {"id": "102"}]}]
    board = data["boards"][0]
    assert (board["items_count"], board["items_limit"], board["hierarchy_type"]) == (3, 50, "classic")
    settings = board["columns"][0]["settings"]
    assert [label["id"] for label in settings["labels"]] == [0, 1, 7, 8]
    assert json.loads(board["columns"][0]["settings_str"])["labels"]["1"] == "Done"
    left = client.ask("{ users(status: [INACTIVE]) { id } }")["users"]
    assert left == [{"id": "104"}]
