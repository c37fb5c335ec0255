"""The governor against a stand-in that keeps a budget as monday describes it, on a counted clock."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

import pytest

from opus_sync.monday.answer import Answer, Complexity, Limited, NoAnswer, RateLimit, Rejected
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.governor import Governor

ALIAS = 30_003
BUDGET = 10_000_000


@dataclass
class CountedClock:
    passed: float = 1000.25
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.passed, timezone.utc)

    def monotonic(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.passed += seconds


@dataclass
class Budgeted:
    """An Api with points per minute; the minute starts with the first call in it."""

    clock: CountedClock
    budget: int = BUDGET
    latency: float = 0.2
    rounding: Callable[[float], int] = math.ceil
    others: int = 0
    requests: int | None = None
    headers: bool = True
    endpoint: str = "http://127.0.0.1/v2"
    starts: float = -1e9
    left: int = 0
    requests_left: int = 0
    spent: int = 0
    refused: int = 0

    def post(self, document: str, variables: Mapping[str, Any], *, idempotency_key: str | None = None) -> Answer:
        cost = variables["cost"]
        self.clock.passed += self.latency / 2
        now = self.clock.passed
        if now >= self.starts + 60:
            self.starts, self.left = now, self.budget - self.others
            self.requests_left = self.requests or 0
        resets = self.starts + 60 - now
        self.clock.passed += self.latency / 2
        limits: tuple[RateLimit, ...] = ()
        if self.headers:
            limits += (RateLimit("complexityMinute", self.budget, 60, self.left, self.rounding(resets)),)
        if self.requests is not None:
            if not self.requests_left:
                self.refused += 1
                raise Limited("minute", math.ceil(resets), "RATE_LIMIT_EXCEEDED")
            self.requests_left -= 1
            limits += (RateLimit("minuteRate", self.requests, 60, self.requests_left, None),)
        if cost > self.left:
            self.refused += 1
            raise Limited("budget", self.rounding(resets), "COMPLEXITY_BUDGET_EXHAUSTED", cost=cost, budget=self.budget)
        self.left -= cost
        self.spent += cost
        points = Complexity(cost, self.left, self.rounding(resets))
        return Answer({}, (), "", points, limits)


def governed(server: Budgeted) -> GovernedApi:
    return GovernedApi(server, Governor(server.clock), server.clock)


def drain(api: GovernedApi, server: Budgeted, minutes: float, batch: int = 50) -> float:
    """Write batches for so long; return the share of the budget that was used."""
    api.post("account", {"cost": 20})
    began, server.spent, spent = server.clock.passed, 0, 0
    while server.clock.passed < began + minutes * 60:
        aliases = min(batch, api.governor.affordable(ALIAS))
        spent = server.spent
        api.post("write", {"cost": aliases * ALIAS + 13}, cost=aliases * ALIAS + 13)
    return spent / (server.budget * minutes)


@pytest.mark.parametrize("rounding", [math.ceil, math.floor, round])
@pytest.mark.parametrize("latency", [0.01, 0.3, 1.7])
@pytest.mark.parametrize("headers", [True, False])
def test_a_drain_uses_nearly_all_of_the_budget_and_is_never_refused(
    rounding: Callable[[float], int], latency: float, headers: bool
) -> None:
    server = Budgeted(CountedClock(), latency=latency, rounding=rounding, headers=headers)

    share = drain(governed(server), server, minutes=20)

    assert server.refused == 0
    assert 0.97 <= share <= 1


def test_the_small_budget_of_a_trial_is_kept_too() -> None:
    server = Budgeted(CountedClock(), budget=1_000_000)

    share = drain(governed(server), server, minutes=20)

    assert server.refused == 0
    # 33 aliases of 30,003 points are 99 % of it.
    assert share >= 0.97


def test_what_others_take_from_the_budget_is_seen() -> None:
    server = Budgeted(CountedClock(), others=4_000_000)

    drain(governed(server), server, minutes=5)

    assert server.refused <= 5  # others spend at the start of each window, before we can know


def test_requests_of_the_minute_are_kept() -> None:
    server = Budgeted(CountedClock(), requests=30)
    api = governed(server)
    for _ in range(100):
        api.post("read", {"cost": 10}, cost=10)
    assert server.refused == 0


def test_the_last_batch_of_a_window_is_sized_to_fit() -> None:
    clock = CountedClock()
    api = governed(Budgeted(clock))
    api.post("write", {"cost": BUDGET - 7 * ALIAS - 100})

    assert api.governor.affordable(ALIAS) == 7
    api.post("write", {"cost": 7 * ALIAS}, cost=7 * ALIAS)
    # Nothing is left: as many as a fresh window and a single request take, after a wait.
    assert api.governor.affordable(ALIAS) == 5_000_000 // ALIAS
    assert clock.slept == []
    api.post("write", {"cost": ALIAS}, cost=ALIAS)
    assert len(clock.slept) == 1


def test_before_anything_is_known_a_batch_is_small() -> None:
    assert Governor(CountedClock()).affordable(ALIAS) == 10


def test_a_refusal_is_waited_out_and_the_request_sent_again() -> None:
    """Someone else used the budget up: the first request is refused, and passes after the wait."""
    server = Budgeted(CountedClock(), others=BUDGET)
    api = governed(server)
    server.starts, server.left = server.clock.passed - 50, 0
    server.others = 0
    api.post("write", {"cost": ALIAS}, cost=ALIAS)

    assert server.refused == 1
    assert 10 <= sum(server.clock.slept) <= 16
    assert (api.calls, api.complexity) == (2, ALIAS)
    assert api.governor.calls == pytest.approx(1.1)


def test_a_request_that_no_window_holds_is_rejected_and_not_waited_for() -> None:
    server = Budgeted(CountedClock(), budget=1_000_000)
    with pytest.raises(Rejected):
        governed(server).post("read", {"cost": 2_000_000})
    assert server.clock.slept == []


class Failing:
    """An Api that fails a number of times before it answers."""

    endpoint = "http://127.0.0.1/v2"

    def __init__(self, times: int, error: Exception) -> None:
        self.times, self.error, self.sent = times, error, 0

    def post(self, document: str, variables: Mapping[str, Any], *, idempotency_key: str | None = None) -> Answer:
        self.sent += 1
        if self.sent <= self.times:
            raise self.error
        return Answer({"ok": True}, (), "", None)


def test_a_query_without_an_answer_is_asked_again() -> None:
    clock = CountedClock()
    failing = Failing(2, NoAnswer("lost"))
    assert GovernedApi(failing, Governor(clock), clock).read("q", {}).data == {"ok": True}

    failing = Failing(9, NoAnswer("lost"))
    with pytest.raises(NoAnswer):
        GovernedApi(failing, Governor(clock), clock, max_retries=2).read("q", {})
    assert failing.sent == 3


def test_a_mutation_without_an_answer_is_not_sent_again() -> None:
    clock = CountedClock()
    failing = Failing(1, NoAnswer("lost"))
    with pytest.raises(NoAnswer):
        GovernedApi(failing, Governor(clock), clock).post("mutation", {})
    assert failing.sent == 1


def test_a_lock_that_never_opens_ends_after_ten_minutes() -> None:
    clock = CountedClock()
    failing = Failing(10_000, Limited("locked", 2.0, "RESOURCE_LOCKED"))
    began = clock.passed
    with pytest.raises(Limited):
        GovernedApi(failing, Governor(clock), clock).post("mutation", {})
    assert 500 < clock.passed - began <= 600
