"""What can be set on a sandbox: plan, limits, latency, clock, faults, and what monday does not document."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from monday_sandbox.faults import Fault


@dataclass(frozen=True)
class PlanLimits:
    """Limits of a monday plan as of November 2026 (rate-limits page)."""

    complexity_per_minute: int
    calls_per_day: int
    requests_per_minute: int
    concurrency: int


PLANS: Mapping[str, PlanLimits] = MappingProxyType(
    {
        "free": PlanLimits(1_000_000, 1_000, 1_000, 40),
        "standard": PlanLimits(10_000_000, 1_000, 1_000, 40),
        "pro": PlanLimits(10_000_000, 10_000, 2_500, 100),
        "enterprise": PlanLimits(10_000_000, 25_000, 5_000, 250),
    }
)


@dataclass(frozen=True)
class Weights:
    """Complexity points; monday no longer publishes them.

    `mutation` is a root mutation field (what it selects comes on top), `unlimited_list` multiplies what
    stands below a list without `limit` or ids, `fields` sets single root fields ("create_item": 10000).
    """

    mutation: int = 30_000
    scalar: int = 1
    object: int = 10
    unlimited_list: int = 1
    fields: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Options:
    """Settings of a sandbox; docs/sandbox.md explains each."""

    # Who may call, and as whom
    tokens: tuple[str, ...] | None = None
    accept_bearer: bool = False
    user: str | None = None
    timezone: str = "UTC"
    # Limits: None takes the plan's
    plan: str | None = None
    caller: Literal["personal", "app"] = "personal"
    complexity_per_minute: int | None = None
    complexity_per_request: int = 5_000_000
    requests_per_minute: int | None = None
    concurrency: int | None = None
    calls_per_day: int | None = None
    requests_per_10_seconds: int = 5_000
    calls_per_complexity: int = 0
    weights: Weights = Weights()
    max_aliases: int | None = None
    max_body_bytes: int = 16 * 1024 * 1024
    request_timeout: float = 60.0
    # Time
    clock_scale: float = 1.0
    latency: float = 0.0
    latency_per_alias: float = 0.0
    cursor_minutes: float = 60.0
    idempotency_minutes: float = 30.0
    # Faults
    faults: tuple[Fault, ...] = ()
    random_seed: int = 1
    # What monday does not document
    busy_board: Literal["wait", "locked"] = "wait"
    later_aliases_run: bool = True
    partial_column_writes: bool = False
    stale_read_seconds: float = 0.0
    idempotency_keeps_errors: bool = True
    idempotency_other_body: Literal["replay", "conflict", "run"] = "replay"
    last_updated_precision: Literal["day", "second"] = "day"
    minute_limit_code: str = "RATE_LIMIT_EXCEEDED"
    concurrency_limit_code: str = "maxConcurrencyExceeded"
    daily_limit_status: int = 429
    over_cap_code: str = "ComplexityException"
    cursor_expired_code: str = "CursorExpiredError"
    numbers_from_json_numbers: bool = False
    numbers_max_digits: int | None = None
    checkbox_false_clears: bool = False
    checkbox_empty_reads: bool | None = None
    people_simple_emails: bool = False
    email_text_repeats_address: bool = False
    tags_separator: str = ", "
    # Recording for tests
    record_documents: bool = False

    def __post_init__(self) -> None:
        if self.plan is not None and self.plan not in PLANS:
            raise ValueError(f"option plan: unknown plan {self.plan!r}, one of {', '.join(PLANS)}")
        if self.clock_scale <= 0:
            raise ValueError("option clock_scale: must be greater than 0")

    def limits(self, account_plan: str) -> PlanLimits:
        """Return the limits in force: the plan's, each replaced by the option of the same name if set."""
        base = PLANS.get(self.plan or account_plan, PLANS["standard"])
        changes = {
            f.name: getattr(self, f.name) for f in dataclasses.fields(PlanLimits) if getattr(self, f.name) is not None
        }
        return dataclasses.replace(base, **changes)

    def changed(self, changes: Mapping[str, Any]) -> Options:
        """Return a copy with the given options set from JSON values.

        Raises ValueError that names an unknown option or a value of the wrong type.
        """
        known = typing.get_type_hints(Options)
        ready: dict[str, Any] = {}
        for name, value in changes.items():
            if name not in known:
                raise ValueError(f"option {name}: unknown; known are {', '.join(sorted(known))}")
            ready[name] = _from_json(name, value, known[name])
        return dataclasses.replace(self, **ready)

    def as_json(self) -> dict[str, Any]:
        """Return the options as JSON values; tokens are left out."""
        shown = dataclasses.asdict(self)
        shown["tokens"] = None if self.tokens is None else len(self.tokens)
        return shown


def _from_json(name: str, value: Any, hint: Any) -> Any:
    """Turn a JSON value into the option's type."""
    if name == "faults":
        return tuple(Fault.from_json(entry) for entry in value or ())
    if name == "weights":
        try:
            return Weights(**value)
        except TypeError as wrong:
            raise ValueError(f"option weights: {wrong}") from None
    if name == "tokens":
        return None if value is None else tuple(str(token) for token in value)
    allowed = _allowed(hint)
    if float in allowed and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if value in allowed or any(isinstance(kind, type) and type(value) is kind for kind in allowed):
        return value
    wanted = " or ".join(kind.__name__ if isinstance(kind, type) else repr(kind) for kind in allowed)
    raise ValueError(f"option {name}: {value!r} is not {wanted}")


def _allowed(hint: Any) -> tuple[Any, ...]:
    """List the types and literal values that a type hint admits."""
    arguments = typing.get_args(hint)
    if not arguments:
        return (None,) if hint is type(None) else (hint,)
    if typing.get_origin(hint) is Literal:
        return arguments
    return tuple(allowed for part in arguments for allowed in _allowed(part))
