"""Checks and settings as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from opus_sync.health.check import Check, Verdict
from opus_sync.paint import bad, good, head, notice, strong
from opus_sync.shown import wrapped

Setting = tuple[str, Any, str, str]

_COLOURS: Mapping[Verdict, Callable[[str], str]] = {Verdict.GOOD: good, Verdict.BAD: bad}


def render_text(checks: Sequence[Check], settings: dict[str, Sequence[Setting]]) -> str:
    """Render a section for each part, then the settings: those of the project, then what boards have of their own."""
    lines: list[str] = []
    for check in checks:
        verdict = check.verdict.value.upper() if check.verdict is Verdict.BAD else check.verdict.value
        lines += [f"{strong(check.part)}: {_COLOURS.get(check.verdict, notice)(verdict)}", *_told(check.found)]
        lines += [line for told in check.todo.splitlines() for line in wrapped(notice(f"→ {told}"), "  ")]
    for about, listed in settings.items():
        lines += ["", head(f"settings{about}"), *_table(listed)]
    wanting = sum(check.verdict is not Verdict.GOOD for check in checks)
    verdict = bad(f"{wanting} of {len(checks)} parts need something") if wanting else good("everything is good to go")
    lines += ["", verdict]
    return "\n".join(lines)


def _told(text: str) -> Iterable[str]:
    return (line for told in text.splitlines() for line in wrapped(told, "  "))


def _table(settings: Sequence[Setting]) -> list[str]:
    width = max((len(name) for name, *_ in settings), default=0)
    return [f"  {name:<{width}}  {value:<6}  {origin}" for name, value, origin, _ in settings]
