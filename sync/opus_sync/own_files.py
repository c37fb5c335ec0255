"""Tells files as they were written here from those that a person made or changed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import Enum


class Standing(str, Enum):
    """How a file stands to what is to be written."""

    ABSENT = "absent"
    SAME = "same"
    OURS = "ours"
    """As it was written here once; to be written anew."""
    THEIRS = "theirs"
    """Made or changed by a person."""


@dataclass(frozen=True)
class Mark:
    """The first line of a file: `heading` has `{checksum}` of all that follows, whole or its beginning.

    `pattern` finds the checksum in the beginning of a text.
    """

    heading: str
    pattern: re.Pattern[str]

    def marked(self, text: str) -> str:
        """Return the text with its first line."""
        return f"{self.heading.format(checksum=_checksum(text))}\n{text}"

    def standing(self, there: str | None, marked: str) -> Standing:
        """Tell how a file stands, None for none, that is to hold a marked text."""
        if there is None:
            return Standing.ABSENT
        if there == marked:
            return Standing.SAME
        first, _, rest = there.partition("\n")
        found = self.pattern.match(first)
        return Standing.OURS if found and _checksum(rest).startswith(found.group(1)) else Standing.THEIRS


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
