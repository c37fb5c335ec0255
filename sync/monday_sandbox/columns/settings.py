"""Column settings: what a new column starts with, and both forms in which they are read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from monday_sandbox.errors import SeedError
from monday_sandbox.model import Column

# The 40 colors of status labels in the order of the published enum StatusColumnColors.
COLORS: Mapping[str, str] = MappingProxyType(
    {
        "working_orange": "#fdab3d",
        "done_green": "#00c875",
        "stuck_red": "#df2f4a",
        "dark_blue": "#007eb5",
        "purple": "#9d50dd",
        "explosive": "#c4c4c4",
        "grass_green": "#037f4c",
        "bright_blue": "#579bfc",
        "saladish": "#cab641",
        "egg_yolk": "#ffcb00",
        "blackish": "#333333",
        "dark_red": "#bb3354",
        "sofia_pink": "#ff007f",
        "lipstick": "#ff5ac4",
        "dark_purple": "#784bd1",
        "bright_green": "#9cd326",
        "chili_blue": "#66ccff",
        "american_gray": "#757575",
        "brown": "#7f5347",
        "dark_orange": "#ff6d3b",
        "sunset": "#ff7575",
        "bubble": "#faa1f1",
        "peach": "#ffadad",
        "berry": "#7e3b8a",
        "winter": "#9aadbd",
        "river": "#74afcc",
        "navy": "#225091",
        "aquamarine": "#4eccc6",
        "indigo": "#5559df",
        "dark_indigo": "#401694",
        "pecan": "#563e3e",
        "lavender": "#bda8f9",
        "royal": "#2b76e5",
        "steel": "#a9bee8",
        "orchid": "#e484bd",
        "lilac": "#9d99b9",
        "tan": "#bca58a",
        "sky": "#a1e3f6",
        "coffee": "#cd9282",
        "teal": "#175a63",
    }
)

NEW_STATUS_LABELS = (
    {"id": 0, "label": "Working on it", "color": "working_orange", "index": 0, "is_done": False},
    {"id": 1, "label": "Done", "color": "done_green", "index": 1, "is_done": True},
    {"id": 2, "label": "Stuck", "color": "stuck_red", "index": 2, "is_done": False},
    {"id": 5, "label": "", "color": "explosive", "index": 3, "is_done": False},
)


def hex_of(color: str) -> str:
    """Return the hex form of a color's name; a hex string stays as it is."""
    return COLORS.get(color, color if color.startswith("#") else "#c4c4c4")


def label_color(label: Mapping[str, Any]) -> str:
    """Return the hex color of a status label."""
    return str(label.get("hex") or hex_of(str(label.get("color") or "")))


def next_color(taken: set[str]) -> str:
    """Return the first color that no label has, the first of all when all are taken."""
    return next((color for color in COLORS if color not in taken), next(iter(COLORS)))


def status_labels_by_id(column: Column) -> dict[int, dict[str, Any]]:
    """Return the labels of a status column by their ids."""
    return {label["id"]: label for label in column.settings.get("labels", ())}


def complete_settings(column_type: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings with the keys a column of the type has, those given kept.

    Raises SeedError when labels are not what the type takes.
    """
    ready = dict(settings)
    if column_type not in ("status", "dropdown"):
        return ready
    start = NEW_STATUS_LABELS if column_type == "status" else ()
    ready["labels"] = [_label(column_type, label, n) for n, label in enumerate(ready.get("labels", start))]
    ids = [label["id"] for label in ready["labels"]]
    if len(set(ids)) != len(ids):
        raise SeedError(f"two labels have the same id: {ids}")
    if column_type == "dropdown":
        ready = {"limit_select": False, "label_limit_count": None} | ready
    return ready


def _label(column_type: str, label: Any, position: int) -> dict[str, Any]:
    if not isinstance(label, Mapping) or type(label.get("id")) is not int or not isinstance(label.get("label"), str):
        raise SeedError(f"label {label!r} must be an object with a whole number `id` and a text `label`")
    if column_type == "dropdown":
        return {"is_deactivated": False} | dict(label)
    color = str(label.get("color") or list(COLORS)[position % len(COLORS)])
    base = {"color": color, "hex": hex_of(color), "index": position, "description": None}
    return base | {"is_deactivated": False, "is_done": False} | dict(label)


def settings_str(column: Column) -> str:
    """Return the older JSON string form of the settings; for status the label maps."""
    if column.type != "status":
        return json.dumps(column.settings, ensure_ascii=False, separators=(",", ":"))
    labels = column.settings.get("labels", ())
    old = {
        "done_colors": [label["id"] for label in labels if label.get("is_done")],
        "labels": {str(label["id"]): label["label"] for label in labels},
        "labels_positions_v2": {str(label["id"]): label.get("index", 0) for label in labels},
        "labels_colors": {
            str(label["id"]): {"color": label_color(label), "var_name": label.get("color")} for label in labels
        },
    }
    return json.dumps(old, ensure_ascii=False, separators=(",", ":"))
