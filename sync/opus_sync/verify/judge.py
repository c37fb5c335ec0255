"""What the board says to one cell."""

from __future__ import annotations

from opus_sync.live.items import LiveItem
from opus_sync.live.record import ACTIVE
from opus_sync.plan.staged import Cells
from opus_sync.verify.columns import Columns
from opus_sync.verify.findings import Verdict

STATE = "$state"
_DELETED = "deleted"

Judged = tuple[Verdict, str]


def judge(
    columns: Columns, kind: str, column_id: str, item: LiveItem | None, wanted: str | None, old: Cells | None = None
) -> Judged:
    """Return the verdict on a cell of an item, with a note where no value says why.

    A cell that holds its `old` value is untouched; without old values there is no such verdict.
    """
    if item is None:
        # An item that was deleted is kept for a while, then it is gone.
        done = column_id == STATE and wanted == _DELETED
        return (Verdict.AS_MEANT, "") if done else (Verdict.DIFFERENT, "the item is gone")
    if column_id != STATE and item.state != ACTIVE:
        return Verdict.DIFFERENT, f"the item is {item.state}"
    if not columns.knows(kind, column_id):
        return Verdict.UNCHECKED, "the contract no longer has this column"
    there = item.cell(column_id)
    if columns.same(kind, column_id, there, wanted):
        return Verdict.AS_MEANT, ""
    untouched = old is not None and columns.same(kind, column_id, there, old.get(column_id))
    return (Verdict.UNTOUCHED if untouched else Verdict.DIFFERENT), ""


def judge_new(columns: Columns, kind: str, column_id: str, hits: tuple[LiveItem, ...], wanted: str | None) -> Judged:
    """Return the verdict on a cell of a new item, of which the board shows those that bear its key."""
    if not hits:
        return Verdict.UNTOUCHED, "no item bears the key"
    if len(hits) > 1:
        return Verdict.DIFFERENT, f"the key stands on items {', '.join(str(item.id) for item in hits)}"
    return judge(columns, kind, column_id, hits[0], wanted)
