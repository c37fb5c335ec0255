"""The house's staging and error tables while rows go from staged to written: one push, watched between its steps."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace
from monday_sandbox import load_seed

BOARD = ("--select", "cust_master_schedule")
ITEMS, SUBITEMS = '"STG_MON_CustMasterSchedule"', '"STG_MON_CustMasterSchedule_Subitems"'
# monday refuses a new quantity of an order and one of a size, and to make a size.
REFUSED_ITEM, REFUSED_SUBITEM, REFUSED_QUANTITY = 9100001005, 9200002415, "246"
POISON = [
    {"kind": "poison", "scope": "alias", "code": "ColumnValueException", **what}
    for what in ({"item_id": str(REFUSED_ITEM)}, {"item_id": str(REFUSED_SUBITEM)}, {"text": f'"{REFUSED_QUANTITY}"'})
]
ONE_SIZE = '["NRB-00530","S"]'
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Seen:
    """The staging tables of items and subitems at one moment."""

    items: Rows
    subitems: Rows

    def counts(self) -> dict[str, Counter[str]]:
        """Return how many rows of each table have which status."""
        return {name: Counter(row["stg_status"] for row in rows) for name, rows in vars(self).items()}


@dataclass(frozen=True)
class Story:
    """What was seen when all was staged, after one size was pushed, after the rest was, and after the next build."""

    workspace: Workspace
    staged: Seen
    one_size: Seen
    pushed: Seen
    built: Seen


@pytest.fixture(scope="module")
def story(house: Workspace, stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Push one size, then all with three refusals and no build at the end, then build."""
    house = house.copy(tmp_path_factory.mktemp("story") / "house")
    stand_in.start_over(load_seed([house.root / "seeds" / "sandbox"]))
    staged = _seen(house)
    size = house.opus("push", "--live", *BOARD, "--key", ONE_SIZE)
    assert size.code in (0, 1), size.err
    one_size = _seen(house)
    stand_in.configure(faults=POISON)
    assert house.opus("push", "--live", "--no-promote", *BOARD).code == 1
    pushed = _seen(house)
    house.build()
    return Story(house, staged, one_size, pushed, _seen(house))


def test_staged_rows_are_pending(story: Story) -> None:
    """Each has the time of its build, and neither batch nor outcome."""
    assert set(story.staged.counts()["items"]) == set(story.staged.counts()["subitems"]) == {"PENDING"}
    rows = story.staged.items + story.staged.subitems
    assert all(row["stg_created_date"] and row["update_batch_id"] for row in rows)
    assert not [row for row in rows if row["stg_batch_id"] or row["stg_processed_date"] or row["stg_error_message"]]


def test_what_is_written_is_api_success_until_the_current_tables_show_it(story: Story) -> None:
    """Then it is PROMOTED, also in a batch in which other rows failed; what failed stays, what is invalid waits."""
    invalid = sum(row["validation_status"] == "INVALID" for row in story.staged.items)
    written = len(story.staged.items) - invalid - 1
    assert story.pushed.counts()["items"] == {"PENDING": invalid, "API_SUCCESS": written, "API_FAILED": 1}
    assert story.built.counts()["items"] == {"PENDING": invalid, "PROMOTED": written, "API_FAILED": 1}
    assert story.pushed.counts()["subitems"]["PROMOTED"] == 1
    assert story.built.counts()["subitems"]["API_SUCCESS"] == 0
    assert story.built.counts()["subitems"]["API_FAILED"] == 2
    for row in story.built.items + story.built.subitems:
        done = row["stg_status"] != "PENDING"
        assert (row["stg_batch_id"] is not None, row["stg_processed_date"] is not None) == (done, done)


def test_a_push_of_one_size_promotes_it_and_leaves_the_rest(story: Story) -> None:
    """The one row is seen as it was sent, though it is staged no more."""
    (size,) = [row for row in story.one_size.subitems if row["stg_status"] != "PENDING"]
    assert (size["stg_status"], size["Size"], size["Order Qty"]) == ("PROMOTED", "S", "126")
    assert (size["update_operation"], json.loads(size["update_fields"])) == ("UPDATE", {"numbers_order": "126"})
    assert size["stg_monday_subitem_id"] == size["subitem_id"] == 9200002004
    assert size["stg_monday_item_id"] == size["parent_item_id"] == 9100000928
    assert len(story.one_size.subitems) == len(story.staged.subitems)


def test_columns_hold_what_the_item_is_to_have(story: Story) -> None:
    """What the row changes as it is wanted, a cleared cell as NULL, the rest as it stands on the board."""
    items = {(row["AAG ORDER NUMBER"], row["update_operation"]): row for row in story.staged.items}
    changed = items["KIY-00538", "UPDATE"]
    assert (changed["ORDER QTY"], changed["CUSTOMER"], changed["Item ID"]) == ("1890", "Kiyomi 清", REFUSED_ITEM)
    assert items["SRO-00535", "UPDATE"]["ORDER NOTES"] is None
    (before,) = story.workspace.rows(
        """select "ORDER QTY", "STYLE", "CATEGORY", "Group" from "MON_CustMasterSchedule" where "Item ID" = ?""",
        [REFUSED_ITEM],
    )
    assert before == (1950, changed["STYLE"], changed["CATEGORY"], changed["Group"])
    assert items["HAP-00502", "MOVE"]["Group"] == "Shipped"
    new = next(row for row in story.staged.items if row["update_operation"] == "CREATE" and row["AAG ORDER NUMBER"])
    assert new["Title"]
    assert new["Item ID"] is None


