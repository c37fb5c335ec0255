"""Readers of `column_values` cells; each takes the fields its type's fragment selects.

A cell that lacks them (a status that reads as a roll-up, say) is an empty cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import canonical
from .composites import Build

Cell = Mapping[str, Any]
Reader = Callable[[Cell], str | None]


def scalar(field: str, form: Callable[[Any], str | None]) -> Reader:
    """Read one field into a canonical form."""
    return lambda cell: form(cell.get(field))


def composite(build: Build, *fields: str) -> Reader:
    """Read several fields into an object."""
    return lambda cell: build(*[cell.get(field) for field in fields])


def date(cell: Cell) -> str | None:
    """Read a date from `value`, the only field in UTC."""
    value = canonical.parsed(cell.get("value") or "null")
    if not isinstance(value, dict) or not value.get("date"):
        return None
    time = value.get("time")
    return canonical.moment(f"{value['date']} {time}") if time else canonical.day(value["date"])


def country(cell: Cell) -> str | None:
    """Read a country's code; its name follows from it."""
    found = cell.get("country")
    return canonical.country(found["code"]) if found else None


def dropdown(cell: Cell) -> str | None:
    """Read label texts from the typed values: `text` joins them with commas that a label may hold as well."""
    chosen = cell.get("values")
    return canonical.array([value["label"] for value in chosen]) if chosen else None


def people(cell: Cell) -> str | None:
    """Read persons, teams and agents; an entry without kind is a person."""
    entries = cell.get("persons_and_teams")
    if not entries:
        return None
    return canonical.array([f"{entry.get('kind') or 'person'}-{entry['id']}" for entry in entries])


def one_of(kind: str, field: str) -> Reader:
    """Read the single person or team of a deprecated column like an entry of a people column."""

    def decode(cell: Cell) -> str | None:
        entry = cell.get(field)
        return canonical.array([f"{kind}-{entry}"]) if entry else None

    return decode


def ids(field: str) -> Reader:
    """Read a list of ids."""

    def decode(cell: Cell) -> str | None:
        found = cell.get(field)
        return canonical.array(map(str, found)) if found else None

    return decode
