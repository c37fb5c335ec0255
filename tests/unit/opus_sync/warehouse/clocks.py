"""Clocks for those who would have to wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone


class ImpatientClock:
    """Lets ten seconds pass with every look at it."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> datetime:
        return datetime(2026, 11, 1, 8, tzinfo=timezone.utc)

    def monotonic(self) -> float:
        self.passed += 10
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.passed += seconds


class ObligingClock(ImpatientClock):
    """Stands still, and does something while others wait."""

    def __init__(self, while_waiting: Callable[[], None]) -> None:
        super().__init__()
        self._while_waiting = while_waiting

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        self._while_waiting()
