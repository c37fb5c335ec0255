"""Checks and settings as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from opus_sync.health.check import Check, Verdict
from opus_sync.shown import wrapped

Setting = tuple[str, Any, str, str]


def render_text(checks: Sequence[Check], settings: dict[str, Sequence[Setting]]) -> str:
    """Render a section for each part, then the settings: those of the project, then what boards have of their own."""
    lines: list[str] = []
    for check in checks:
        verdict = check.verdict.value.upper() if check.verdict is Verdict.BAD else check.verdict.value
        lines += [f"{check.part}: {verdict}", *_told(check.found)]
        lines += [line for told in check.todo.splitlines() for line in wrapped(f"→ {told}", "  ")]
    for about, listed in settings.items():
        lines += ["", f"settings{about}", *_table(listed)]
    bad = sum(check.verdict is not Verdict.GOOD for check in checks)
    lines += ["", f"{bad} of {len(checks)} parts need something" if bad else "everything is good to go"]
    return "\n".join(lines)


def _told(text: str) -> Iterable[str]:
    return (line for told in text.splitlines() for line in wrapped(told, "  "))


def _table(settings: Sequence[Setting]) -> list[str]:
    width = max((len(name) for name, *_ in settings), default=0)
    return [f"  {name:<{width}}  {value:<6}  {origin}" for name, value, origin, _ in settings]
