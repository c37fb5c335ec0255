"""The sandbox's own clock, which may run faster than the machine's."""

from __future__ import annotations

import time
from datetime import datetime, timezone


class SandboxClock:
    """Counts sandbox seconds: `scale` of them pass in one real second."""

    def __init__(self, scale: float = 1.0, start: float | None = None) -> None:
        self._scale = scale
        self._real = time.monotonic()
        self._base = time.time() if start is None else start

    @property
    def scale(self) -> float:
        """Sandbox seconds per real second."""
        return self._scale

    def set_scale(self, scale: float) -> None:
        """Go on from the present moment at another speed."""
        self._base, self._real = self.now(), time.monotonic()
        self._scale = scale

    def advance(self, seconds: float) -> None:
        """Jump ahead, so that tests need not wait for windows and cursors to run out."""
        self._base += seconds

    def now(self) -> float:
        """Return seconds since 1970 (UTC) on the sandbox clock."""
        return self._base + (time.monotonic() - self._real) * self._scale

    def real(self, seconds: float) -> float:
        """Return how many real seconds the given sandbox seconds take."""
        return seconds / self._scale


def utc_seconds(moment: float) -> str:
    """Return `2026-03-10T08:00:00Z`, the form of `created_at` and `updated_at`."""
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_millis(moment: float) -> str:
    """Return `2026-03-10T08:00:00.000Z`, the form of `changed_at`."""
    stamp = datetime.fromtimestamp(moment, timezone.utc)
    return f"{stamp:%Y-%m-%dT%H:%M:%S}.{stamp.microsecond // 1000:03d}Z"
