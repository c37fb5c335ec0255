"""A whole board against what a plan knew of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from opus_sync.contract import Board, Column, Entity
from opus_sync.errors import OpusError
from opus_sync.live.items import LiveItem
from opus_sync.verify import parts
from opus_sync.verify.columns import Columns
from opus_sync.verify.findings import Unplanned
from opus_sync.verify.known import Known
from opus_sync.verify.planned import PlannedBoard, PlannedRow
from opus_sync.verify.text import unplanned_words
from opus_sync.verify.unplanned import Explained, WholeBoard

BOARD_ID, BELOW_ID = 9001, 9002
ITEMS = (
    Column("Order", "text_key", "text", "push"),
    Column("Paid", "checkbox_1", "checkbox", "push"),
    Column("Changed", "last_1", "last_updated"),
)
SUBITEMS = (Column("Quantity", "numbers_1", "numbers", "push"),)
BOARD = Board(
    "orders",
    "boards/orders.yml",
    BOARD_ID,
    Entity("items", "mon_orders", ("Order",), ITEMS, "create"),
    Entity("subitems", "mon_orders_subitems", ("Title",), SUBITEMS, "create"),
)


def item(number: int, **changes: Any) -> dict[str, Any]:
    """An item as a listing or an extract has it; `cells` are put over its own."""
    cells = {"text_key": f"K{number}", "checkbox_1": "false", "last_1": "2026-11-01 08:00:00"}
    row = {
        "monday_board_id": BOARD_ID,
        "monday_item_id": number,
        "parent_item_id": None,
        "group_id": "topics",
        "item_name": f"Order {number}",
        "column_values": json.dumps({**cells, **changes.pop("cells", {})}),
    }
    return {**row, **changes}


def subitem(number: int, parent: int, quantity: str = "1", **changes: Any) -> dict[str, Any]:
    cells = json.dumps({"numbers_1": quantity})
    own = {"monday_board_id": BELOW_ID, "parent_item_id": parent, "item_name": f"Size {number}"}
    return {**item(number), **own, "group_id": None, "column_values": cells, **changes}


def write(number: int, column_id: str, value: str | None, seq: int, kind: str = "items") -> dict[str, Any]:
    """A row of the audit log on the plan's extract."""
    return {
        "monday_item_id": number,
        "monday_board_id": BOARD_ID,
        "update_type": f"update_{kind}",
        "column_id": column_id,
        "new_value": value,
        "seq": seq,
    }


class Tables:
    """The two statements that read a part of an extract and of the audit log, and the one that counts."""

    def __init__(self, extract: list[dict[str, Any]], writes: list[dict[str, Any]]) -> None:
        self.extract = extract
        self.writes = writes
        self.asked = 0

    def query(self, name: str, **given: Any) -> list[dict[str, Any]]:
        if name == "verify_boards":
            return [{"monday_board_id": BOARD_ID, "items_count": len(self.extract)}] if self.extract else []
        self.asked += 1
        rows = self.extract if name == "verify_extract" else self.writes
        return [
            dict(row)
            for row in rows
            if row["monday_item_id"] % given["parts"] == given["part"]
            and row.get("seq", 0) <= given.get("as_of_seq", 0)
        ]


class Reader:
    """What monday says of single items."""

    def __init__(self, items: dict[int, LiveItem]) -> None:
        self.items = items

    def by_id(self, kind: str, ids: Any, columns: Any) -> dict[int, LiveItem]:
        return {number: self.items[number] for number in ids if number in self.items}


def compared(
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
    *,
    writes: list[dict[str, Any]] | None = None,
    explained: Explained | None = None,
    live: dict[int, LiveItem] | None = None,
) -> Unplanned:
    """Compare in pages of two; the plan's sync point is 10."""
    columns = Columns(BOARD)
    known = Known.by(PlannedBoard((), "e1", 10), Tables(before, writes or []), "orders", columns)  # type: ignore[arg-type]
    nothing = Explained({}, frozenset(), frozenset())
    whole = WholeBoard(BOARD, known, explained or nothing, Reader(live or {}), columns)  # type: ignore[arg-type]
    pages = [after[at : at + 2] for at in range(0, len(after), 2)]
    return whole.compare([pages], len(after), lambda rows: None)


def changes(found: Unplanned) -> set[tuple[str, str, str | None, str | None]]:
    return {(change.subject.record, change.column_id, change.before, change.there) for change in found.changes}


@pytest.fixture(params=[5_000, 1], ids=["one part", "a part for each item"], autouse=True)
def several_parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_ITEMS_A_PART", request.param)


