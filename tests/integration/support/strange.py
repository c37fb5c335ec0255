"""A board that asks for trouble: 135 columns of every type and with every kind of title, and subitems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from integration.support.every_type import EVERY_TYPE, KEY, LABEL_MAP, TYPED, column_id, seed, values_of
from integration.support.small import MOMENT
from opus_sync.columns import TYPES

BOARD_ID, SUBITEM_BOARD_ID = EVERY_TYPE.id, 9201
COLUMNS, ITEMS = 135, 40
TITLE = 'Every {{ 7*7 }} "type"'

_READ_ONLY = (
    "file", "doc", "mirror", "formula", "creation_log", "last_updated", "item_id", "auto_number", "button",
    "progress", "time_tracking", "vote", "direct_doc", "integration", "item_assignees",
)  # fmt: skip
_TITLES = {
    "text_jinja": "{{ 7*7 }} {% if x %} {# y #}",
    "text_quotes": 'It\'s "the" `one`',
    "text_brackets": "[a] {b} \\ c",
    "text_empty": "",
    "text_blank": "   ",
    "text_lower": "note",
    "text_upper": "NOTE",
    "text_title": "title",
    "text_system": "column_values",
    "text_key_word": "select",
    "text_long": "L" * 200,
    "text_letters": "Größe 名 😀\nnext",
    "text_yes": "yes",
    "text_comment": "a: b # c --",
    "text_hologram": "Hologram",
}
HOLOGRAM = "text_hologram"
"""A column whose type is made one that nobody knows, by `with_hologram`."""


def strange_board() -> dict[str, Any]:
    """Return the account with the board; items hold values of every type, hostile ones among them."""
    state = seed((3000 + at, f"Item {at}", _cells(at)) for at in range(ITEMS))
    (board,) = state["boards"]
    board["name"] = TITLE
    titles = {**_TITLES, **{f"{kind}_2": f"A {kind}" for kind in _READ_ONLY}}
    types = {column: column.rsplit("_", 1)[0] if column.endswith("_2") else "text" for column in titles}
    board["columns"] += [
        {"id": column, "title": title, "type": types[column], "description": "{{ see }} 'this': \"that\"\n# more"}
        for column, title in titles.items()
    ]
    below = {"id": "subtasks_1", "title": "Subitems", "type": "subtasks", "settings": {"boardIds": [SUBITEM_BOARD_ID]}}
    board["columns"].append(below)
    spare = COLUMNS - len(board["columns"])
    board["columns"] += [{"id": f"text_spare{at}", "title": f"Spare {at}", "type": "text"} for at in range(spare)]
    board["subitem_board"] = str(SUBITEM_BOARD_ID)
    state["boards"].append(_subitems())
    return state


def with_hologram(data: dict[str, Any]) -> None:
    """Change an answer as if one column were of a type that came to monday later."""
    for board in data.get("boards") or ():
        for column in board.get("columns") or ():
            if column["id"] == HOLOGRAM:
                column["type"] = "hologram"


def _cells(at: int) -> Mapping[str, Any]:
    drawn = {name: values_of(name)[at * 7 % len(values_of(name))] for name in TYPED}
    encoded = {
        column_id(name): TYPES[name].encode(value, LABEL_MAP.column(column_id(name))) for name, value in drawn.items()
    }
    cells = {column: value for column, value in encoded.items() if value is not None}
    cells |= {KEY: f"K{at:03}", HOLOGRAM: f"seen {at}", "text_jinja": "{{ 7*7 }}"}
    if at == 0:
        # A midnight that is no day, and more decimals than a typed column holds.
        cells |= {"date_1": {"date": "2026-01-05", "time": "00:00:00"}, "numbers_1": "0.123456789012"}
    return cells


def _subitems() -> dict[str, Any]:
    columns = [
        {"id": "text_size", "title": "Size", "type": "text"},
        {"id": "date_size", "title": "{{ Due", "type": "date"},
    ]
    items = [
        {
            "id": str(5000 + 2 * at + below),
            "name": f"Size {below}",
            "group": "subitems",
            "parent": str(3000 + at),
            "created_at": MOMENT,
            "updated_at": MOMENT,
            "creator": "101",
            "values": {"text_size": "SM"[below], "date_size": {"date": "2026-03-01", "time": f"0{at}:00:00"}},
        }
        for at in range(5)
        for below in range(2)
    ]
    return {
        "id": str(SUBITEM_BOARD_ID),
        "name": "Subitems",
        "parent_board": str(BOARD_ID),
        "groups": [{"id": "subitems", "title": "Subitems"}],
        "columns": columns,
        "items": items,
    }
