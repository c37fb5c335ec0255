"""How long and how often a push of one board tries again, and when it gives up."""

from __future__ import annotations

import random

from opus_sync.clock import Clock
from opus_sync.errors import OpusError

LIMIT_SECONDS = 900.0
"""For so long a push waits out a limit or a lock: these are bounded by time, not by attempts."""

_FIRST_BACKOFF, _LONGEST_BACKOFF = 1.0, 60.0
_JITTER = 0.25


class Halt(OpusError):
    """Ends the push of a board; what was not sent stays staged."""


class Patience:
    """Counts what went wrong in a row; `passed` starts the count anew.

    A request that fails whole is halved until its poison row stands alone, so that as many requests as there are
    halvings may fail before a row is given up; more than that is no single row's fault.
    """

    def __init__(self, clock: Clock, max_retries: int, most_rows: int) -> None:
        self.max_retries = max_retries
        self._clock = clock
        self._bearable = max_retries + most_rows.bit_length() + 1
        self._broken = 0
        self._lost = 0
        self._limited_since: float | None = None

    def passed(self) -> None:
        """Take in that a row was written."""
        self._broken = self._lost = 0
        self._limited_since = None

    def limited(self, seconds: float, message: str) -> None:
        """Wait as long as monday asks; raises Halt where it has been asking for too long."""
        now, wait = self._clock.monotonic(), jittered(seconds)
        self._limited_since = now if self._limited_since is None else self._limited_since
        if now + wait - self._limited_since > LIMIT_SECONDS:
            raise Halt(
                f"{message}; still so after {LIMIT_SECONDS / 60:.0f} minutes", "run `dbt build` and push again later"
            )
        self._clock.sleep(wait)

    def lost(self, message: str) -> None:
        """Wait before the next try after a request that got no answer, or did not leave; raises Halt."""
        self._lost += 1
        if self._lost > self.max_retries:
            raise Halt(
                f"{message}; {self._lost} requests in a row",
                "see whether monday is up, then run `dbt build` and push again",
            )
        self._clock.sleep(jittered(backoff(self._lost)))

    def broken(self, message: str) -> None:
        """Wait before the next try after a request that failed whole; raises Halt where none passes."""
        self._broken += 1
        if self._broken > self._bearable:
            raise Halt(
                f"{message}; {self._broken} requests in a row failed whole",
                "see the error and monday's status page, then run `dbt build` and push again",
            )
        self._clock.sleep(jittered(backoff(min(self._broken, self.max_retries))))


def backoff(attempt: int) -> float:
    """Return the seconds to wait after the so manieth failure in a row."""
    return min(_LONGEST_BACKOFF, _FIRST_BACKOFF * 2.0 ** max(0, attempt - 1))


def jittered(seconds: float) -> float:
    """Return a little more than that, so that clients do not come back all at once."""
    return seconds + random.uniform(0, _JITTER * max(1.0, seconds))  # noqa: S311
