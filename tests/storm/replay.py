"""Goes through all changes in their order: was a key created twice, was anybody's edit written over?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from storm.board import FLAGGED, KEY, OVERWRITTEN, SIZE
from storm.judged import Judged
from storm.ledger import Change, Ledger, Request
from storm.shop import Shop


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


def replay(ledger: Ledger, shop: Shop, judged: Judged) -> None:
    """Judge every change that the runner made."""
    items = {item["id"]: Seen(item["values"].get(KEY), None, False, 0.0) for item in _items(ledger.before)}
    looks = Looks(ledger.requests)
    for _, group in groupby(ledger.changes, key=lambda change: (change.request.number, change.alias, change.item)):
        changes = list(group)
        first = changes[0]
        if first.cell == "$state" and first.before is None:
            items[first.item] = new = _new(changes)
            _created(first, new, items, looks, judged)
        else:
            for change in changes:
                if change.ours:
                    _written(change, items[change.item], looks, shop, judged)
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
    judged.figures["items created by the runner"] += change.ours
    look = looks.before(change.request, new.parent or new.key or "")
    named = f"{new.key} below {new.parent}" if new.parent else str(new.key)
    if look is None and change.ours:
        judged.find("unseen", f"{named} was created without a look")
    for number, other in items.items():
        if other is new or other.state != "active" or (other.key, other.parent) != (new.key, new.parent):
            continue
        words = f"{named} was created as item {change.item}, though item {number} had the key"
        if new.by_person or (other.by_person and look is not None and other.since > look.arrived):
            judged.excuse("same key", words)
        else:
            judged.find("doubled", f"{words} ({'a person' if other.by_person else 'the runner'} made it)")


def _written(change: Change, item: Seen, looks: Looks, shop: Shop, judged: Judged) -> None:
    judged.figures["cells written by the runner"] += 1
    if change.cell == "$state":
        _taken_away(change, item, looks, judged)
        return
    last = item.last.get(change.cell)
    look = looks.before(change.request, change.item)
    if look is None:
        judged.find("unseen", f"{change.cell} of item {change.item} was written without a look")
    if last is None or last.ours or change.before == change.after or change.cell == OVERWRITTEN:
        return
    words = (
        f"{change.cell} of item {change.item} ({item.key}) went from {change.before!r}, which a person wrote "
        f"{change.at - last.at:.2f} s before, to {change.after!r} (at {change.at:.3f}, request {change.request.key})"
    )
    if look is not None and last.at > look.arrived:
        judged.excuse("trampled", words)
    elif change.cell == "$group" and shop.agreed(item.key, change.before, last.at, change.at):
        judged.figures["moves by people to where the shop wanted it, too"] += 1
    elif item.by_person:
        judged.figures["cells of people's own new items, first contact"] += 1
    else:
        judged.find("trampled", words)


def _taken_away(change: Change, item: Seen, looks: Looks, judged: Judged) -> None:
    """An item in which somebody wrote is not archived; what goes with its parent is not looked at by itself."""
    edit = item.last.get(FLAGGED)
    look = looks.before(change.request, change.item)
    if item.parent is not None or edit is None or edit.ours or item.by_person:
        return
    words = f"item {change.item} ({item.key}) was archived, in which a person wrote {change.at - edit.at:.2f} s before"
    if look is not None and edit.at > look.arrived:
        judged.excuse("taken away", words)
    else:
        judged.find("taken away", words)


def _items(state: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for board in state["boards"]:
        yield from board["items"]
