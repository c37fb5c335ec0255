"""`opus-sync verify`: what was written is read back, and a plan is held against the board, whoever carried it out."""

from __future__ import annotations

import json
from typing import Any

from integration.support.kinds import on
from integration.support.orders import CREATES, ORDERS, UPDATES
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace
from opus_sync.plan.sealed import DIGEST, sealed

CREATE = """mutation ($name: String!, $cells: JSON) {
  create_item(board_id: 9001, item_name: $name, column_values: $cells) { id }
}"""
ARCHIVE = "mutation ($id: ID!) { archive_item(item_id: $id) { id } }"
MOVE = 'mutation ($id: ID!) { move_item_to_group(item_id: $id, group_id: "done") { id } }'
RENAME = """mutation ($id: ID!) {
  change_simple_column_value(board_id: 9001, item_id: $id, column_id: "name", value: "Renamed") { id }
}"""
CELLS = UPDATES + 3 * CREATES + CREATES
"""Ten quantities; state, name, key and quantity of six new orders. A push also records their group."""


def found(workspace: Workspace, *options: str) -> tuple[int, Any]:
    """Return the exit code and what is said of the one board."""
    done = workspace.opus("verify", "--output", "json", *options)
    (board,) = done.data["boards"]
    return done.code, board


def standing(workspace: Workspace) -> Any:
    """Return how the warehouse stands, but for the record of what was verified."""
    return {table: held for table, held in workspace.fingerprint().items() if "mon_verification" not in table}


def told(cells: list[dict[str, Any]]) -> set[tuple[str, ...]]:
    return {(cell["record"], cell["column"], cell["verdict"], cell["there"], cell["note"]) for cell in cells}


def test_what_a_push_wrote_is_read_back(orders: Workspace, stand_in: StandIn) -> None:
    """All as meant, until somebody edits a cell or archives an item; nothing is sent, the outcome is kept."""
    nothing = orders.opus("verify")
    assert (nothing.code, "nothing was pushed yet" in nothing.out) == (0, True)
    assert orders.opus("push", "--live", "--no-promote").code == 0
    tables, sent = standing(orders), stand_in.mutations()
    code, board = found(orders)
    assert (code, board["counts"]) == (0, {"as_meant": CELLS + CREATES, "untouched": 0, "different": 0, "unchecked": 0})
    assert (standing(orders), stand_in.mutations()) == (tables, sent)

    stand_in.edit(ORDERS.id, 1003, numbers_1="7", text_case1="not ours")
    stand_in.ask(ARCHIVE, id="1004")
    code, board = found(orders)
    assert (code, board["counts"]["different"]) == (1, 2)
    assert told(board["cells"]) == {
        ("K003", "Qty", "different", "7", ""),
        ("K004", "Qty", "different", "2", "the item is archived"),
    }
    shown = orders.opus("verify")
    assert shown.code == 1
    assert f"as meant {CELLS + CREATES - 2}, different 2" in shown.out
    assert "item K003 (1003)\n      Qty: written 2, is 7\n" in shown.out
    assert "item K004 (1004): the item is archived\n" in shown.out
    assert "| different | item K003 (1003) | Qty | 2 | 7 |" in orders.opus("verify", "--output", "markdown").out
    of_record = orders.rows(
        "select plan_id, cells, as_meant_cells, different_cells from opus_sync.mon_verification order by recorded_at"
    )
    meant, edited = (None, CELLS + CREATES, CELLS + CREATES, 0), (None, CELLS + CREATES, CELLS + CREATES - 2, 2)
    assert of_record == [meant, edited, edited, edited]
    assert [found(orders, "--key", key)[0] for key in ("K003", "K005")] == [1, 0]
    assert found(orders, "--limit", "2")[1]["counts"]["as_meant"] == 10


@on("duckdb")
def test_a_cell_that_was_written_again_is_judged_by_that(orders: Workspace) -> None:
    """After a rollback the first batch has nothing left to answer for, and the rollback is as meant."""
    assert orders.opus("push", "--live").code == 0
    ((batch,),) = orders.rows("select distinct batch_id from opus_sync.mon_batch_event")
    assert found(orders, "--batch", batch)[1]["counts"]["as_meant"] == CELLS + CREATES
    undone = orders.opus("rollback", "--batch", batch, "--reason", "why", "--live")
    assert undone.code == 0, undone.err + undone.out
    assert found(orders, "--batch", batch)[1]["counts"]["as_meant"] == 0
    assert found(orders)[1]["counts"] == {
        "as_meant": UPDATES + CREATES,
        "untouched": 0,
        "different": 0,
        "unchecked": 0,
    }
    unknown = orders.opus("verify", "--batch", "nope")
    assert (unknown.code, "no selected board has a batch nope" in unknown.err) == (2, True)


