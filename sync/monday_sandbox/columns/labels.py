"""Status and dropdown: values that are labels of the column's settings."""

from __future__ import annotations

import re
from typing import Any

from monday_sandbox.columns.codec import (
    ALL_WAYS,
    BadValueError,
    Codec,
    Scope,
    View,
    changed_at,
    id_list,
    shape,
)
from monday_sandbox.columns.settings import hex_of, label_color, next_color, status_labels_by_id

STATUS_LABELS_LIMIT = 40
STATUS_LABEL_LENGTH = 30
DIGITS = re.compile(r"\d{1,18}", re.ASCII)


def _labels(scope: Scope) -> list[dict[str, Any]]:
    """List the column's labels with those that this write is about to add."""
    return [*scope.column.settings.get("labels", ()), *scope.new_labels.get(scope.column.id, ())]


def _listed(labels: list[dict[str, Any]]) -> str:
    active = (label for label in labels if not label.get("is_deactivated"))
    return "{" + ", ".join(f"{label['id']}: {label['label']}" for label in active) + "}"


def _by_id(label_id: int, scope: Scope, kind: str) -> int:
    labels = _labels(scope)
    for label in labels:
        if label["id"] == label_id:
            if label.get("is_deactivated") and scope.strict:
                raise BadValueError(f"The {kind} label with id {label_id} is deactivated")
            return label_id
    raise BadValueError(f"The {kind} label with id {label_id} does not exist, possible labels are: {_listed(labels)}")


def _by_text(text: str, scope: Scope, kind: str) -> int:
    labels = _labels(scope)
    named = [label for label in labels if label["label"] == text]
    for label in named:
        if not label.get("is_deactivated") or not scope.strict:
            return int(label["id"])
    if named:
        raise BadValueError(f"The {kind} label '{text}' is deactivated")
    if not scope.create_labels or not text:
        raise BadValueError(f"The {kind} label '{text}' does not exist, possible labels are: {_listed(labels)}")
    return _add(text, labels, scope, kind)


def _add(text: str, labels: list[dict[str, Any]], scope: Scope, kind: str) -> int:
    """Plan a new label; it is added when the whole write succeeds."""
    taken = {label["id"] for label in labels}
    new: dict[str, Any]
    if kind == "status":
        if len(text) > STATUS_LABEL_LENGTH:
            raise BadValueError(f"The status label '{text}' is longer than {STATUS_LABEL_LENGTH} characters")
        if len(labels) >= STATUS_LABELS_LIMIT:
            raise BadValueError(f"A status column can hold at most {STATUS_LABELS_LIMIT} labels")
        # Id 5 is the default empty label, whether it is listed or not.
        free = next(number for number in range(len(taken) + 2) if number not in taken | {5})
        color = next_color({label.get("color", "") for label in labels})
        new = {
            "id": free,
            "label": text,
            "color": color,
            "hex": hex_of(color),
            "index": 1 + max((label.get("index", 0) for label in labels), default=-1),
            "description": None,
            "is_deactivated": False,
            "is_done": False,
        }
    else:
        free = 1 + max(taken, default=0)
        new = {"id": free, "label": text, "is_deactivated": False}
    scope.new_labels.setdefault(scope.column.id, []).append(new)
    return free


def _status(data: Any, scope: Scope) -> dict[str, int]:
    if isinstance(data, dict) and set(data) == {"index"}:
        return {"index": _by_id(shape(data, {"index": int})["index"], scope, "status")}
    return {"index": _by_text(shape(data, {"label": str})["label"], scope, "status")}


def _status_simple(text: str, scope: Scope) -> dict[str, int]:
    if DIGITS.fullmatch(text):
        return {"index": _by_id(int(text), scope, "status")}
    return {"index": _by_text(text, scope, "status")}


def _status_value(view: View) -> Any:
    return {"index": view.part("index"), "post_id": None, "changed_at": changed_at(view)}


def status_label(view: View) -> dict[str, Any] | None:
    """Return the label object of a status cell, None for an empty cell."""
    return status_labels_by_id(view.column).get(view.part("index"))


def _label_part(key: str) -> Any:
    def read(view: View) -> Any:
        label = status_label(view)
        return None if label is None else label.get(key)

    return read


def _is_done(view: View) -> bool | None:
    label = status_label(view)
    return None if label is None else bool(label.get("is_done"))


def _label_style(view: View) -> dict[str, str] | None:
    label = status_label(view)
    return None if label is None else {"color": label_color(label), "border": label_color(label)}


def _dropdown(data: Any, scope: Scope) -> dict[str, list[int]]:
    if isinstance(data, dict) and set(data) == {"ids"}:
        ids = [_by_id(entry, scope, "dropdown") for entry in id_list(data, "ids", int)]
    else:
        ids = [_by_text(entry, scope, "dropdown") for entry in id_list(data, "labels", str)]
    return _within_limit(ids, scope)


def _dropdown_simple(text: str, scope: Scope) -> dict[str, list[int]]:
    parts = [entry.strip() for entry in text.split(",")]
    if all(DIGITS.fullmatch(entry) for entry in parts):
        ids = [_by_id(int(entry), scope, "dropdown") for entry in parts]
    else:
        ids = [_by_text(entry, scope, "dropdown") for entry in parts]
    return _within_limit(ids, scope)


def _within_limit(ids: list[int], scope: Scope) -> dict[str, list[int]]:
    unique = list(dict.fromkeys(ids))
    most = scope.column.settings.get("label_limit_count")
    if scope.column.settings.get("limit_select") and most is not None and len(unique) > int(most):
        raise BadValueError(f"this dropdown takes at most {most} labels")
    return {"ids": unique}


def _options(view: View) -> list[dict[str, Any]]:
    names = {label["id"]: label["label"] for label in view.column.settings.get("labels", ())}
    return [{"id": entry, "label": names.get(entry, "")} for entry in view.part("ids") or ()]


CODECS = (
    Codec(
        "status",
        "StatusValue",
        "color",
        ALL_WAYS,
        write=_status,
        simple=_status_simple,
        clears=(None, "", {}),
        clear_simple=True,
        value=_status_value,
        text=_label_part("label"),
        empty_text=None,
        fields={
            "index": lambda view: view.part("index"),
            "is_done": _is_done,
            "label": _label_part("label"),
            "label_style": _label_style,
            "update_id": lambda view: None,
            "updated_at": changed_at,
        },
    ),
    Codec(
        "dropdown",
        "DropdownValue",
        "dropdown",
        ALL_WAYS,
        write=_dropdown,
        simple=_dropdown_simple,
        clears=(None, {"labels": []}),
        clear_simple=True,
        text=lambda view: ", ".join(option["label"] for option in _options(view)),
        empty_text=None,
        fields={"values": _options},
    ),
)
