"""Text for people: on one line, bounded, wrapped, and escaped where it stands in Markdown."""

from __future__ import annotations

from datetime import datetime, timedelta
from textwrap import wrap
from unicodedata import category

from opus_sync.paint import quiet, repainted, strong, unpainted

WIDTH = 80
LABELS = 12
"""Characters that the labels of `field` take."""

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


def wrapped(text: str, indent: str = "", later: str | None = None) -> list[str]:
    """Return the text, whose marks take no room, in lines of a terminal; the later ones start with `later`."""
    lines = wrap(
        unpainted(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  " if later is None else later,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return repainted(lines, indent + text)


def field(label: str, text: str) -> list[str]:
    """Return a label and, beside it, a text in lines of a terminal."""
    room = " " * (LABELS + 2)
    lines = wrapped(text, room, room)
    start = f"  {quiet(label)}{' ' * (LABELS - len(label))}"
    return [start + lines[0][len(room) :], *lines[1:]] if lines else [start.rstrip()]


def step(label: str, command: str) -> list[str]:
    """Return a label and a command line beside it, or below it where it would not fit: it is there to be copied."""
    if LABELS + 2 + len(command) <= WIDTH:
        return field(label, strong(command))
    return [f"  {quiet(label)}", *wrapped(strong(command), "    ", "      ")]


def plural(number: int, one: str, many: str) -> str:
    """Return a number with the word that goes with it."""
    return f"{number:,} {one if number == 1 else many}"


def markdown(text: str) -> str:
    """Keep data from being read as Markdown or HTML."""
    return one_line(unpainted(text)).translate(_ESCAPES)


def moment(at: datetime) -> str:
    """Return a moment to the minute, with its zone."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def lasted(span: timedelta) -> str:
    """Return a span of time in its largest whole unit; the clocks of two machines may make it negative."""
    seconds = max(0, int(span.total_seconds()))
    size, unit = next((one for one in _UNITS if seconds >= one[0]), _UNITS[-1])
    return f"{seconds // size} {unit}"
