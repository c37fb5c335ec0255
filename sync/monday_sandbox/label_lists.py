"""The labels of a status or dropdown column as a whole list: what a new column takes, and what a change may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from monday_sandbox.columns.labels import STATUS_LABEL_LENGTH, STATUS_LABELS_LIMIT
from monday_sandbox.columns.settings import COLORS, hex_of
from monday_sandbox.errors import invalid_argument
from monday_sandbox.model import Board, Column

_EMPTY_STATUS = 5
"""The id of the default empty label, whether it is listed or not."""
_STATUS_KEYS = {"label": str, "color": str, "index": int}
_MORE_STATUS_KEYS = {"description": (str, type(None)), "is_done": (bool, type(None))}
_CHANGED_KEYS = {"id": (int, type(None)), "is_deactivated": (bool, type(None))}


def new_labels(kind: str, given: Any) -> list[dict[str, Any]]:
    """Return the labels of a new column, with ids; raises InvalidArgumentException."""
    labels = _checked(kind, given, changing=False)
    return _completed(kind, labels, taken=())


def changed_labels(board: Board, column: Column, given: Any) -> list[dict[str, Any]]:
    """Return the labels that replace a column's whole list.

    One with an id is the label of that id, one without is new, one that is left out is removed: at most one in
    a call, none beside new ones, none that an item shows. Raises InvalidArgumentException.
    """
    labels = _checked(column.type, given, changing=True)
    present = {label["id"] for label in column.settings.get("labels", ())}
    kept = [label["id"] for label in labels if label.get("id") is not None]
    if unknown := [number for number in kept if number not in present]:
        raise invalid_argument(f"The column has no label with id {unknown[0]}", column_id=column.id)
    if len(set(kept)) != len(kept):
        raise invalid_argument("A label is there twice", column_id=column.id)
    removed = present - set(kept)
    if len(removed) > 1 or (removed and len(kept) < len(labels)):
        raise invalid_argument(
            "At most one label can be removed in a call, and not together with additions", column_id=column.id
        )
    if removed and _shown(board, column, removed):
        raise invalid_argument(
            f"The label with id {min(removed)} is in use; deactivate it instead of removing it", column_id=column.id
        )
    return _completed(column.type, labels, taken=present)


def _checked(kind: str, given: Any, *, changing: bool) -> list[dict[str, Any]]:
    """Check shapes and texts; JSON settings come as they were sent."""
    if not isinstance(given, Sequence) or isinstance(given, str) or not all(isinstance(one, Mapping) for one in given):
        raise invalid_argument("labels must be a list of objects")
    needed: Mapping[str, Any] = _STATUS_KEYS if kind == "status" else {"label": str}
    optional = (_MORE_STATUS_KEYS if kind == "status" else {}) | (_CHANGED_KEYS if changing else {})
    for label in given:
        wrong = [
            *(name for name, types in needed.items() if not _is(label.get(name), types)),
            *(name for name, value in label.items() if name not in needed and not _is(value, optional.get(name, ()))),
        ]
        if wrong:
            raise invalid_argument(f"A label's {wrong[0]} is not what a {kind} label takes")
    _check_texts(kind, given)
    return [dict(label) for label in given]


def _is(value: Any, types: Any) -> bool:
    return isinstance(value, types) and (types is not int or not isinstance(value, bool))


def _check_texts(kind: str, labels: Sequence[Mapping[str, Any]]) -> None:
    texts = [label["label"] for label in labels]
    if len(set(texts)) != len(texts):
        raise invalid_argument("Two labels have the same text")
    if kind != "status":
        if "" in texts:
            raise invalid_argument("A label's text must not be empty")
        return
    if len(labels) > STATUS_LABELS_LIMIT:
        raise invalid_argument(f"A status column can hold at most {STATUS_LABELS_LIMIT} labels")
    for label in labels:
        if len(label["label"]) > STATUS_LABEL_LENGTH:
            raise invalid_argument(f"A status label is longer than {STATUS_LABEL_LENGTH} characters")
        if label["color"] not in COLORS:
            raise invalid_argument(f"{label['color']!r} is not a color of status labels")
    places = [label["index"] for label in labels]
    if len(set(places)) != len(places) or not all(0 <= place < STATUS_LABELS_LIMIT for place in places):
        raise invalid_argument(f"Each label has an index of its own, 0 to {STATUS_LABELS_LIMIT - 1}")


def _shown(board: Board, column: Column, ids: Iterable[int]) -> bool:
    wanted = set(ids)
    cells = (item.cells.get(column.id) for item in board.items.values() if item.state == "active")
    return any(wanted & _ids_in(cell.data) for cell in cells if cell is not None)


def _ids_in(data: Any) -> set[int]:
    return {data["index"]} if "index" in data else set(data.get("ids", ()))


def _completed(kind: str, labels: list[dict[str, Any]], taken: Iterable[int]) -> list[dict[str, Any]]:
    """Give every label an id and what monday adds; ids of removed labels are not given again at once."""
    used = set(taken)
    for label in labels:
        if label.get("id") is None:
            label["id"] = _free_id(kind, used)
            used.add(label["id"])
        label["is_deactivated"] = bool(label.get("is_deactivated"))
        if kind == "status":
            label |= {
                "hex": hex_of(label["color"]),
                "description": label.get("description"),
                "is_done": bool(label.get("is_done")),
            }
    return labels


def _free_id(kind: str, used: set[int]) -> int:
    if kind == "dropdown":
        return 1 + max(used, default=0)
    return next(number for number in range(len(used) + 2) if number not in used | {_EMPTY_STATUS})
