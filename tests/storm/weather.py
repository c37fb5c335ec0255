"""What goes wrong at the sandbox while a push runs: faults by chance, a token refused, a day's calls used up."""

from __future__ import annotations

from random import Random
from typing import Any

from integration.support.stand_in import PLENTY, StandIn
from storm.ledger import ANSWERED, Ledger, Request

SHARE = 0.1
"""Chance of each fault to hit a request with mutations."""

LATER = 0.6
"""Seconds after which a request runs whose caller heard nothing."""

_OURS = {"text": "m0: ", "probability": SHARE}
"""The runner's own mutations; people's have no such alias."""

_FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "lost_request"},
    {"kind": "lost_answer"},
    {"kind": "delayed_execution", "seconds": LATER},
    {"kind": "answer_not_kept"},
    {"kind": "partial", "from_alias": 2},
    {"kind": "partial", "from_alias": 2, "scope": "silent"},
    {"kind": "rate_limited", "seconds": 1.0},
    {"kind": "server_error"},
    {"kind": "server_error", "runs": True},
    {"kind": "server_error", "status": 502, "runs": True},
    {"kind": "locked"},
)
LATENCY = {"latency": 0.02, "latency_per_alias": 0.004}


def fair(stand_in: StandIn) -> None:
    """Let everything pass."""
    stand_in.running.sandbox.limits.calls = 0.0
    stand_in.configure(faults=[])


def foul(stand_in: StandIn, ledger: Ledger, random: Random) -> None:
    """Let each fault strike by chance; now and then refuse the token, or end the day, in the middle."""
    # One fault of a kind strikes a request; the order decides which of its forms is asked first.
    faults = [{**fault, **_OURS} for fault in random.sample(_FAULTS, len(_FAULTS))]
    chance = random.random()
    if chance < 0.08:
        faults.append({"kind": "unauthorized", "on": "any", "skip": random.randint(0, 12), "count": 3})
    stand_in.configure(faults=faults, random_seed=random.randrange(10**6))
    if 0.08 <= chance < 0.16:
        _end_the_day(stand_in, ledger, random.randint(1, 4))
    if random.random() < 0.2:
        # Nothing may depend on the two clocks being the same.
        stand_in.running.sandbox.clock.advance(random.choice((37, 3_700, 90_000)))


def _end_the_day(stand_in: StandIn, ledger: Ledger, mutations: int) -> None:
    """Have others use up the day's calls while so many requests with mutations are answered."""
    left = [mutations]

    def hear(request: Request, moment: str) -> None:
        left[0] -= request.ours and request.mutation and moment == ANSWERED
        if left[0] <= 0:
            stand_in.running.sandbox.limits.calls = PLENTY
            ledger.listeners.remove(hear)

    ledger.listeners.append(hear)
