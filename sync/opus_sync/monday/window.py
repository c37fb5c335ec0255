"""What is left of one of monday's per-minute budgets, as far as it can be known from outside."""

from __future__ import annotations

from dataclasses import dataclass

# monday's windows last a minute, from the first call in them.
WINDOW = 60.0
# Reported seconds are whole; whichever way monday rounds, the truth is less than one second off.
_ROUNDING = 1.0
_MARGIN = 0.05


@dataclass
class Window:
    """One budget. `left` is None while unknown; `ends` is never before the true end of the window.

    `held` is what requests under way may take: reserved when they leave, settled when they return.
    All moments are the clock's monotonic seconds.
    """

    limit: int | None = None
    left: int | None = None
    ends: float | None = None
    held: int = 0

    def roll(self, now: float) -> None:
        """Make the budget whole again once its window is over."""
        if self.ends is not None and now >= self.ends:
            self.left, self.ends = self.limit, None

    def free(self) -> int | None:
        """Return what nobody has reserved, None while the budget is unknown."""
        return None if self.left is None else self.left - self.held

    def fits(self, cost: int) -> bool:
        """Return whether a request may leave now; one larger than a whole budget needs a fresh one."""
        free = self.free()
        return free is None or free >= (cost if self.limit is None else min(cost, self.limit))

    def learn(self, left: int, reset_in: float | None, sent: float, received: float, limit: int | None = None) -> None:
        """Take in what an answer says: what is left, and the seconds until the window ends.

        The end is bounded from above by every answer of the window (a window is at most a minute long),
        so the smallest bound seen is kept: precise from the first answer of a window on.
        """
        if limit is not None:
            self.limit = limit
        elif self.limit is None or left > self.limit:
            self.limit = left
        bound = received + (WINDOW if reset_in is None else min(reset_in + _ROUNDING, WINDOW)) + _MARGIN
        earliest = sent + reset_in - _ROUNDING if reset_in is not None else received
        if self.ends is None or self.left is None or earliest > self.ends:
            self.left, self.ends = left, bound
        else:
            # Answers of requests side by side may come back out of order.
            self.left, self.ends = min(self.left, left), min(self.ends, bound)

    def exhausted(self, retry_in: float, received: float, limit: int | None = None) -> None:
        """Take in a refusal: nothing fits for that many seconds."""
        if limit:
            self.limit = limit
        self.left, self.ends = 0, received + retry_in + _ROUNDING + _MARGIN

    def spend(self, cost: int) -> None:
        """Take a cost off, for a request whose answer did not say what it took."""
        if self.left is not None:
            self.left = max(0, self.left - cost)
