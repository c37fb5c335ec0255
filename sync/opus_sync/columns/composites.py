"""Composite cells: JSON objects of fixed keys, built from the API's typed fields or from JSON text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .canonical import day, number, parsed, quoted

Build = Callable[..., str | None]


def email(address: str | None, text: str | None) -> str | None:
    """Return an e-mail cell; the text falls back to the address."""
    return f'{{"email":{quoted(address)},"text":{quoted(text or address)}}}' if address else None


def link(url: str | None, text: str | None) -> str | None:
    """Return a link cell; the text falls back to the url."""
    return f'{{"url":{quoted(url)},"text":{quoted(text or url)}}}' if url else None


def phone(digits: str | None, country: str | None) -> str | None:
    """Return a phone cell; a missing country is ""."""
    if not digits:
        return None
    return f'{{"phone":{quoted(digits)},"countryShortName":{quoted(country or "")}}}'


def location(lat: float | str | None, lng: float | str | None, address: str | None) -> str | None:
    """Return a location cell; coordinates are canonical numbers as text."""
    north = _coordinate(lat)
    east = _coordinate(lng)
    if north is None or east is None:
        return None
    return f'{{"lat":{quoted(north)},"lng":{quoted(east)},"address":{quoted(address or "")}}}'


def _coordinate(value: float | str | None) -> str | None:
    if value is None or isinstance(value, str):
        return number(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(repr(value))
    raise TypeError("a coordinate is a number")


def hour(hours: int | None, minutes: int | None) -> str | None:
    """Return an hour cell; it has no time zone."""
    if hours is None:
        return None
    if type(hours) is not int or type(minutes or 0) is not int:
        raise TypeError("hour and minute are integers")
    return f'{{"hour":{hours},"minute":{minutes or 0}}}'


def timeline(start: str | None, end: str | None) -> str | None:
    """Return a timeline cell; days only, the API's midnight is cut off."""
    return _span("from", day(start), "to", day(end))


def week(start: str | None, end: str | None) -> str | None:
    """Return a week cell."""
    return _span("startDate", day(start), "endDate", day(end))


def _span(first: str, start: str | None, last: str, end: str | None) -> str | None:
    if not start and not end:
        return None
    return f'{{"{first}":{quoted(start or end or "")},"{last}":{quoted(end or start or "")}}}'


def canonicaliser(build: Build, *keys: str) -> Callable[[str | None], str | None]:
    """Return a function that brings JSON text of these keys into canonical form; the first must be there."""

    def canonicalise(text: str | None) -> str | None:
        if not text:
            return None
        members: Any = parsed(text)
        if not isinstance(members, dict) or keys[0] not in members:
            return text
        try:
            return build(*[members.get(key) for key in keys])
        except TypeError:
            return text

    return canonicalise
