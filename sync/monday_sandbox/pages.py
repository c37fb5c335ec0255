"""Pages of items and their cursors."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monday_sandbox.errors import ApiError, invalid_argument
from monday_sandbox.facets import FACETS, plain_number, sort_key
from monday_sandbox.filters import Setting, predicate
from monday_sandbox.model import Board, Column, Group, Item
from monday_sandbox.view import view

PAGE_LIMIT = 500
IDS_LIMIT = 100


@dataclass(slots=True)
class _Listing:
    """What a first page found: a cursor walks over it, whatever changes meanwhile."""

    items: list[Item]
    expires: float


@dataclass(frozen=True)
class Page:
    """One page: ItemsResponse."""

    items: list[Item]
    cursor: str | None


class Cursors:
    """The open listings; each lives a fixed time from its first page."""

    def __init__(self, expired_code: str) -> None:
        self._listings: dict[str, _Listing] = {}
        self._next = 0
        self._expired_code = expired_code

    def first(self, items: list[Item], limit: int, now: float, minutes: float) -> Page:
        """Return the first page over the items; a cursor when there are more."""
        check_limit(limit)
        self._listings = {key: kept for key, kept in self._listings.items() if kept.expires > now}
        if len(items) <= limit:
            return Page(items, None)
        self._next += 1
        key = f"c{self._next}"
        self._listings[key] = _Listing(items, now + minutes * 60)
        return Page(items[:limit], _encode(key, limit))

    def following(self, cursor: str, limit: int, now: float) -> Page:
        """Return the page a cursor stands for; items that went meanwhile are left out."""
        check_limit(limit)
        key, offset = _decode(cursor)
        listing = self._listings.get(key)
        if listing is None or listing.expires <= now:
            raise ApiError(
                self._expired_code,
                "CursorExpiredError: The cursor provided for pagination has expired. "
                "Please refresh your query and obtain a new cursor",
            )
        end = offset + limit
        items = [item for item in listing.items[offset:end] if item.state == "active"]
        return Page(items, _encode(key, end) if end < len(listing.items) else None)


def _encode(key: str, offset: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([key, offset]).encode()).decode()


def _decode(cursor: str) -> tuple[str, int]:
    try:
        key, offset = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return str(key), int(offset)
    except (ValueError, TypeError):
        raise invalid_argument("Invalid cursor", cursor=cursor[:80]) from None


def check_limit(limit: int) -> None:
    """Refuse page sizes that monday refuses."""
    if not 1 <= limit <= PAGE_LIMIT:
        raise invalid_argument(f"limit must be between 1 and {PAGE_LIMIT}", limit=limit)


def query_items(setting: Setting, source: Board | Group, query: Mapping[str, Any] | None) -> list[Item]:
    """List the active items of a board or group that a query asks for, in its order."""
    items = list(source.items.values()) if isinstance(source, Group) else source.active_items()
    if not query:
        return items
    ids = query.get("ids")
    if ids is not None:
        if len(ids) > IDS_LIMIT:
            raise invalid_argument(f"query_params.ids takes at most {IDS_LIMIT} ids")
        items = [
            item
            for item in (setting.board.items.get(item_id) for item_id in dict.fromkeys(ids))
            if item is not None and item.state == "active" and (isinstance(source, Board) or item.group_id == source.id)
        ]
    if query.get("rules") or query.get("groups"):
        test = predicate(query, setting)
        items = [item for item in items if test(item)]
    for order in reversed(query.get("order_by") or []):
        _sort(items, setting.column(order["column_id"]), order.get("direction") == "desc", setting)
    return items


def _sort(items: list[Item], column: Column, descending: bool, setting: Setting) -> None:
    if column.type == "name":
        items.sort(key=lambda item: item.name.casefold(), reverse=descending)
    elif column.type == "last_updated":
        items.sort(key=lambda item: item.updated_at, reverse=descending)
    elif column.type == "creation_log":
        items.sort(key=lambda item: (item.created_at, int(item.id)), reverse=descending)
    else:
        keys = {item.id: sort_key(view(setting.store, setting.options, item, column)) for item in items}
        filled = [item for item in items if not keys[item.id][0]]
        blank = [item for item in items if keys[item.id][0]]
        filled.sort(key=lambda item: keys[item.id][1], reverse=descending)
        items[:] = [*blank, *filled] if descending else [*filled, *blank]


def items_by_values(setting: Setting, columns: list[Mapping[str, Any]]) -> list[Item]:
    """List the items that have one of the values in each column: whole match, whatever the case."""
    found: dict[str, Item] | None = None
    for wanted in columns:
        column = setting.column(wanted["column_id"])
        hits = _holders(setting, column, wanted["column_values"])
        found = hits if found is None else {item_id: hits[item_id] for item_id in found if item_id in hits}
    return sorted((found or {}).values(), key=lambda item: int(item.id))


def _holders(setting: Setting, column: Column, values: list[str | None]) -> dict[str, Item]:
    texts = ["" if value is None else value for value in values]
    lookups = setting.store.lookups
    if column.type == "name":
        folded = [text.casefold() for text in texts]
        return lookups.find(setting.board, column.id, lambda item: (item.name.casefold(),), folded)
    facet = FACETS.get(column.type)
    keys = facet.keys if facet is not None else None
    if keys is None:
        raise invalid_argument(
            f"column type {column.type} is not supported by items_page_by_column_values", column_id=column.id
        )
    if column.type == "numbers":
        folded = [plain_number(text) if text else "$$$blank$$$" for text in texts]
    else:
        folded = [text.casefold() for text in texts]

    def tokens(item: Item) -> tuple[str, ...]:
        return tuple(keys(view(setting.store, setting.options, item, column)))

    return lookups.find(setting.board, column.id, tokens, folded)
