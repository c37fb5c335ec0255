"""The golden board: its contract of 135 columns, of every type and with every title that people could give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equivalence.cells import CASES, READ_ONLY
from opus_sync.contract.names import safe_names

BOARD, BOARD_ID, SUBITEM_BOARD_ID = "golden", 9300, 9301
COLUMNS = 135

TITLES = (
    'He said "hi"',
    "O'Neil",
    "a]b[c]",
    "{{ 7*7 }}",
    "{% if x",
    "semi;colon",
    "back\\slash",
    "new\nline",
    "\u00c4\u00d6\u00dc",
    "\u65e5\u672c\u8a9e",
    "x" * 90,
    "Item ID",
    "item id",
    "select",
    "a.b",
    "100%",
    "$dollar",
    "--",
    "/* */",
    "\U0001f600",
    "`tick`",
    "tab\there",
    "trailing ",
    "Key 2",
    "KEY 2",
    "",
)
"""Titles that people could give to columns; their columns hold hostile values, too."""

SETTINGS: Mapping[str, Any] = {
    "dropdown": {"limit_select": "true", "label_limit_count": 3},
    "rating": {"limit": 5},
    "people": {"max_people_allowed": 2},
    "board_relation": {"boardIds": [BOARD_ID]},
}


def columns() -> list[tuple[str, str, str]]:
    """Return id, title and type of each column, 135 in all."""
    listed = [("key", "Key", "text"), ("batch", "Batch", "text")]
    listed += [(f"{kind}_1", f"My {kind}", kind) for kind in CASES]
    listed += [(f"{kind}_r", f"Read {kind}", kind) for kind in READ_ONLY]
    listed += [(f"odd_{at}", title, "text") for at, title in enumerate(TITLES)]
    listed += [(f"typed_{kind}", f"Typed {kind}", kind) for kind in ("date", "numbers", "checkbox", "text", "rating")]
    return listed + [(f"filler_{at}", f"Filler {at}", "text") for at in range(COLUMNS - len(listed))]


def names() -> dict[str, str]:
    """Return column id -> the name that the contract gives it."""
    return safe_names([(column_id, title) for column_id, title, _ in columns()], "items")


def contract() -> dict[str, Any]:
    """Return the contract, as YAML would hold it."""
    kept = {"long_text_1", "checkbox_1"}
    policy = {"country_1": "overwrite", "color_picker_1": "keep"}
    described = [
        {
            "name": names()[column_id],
            "config": {
                "meta": {
                    "monday": {
                        "id": column_id,
                        "type": kind,
                        "direction": "pull" if kind in READ_ONLY else "push",
                        "on_null": "keep" if column_id in kept else "clear",
                        "on_conflict": policy.get(column_id, "flag"),
                    }
                }
            },
        }
        for column_id, _, kind in columns()
    ]
    items = {"entity": "items", "board_id": BOARD_ID, "key": "Key", "on_new": "create", "on_missing": "archive"}
    subitems = {"entity": "subitems", "key": "Size", "on_new": "create", "on_missing": "delete"}
    groups = {"entity": "groups", "on_new": "create", "on_missing": "archive"}
    size = {"name": "Size", "config": {"meta": {"monday": {"id": "size", "type": "text", "direction": "push"}}}}
    settings = {**items, "timezone": "Europe/Berlin", "batch_by": "Batch"}
    return {
        "version": 2,
        "models": [
            {"name": f"mon_{BOARD}", "config": {"meta": {"monday": settings}}, "columns": described},
            {"name": f"mon_{BOARD}_subitems", "config": {"meta": {"monday": subitems}}, "columns": [size]},
            {"name": f"mon_{BOARD}_groups", "config": {"meta": {"monday": groups}}},
            {"name": f"mon_{BOARD}_board", "config": {"meta": {"monday": {"entity": "board"}}}},
        ],
    }
