"""Keeps the requests of one token within monday's limits by waiting before it would be refused."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from opus_sync.clock import Clock
from opus_sync.monday.answer import Answer, Limited, RateLimit
from opus_sync.monday.window import Window

# One request may not cost more, whatever is left of the minute (rate-limits page, 2026-09).
REQUEST_CAP = 5_000_000
# Aliases of a request that is sent before anything is known of the budget.
_FIRST_ALIASES = 10
# A rest smaller than this share of a window is left lying: it would cost a call for next to nothing.
_NOT_WORTH_A_CALL = 0.01
# monday charges a tenth of a call for a request that a limit refused.
_REFUSED_CALL = 0.1
_COMPLEXITY, _REQUESTS, _CONCURRENCY = "complexityMinute", "minuteRate", "concurrency"
_COMPLEXITY_CODES = ("complexity_budget_exhausted", "complexityexception")
_REQUEST_CODES = ("minute_limit_exceeded", "minute_rate_limit_exceeded", "rate_limit_exceeded")


@dataclass(frozen=True)
class Ticket:
    """The right to send one request now; give it back with `Governor.settle`."""

    cost: int
    sent: float


class Governor:
    """Knows, for one token, the points and requests left of the minute and the calls made.

    Safe to share between threads. All waiting is done by the clock it is given.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._points = Window()
        self._requests = Window()
        self._in_flight = 0
        self._side_by_side: int | None = None
        self.calls = 0.0

    def affordable(self, cost_per_alias: int) -> int:
        """Return how many aliases fit in what is left of this window, and in one request.

        Where next to nothing is left, it is as many as fit in a fresh window: `acquire` waits for it.
        """
        with self._changed:
            self._points.roll(self._clock.monotonic())
            free, limit = self._points.free(), self._points.limit
        if free is None or limit is None:
            return _FIRST_ALIASES
        cost = max(1, cost_per_alias)
        room = free if free >= max(cost, limit * _NOT_WORTH_A_CALL) else limit
        return max(1, min(room, REQUEST_CAP) // cost)

    def acquire(self, cost: int) -> Ticket:
        """Wait until a request of so many points may leave, and reserve them."""
        while True:
            with self._changed:
                now = self._clock.monotonic()
                self._points.roll(now)
                self._requests.roll(now)
                wait = self._wait(cost, now)
                if wait is None:
                    self._changed.wait()
                    continue
                if wait <= 0:
                    self._in_flight += 1
                    self._points.held += cost
                    self._requests.held += 1
                    return Ticket(cost, now)
            self._clock.sleep(wait)

    def await_room(self, cost: int) -> None:
        """Wait until a request of so many points could leave, and reserve nothing."""
        self.release(self.acquire(cost))

    def release(self, ticket: Ticket) -> None:
        """Give back a ticket with which nothing was sent."""
        with self._changed:
            self._free(ticket)
            self._changed.notify_all()

    def settle(self, ticket: Ticket, outcome: Answer | Limited | None) -> None:
        """Take in what became of a request; None where no answer came."""
        now = self._clock.monotonic()
        with self._changed:
            self._free(ticket)
            self.calls += _REFUSED_CALL if isinstance(outcome, Limited) else 1
            if outcome is None:
                self._points.spend(ticket.cost)
                self._requests.spend(1)
            else:
                self._learn(ticket, outcome, now)
            self._changed.notify_all()

    def _free(self, ticket: Ticket) -> None:
        self._in_flight -= 1
        self._points.held -= ticket.cost
        self._requests.held -= 1

    def _wait(self, cost: int, now: float) -> float | None:
        """Return the seconds to wait, 0 to go, None to wait for a request under way to come back."""
        if self._in_flight and (
            # The first answer tells the budget, so the second request waits for it.
            self._points.left is None or (self._side_by_side is not None and self._in_flight >= self._side_by_side)
        ):
            return None
        for window, need in ((self._points, cost), (self._requests, 1)):
            if not window.fits(need):
                if window.ends is not None:
                    return window.ends - now
                # Whole but reserved: only a request under way can free it.
                return None if self._in_flight else 0.0
        return 0.0

    def _learn(self, ticket: Ticket, outcome: Answer | Limited, now: float) -> None:
        policies = {limit.name: limit for limit in outcome.limits}
        self._side_by_side = getattr(policies.get(_CONCURRENCY), "quota", None) or self._side_by_side
        if (requests := policies.get(_REQUESTS)) is not None and requests.remaining is not None:
            self._requests.learn(requests.remaining, requests.reset_in, ticket.sent, now, requests.quota)
        if isinstance(outcome, Limited):
            self._refused(outcome, now)
        else:
            self._spent(ticket, outcome, policies.get(_COMPLEXITY), now)

    def _refused(self, outcome: Limited, now: float) -> None:
        code = outcome.code.casefold()
        if code in _COMPLEXITY_CODES:
            self._points.exhausted(outcome.retry_in, now, outcome.budget or None)
        elif code in _REQUEST_CODES:
            self._requests.exhausted(outcome.retry_in, now)

    def _spent(self, ticket: Ticket, answer: Answer, policy: RateLimit | None, now: float) -> None:
        quota = policy.quota if policy else None
        if (points := answer.complexity) is not None:
            known = quota or max(self._points.limit or 0, points.before)
            # Both count from some moment before the answer came, so the smaller bounds the window better.
            told = [
                seconds for seconds in (points.reset_in, policy.reset_in if policy else None) if seconds is not None
            ]
            self._points.learn(points.after, min(told), ticket.sent, now, known)
        elif policy is not None and policy.remaining is not None:
            self._points.learn(policy.remaining, policy.reset_in, ticket.sent, now, quota)
        else:
            self._points.spend(ticket.cost)
