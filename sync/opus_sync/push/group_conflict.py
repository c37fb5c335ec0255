"""What on the board stands in the way of a row of a group, beside what was edited on the group itself."""

from __future__ import annotations

from opus_sync.live.structure import LiveStructure
from opus_sync.plan.groups import lying_in
from opus_sync.plan.order import Operation

_SHOWN = 3


def in_the_way(entry: Operation, live: LiveStructure) -> str | None:
    """Return why the row may not be sent, None where nothing but its own cells decides."""
    row = entry.row
    if row.update_operation == "ARCHIVE":
        return _archive(entry, live)
    title = entry.new.get("title") if row.update_operation == "UPDATE" else None
    if title is not None and any(group.id != row.group_id for group in live.titled(title)):
        return "another group on the board has the title already; pull to see it"
    neighbours = [entry.new.get(cell) for cell in ("$after", "$before")]
    gone = [group_id for group_id in neighbours if group_id is not None and live.group(group_id) is None]
    return f"group {gone[0]}, beside which it is to stand, is no longer on the board" if gone else None


def _archive(entry: Operation, live: LiveStructure) -> str | None:
    group = live.group(entry.row.group_id)
    if group is None:
        return None
    if len(live.groups) == 1:
        return "it is the last group of the board"
    known = set(lying_in(entry))
    others = [item for item in group.items or () if item not in known]
    if others:
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        return f"items lie in it that are not to go with it: {', '.join(others[:_SHOWN])}{more}"
    return None
