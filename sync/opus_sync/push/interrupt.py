"""Ends a push in good order: the first signal after the request in flight, the second at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from types import FrameType

from opus_sync.clock import Clock
from opus_sync.errors import OpusError
from opus_sync.log import SILENT, Log

_SLICE = 0.2
_TOLD = 1.0


class Interrupted(OpusError):
    """A signal asked the push to end; exits as a shell reports that signal."""

    def __init__(self, number: int) -> None:
        super().__init__(f"interrupted by {signal.Signals(number).name}", "run `dbt build` and push again to go on")
        self.exit_code = _exit_code(number)


class Interruption:
    """Remembers the signal that asked the push to end, if one did; `say` tells the person what happens."""

    def __init__(self, say: Callable[[str], None] = lambda message: None) -> None:
        self.signal: int | None = None
        self._say = say

    @property
    def exit_code(self) -> int | None:
        """Return 130 or 143, None where nobody interrupted."""
        return None if self.signal is None else _exit_code(self.signal)

    def request(self, number: int) -> None:
        """Take in a signal; the second one ends the process here, with everything that was sent on record."""
        if self.signal is not None:
            try:
                self._tell("stopped at once; the next push or pull finds out what became of the rows in flight")
            finally:
                os._exit(_exit_code(number))
        self.signal = number
        self._tell("stopping after the request in flight; once more stops at once, and nothing is lost then either")

    def _tell(self, message: str) -> None:
        # The signal may have come in the middle of a print, which cannot be begun a second time.
        with suppress(RuntimeError, OSError):
            self._say(message)

    def check(self) -> None:
        """Raise Interrupted where a signal came."""
        if self.signal is not None:
            raise Interrupted(self.signal)


def _exit_code(number: int) -> int:
    return 128 + number


class InterruptibleClock:
    """A clock whose waits end with Interrupted soon after a signal; the log is told of long ones."""

    def __init__(self, clock: Clock, interruption: Interruption, log: Log = SILENT) -> None:
        self._clock = clock
        self._log = log
        self._interruption = interruption

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return self._clock.now()

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return self._clock.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait in slices."""
        if seconds >= _TOLD:
            self._log.event("waiting", seconds=round(seconds, 1))
        end = self._clock.monotonic() + seconds
        while (left := end - self._clock.monotonic()) > 0:
            self._interruption.check()
            self._clock.sleep(min(_SLICE, left))
        self._interruption.check()


@contextmanager
def listening(interruption: Interruption) -> Iterator[None]:
    """Hear SIGINT and SIGTERM while the block runs; call it from the main thread."""

    def hear(number: int, _: FrameType | None) -> None:
        interruption.request(number)

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
