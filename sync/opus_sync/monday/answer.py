"""What comes back from monday, and the ways in which nothing comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from opus_sync.errors import OpusError


class Kind(Enum):
    """What an error means for whoever sent the request."""

    FINAL = "final"  # the same request fails again
    WAIT = "wait"  # a limit or a lock: nothing ran, the same request may pass later
    UNSURE = "unsure"  # monday failed on its side: it may or may not have run
    STOP = "stop"  # no request can pass now


@dataclass(frozen=True)
class Complexity:
    """Points of one request: its cost, the budget left after it, seconds until the budget is whole again."""

    query: int
    after: int
    reset_in: int

    @property
    def before(self) -> int:
        """Return the budget left when the request came in."""
        return self.after + self.query


@dataclass(frozen=True)
class RateLimit:
    """One policy of the `RateLimit` headers; None where monday left a figure out. Times are in seconds."""

    name: str
    quota: int | None = None
    window: float | None = None
    remaining: int | None = None
    reset_in: float | None = None


@dataclass(frozen=True)
class ApiError:
    """One entry of `errors[]`: `alias` is the first element of its path, "" for the whole request."""

    message: str
    code: str
    alias: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    kind: Kind = Kind.FINAL
    retry_in: float = 0.0


@dataclass(frozen=True)
class Answer:
    """A request that monday carried out, wholly or in part; `server_time` is by monday's own clock (UTC)."""

    data: Mapping[str, Any]
    errors: tuple[ApiError, ...]
    request_id: str
    complexity: Complexity | None
    limits: tuple[RateLimit, ...] = ()
    server_time: datetime | None = None


class Api(Protocol):
    """The one seam to monday."""

    endpoint: str

    def post(self, document: str, variables: Mapping[str, Any], *, idempotency_key: str | None = None) -> Answer:
        """Send one request.

        Raises NotSent (never reached monday), NoAnswer (outcome unknown), Limited (nothing ran, wait),
        Rejected (the whole request was refused and nothing ran), Stopped (no request can succeed now).
        """


class NotSent(OpusError):
    """The request did not leave this machine, or monday was not reached: nothing ran."""


class NoAnswer(OpusError):
    """The request left and no usable answer came: what became of it is unknown.

    `ended` says that monday itself answered, with a failure: nothing of the request is still under way.
    """

    def __init__(self, message: str, hint: str = "", *, code: str = "", ended: bool = False) -> None:
        super().__init__(message, hint)
        self.code = code
        self.ended = ended


class Limited(OpusError):
    """A limit or a lock refused the request before anything ran; `retry_in` is in seconds.

    `cost` and `budget` are set where monday names them: points of the request, points of a whole window.
    """

    def __init__(
        self,
        message: str,
        retry_in: float,
        code: str = "",
        *,
        cost: int = 0,
        budget: int = 0,
        limits: tuple[RateLimit, ...] = (),
    ) -> None:
        super().__init__(message)
        self.retry_in = retry_in
        self.code = code
        self.cost = cost
        self.budget = budget
        self.limits = limits


class Rejected(OpusError):
    """The request as a whole is wrong (syntax, unknown field, malformed body): nothing ran."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class Stopped(OpusError):
    """No request can succeed now: token refused, scope missing, address blocked, day's calls used up."""

    def __init__(self, message: str, hint: str = "", code: str = "") -> None:
        super().__init__(message, hint)
        self.code = code
