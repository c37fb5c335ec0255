"""Groups and a board's own name and description: one push, what comes after it, and the way back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from integration.support.small import Column, SmallBoard, small_workspace
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace

QUICK = ("--vars", "{opus: {settle_seconds: 1}}")
SHOP = SmallBoard(
    "shop",
    9400,
    key="Order",
    columns=(Column("text_key", "Order"), Column("numbers_1", "Qty", "numbers")),
    groups=(
        {"id": "topics", "title": "Topics", "color": "#037f4c"},
        {"id": "done", "title": "Done", "color": "#037f4c"},
        {"id": "old", "title": "Old", "color": "#037f4c"},
        {"id": "theirs", "title": "Theirs", "color": "#037f4c"},
    ),
    structure={"groups": {"on_new": "create", "on_missing": "archive"}, "board": {}},
)
GROUPS: Sequence[dict[str, Any]] = (
    {"group_id": "topics", "title": "Open", "color": "#FF642E", "position": 3},
    {"title": "Done", "position": 1},
    {"title": "New", "color": "#bb3354", "position": 2},
    {"group_id": "theirs"},
)
ITEMS: Sequence[dict[str, Any]] = (
    {"text_key": "K1", "numbers_1": "2", "group_title": "New"},
    {"text_key": "K2", "numbers_1": "1", "group_title": "Open"},
    {"text_key": "K9", "numbers_1": "5", "group_title": "New"},
)


def order(workspace: Workspace, groups: Sequence[dict[str, Any]] = GROUPS, items: Sequence[Any] = ITEMS) -> None:
    """Replace the tables behind the desired models."""
    SHOP.order(workspace, items)
    columns = {"group_id": "text", "title": "text", "color": "text", "position": "integer"}
    workspace.table("shop_groups", columns, [[row.get(name) for name in columns] for row in groups])
    workspace.table("shop_board", {"name": "text", "description": "text"}, [["Orders 2027", 'The "plan"']])


@pytest.fixture(scope="module")
def built(stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The project, pulled and built; copied, never changed itself."""
    workspace = small_workspace(SHOP, tmp_path_factory.mktemp("groups"), stand_in)
    stand_in.start_over(on_board())
    order(workspace)
    workspace.pull()
    workspace.build()
    workspace.keep()
    return workspace


@pytest.fixture
def shop(built: Workspace, stand_in: StandIn, tmp_path: Path) -> Iterator[Workspace]:
    """The project as built, and the board as it was pulled."""
    stand_in.start_over(on_board())
    yield built.copy(tmp_path / "shop")
    shutil.rmtree(tmp_path)


def on_board() -> dict[str, Any]:
    return SHOP.seed((1000 + at, f"Order {at}", {"text_key": f"K{at}", "numbers_1": "1"}) for at in (1, 2))


def groups(stand_in: StandIn) -> list[tuple[str, str]]:
    """Return title and color of the active groups, top first."""
    query = "{ boards(ids: [9400]) { name description groups { title color } } }"
    return [(group["title"], group["color"]) for group in stand_in.ask(query)["boards"][0]["groups"]]


def staged(workspace: Workspace) -> list[tuple[Any, ...]]:
    """Return what is staged of groups, board and items."""
    columns = "update_type, update_operation, record_key, update_fields, validation_errors, hold_reason"
    return [
        row
        for kind in ("groups", "board", "items")
        for row in workspace.rows(f"select {columns} from main.staged_shop_{kind} order by 1, 2, 3, 4")
    ]


