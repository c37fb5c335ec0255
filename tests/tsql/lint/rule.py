"""What a rule of the lint is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tsql.lint.statement import Statement

Find = Callable[[Statement], Iterable[str]]


@dataclass(frozen=True)
class Rule:
    """A construct that SQL Server 2017 refuses or reads otherwise; each of `bad` breaks it, none of `good` does.

    `find` gives the offending pieces of a statement.
    """

    name: str
    why: str
    find: Find
    bad: tuple[str, ...]
    good: tuple[str, ...]
