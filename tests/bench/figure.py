"""One promise and what was measured of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """A measured value beside its limit; `ratio` and `how` say what it was measured against.

    `notes` are shown below and decide nothing.
    """

    name: str
    measured: float
    bound: Literal["at most", "at least"]
    limit: float
    unit: str
    how: str
    holds: bool = True
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Return whether the limit is kept and all that belongs to the promise holds."""
        kept = self.measured <= self.limit if self.bound == "at most" else self.measured >= self.limit
        return kept and self.holds

    def lines(self) -> list[str]:
        """Return the figure as one line, and a line for each note."""
        verdict = "ok" if self.ok else "NOT OK"
        values = f"{_number(self.measured)} {self.unit}, {self.bound} {_number(self.limit)}"
        return [f"{self.name}: {values}: {verdict} ({self.how})", *(f"    {note}" for note in self.notes)]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
