"""Desired models with data that asks for trouble: it is data everywhere, and what is not clear is not sent."""

from __future__ import annotations

import json
from typing import Any

from integration.support.kinds import on
from integration.support.orders import ORDERS, on_board
from integration.support.small import SHOP
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace

HOSTILE = {
    "text_brace": "{{ 7*7 }}{% endif %}{# x #}",
    "text_quote": "'; drop table shop.orders; --\"`[x]\\",
    "text_empty": "a\nb\tc\r\nd 🧵👩‍👩‍👧‍👦 \u202e\u2028",
    "text_long": "x" * 2000 + "🧵",
    "text_case1": '{"text":"x"}',
    "text_case2": "null",
}
HOSTILE_KEYS = ("{{ 7*7 }}", 'O\'Brien "x"', "a,b]", "🧵" * 20, "null", "%", "$name $1 :x")


def test_hostile_titles_keys_and_cells_are_data(orders: Workspace, stand_in: StandIn) -> None:
    """Titles with Jinja, quotes, brackets, none, 300 characters, or equal but for case: what is meant is written."""
    changes = [{"text_key": f"K{at:03}", **HOSTILE, "status_1": label} for at, label in ((1, "{{ x }}"), (2, "5"))]
    new = [{"text_key": key, "name": key, **HOSTILE, "status_1": "Red, Blue"} for key in HOSTILE_KEYS]
    ORDERS.order(orders, changes + new)
    orders.build()
    assert {(row["validation_status"], row["hold_reason"]) for row in ORDERS.staged(orders)} == {("VALID", None)}

    push = orders.opus("push", "--live", "--no-promote")
    assert push.code == 0, push.err
    items = list(stand_in.items(ORDERS.id).values())
    cells = {item["values"]["text_key"]: item["values"] for item in items}
    for row in changes + new:
        assert {column: cells[row["text_key"]][column] for column in HOSTILE} == HOSTILE
    labels = dict(enumerate(_labels()))
    for row in changes + new:
        assert labels[cells[row["text_key"]]["status_1"]["index"]] == row["status_1"]
    assert {item["name"] for item in items} >= set(HOSTILE_KEYS)

    assert orders.opus("pull").code == 0
    orders.build()
    assert ORDERS.staged(orders) == []


@on("duckdb")
def test_several_models_add_up_and_where_they_differ_nothing_is_sent(orders: Workspace, stand_in: StandIn) -> None:
    """A plain "set In Progress" query works beside the primary model; a cell claimed twice is INVALID."""
    further = {
        "in_progress": f'select "Order", \'In Progress\' as "Status" from {SHOP}.orders where "Order" < \'K003\'',
        "agrees": "select 'K003' as \"Order\", '2.00' as \"Qty\"",
        "differs": "select 'K004' as \"Order\", '7' as \"Qty\" union all select 'K099', '7'",
    }
    ORDERS.write_models(orders.root, further)
    orders.build()
    staged = {row["record_key"]: row for row in ORDERS.staged(orders)}
    assert json.loads(staged["K001"]["update_fields"]) == {"status_1": "In Progress", "numbers_1": "2"}
    assert json.loads(staged["K003"]["update_fields"]) == {"numbers_1": "2"}
    assert staged["K004"]["validation_status"] == "INVALID"
    assert "numbers_1" in staged["K004"]["validation_errors"]
    # A further model never makes an item.
    assert "K099" not in staged or staged["K099"]["validation_status"] != "VALID"

    push = orders.opus("push", "--live", "--no-promote")
    assert push.code == 1
    board = {item["values"]["text_key"]: item["values"] for item in stand_in.items(ORDERS.id).values()}
    assert {key: board[key].get("status_1", {}).get("index") for key in ("K001", "K002", "K003")} == {
        "K001": 1,
        "K002": 1,
        "K003": None,
    }
    assert {key: board[key]["numbers_1"] for key in ("K001", "K003", "K004")} == {
        "K001": "2",
        "K003": "2",
        "K004": "1",
    }
    assert "K099" not in board


@on("duckdb")
def test_bad_values_are_invalid_rows_and_the_rest_goes_on(orders: Workspace, stand_in: StandIn) -> None:
    """An unknown label, an unreadable number, a name too long: each is said in the plan, the good row is sent."""
    ORDERS.order(
        orders,
        [
            {"text_key": "K001", "status_1": "No such label"},
            {"text_key": "K002", "numbers_1": "12,5"},
            {"text_key": "K003", "name": "x" * 256},
            {"text_key": "K004", "name": "x" * 255, "numbers_1": "4"},
            {"text_key": "K005", "numbers_1": "5"},
            {"text_key": "K005", "numbers_1": "6"},
            {"text_key": None, "numbers_1": "6"},
        ],
    )
    orders.build()
    plan = orders.opus("plan", "--output", "json")
    push = orders.opus("push", "--live", "--no-promote", "--output", "json")
    assert (plan.code, push.code) == (1, 1)
    (planned,), (done,) = plan.data["boards"], push.data["boards"]
    assert (len(planned["rows"]), done["succeeded"], done["failed"]) == (1, 1, 0)
    messages = {row["record_key"]: " ".join(row["messages"]) for row in planned["invalid"]}
    said = {"K001": "'No such label'", "K002": "'12,5'", "K003": "256", "K005": "2 times", None: "key"}
    assert messages.keys() == said.keys()
    assert [key for key, part in said.items() if part not in messages[key]] == []
    board = {item["values"]["text_key"]: item for item in stand_in.items(ORDERS.id).values()}
    before = {item["values"]["text_key"]: item for item in on_board()["boards"][0]["items"]}
    assert (board["K004"]["name"], board["K004"]["values"]["numbers_1"]) == ("x" * 255, "4")
    assert {key for key, item in board.items() if item["values"] != before[key]["values"]} == {"K004"}


def _labels() -> list[str]:
    (status,) = (column for column in ORDERS.columns if column.id == "status_1")
    labels: list[dict[str, Any]] = status.settings["labels"]
    return [label["label"] for label in labels]
