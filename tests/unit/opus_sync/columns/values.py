"""Canonical values of every writable column type, hostile ones included, for property tests.

`VALUES` maps a type to a strategy of canonical texts (None = an empty cell, where the type has one). Labels,
people, tags and items are drawn from the constants, so that a board can be set up to hold them.
"""

from __future__ import annotations

import json
import string
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

LABELS = (
    "Done", "5", "1", "007", "Red, Blue", "Red", "Blue", ",", 'say "hi"', "O'Brien", "{{ x }}", "{% if x %}",
    "[a]", "a\\b", "Größe 🧵", "done", "null", "true", "$& <b>", "line/slash", "x" * 30,
)  # fmt: skip
"""Texts of active labels; label i has id i + 1."""

PEOPLE = ("101", "102", "103")
TEAMS = ("501", "502")
TAGS = ("301", "302", "303")
ITEMS = ("2001", "2002", "2003", "2004")
COUNTRIES = ("US", "DE", "GB", "VN", "CI", "BO", "AX")
ZONES = ("Europe/London", "Asia/Kolkata", "America/Argentina/Buenos_Aires")
PHONES = (("+12025550169", "US"), ("+442079460958", "GB"), ("+4930901820", "DE"))

NASTY = (
    '"', "'", "''; drop table x; --", "{", "}", "{{ 7*7 }}", "{% if x", "{# c #}", "[]", "\\", "\\u0041",
    "\\\\n",
    "a\nb", "a\r\nb", "a\tb", "a\u001fb", "a\u007fb", "🧵👩‍👩‍👧‍👦", "e\u0301",
    "ß İ ı", "\u202eright to left", "null", "true", "0",
    "x" * 2000, "🧵" * 500, '{"text":"x"}', "</script>", "%s %(x)s $1 :name", "a\u2028b",
)  # fmt: skip


def compact(value: object) -> str:
    """Return compact JSON of values without control characters."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def hostile_text(size: int = 300, controls: bool = True) -> st.SearchStrategy[str]:
    """Return texts of 1 to `size` characters (the fixed ones may be longer) without outer white space."""
    categories = ("Cs",) if controls else ("Cs", "Cc", "Zl", "Zp")
    characters = st.characters(blacklist_categories=categories, blacklist_characters="\x00")
    nasty = [text for text in NASTY if controls or (text.isprintable() and len(text) <= size)]
    drawn = st.text(characters, min_size=1, max_size=size).map(str.strip).filter(bool)
    return st.one_of(st.sampled_from(nasty), drawn)


def _object(**members: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.tuples(*members.values()).map(lambda drawn: compact(dict(zip(members, drawn, strict=True))))


def _chosen(*members: str) -> st.SearchStrategy[str | None]:
    chosen = st.lists(st.sampled_from(members), max_size=len(members), unique=True)
    return chosen.map(lambda texts: compact(sorted(texts)) if texts else None)


def _decimal(number: int, places: int) -> str:
    text = f"{Decimal(number).scaleb(-places):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _span(first: str, start: date, last: str, days: int) -> str:
    return compact({first: start.isoformat(), last: (start + timedelta(days)).isoformat()})


_days = st.dates(date(1990, 1, 1), date(2099, 12, 31))
_moments = st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31))
_mondays = _days.map(lambda day: day - timedelta(day.weekday()))
_letters = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12)
# Of the control characters only those with a short escape, since `compact` writes the others otherwise.
_label = st.one_of(hostile_text(100, controls=False), st.sampled_from(["a\nb", "a\r\nb", "a\tb"]))
_coordinate = st.integers(-899_999_999, 899_999_999).map(lambda number: _decimal(number, 7))

_ALWAYS: Mapping[str, st.SearchStrategy[str | None]] = {
    "name": st.one_of(hostile_text(120, controls=False), st.just("x" * 255)),
    "checkbox": st.sampled_from(["true", "false"]),
}

_OR_EMPTY: Mapping[str, st.SearchStrategy[str | None]] = {
    "text": hostile_text(),
    "long_text": hostile_text(2000),
    "numbers": st.builds(_decimal, st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 10)),
    "status": st.sampled_from(LABELS),
    "world_clock": st.sampled_from(ZONES),
    "rating": st.integers(1, 5).map(str),
    "color_picker": st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}"),
    "date": st.one_of(_days.map(date.isoformat), _moments.map(lambda moment: moment.isoformat(" ", "seconds"))),
    "country": st.sampled_from(COUNTRIES),
    "dropdown": _chosen(*LABELS),
    "people": _chosen(*(f"person-{one}" for one in PEOPLE), *(f"team-{one}" for one in TEAMS)),
    "tags": _chosen(*TAGS),
    "board_relation": _chosen(*ITEMS),
    "dependency": _chosen(*ITEMS),
    "person": st.sampled_from(PEOPLE).map(lambda one: compact([f"person-{one}"])),
    "team": st.sampled_from(TEAMS).map(lambda one: compact([f"team-{one}"])),
    "timeline": st.builds(_span, st.just("from"), _days, st.just("to"), st.integers(0, 400)),
    "week": st.builds(_span, st.just("startDate"), _mondays, st.just("endDate"), st.just(6)),
    "hour": _object(hour=st.integers(0, 23), minute=st.integers(0, 59)),
    "email": _object(email=_letters.map(lambda box: f"{box}@example.com"), text=_label),
    "link": _object(url=_letters.map(lambda page: f"https://example.com/{page}?q='%22"), text=_label),
    "phone": st.sampled_from(PHONES).map(lambda line: compact({"phone": line[0], "countryShortName": line[1]})),
    "location": _object(lat=_coordinate, lng=_coordinate, address=_label),
}

VALUES: Mapping[str, st.SearchStrategy[str | None]] = {
    **_ALWAYS,
    **{name: st.one_of(values, st.none()) for name, values in _OR_EMPTY.items()},
}
