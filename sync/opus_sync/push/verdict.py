"""What became of a row that was sent and not answered: read off the board, never tried again to find out."""

from __future__ import annotations

from opus_sync.live.cells import same
from opus_sync.live.record import ACTIVE, LiveRecord
from opus_sync.plan.order import Operation, Wave
from opus_sync.push.conflict import SEEN_AT
from opus_sync.push.look import Found, exact
from opus_sync.push.outcome import Event, Outcome, not_applied, superseded

_STATES = {"ARCHIVE": "archived", "DELETE": "deleted"}


def verdict(entry: Operation, found: Found, parent: int | None) -> Outcome:
    """Return SUCCEEDED where the new values stand, NOT_APPLIED where the old ones do, else SUPERSEDED.

    Nothing may still be under way: monday ends every call at 60 seconds.
    """
    operation = entry.row.update_operation
    if operation == "CREATE":
        return _new(entry, found, parent)
    if operation in _STATES:
        return _removal(entry, found.item)
    item = found.item
    if item is None or item.state != ACTIVE:
        return superseded(f"{entry.row.subject} is {'gone' if item is None else item.state}")
    if all(same(item.cell(column), new) for column, new in entry.new.items()):
        return _succeeded(item)
    if not all(same(item.cell(column), entry.old.get(column)) for column in entry.new):
        return superseded("the board holds neither the old values nor the new ones")
    if _changed_since(entry, item):
        # Somebody may have taken the write back, which must not be done to them again.
        return superseded("the board holds the old values, but the item was changed after the row was sent")
    return not_applied("the board holds the old values")


def _new(entry: Operation, found: Found, parent: int | None) -> Outcome:
    if parent is not None and (found.parent is None or found.parent.state != ACTIVE):
        return superseded(f"its parent, item {parent}, is no longer on the board")
    if not found.hits:
        return not_applied("nothing on the board has the key")
    if len(found.hits) == 1 and exact(entry, found.hits[0]):
        return _succeeded(found.hits[0])
    named = ", ".join(item.words for item in found.hits)
    return superseded(f"the key stands on {named}, which is not as it was sent")


def _removal(entry: Operation, item: LiveRecord | None) -> Outcome:
    wanted = _STATES[entry.row.update_operation]
    if item is None:
        # Groups that are not active are not listed.
        listed = wanted == "archived" and entry.wave is not Wave.GROUP_REMOVALS
        return superseded(f"{entry.row.subject} is gone") if listed else _gone(entry)
    if item.state == wanted:
        return _succeeded(item)
    if item.state == ACTIVE and not _changed_since(entry, item):
        return not_applied(f"{item.words} is still on the board")
    return superseded(f"{item.words} is {item.state}")


def _changed_since(entry: Operation, item: LiveRecord) -> bool:
    seen = entry.old.get(SEEN_AT)
    return seen is not None and item.updated_at != seen


def _succeeded(item: LiveRecord) -> Outcome:
    return Outcome(Event.SUCCEEDED, **item.ids)


def _gone(entry: Operation) -> Outcome:
    return Outcome(Event.SUCCEEDED, item_id=entry.row.monday_item_id)
