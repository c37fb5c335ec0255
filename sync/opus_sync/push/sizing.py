"""How many rows the next request carries: learned from the time and the points that the last ones took."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from opus_sync.plan.cost import MUTATION_POINTS

FIRST_SIZE = 50
_LOOK_POINTS = 200
"""Points of the look at one row before any was measured."""

TARGET_SECONDS = 20.0
"""Aim of one request: monday ends every call at 60 seconds (best-practices page)."""


class Sizer:
    """Grows the batch while requests are quick, shrinks it when they are slow; never above `ceiling`."""

    def __init__(self, ceiling: int) -> None:
        self._ceiling = ceiling
        self._points: dict[str, int] = {}
        self.look_points = _LOOK_POINTS
        self.size = min(FIRST_SIZE, ceiling)

    def points(self, names: Iterable[str]) -> int:
        """Return the expected complexity of mutations of these names."""
        return sum(self._points.get(name, MUTATION_POINTS) for name in names)

    def dearest(self, names: Iterable[str]) -> int:
        """Return the expected complexity of the dearest of these mutations."""
        return max(self._points.get(name, MUTATION_POINTS) for name in names)

    def learn_points(self, names: tuple[str, ...], complexity: int) -> None:
        """Take in what a request cost; its mutations share the cost evenly."""
        self._points.update(dict.fromkeys(names, ceil(complexity / len(names))))

    def learn_look(self, rows: int, complexity: int) -> None:
        """Take in what looking at so many rows cost: it has to fit beside their request."""
        if rows and complexity:
            self.look_points = ceil(complexity / rows)

    def learn_time(self, rows: int, seconds: float) -> None:
        """Take in how long a request took."""
        fitting = int(TARGET_SECONDS * rows / seconds) if seconds > 0 else self._ceiling
        self.size = max(1, min(fitting, max(self.size, 2 * rows), self._ceiling))
