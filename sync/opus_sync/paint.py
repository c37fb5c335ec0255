"""Colour in text for a terminal: marks that no data can hold, made visible or taken out where the text is printed.

Renderers put marks around what they want to stand out and stay pure; only the command line knows whether anybody sees
colours. A mark is one character of no width from Unicode's private use area, another one in each process, so that what
stands on a board cannot be taken for one.
"""

from __future__ import annotations

import re
import secrets

# Style -> what a terminal wants to hear (SGR): colours of the sixteen that every theme has, in light and in dark.
_STYLES = {"good": "32", "bad": "31", "notice": "33", "quiet": "2", "strong": "1", "head": "1;36", "gone": "31"}
_FIRST = 0x100000 + secrets.randbelow(0xF000)
_END = chr(_FIRST)
_MARKS = {style: chr(_FIRST + number) for number, style in enumerate(_STYLES, 1)}
_CODES = {_END: "\x1b[0m", **{mark: f"\x1b[{_STYLES[style]}m" for style, mark in _MARKS.items()}}
_ANY = re.compile(f"[{''.join(_CODES)}]")


def good(text: str) -> str:
    """Mark what is as it should be, and new values."""
    return _painted("good", text)


def bad(text: str) -> str:
    """Mark what failed, is refused or invalid."""
    return _painted("bad", text)


def notice(text: str) -> str:
    """Mark what waits for somebody, or will be trouble."""
    return _painted("notice", text)


def quiet(text: str) -> str:
    """Mark what is read second: labels, units, ids."""
    return _painted("quiet", text)


def strong(text: str) -> str:
    """Mark what is looked for: commands, numbers."""
    return _painted("strong", text)


def head(text: str) -> str:
    """Mark a heading."""
    return _painted("head", text)


def gone(text: str) -> str:
    """Mark a value that will be no more."""
    return _painted("gone", text)


def _painted(style: str, text: str) -> str:
    return f"{_MARKS[style]}{_ANY.sub('', text)}{_END}" if text else ""


def unpainted(text: str) -> str:
    """Return the text without its marks."""
    return _ANY.sub("", text)


def is_mark(character: str) -> bool:
    """Tell whether a character is a mark."""
    return character in _CODES


def coloured(text: str) -> str:
    """Return the text with a terminal's codes in place of its marks."""
    return _ANY.sub(lambda found: _CODES[found.group()], text)


def repainted(lines: list[str], text: str) -> list[str]:
    """Return lines that were made of the text without marks, with its marks at the same words.

    An opening mark goes to the character after it, a closing one to the character before it, whatever was done to the
    space between words.
    """
    marks: list[tuple[int, str]] = []
    seen = 0
    for character in text:
        if is_mark(character):
            marks.append((seen, character))
        elif not character.isspace():
            seen += 1
    if not marks:
        return lines
    done, waiting = 0, iter([*marks, (-1, "")])
    place, mark = next(waiting)
    painted = []
    for line in lines:
        out = []
        for character in line:
            if not character.isspace():
                while place == done and mark and mark != _END:
                    out.append(mark)
                    place, mark = next(waiting)
                done += 1
            out.append(character)
            while place == done and mark == _END:
                out.append(mark)
                place, mark = next(waiting)
        painted.append("".join(out))
    return painted