def test_one_push_brings_groups_board_and_items_in_step_and_a_rollback_takes_it_back(
    shop: Workspace, stand_in: StandIn
) -> None:
    plan = shop.opus("plan", "--output", "json").data["boards"][0]
    assert [(row["entity"], row["operation"], row["name"]) for row in plan["rows"]] == [
        ("board", "UPDATE", "shop"),
        ("board", "UPDATE", "shop"),
        ("group", "UPDATE", "Open"),
        ("group", "UPDATE", "Open"),
        ("group", "MOVE", "Done"),
        ("group", "CREATE", "New"),
        ("item", "CREATE", "K9"),
        ("item", "UPDATE", "K1"),
        ("item", "MOVE", "K1"),
        ("group", "ARCHIVE", "Old"),
    ]
    assert shop.opus("plan", "--out", "plan.json").code == 0
    done = shop.opus("push", "--live", "--output", "json")
    assert done.code == 0, (done.out, done.err)
    assert groups(stand_in) == [
        ("Done", "#037f4c"),
        ("New", "#bb3354"),
        ("Open", "#ff642e"),
        ("Theirs", "#037f4c"),
    ]
    board = stand_in.ask("{ boards(ids: [9400]) { name description } }")["boards"][0]
    assert board == {"name": "Orders 2027", "description": 'The "plan"'}
    where = {item["values"]["text_key"]: item["group"] for item in stand_in.items(9400).values()}
    assert where["K1"] == where["K9"] != where["K2"] == "topics"
    # The promotion has built everything anew, from what is on record.
    assert staged(shop) == []
    shop.pull()
    shop.build()
    assert staged(shop) == []
    read = shop.opus("verify", "--output", "json")
    assert (read.code, read.data["boards"][0]["counts"]["as_meant"]) == (0, 17), read.out
    against = shop.opus("verify", "--plan", "plan.json")
    assert against.code == 0, against.out

    batch = shop.rows("select distinct batch_id from main.mon_batch_processing")[0][0]
    back = shop.opus("rollback", "--batch", str(batch), "--reason", "too early", "--live")
    assert "1 left alone" in back.out, (back.out, back.err)
    assert groups(stand_in) == [("Topics", "#037f4c"), ("Done", "#037f4c"), ("Theirs", "#037f4c")]
    assert stand_in.ask("{ boards(ids: [9400]) { name description } }")["boards"][0]["name"] == "shop"
    states = {item["values"]["text_key"]: item.get("state") for item in stand_in.items(9400).values()}
    assert states == {"K1": None, "K2": None, "K9": "archived"}
    assert {item["group"] for item in stand_in.items(9400).values() if "state" not in item} == {"topics"}
    assert [row for row in staged(shop) if row[0] != "update_items" and row[5] != "ROLLED_BACK"] == []


def test_what_people_did_meanwhile_is_seen_before_and_after_a_write(shop: Workspace, stand_in: StandIn) -> None:
    """Groups that somebody renamed, made or filled stay as they are; what was edited is held until it is released."""
    mutation = "mutation ($a: GroupAttributes!, $g: String!, $v: String!) {"
    mutation += " update_group(board_id: 9400, group_id: $g, group_attribute: $a, new_value: $v) { id } }"
    stand_in.ask(mutation, g="topics", a="title", v="Mine")
    stand_in.ask('mutation { create_group(board_id: 9400, group_name: "new ", relative_to: "theirs") { id } }')
    stand_in.ask('mutation { create_item(board_id: 9400, item_name: "Theirs", group_id: "old") { id } }')
    done = shop.opus("push", "--live", "--output", "json")
    told = {one["record"]: one["message"] for one in done.data["boards"][0]["failures"]}
    assert done.code == 1
    assert told["Open"] == "edited on the board: title was Topics, is Mine"
    assert told["New"].startswith("the key is on the board already, on group group_")
    assert told["Old"].startswith("items lie in it that are not to go with it: ")
    assert [title for title, _ in groups(stand_in)] == ["Done", "Mine", "Old", "Theirs", "new "]
    # Items of the group that was not made wait.
    assert {item["group"] for item in stand_in.items(9400).values()} == {"topics", "old"}
    shop.pull()
    shop.build()
    assert [row[4:] for row in staged(shop) if row[1:3] == ("UPDATE", "topics")] == [(None, "CONFLICT")]
    drift = shop.rows("select record_key, column_id, last_synced_value, board_value from main.mon_drift")
    assert drift == [("topics", "title", "Topics", "Mine")]
    guard = " ".join(shop.opus("push").out.split())
    assert "1 items would be archived with the 1 groups that they lie in" in guard

    assert shop.opus("release", "--key", "topics", "--reason", "ours").code == 0
    shop.build()
    assert [row[5] for row in staged(shop) if row[1:3] == ("UPDATE", "topics")] == [None]


def test_a_new_group_of_which_the_answer_was_lost_is_found_again(shop: Workspace, stand_in: StandIn) -> None:
    """It is there once, and its items lie in it."""
    stand_in.configure(faults=[{"kind": "lost_answer", "field": "create_group"}])
    done = shop.opus("push", "--live", *QUICK)
    assert done.code == 0, (done.out, done.err)
    assert [title for title, _ in groups(stand_in)] == ["Done", "New", "Open", "Theirs"]
    assert staged(shop) == []
