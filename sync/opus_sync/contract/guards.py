"""Guards: how much one push may do to a board, and how old its extract may be, before it is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from math import isfinite
from typing import Any

from ..errors import Problem
from .draft import MONDAY, ModelDraft

OFF = ("off", False)
"""How a contract takes a guard out of force; YAML reads a bare `off` as false."""


@dataclass(frozen=True)
class Limit:
    """Trips above `count` rows, and above `base` rows that are more than `share` of the board's active items."""

    share: float
    count: int
    base: int


@dataclass(frozen=True)
class AgeLimit:
    """Trips when the active extract began more than so many hours ago."""

    hours: float


@dataclass(frozen=True)
class Guards:
    """The limits in force for a board, for items, subitems and groups alike; None where a guard is off.

    `group_items` counts the items that would go with the groups that are archived: none, unless asked for.
    """

    creates: Limit | None = Limit(share=0.5, count=5_000, base=50)
    changes: Limit | None = Limit(share=0.5, count=5_000, base=50)
    removals: Limit | None = Limit(share=0.1, count=500, base=10)
    cleared_cells: Limit | None = Limit(share=0.1, count=1_000, base=20)
    extract_age: AgeLimit | None = AgeLimit(hours=24.0)
    group_items: Limit | None = Limit(share=1.0, count=0, base=0)


GUARDS = tuple(entry.name for entry in fields(Guards))
"""Every name that a contract's `guards` may hold and `--lift` may name."""

DEFAULTS = Guards()


def guards_of(written: Mapping[str, Any]) -> Guards:
    """Return the limits of a checked contract: the defaults, with what it says over them."""
    chosen: dict[str, Any] = {
        name: None if rule in OFF else replace(getattr(DEFAULTS, name), **rule) for name, rule in written.items()
    }
    return replace(DEFAULTS, **chosen)


def guard_problems(items: ModelDraft) -> Iterator[Problem]:
    """Yield the limits that no number can reach, which JSON Schema lets pass: `.nan` would never trip."""
    written = items.monday.get("guards")
    for name, rule in written.items() if isinstance(written, dict) else ():
        for key, value in rule.items() if isinstance(rule, dict) else ():
            if isinstance(value, float) and not isfinite(value):
                place = items.source.line(*items.path, *MONDAY, "guards", name, key)
                problem = items.problem(f"{key} of {name} must be a number, is {value}; `{name}: off` takes it away")
                yield Problem(problem.file, place, problem.where, problem.what)
