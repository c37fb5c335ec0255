"""One part and the verdict on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from opus_sync.errors import OpusError


class Verdict(str, Enum):
    """What a check came to; NOT_LOOKED_AT where another part has to be mended first."""

    GOOD = "good to go"
    BAD = "not good"
    NOT_LOOKED_AT = "not looked at"


@dataclass(frozen=True)
class Check:
    """A part, what was found of it, and what to do where that is not good."""

    part: str
    verdict: Verdict
    found: str
    todo: str = ""


def checked(part: str, look: Callable[[], str]) -> Check:
    """Look at a part: `look` says what it finds, and raises where that is not good."""
    try:
        return Check(part, Verdict.GOOD, look())
    except OpusError as error:
        return Check(part, Verdict.BAD, error.message, error.hint)
    except Exception as error:  # One part that breaks must not hide the others.
        return Check(part, Verdict.BAD, f"{type(error).__name__}: {error}", "this is a defect of opus-sync: report it")


def blocked(part: str, by: str) -> Check:
    """Return a check that could not be made."""
    return Check(part, Verdict.NOT_LOOKED_AT, f"mend this first: {by}")