def test_a_parallel_run_is_told_from_the_plan(orders: Workspace, stand_in: StandIn) -> None:
    """An old job does half of the plan and something else: each planned cell, and each change that was not planned."""
    assert orders.opus("plan", "--out", "plan.json").code == 0
    for item in range(1001, 1006):
        stand_in.edit(ORDERS.id, item, numbers_1="2")
    stand_in.edit(ORDERS.id, 1006, numbers_1="9")
    stand_in.ask(CREATE, name="K031", cells=json.dumps({"text_key": "K031", "numbers_1": "5", "text_case1": "hurry"}))
    stand_in.ask(CREATE, name="K099", cells=json.dumps({"text_key": "K099"}))
    stand_in.edit(ORDERS.id, 1020, numbers_1="3", text_case1="late")
    stand_in.ask(RENAME, id="1021")
    stand_in.ask(MOVE, id="1022")
    stand_in.ask(ARCHIVE, id="1030")

    tables, sent = standing(orders), stand_in.mutations()
    code, board = found(orders, "--plan", "plan.json")
    assert (standing(orders), stand_in.mutations()) == (tables, sent)
    assert code == 1
    untouched = 4 + 4 * (CREATES - 1)
    assert board["counts"] == {"as_meant": 9, "untouched": untouched, "different": 1, "unchecked": 0}
    assert {cell["record"] for cell in board["cells"] if cell["verdict"] == "different"} == {"K006"}
    assert {cell["record"] for cell in board["cells"] if cell["verdict"] == "untouched"} == {
        *(f"K{at:03}" for at in (7, 8, 9, 10, *range(32, 37)))
    }
    other = board["not_in_the_plan"]
    assert {(one["record"], one["column"], one["before"], one["there"]) for one in other["cells"]} == {
        ("K031", "Note", None, "hurry"),
        ("K020", "Qty", "1", "3"),
        ("K020", "Note", None, "late"),
        ("K021", "Title", "Order 21", "Renamed"),
        ("K022", "Group", "topics", "done"),
    }
    assert [one["record"] for one in other["new_items"]] == ["K099"]
    assert [(one["record"], one["state"]) for one in other["gone_items"]] == [("K030", "archived")]

    text = orders.opus("verify", "--plan", "plan.json").out
    assert f"as meant 9, untouched {untouched}, different 1\n" in text
    words = "on the board but not in the plan: 5 cells on 4 items, 1 new item, 1 item gone"
    assert words in " ".join(text.split())
    assert "item K006 (1006)\n      Qty: planned 2, is 9\n" in text
    assert "item K007 (1007)\n      Qty: planned 2, still 1\n" in text
    assert "item K032: no item bears the key\n" in text
    assert max(map(len, text.splitlines())) <= 80

    narrowed = orders.opus("verify", "--plan", "plan.json", "--key", "K001")
    assert (narrowed.code, "was not looked for" in " ".join(narrowed.out.split())) == (0, True)


@on("duckdb")
def test_a_plan_that_was_carried_out_to_the_letter(demo: Workspace, stand_in: StandIn) -> None:
    """Items, subitems of old and of new parents, moves and archives; then one edit of a subitem, and one too many."""
    assert demo.opus("plan", "--out", "plan.json").code == 1
    planned = json.loads((demo.root / "plan.json").read_text("utf-8"))
    kinds = {(row["entity"], row["operation"]) for board in planned["boards"] for row in board["rows"]}
    assert {("item", "CREATE"), ("subitem", "CREATE"), ("subitem", "UPDATE")} <= kinds
    demo.opus("push", "--plan", "plan.json", "--live", "--no-promote")
    good = demo.opus("verify", "--plan", "plan.json", "--output", "json")
    assert good.code == 0, good.out[:2000]
    assert good.data["as_meant"]
    assert sum(board["counts"]["as_meant"] for board in good.data["boards"]) > 1000
    assert all(not any(board["not_in_the_plan"].values()) for board in good.data["boards"])
    assert demo.opus("verify").code == 0

    boards = {board["id"]: board for board in stand_in.state()["boards"]}
    below = next(board for board in boards.values() if board.get("parent_board"))
    written = {row["monday_item_id"] for board in planned["boards"] for row in board["rows"]}
    child = next(item for item in below["items"] if item["id"] not in written and item["parent"] not in written)
    stand_in.ask("mutation ($id: ID!) { delete_item(item_id: $id) { id } }", id=child["id"])
    after = demo.opus("verify", "--plan", "plan.json", "--output", "json")
    assert after.code == 1
    gone = [one for board in after.data["boards"] for one in board["not_in_the_plan"]["gone_items"]]
    assert [(one["entity"], one["monday_item_id"], one["state"]) for one in gone] == [
        ("subitem", child["id"], "deleted")
    ]


@on("duckdb")
def test_a_plan_is_verified_where_it_was_made(orders: Workspace) -> None:
    """Another target, a changed file, a file of an older version and two questions at once are refused."""
    assert orders.opus("plan", "--out", "plan.json").code == 0
    path = orders.root / "plan.json"
    document = json.loads(path.read_text("utf-8"))
    elsewhere = orders.opus("verify", "--plan", "plan.json", "--target", "dev")
    assert (elsewhere.code, "the plan is for target prod, this is target dev" in elsewhere.err) == (3, True)
    assert orders.opus("verify", "--plan", "plan.json", "--batch", "x").code == 2
    path.write_text(json.dumps({**document, "created_by": "erin"}), "utf-8")
    assert orders.opus("verify", "--plan", "plan.json").code == 3
    content = {name: value for name, value in document.items() if name != DIGEST}
    for row in content["boards"][0]["rows"]:
        del row["update_fields"]
    path.write_text(json.dumps(sealed(content)), "utf-8")
    older = orders.opus("verify", "--plan", "plan.json")
    assert (older.code, "'update_fields'" in older.err) == (2, True)
