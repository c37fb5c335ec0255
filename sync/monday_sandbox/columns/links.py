"""Columns that point at other items: connect boards, dependency, subitems, mirror."""

from __future__ import annotations

from typing import Any

from monday_sandbox.columns.codec import (
    CREATE,
    JSON_WAYS,
    MULTIPLE,
    BadValueError,
    Codec,
    Scope,
    View,
    changed_at,
    id_list,
    no_text,
)
from monday_sandbox.model import Item


def _linkable(item_id: str, scope: Scope) -> Item | None:
    """Return the item to link; while a seed is loaded it may stand further down, so None is returned."""
    item = scope.store.items.get(item_id)
    if scope.strict and (item is None or item.state != "active"):
        raise BadValueError(f"linked item {item_id} does not exist")
    return item


def _relation(data: Any, scope: Scope) -> dict[str, list[int]]:
    ids = id_list(data, "item_ids", int)
    boards = {str(board) for board in scope.column.settings.get("boardIds", ())}
    for item_id in ids:
        item = _linkable(str(item_id), scope)
        if item is not None and item.board.id not in boards:
            raise BadValueError(f"item {item_id} is on board {item.board.id}, which this column is not connected to")
    if len(ids) > 1 and scope.column.settings.get("allowMultipleItems") is False:
        raise BadValueError("this column takes one linked item")
    return {"item_ids": ids}


def _dependency(data: Any, scope: Scope) -> dict[str, list[str]]:
    ids = id_list(data, "item_ids", str)
    for item_id in ids:
        item = _linkable(item_id, scope)
        if item is not None and item.board is not scope.board:
            raise BadValueError(f"item {item_id} is not on this board")
    return {"item_ids": ids}


def linked(view: View) -> list[Item]:
    """List the linked items that are not deleted."""
    found = (view.store.items.get(str(item_id)) for item_id in view.part("item_ids") or ())
    return [item for item in found if item is not None and item.state != "deleted"]


def _ids(view: View) -> list[str]:
    return [item.id for item in linked(view)]


def _names(view: View) -> str:
    return ", ".join(item.name for item in linked(view))


def _dependency_links(view: View) -> list[dict[str, Any]]:
    return [{"linked_item_id": item_id, "dependency_type": 0, "lag": 0} for item_id in _ids(view)]


def _nothing(view: View) -> Any:
    return None


LINKS: dict[str, Any] = {
    "linked_item_ids": _ids,
    "linked_items": linked,
    "display_value": _names,
    "updated_at": changed_at,
}

CODECS = (
    Codec(
        "board_relation",
        "BoardRelationValue",
        "board-relation",
        frozenset({CREATE, MULTIPLE}),
        write=_relation,
        clears=(None, {}),
        value=_nothing,
        text=no_text,
        empty_text=None,
        fields=LINKS,
    ),
    Codec(
        "dependency",
        "DependencyValue",
        "dependency",
        JSON_WAYS,
        write=_dependency,
        clears=(None, {}),
        value=_nothing,
        text=no_text,
        empty_text=None,
        fields=LINKS | {"dependency_links": _dependency_links},
    ),
    Codec(
        "subtasks",
        "SubtasksValue",
        "subtasks",
        value=_nothing,
        text=no_text,
        empty_text=None,
        fields={
            "subitems": lambda view: view.item.active_children(),
            "subitems_ids": lambda view: [child.id for child in view.item.active_children()],
            "display_value": lambda view: ", ".join(child.name for child in view.item.active_children()),
        },
    ),
    Codec(
        "mirror",
        "MirrorValue",
        "lookup",
        value=_nothing,
        text=no_text,
        empty_text=None,
        fields={
            "display_value": lambda view: view.part("display_value") or "",
            "mirrored_items": lambda view: [],
        },
    ),
)
