"""Rate limits: complexity and requests per minute, concurrency, calls per day, requests per address."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from monday_sandbox.errors import HttpError
from monday_sandbox.options import Options, PlanLimits

WINDOW = 60.0
DAY = 86_400.0
IP_WINDOW = 10.0
REFUSED_CALL = 0.1


@dataclass(slots=True)
class Window:
    """A minute that starts with its first use."""

    quota: int
    used: int = 0
    start: float | None = None

    def roll(self, now: float) -> None:
        """Begin anew once the minute is over."""
        if self.start is not None and now - self.start >= WINDOW:
            self.start, self.used = None, 0

    def left(self, now: float) -> int:
        """Return what may still be used in this minute."""
        self.roll(now)
        return max(0, self.quota - self.used)

    def use(self, amount: int, now: float) -> None:
        """Use up some of the minute."""
        self.roll(now)
        if self.start is None:
            self.start = now
        self.used += amount

    def reset_in(self, now: float) -> float:
        """Return seconds until the minute is over; a whole one before it has begun."""
        self.roll(now)
        return WINDOW if self.start is None else max(0.0, self.start + WINDOW - now)


@dataclass(frozen=True)
class Budget:
    """What the `complexity` field reports."""

    before: int
    query: int
    after: int
    reset_in_x_seconds: int


@dataclass
class Limits:
    """The counters of an account under one plan."""

    plan: PlanLimits
    options: Options
    running: int = 0
    calls: float = 0.0
    calls_total: float = 0.0
    complexity_total: int = 0
    refusals: dict[str, int] = field(default_factory=dict)
    day: int = -1
    exceeded: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.minute = Window(self.plan.requests_per_minute)
        names = ("read", "write") if self.options.caller == "app" else ("all",)
        self._points = {name: Window(self.plan.complexity_per_minute) for name in names}
        self._recent: deque[float] = deque()

    def points(self, kind: str) -> Window:
        """Return the complexity window that pays for queries or mutations."""
        return self._points.get("write" if kind == "mutation" else "read") or self._points["all"]

    def admit(self, now: float) -> None:
        """Let a request in, or raise the 429 of the limit that refuses it; refused ones count too."""
        self.exceeded = set()
        self._recent.append(now)
        while self._recent and now - self._recent[0] >= IP_WINDOW:
            self._recent.popleft()
        if len(self._recent) > self.options.requests_per_10_seconds:
            wait = self._recent[0] + IP_WINDOW - now
            raise self._refuse("IP_RATE_LIMIT_EXCEEDED", "Too many requests from this IP address", wait)
        full = self.minute.left(now) <= 0
        self.minute.use(1, now)
        if full:
            self.exceeded = {"minuteRate"}
            wait = self.minute.reset_in(now)
            raise self._refuse(self.options.minute_limit_code, "Minute limit rate exceeded", wait)
        if self.running >= self.plan.concurrency:
            self.exceeded = {"concurrency"}
            raise self._refuse(self.options.concurrency_limit_code, "Concurrency limit exceeded", 1)
        self._new_day(now)
        if self.calls >= self.plan.calls_per_day:
            error = self._refuse("DAILY_LIMIT_EXCEEDED", "Daily limit exceeded", DAY - now % DAY)
            error.status = self.options.daily_limit_status
            raise error
        self.running += 1

    def leave(self) -> None:
        """Free the slot of a request."""
        self.running -= 1

    def charge(self, calls: float, now: float) -> None:
        """Count calls against the day."""
        self._new_day(now)
        self.calls += calls
        self.calls_total += calls

    def pay(self, cost: int, kind: str, now: float) -> Budget:
        """Take the points of a request from its window, or raise the refusal."""
        cap = self.options.complexity_per_request
        if cost > cap:
            message = f"Query has complexity of {cost}, which exceeds max complexity of {cap}"
            self._count(self.options.over_cap_code)
            extra = {"complexity": cost, "maxComplexity": cap}
            raise HttpError(200, message, self.options.over_cap_code, extra=extra)
        window = self.points(kind)
        before = window.left(now)
        if cost > before:
            wait = window.reset_in(now)
            extra = {
                "complexity": cost,
                "complexity_budget_left": before,
                "complexity_budget_limit": window.quota,
            }
            raise self._refuse("COMPLEXITY_BUDGET_EXHAUSTED", "Complexity budget exhausted", wait, extra)
        window.use(cost, now)
        self.complexity_total += cost
        return Budget(before, cost, before - cost, int(-(-window.reset_in(now) // 1)))

    def call_price(self, cost: int) -> float:
        """Return how many calls a request of this cost is charged."""
        per = self.options.calls_per_complexity
        return float(max(1, -(-cost // per))) if per else 1.0

    def used(self, now: float) -> dict[str, tuple[float, int]]:
        """Return requests and points used in this minute and calls of this day, each with its limit."""
        self._new_day(now)
        windows = self._points.values()
        quota = sum(window.quota for window in windows)
        return {
            "requests": (self.plan.requests_per_minute - self.minute.left(now), self.plan.requests_per_minute),
            "points": (quota - sum(window.left(now) for window in windows), quota),
            "calls": (round(self.calls, 1), self.plan.calls_per_day),
        }

    def headers(self, kind: str, now: float) -> dict[str, str]:
        """Return the RateLimit headers that every answer carries."""
        points = self.points(kind)
        minute, slots = self.plan.requests_per_minute, self.plan.concurrency
        policy = (
            f'"minuteRate";q={minute};w=60, "concurrency";q={slots};qu="concurrent-requests", '
            f'"complexityMinute";q={points.quota};w=60;qu="content-bytes"'
        )
        rate = f'"minuteRate";r={self.minute.left(now)}'
        if "minuteRate" in self.exceeded:
            rate += f";t={int(-(-self.minute.reset_in(now) // 1))}"
        busy = f'"concurrency";r={max(0, slots - self.running)}'
        if "concurrency" in self.exceeded:
            busy += ";t=1"
        left = f'"complexityMinute";r={points.left(now)};t={int(-(-points.reset_in(now) // 1))}'
        return {"RateLimit-Policy": policy, "RateLimit": ", ".join((rate, busy, left))}

    def _refuse(self, code: str, message: str, wait: float, extra: dict[str, int] | None = None) -> HttpError:
        self._count(code)
        return HttpError(429, message, code, retry_in=wait, extra=extra)

    def _count(self, code: str) -> None:
        self.refusals[code] = self.refusals.get(code, 0) + 1

    def _new_day(self, now: float) -> None:
        today = int(now // DAY)
        if today != self.day:
            self.day, self.calls = today, 0.0
