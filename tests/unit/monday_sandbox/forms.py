"""What a column type is documented to take and give."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Form:
    """A value as it is sent, and what is read afterwards (`value` without changed_at)."""

    sent: Any
    value: Any
    text: str | None
    typed: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """The documented behaviour of one type."""

    graphql: str
    forms: tuple[Form, ...]
    simple: tuple[Form, ...] = ()
    clears: tuple[Any, ...] = (None,)
    clear_simple: bool = False
    wrong: tuple[Any, ...] = ()
    wrong_simple: tuple[str, ...] = ()
    empty_text: str | None = ""
    legacy: str = ""
    change_column_value: bool = True
