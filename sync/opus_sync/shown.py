"""Text for people: on one line, bounded, wrapped, and escaped where it stands in Markdown."""

from __future__ import annotations

from datetime import datetime, timedelta
from textwrap import wrap
from unicodedata import category

WIDTH = 80

_ESCAPES = str.maketrans({c: f"\\{c}" for c in "\\`*_[]|<>#"})
_UNSEEN = ("Cc", "Cf", "Cs")
_JOINERS = "\u200c\u200d"
"""Part of words in some scripts, and of emoji."""
_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def one_line(text: str) -> str:
    """Return the text without line breaks and other control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def visible(text: str) -> str:
    """Return the text of a page: without control characters, those that turn the direction of text included."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or category(c) not in _UNSEEN or c in _JOINERS)


def short(text: str, width: int) -> str:
    """Return at most so many characters of one line."""
    flat = one_line(text[: 4 * width])
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def wrapped(text: str, indent: str = "") -> list[str]:
    """Return the text in lines of a terminal, the later ones further in."""
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False)


def plural(number: int, one: str, many: str) -> str:
    """Return a number with the word that goes with it."""
    return f"{number:,} {one if number == 1 else many}"


def markdown(text: str) -> str:
    """Keep data from being read as Markdown or HTML."""
    return one_line(text).translate(_ESCAPES)


def moment(at: datetime) -> str:
    """Return a moment to the minute, with its zone."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def lasted(span: timedelta) -> str:
    """Return a span of time in its largest whole unit; the clocks of two machines may make it negative."""
    seconds = max(0, int(span.total_seconds()))
    size, unit = next((one for one in _UNITS if seconds >= one[0]), _UNITS[-1])
    return f"{seconds // size} {unit}"
