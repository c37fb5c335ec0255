"""The runner's settings: defaults, the dbt var `opus:`, a board's own, the command line, in that order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from opus_sync.contract.suggest import suggestion
from opus_sync.errors import UsageError

DEFAULT = "default"


@dataclass(frozen=True)
class Range:
    """The numbers that a setting may be, and what it means."""

    whole: bool
    least: float
    most: float
    what: str

    def problem(self, value: Any) -> str:
        """Return what is wrong with a value, "" for nothing."""
        wanted = (int,) if self.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, wanted):
            return f"must be a {'whole number' if self.whole else 'number'}, is {value!r}"
        if not self.least <= value <= self.most:
            return f"must be from {self.least:g} to {self.most:g}, is {value!r}"
        return ""


RANGES: Mapping[str, Range] = MappingProxyType(
    {
        "max_batch_size": Range(True, 1, 1000, "mutations in one request at most"),
        "threads": Range(True, 1, 64, "boards side by side"),
        "max_retries": Range(True, 0, 10, "further attempts after an error that may heal"),
        "failure_share": Range(False, 0, 1, "share of failed rows above which a push stops"),
        "page_size": Range(True, 1, 500, "items in one page of a pull"),
        "full_pull_days": Range(False, 0, 365, "days after which a pull reads every item anew; 0: always"),
        "request_timeout": Range(False, 1, 600, "seconds until a request counts as unanswered"),
        "settle_seconds": Range(False, 1, 600, "seconds after which an unanswered request has ended at monday"),
        "daily_call_reserve": Range(False, 0, 1, "share of the day's calls that is left to others"),
        "plan_hours": Range(False, 0, 8760, "hours for which a plan file may be pushed"),
        "retention_days": Range(True, 1, 36500, "days after which prune removes extracts and payloads"),
    }
)
"""Every setting, in the order in which they are shown."""

NAMES = frozenset(RANGES)
"""Every name that the var `opus:` and a contract's `settings` may hold."""


@dataclass(frozen=True)
class Settings:
    """Every setting with its value; `origins` says for each where the value comes from."""

    max_batch_size: int = 100
    threads: int = 4
    max_retries: int = 3
    failure_share: float = 0.2
    page_size: int = 500
    full_pull_days: float = 7.0
    request_timeout: float = 65.0
    settle_seconds: float = 65.0
    daily_call_reserve: float = 0.1
    plan_hours: float = 24.0
    retention_days: int = 90
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(dict.fromkeys(RANGES, DEFAULT)))

    def overridden(self, values: Mapping[str, Any], origin: str) -> Settings:
        """Return the settings with these values in place, remembered as coming from `origin`.

        Raises UsageError that names every unknown setting and every value that cannot be.
        """
        problems = [problem for name, value in values.items() if (problem := _problem(name, value))]
        if problems:
            raise UsageError("\n".join(f"{origin}: {problem}" for problem in problems))
        typed: dict[str, Any] = {name: value if RANGES[name].whole else float(value) for name, value in values.items()}
        origins = MappingProxyType({**self.origins, **dict.fromkeys(typed, origin)})
        return replace(self, **typed, origins=origins)

    def described(self) -> list[tuple[str, Any, str, str]]:
        """Return (name, value, origin, meaning) of each setting."""
        return [(name, getattr(self, name), self.origins[name], RANGES[name].what) for name in RANGES]


def _problem(name: Any, value: Any) -> str:
    known = RANGES.get(name) if isinstance(name, str) else None
    if known is None:
        return f"unknown setting {name!r}{suggestion(name, NAMES)}"
    problem = known.problem(value)
    return f"{name} {problem}" if problem else ""
