"""The texts by which monday finds a cell: what `items_page_by_column_values` compares as a whole, without case."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from . import write
from .labels import ColumnLabels


def search_texts(type_name: str, text: str) -> tuple[str, ...]:
    """Return the texts under which monday may list a cell of this type and canonical text.

    monday compares with what a person sees; where that depends on settings, every form it can take is given, so
    that whoever searches has to compare what was found.
    """
    return tuple(dict.fromkeys(_FORMS.get(type_name, _plain)(text)))


def _plain(text: str) -> tuple[str, ...]:
    return (text,)


def _checkbox(text: str) -> tuple[str, ...]:
    return ("v",) if text == "true" else ("",)


def _date(text: str) -> tuple[str, ...]:
    return (text, text[:16], text[:10])


def _entries(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _ids(text: str) -> tuple[str, ...]:
    return tuple(entry.partition("-")[2] for entry in json.loads(text))


def _span(text: str) -> tuple[str, ...]:
    return (" - ".join(_members(text).values()),)


def _titled(text: str) -> tuple[str, ...]:
    address, title = _members(text).values()
    return (address, f"{title} - {address}")


def _phone(text: str) -> tuple[str, ...]:
    return (_members(text)["phone"],)


def _hour(text: str) -> tuple[str, ...]:
    members = _members(text)
    hour, minute = int(members["hour"]), int(members["minute"])
    return (f"{hour % 12 or 12:02}:{minute:02} {'AM' if hour < 12 else 'PM'}",)


def _country(text: str) -> tuple[str, ...]:
    return (str(write.country(text, ColumnLabels("country"))["countryName"]),)


def _members(text: str) -> dict[str, Any]:
    members: dict[str, Any] = json.loads(text)
    return members


_FORMS: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "checkbox": _checkbox,
    "date": _date,
    "dropdown": _entries,
    "people": _ids,
    "timeline": _span,
    "week": _span,
    "email": _titled,
    "link": _titled,
    "phone": _phone,
    "hour": _hour,
    "country": _country,
}