def test_a_new_size_points_at_the_row_that_makes_its_order(story: Story) -> None:
    """Before the push and after it, when both have their ids."""
    for seen in (story.staged, story.built):
        orders = {row["stg_id"]: row for row in seen.items if row["update_operation"] == "CREATE"}
        sizes = [row for row in seen.subitems if row["stg_parent_stg_id"]]
        assert len(sizes) > 300
        for size in sizes:
            assert size["stg_monday_item_id"] == orders[size["stg_parent_stg_id"]]["stg_monday_item_id"]
    made = [row for row in story.built.subitems if row["stg_status"] == "PROMOTED"]
    assert all(row["stg_monday_subitem_id"] and row["stg_monday_subitem_board_id"] for row in made)


def test_stg_id_is_unique_in_each_table_at_each_step(story: Story) -> None:
    """Whether a row is staged, sent, or both."""
    for seen in (story.staged, story.one_size, story.pushed, story.built):
        for rows in (seen.items, seen.subitems):
            assert len({row["stg_id"] for row in rows}) == len(rows)


def test_a_failed_row_stands_in_the_error_table(story: Story) -> None:
    """With the payload, what monday said, and the whole row; its staging row says the same."""
    (error,) = _rows(story.workspace, '"ERR_MON_CustMasterSchedule"')
    assert (error["order_number"], error["customer_batch"], error["status"]) == ("KIY-00538", "Kiyomi 清", "OPEN")
    assert (error["error_type"], error["retry_count"]) == ("ColumnValueException", 0)
    assert "1890" in error["api_payload"]
    assert json.loads(error["original_data"])["monday_item_id"] == REFUSED_ITEM
    (failed,) = [row for row in story.built.items if row["stg_status"] == "API_FAILED"]
    assert (error["original_stg_id"], error["batch_id"]) == (failed["stg_id"], failed["stg_batch_id"])
    assert (error["item_name"], error["error_message"]) == (failed["Title"], failed["stg_error_message"])


def test_a_failed_size_is_known_by_its_label_and_quantity(story: Story) -> None:
    """A label that the row does not change comes from the board; a new size of a new order knows its parent."""
    errors = _rows(story.workspace, '"ERR_MON_CustMasterSchedule_Subitems"')
    assert {(row["size_label"], row["order_qty"]) for row in errors} == {("S", 150), ("XL", int(REFUSED_QUANTITY))}
    failed = {row["stg_id"]: row for row in story.built.subitems if row["stg_status"] == "API_FAILED"}
    for error in errors:
        assert error["parent_item_id"] == failed[error["original_stg_id"]]["stg_monday_item_id"] is not None


def test_batches_are_of_orders_or_of_subitems(story: Story) -> None:
    """SUBITEMS where no row is about an item, as in the push of one size."""
    batches = _rows(story.workspace, '"MON_BatchProcessing"')
    (size,) = [row for row in story.one_size.subitems if row["stg_batch_id"]]
    kinds = {row["batch_id"]: row["batch_type"] for row in batches}
    assert Counter(kinds.values()) == {"SUBITEMS": 1, "ORDERS": len(kinds) - 1}
    assert kinds[size["stg_batch_id"]] == "SUBITEMS"
    failed = {row["customer_name"] for row in batches if row["status"] == "FAILED"}
    assert "Kiyomi 清" in failed


def test_a_row_that_is_wanted_once_more_is_pending_again(story: Story, stand_in: StandIn) -> None:
    """The same change as one that went through before: somebody undid it on the board."""
    stand_in.configure(faults=[])
    stand_in.edit(4755559752, 9200002004, numbers_order="114")
    house = story.workspace
    assert house.opus("pull", *BOARD).code == 0
    house.build()
    (again,) = [row for row in _seen(house).subitems if row["subitem_id"] == 9200002004]
    (size,) = [row for row in story.built.subitems if row["subitem_id"] == 9200002004]
    assert again["stg_id"] == size["stg_id"]
    assert (size["stg_status"], again["stg_status"], again["stg_batch_id"]) == ("PROMOTED", "PENDING", None)


def _seen(house: Workspace) -> Seen:
    return Seen(_rows(house, ITEMS), _rows(house, SUBITEMS))


def _rows(house: Workspace, table: str) -> Rows:
    columns = house.rows(
        "select column_name from information_schema.columns where table_name = ? order by ordinal_position",
        [table.strip('"')],
    )
    names = [name for (name,) in columns]
    return [dict(zip(names, row, strict=True)) for row in house.rows(f"select * from {table}")]
