"""The groups of a board and its own name and description, as they stand on monday now."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from opus_sync.live.keys import folded
from opus_sync.live.record import ACTIVE
from opus_sync.monday.documents import document
from opus_sync.monday.governed import GovernedApi

_PAGE = 500
_POINTS = 1_000


@dataclass(frozen=True)
class LiveGroup:
    """An active group; `after` and `before` are the ids of its neighbours.

    `items` are the ids of the items in it, None where they were not asked for.
    """

    id: str
    title: str
    color: str
    position: str
    board_id: int
    after: str | None = None
    before: str | None = None
    items: tuple[str, ...] | None = None
    state: str = ACTIVE
    updated_at: None = None

    @property
    def words(self) -> str:
        """How people know it."""
        return f"group {self.id}"

    @property
    def ids(self) -> Mapping[str, Any]:
        """What is put on record of it."""
        answered = {"$position": self.position, "color": self.color}
        return {"board_id": self.board_id, "group_id": self.id, "answered": answered}

    def cell(self, column_id: str) -> str | None:
        """Return what stands in an attribute or a pseudo column."""
        return {
            "title": self.title,
            "color": self.color,
            "$position": self.position,
            "$after": self.after,
            "$before": self.before,
            "$state": self.state,
            "$items": None if self.items is None else json.dumps(self.items),
        }.get(column_id)


@dataclass(frozen=True)
class LiveFacts:
    """The name and the description of a board."""

    board_id: int
    name: str
    description: str | None
    state: str = ACTIVE
    updated_at: None = None

    @property
    def words(self) -> str:
        """How people know it."""
        return f"board {self.board_id}"

    @property
    def ids(self) -> Mapping[str, Any]:
        """What is put on record of it."""
        return {"board_id": self.board_id}

    def cell(self, column_id: str) -> str | None:
        """Return the name or the description; an empty one is no value."""
        text = {"name": self.name, "description": self.description, "$state": self.state}.get(column_id)
        return text or None


@dataclass(frozen=True)
class LiveStructure:
    """A board with its active groups, top first; `facts` is None where the board is gone."""

    facts: LiveFacts | None = None
    groups: Sequence[LiveGroup] = field(default_factory=tuple)

    def group(self, group_id: str | None) -> LiveGroup | None:
        """Return the active group of an id."""
        return next((group for group in self.groups if group.id == group_id), None)

    def titled(self, title: str | None) -> tuple[LiveGroup, ...]:
        """Return the groups of a title, without regard to case and outer space."""
        wanted = folded((title or "",))
        return tuple(group for group in self.groups if folded((group.title,)) == wanted)


@dataclass(frozen=True)
class StructureReader:
    """Reads the structure of one board."""

    api: GovernedApi
    board_id: int

    def read(self, items_of: Collection[str] = ()) -> LiveStructure:
        """Read the board, and the items that lie in some of its groups; raises OpusError where that cannot be."""
        answer = self.api.read(document("board_structure"), {"ids": [str(self.board_id)]}, cost=_POINTS)
        boards = [board for board in answer.data["boards"] or () if board]
        if not boards:
            return LiveStructure()
        board = boards[0]
        facts = LiveFacts(int(board["id"]), board["name"], board["description"], board["state"])
        groups = [group for group in board["groups"] or () if group and not group["archived"] and not group["deleted"]]
        groups.sort(key=lambda group: float(group["position"]))
        items = {group_id: tuple(self._items(group_id)) for group_id in items_of}
        return LiveStructure(facts, tuple(_groups(facts.board_id, groups, items)))

    def _items(self, group_id: str) -> Iterator[str]:
        variables = {"ids": [str(self.board_id)], "groups": [group_id], "limit": _PAGE}
        boards = self.api.read(document("group_items"), variables, cost=_PAGE).data["boards"] or ()
        page = next((group["items_page"] for board in boards for group in board["groups"] or ()), None)
        while page:
            yield from (str(item["id"]) for item in page["items"])
            if not page["cursor"]:
                return
            variables = {"cursor": page["cursor"], "limit": _PAGE}
            page = self.api.read(document("next_group_items"), variables, cost=_PAGE).data["next_items_page"]


def _groups(
    board_id: int, groups: Sequence[Mapping[str, Any]], items: Mapping[str, tuple[str, ...]]
) -> Iterator[LiveGroup]:
    ids = [None, *(group["id"] for group in groups), None]
    for at, group in enumerate(groups):
        live = LiveGroup(group["id"], group["title"], group["color"].lower(), group["position"], board_id)
        yield replace(live, after=ids[at], before=ids[at + 2], items=items.get(group["id"]))
