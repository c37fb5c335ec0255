"""Suggestions for misspelt words."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LISTED_WORDS = 12


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """Return ", did you mean 'x'?" when a known word is close, else ""."""
    folded = {name.casefold(): name for name in sorted({*known})}
    close = get_close_matches(str(word).casefold(), folded, n=1)
    return f", did you mean {folded[close[0]]!r}?" if close else ""


def suggestion(word: object, known: Iterable[str]) -> str:
    """Return a close word, else the known words where they are few, else ""."""
    words = sorted({*known})
    few = f"; known: {', '.join(words)}" if 0 < len(words) <= LISTED_WORDS else ""
    return did_you_mean(word, words) or few
