"""Reads a board as monday shows it, its subitem board, and enough items to tell what could be a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opus_sync.errors import UsageError
from opus_sync.monday.answer import Rejected
from opus_sync.monday.documents import document
from opus_sync.monday.governed import GovernedApi
from opus_sync.pull.live_board import LiveBoard, live_board
from opus_sync.registry.drift import open_columns

KEY_TYPES = ("text", "numbers", "email", "phone", "link")
"""Column types whose cells may be a key, beside the item's name."""

_PAGE, _SMALL_PAGE = 500, 25
_TOO_COMPLEX = "querytoocomplex"
_MULTI_LEVEL = "multi_level"
_OTHER_KINDS = {
    "sub_items_board": "holds the subitems of another board: give the id of that one",
    "document": "is a document, not a board",
}


@dataclass(frozen=True)
class Sample:
    """The first items of a board: names, and the cells that may be keys, as they are shown.

    `rows` are parent id, "" for an item, and column id -> text, with the item's name under `name`.
    """

    rows: Sequence[tuple[str, Mapping[str, str]]]
    of: int


@dataclass(frozen=True)
class Found:
    """One board as it was found, with a sample of its items."""

    live: LiveBoard
    sample: Sample

    @property
    def title(self) -> str:
        """Its name on monday."""
        return str(self.live.facts["name"])

    @property
    def url(self) -> str:
        """Where people open it."""
        return str(self.live.facts["url"] or "")

    @property
    def owners(self) -> str:
        """Who owns it."""
        return ", ".join(owner["name"] for owner in self.live.facts["owners"] or () if owner) or "nobody"

    @property
    def columns(self) -> list[Mapping[str, Any]]:
        """The columns that its contract lists, in board order."""
        return open_columns(self.live.columns)

    @property
    def multi_level(self) -> bool:
        """Whether subitems are on the board itself, at several levels."""
        return bool(self.live.facts["hierarchy_type"] == _MULTI_LEVEL)


@dataclass(frozen=True)
class Discovery:
    """A board and the board of its subitems, None where it has none that can be read."""

    items: Found
    subitems: Found | None

    @property
    def entities(self) -> dict[str, Found]:
        """Return entity -> board."""
        return {"items": self.items, **({"subitems": self.subitems} if self.subitems else {})}


def discover(api: GovernedApi, board_id: int) -> Discovery:
    """Read a board in one request, and its subitem board in another.

    Raises OpusError when it is not there, not visible or not active, UsageError when it is no board of items.
    """
    items = _read(api, board_id, "--board-id", parents=False)
    if problem := _OTHER_KINDS.get(str(items.live.facts["type"])):
        raise UsageError(f"{board_id} ({items.title!r}) {problem}", "boards are listed in monday's address bar")
    below = None if items.multi_level else items.live.subitem_board_id()
    subitems = None if below is None else _read(api, below, f"the subitems column of {board_id}", parents=True)
    return Discovery(items, subitems)


def _read(api: GovernedApi, board_id: int, named_in: str, *, parents: bool) -> Found:
    def ask(limit: int) -> Mapping[str, Any]:
        variables = {"ids": [str(board_id)], "limit": limit, "types": list(KEY_TYPES), "parents": parents}
        return api.read(document("discover") + document("board_facts"), variables).data

    try:
        data = ask(_PAGE)
    except Rejected as error:
        # Wide boards, or the small budget of a trial account.
        if error.code.casefold() != _TOO_COMPLEX:
            raise
        data = ask(_SMALL_PAGE)
    live = live_board(data["boards"], board_id, named_in)
    page = live.facts["items_page"] or {"items": ()}
    return Found(live, Sample([_row(item) for item in page["items"]], live.items_count))


def _row(item: Mapping[str, Any]) -> tuple[str, Mapping[str, str]]:
    parent = item.get("parent_item")
    cells = {cell["id"]: cell["text"] or "" for cell in item["column_values"]}
    return str(parent["id"]) if parent else "", {**cells, "name": item["name"]}