def test_a_board_that_nobody_touched() -> None:
    """Nothing; what monday itself keeps up to date is no change, nor is a box that is empty instead of unticked."""
    rows = [item(1), item(2), subitem(11, 1)]
    later = [item(1, cells={"last_1": "2026-11-02 08:00:00"}), item(2, cells={"checkbox_1": None}), subitem(11, 1)]
    found = compared(rows, later)
    assert not found.anything
    assert unplanned_words(found) == "on the board but not in the plan: nothing"


def test_cells_names_groups_and_parents_that_changed() -> None:
    before = [item(1), item(2), item(3), subitem(11, 1), subitem(12, 1)]
    after = [
        item(1, cells={"checkbox_1": "true"}),
        item(2, group_id="done"),
        item(3, item_name="Other"),
        subitem(11, 2),
        subitem(12, 1, "5"),
    ]
    found = compared(before, after)
    assert changes(found) == {
        ("K1", "checkbox_1", "false", "true"),
        ("K2", "$group", "topics", "done"),
        ("K3", "name", "Order 3", "Other"),
        ("Size 11", "$parent", "1", "2"),
        ("Size 12", "numbers_1", "1", "5"),
    }
    assert unplanned_words(found) == "on the board but not in the plan: 5 cells on 5 items"


def test_a_column_that_came_into_the_contract_later_says_nothing() -> None:
    before = [{**item(1), "column_values": json.dumps({"text_key": "K1"})}]
    assert not compared(before, [item(1, cells={"checkbox_1": "true"})]).anything


def test_new_and_gone_items() -> None:
    """What became of an item is asked for; its subitems go with it; one that was only moved about is still there."""
    before = [item(1), item(2), item(3), item(4), subitem(11, 1), subitem(12, 4), subitem(13, 4)]
    live = {
        1: LiveItem(1, "archived", BOARD_ID),
        3: LiveItem(3, "active", 9009),
        13: LiveItem(13, "active", BELOW_ID),
        12: LiveItem(12, "deleted", BELOW_ID),
    }
    found = compared(before, [item(4), item(5), subitem(15, 5)], live=live)
    assert [one.item_id for one in found.new] == [5, 15] or [one.item_id for one in found.new] == [15, 5]
    assert {(one.subject.item_id, one.state) for one in found.gone} == {
        (1, "archived"),
        (2, "gone"),
        (3, "on board 9009"),
        (12, "deleted"),
    }
    assert unplanned_words(found) == "on the board but not in the plan: 2 new items, 4 items gone"


def test_what_was_written_before_the_plan_is_known_and_later_writes_are_not() -> None:
    """The extract is overlaid up to the plan's sync point: cells, new items, removed ones with their subitems."""
    before = [item(1), item(2), item(3), subitem(11, 3)]
    writes = [
        write(1, "checkbox_1", "true", 5),
        write(4, "$state", "active", 6),
        write(4, "name", "Order 4", 6),
        write(4, "$group", "topics", 6),
        write(4, "text_key", "K4", 6),
        write(3, "$state", "archived", 7),
        write(2, "checkbox_1", "true", 11),
    ]
    after = [item(1, cells={"checkbox_1": "true"}), item(2, cells={"checkbox_1": "true"}), item(4)]
    found = compared(before, after, writes=writes)
    assert changes(found) == {("K2", "checkbox_1", "false", "true")}
    assert (found.new, found.gone) == ([], [])


def planned(stg_id: str, operation: str, item_id: int | None, **new: str) -> PlannedRow:
    return PlannedRow(
        stg_id, "items", operation, f"K{item_id}", f"K{item_id}", None, "ACME", item_id, None, None, "Order", new, {}
    )


def test_what_the_plan_explains_is_no_finding() -> None:
    """Its cells, the items it creates and those it removes; a further cell of a new item is one."""
    rows = [
        planned("u", "UPDATE", 1, checkbox_1="true"),
        planned("c", "CREATE", None, text_key="K5"),
        planned("a", "ARCHIVE", 2, **{"$state": "archived"}),
    ]
    found = {"u": (LiveItem(1, "active"),), "c": (LiveItem(5, "active"),), "a": ()}
    before = [item(1), item(2), subitem(11, 2)]
    after = [item(1, cells={"checkbox_1": "true", "text_key": "K7"}), item(5, cells={"checkbox_1": "true"})]
    result = compared(before, after, explained=Explained.by(rows, found))
    assert changes(result) == {("K7", "text_key", "K1", "K7"), ("K5", "checkbox_1", None, "true")}
    assert (result.new, result.gone) == ([], [])


def test_an_extract_that_was_pruned_is_an_error() -> None:
    with pytest.raises(OpusError, match="the extract from which the plan was made is no longer there"):
        compared([], [item(1)])
