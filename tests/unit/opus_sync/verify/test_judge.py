"""What the board says to one cell."""

import pytest

from opus_sync.live.items import LiveItem
from opus_sync.verify.columns import Columns
from opus_sync.verify.findings import Verdict
from opus_sync.verify.judge import judge, judge_new
from unit.opus_sync.verify.test_unplanned import BOARD

COLUMNS = Columns(BOARD)
MEANT, UNTOUCHED, OTHER, UNCHECKED = Verdict.AS_MEANT, Verdict.UNTOUCHED, Verdict.DIFFERENT, Verdict.UNCHECKED


def live(state="active", **cells):
    """An item that holds these cells."""
    return LiveItem(7, state, 9001, "topics", cells=cells)


@pytest.mark.parametrize(
    ("column", "item", "wanted", "old", "verdict", "note"),
    [
        ("text_key", live(text_key="new"), "new", {"text_key": "old"}, MEANT, ""),
        ("text_key", live(text_key="old"), "new", {"text_key": "old"}, UNTOUCHED, ""),
        ("text_key", live(text_key="x"), "new", {"text_key": "old"}, OTHER, ""),
        ("text_key", live(text_key="old"), "new", None, OTHER, ""),
        ("text_key", live(text_key=None), "new", {}, UNTOUCHED, ""),
        ("text_key", live(text_key=None), "", {"text_key": "old"}, MEANT, ""),
        ("checkbox_1", live(checkbox_1="false"), None, {"checkbox_1": "true"}, MEANT, ""),
        ("name", live(name="A"), "A", {}, MEANT, ""),
        ("$group", live(), "topics", {"$group": "done"}, MEANT, ""),
        ("text_key", live("archived", text_key="new"), "new", {}, OTHER, "the item is archived"),
        ("text_key", None, "new", {}, OTHER, "the item is gone"),
        ("$state", live("archived"), "archived", {"$state": "active"}, MEANT, ""),
        ("$state", live("deleted"), "archived", {"$state": "active"}, OTHER, ""),
        ("$state", live(), "archived", {"$state": "active"}, UNTOUCHED, ""),
        ("$state", None, "deleted", {"$state": "active"}, MEANT, ""),
        ("$state", None, "archived", {"$state": "active"}, OTHER, "the item is gone"),
        ("text_lost", live(), "new", {}, UNCHECKED, "the contract no longer has this column"),
    ],
)
def test_a_cell_of_a_known_item(column, item, wanted, old, verdict, note):
    assert judge(COLUMNS, "items", column, item, wanted, old) == (verdict, note)


def test_a_cell_of_a_new_item():
    """One item bears its key, or none does, or several do; an empty cell is not the planned one."""
    assert judge_new(COLUMNS, "items", "text_key", (live(text_key="K"),), "K") == (MEANT, "")
    assert judge_new(COLUMNS, "items", "text_key", (live(text_key=None),), "K") == (OTHER, "")
    assert judge_new(COLUMNS, "items", "text_key", (), "K") == (UNTOUCHED, "no item bears the key")
    assert judge_new(COLUMNS, "items", "text_key", (live(), live()), "K") == (OTHER, "the key stands on items 7, 7")
