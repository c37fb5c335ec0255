"""Goes through all changes in their order: was a key created twice, was anybody's edit written over?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from storm.board import KEY, OVERWRITTEN, SIZE
from storm.judged import Judged
from storm.ledger import Change, Ledger, Request


@dataclass
class Seen:
    """An item as it stands at a moment of the storm."""

    key: str | None
    parent: str | None
    by_person: bool
    since: float
    state: str = "active"
    last: dict[str, Change] = field(default_factory=dict)


class Looks:
    """Finds what the runner read before it wrote."""

    def __init__(self, requests: Iterable[Request]) -> None:
        self._by_mention: dict[str, list[Request]] = {}
        for request in requests:
            if request.ours and not request.mutation:
                for mention in request.mentions:
                    self._by_mention.setdefault(mention, []).append(request)

    def before(self, request: Request, mention: str) -> Request | None:
        """Return the last query before a request that asked for this id or key."""
        queries = self._by_mention.get(mention, [])
        at = bisect_left(queries, request.arrived, key=lambda query: query.arrived)
        return queries[at - 1] if at else None


def replay(ledger: Ledger, judged: Judged) -> None:
    """Judge every change that the runner made."""
    items = {item["id"]: Seen(item["values"].get(KEY), None, False, 0.0) for item in _items(ledger.before)}
    looks = Looks(ledger.requests)
    for _, group in groupby(ledger.changes, key=lambda change: (change.request.number, change.alias, change.item)):
        changes = list(group)
        first = changes[0]
        if first.cell == "$state" and first.before is None:
            items[first.item] = new = _new(changes)
            if first.ours:
                _created(first, new, items, looks, judged)
        else:
            for change in changes:
                if change.ours:
                    _written(change, items[change.item], looks, judged)
                if change.cell == "$state":
                    items[change.item].state = change.after or ""
        for change in changes:
            # Who writes what stands there already has not edited anything.
            if change.ours or change.before != change.after:
                items[change.item].last[change.cell] = change


def _new(changes: list[Change]) -> Seen:
    cells = {change.cell: change.after for change in changes}
    return Seen(cells.get(KEY) or cells.get(SIZE), cells.get("$parent"), not changes[0].ours, changes[0].at)


def _created(change: Change, new: Seen, items: Mapping[str, Seen], looks: Looks, judged: Judged) -> None:
    judged.figures["items created by the runner"] += 1
    look = looks.before(change.request, new.parent or new.key or "")
    named = f"{new.key} below {new.parent}" if new.parent else str(new.key)
    if look is None:
        judged.find("unseen", f"{named} was created without a look")
    for number, other in items.items():
        if other is new or other.state != "active" or (other.key, other.parent) != (new.key, new.parent):
            continue
        words = f"{named} was created as item {change.item}, though item {number} had the key"
        if other.by_person and look is not None and other.since > look.arrived:
            judged.excuse("same key", words)
        else:
            judged.find("doubled", f"{words} ({'a person' if other.by_person else 'the runner'} made it)")


def _written(change: Change, item: Seen, looks: Looks, judged: Judged) -> None:
    judged.figures["cells written by the runner"] += 1
    last = item.last.get(change.cell)
    look = looks.before(change.request, change.item)
    if look is None and change.cell != "$state":
        judged.find("unseen", f"{change.cell} of item {change.item} was written without a look")
    if last is None or last.ours or change.before == change.after or change.cell in ("$state", OVERWRITTEN):
        return
    words = (
        f"{change.cell} of item {change.item} ({item.key}) went from {change.before!r}, which a person wrote "
        f"{change.at - last.at:.2f} s before, to {change.after!r} (at {change.at:.3f}, request {change.request.key})"
    )
    if look is not None and last.at > look.arrived:
        judged.excuse("trampled", words)
    elif item.by_person:
        judged.figures["cells of people's own new items, first contact"] += 1
    else:
        judged.find("trampled", words)


def _items(state: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for board in state["boards"]:
        yield from board["items"]
