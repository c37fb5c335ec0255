"""What the page is told of a cell: how a column's cells are drawn, and with what."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from monday_sandbox.columns.codec import View, text_of
from monday_sandbox.columns.labels import status_label
from monday_sandbox.columns.settings import label_color
from monday_sandbox.view import shown_text

Read = Callable[[View], Any]
_THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")
_LONGEST_GROUPED = 40


def drawing(column_type: str) -> str:
    """Return the name of the drawing for the cells of a type, as the page's `cells.js` knows it."""
    return _DRAWN.get(column_type, _TEXT)[0]


def shown_cell(cell: View) -> Any:
    """Return what the drawing of the cell's type takes, None for an empty cell."""
    return _DRAWN.get(cell.column.type, _TEXT)[1](cell) or None


def _status(cell: View) -> list[str] | None:
    label = status_label(cell)
    return None if label is None else [label["label"], label_color(label)]


def _number(cell: View) -> str | None:
    if cell.cell is None:
        return None
    sign, digits = ("-", cell.data[1:]) if cell.data.startswith("-") else ("", cell.data)
    whole, point, fraction = digits.partition(".")
    if len(whole) <= _LONGEST_GROUPED:
        whole = _THOUSANDS.sub(",", whole)
    number = whole + point + fraction
    symbol = cell.codec.fields["symbol"](cell) or ""
    if cell.codec.fields["direction"](cell) == "left":
        return f"{sign}{symbol}{number}"
    return f"{sign}{number} {symbol}" if len(symbol) > 1 else f"{sign}{number}{symbol}"


def _people(cell: View) -> list[list[str]]:
    """List name, kind and id of the people and teams in a cell."""
    entries = cell.part("personsAndTeams") or ()
    if cell.column.type == "person" and cell.cell is not None:
        entries = [{"kind": "person", "id": cell.part("id")}]
    if cell.column.type == "team" and cell.cell is not None:
        entries = [{"kind": "team", "id": cell.part("team_id")}]
    found = []
    for entry in entries:
        table: Any = cell.store.teams if entry["kind"] == "team" else cell.store.users
        known = table.get(str(entry["id"]))
        found.append([known.name if known else "", entry["kind"], str(entry["id"])])
    return found


def _span(start: tuple[str, ...], end: tuple[str, ...]) -> Read:
    return lambda cell: None if cell.cell is None else [cell.part(*start), cell.part(*end)]


def _options(cell: View) -> list[list[str | None]]:
    return [[option["label"], None] for option in cell.codec.fields["values"](cell)]


def _tags(cell: View) -> list[list[str]]:
    return [[tag.name, tag.color] for tag in cell.codec.fields["tags"](cell)]


def _linked(cell: View) -> list[list[str | None]]:
    return [[item.name, None] for item in cell.codec.fields["linked_items"](cell)]


def _files(cell: View) -> list[list[str | None]]:
    found = (cell.part("value") or {}).get("files") or ()
    return [[str(file.get("name") or file.get("fileType") or "file"), None] for file in found]


def _button(cell: View) -> list[list[Any]]:
    return [[str(cell.column.settings.get("label") or "Button"), cell.column.settings.get("color")]]


def _rating(cell: View) -> list[int] | None:
    return None if cell.cell is None else [cell.part("rating"), int(cell.column.settings.get("limit") or 5)]


def _link(cell: View) -> list[str] | None:
    return None if cell.cell is None else [cell.part("url"), cell.part("text") or cell.part("url")]


def _color(cell: View) -> str | None:
    color = cell.part("color")
    return None if not color else color.get("hex") or "#{r:02x}{g:02x}{b:02x}".format_map(color)


def _group(cell: View) -> str:
    return cell.item.board.groups[cell.item.group_id].title


def _votes(cell: View) -> str | None:
    return None if text_of(cell) == "0" else text_of(cell)


_TEXT: tuple[str, Read] = ("text", shown_text)
_DRAWN: Mapping[str, tuple[str, Read]] = MappingProxyType(
    {
        "status": ("label", _status),
        "dropdown": ("chips", _options),
        "tags": ("chips", _tags),
        "board_relation": ("chips", _linked),
        "dependency": ("chips", _linked),
        "file": ("chips", _files),
        "doc": ("chips", _files),
        "button": ("chips", _button),
        "people": ("people", _people),
        "person": ("people", _people),
        "team": ("people", _people),
        "date": ("date", text_of),
        "creation_log": ("date", text_of),
        "last_updated": ("date", text_of),
        "timeline": ("span", _span(("from",), ("to",))),
        "week": ("span", _span(("week", "startDate"), ("week", "endDate"))),
        "numbers": ("number", _number),
        "checkbox": ("check", lambda cell: cell.cell is not None),
        "rating": ("stars", _rating),
        "link": ("link", _link),
        "color_picker": ("color", _color),
        "group": ("text", _group),
        "vote": ("text", _votes),
    }
)
