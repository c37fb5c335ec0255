"""Small charts: what their bars stand for; the template draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from opus_sync.shown import plural

_BUCKETS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400)
_MOST_BUCKETS = 40


@dataclass(frozen=True)
class Bar:
    """One bar; `share` is its length as a part of the longest one's."""

    label: str
    number: int
    share: float
    tone: str = "plain"


@dataclass(frozen=True)
class Chart:
    """Bars with a title and the same in words; `upright` ones stand beside each other, in order of time."""

    title: str
    words: str
    bars: tuple[Bar, ...]
    upright: bool = False


def lying(title: str, numbers: Mapping[str, int], tones: Mapping[str, str]) -> Chart | None:
    """Return a chart of numbers by name; None where there are none."""
    if not numbers:
        return None
    most = max(numbers.values()) or 1
    bars = tuple(Bar(name, number, number / most, tones.get(name, "plain")) for name, number in numbers.items())
    return Chart(title, f"{title}: " + ", ".join(f"{bar.label} {bar.number:,}" for bar in bars), bars)


def over_time(moments: Sequence[datetime]) -> Chart | None:
    """Return how many of these moments lie in each span of time, spans without any included; None for no moments."""
    if not moments:
        return None
    first, last = min(moments), max(moments)
    seconds = (last - first).total_seconds()
    width = next((one for one in _BUCKETS if seconds / one < _MOST_BUCKETS), _BUCKETS[-1])
    counts = [0] * (int(seconds // width) + 1)
    for moment in moments:
        counts[int((moment - first).total_seconds() // width)] += 1
    most = max(counts)
    bars = tuple(
        Bar(f"{first + timedelta(seconds=at * width):%H:%M:%S}", number, number / most)
        for at, number in enumerate(counts)
    )
    title = f"Outcomes in each {_span(width)}"
    words = (
        f"{plural(len(moments), 'row', 'rows')} had an outcome between {first:%H:%M:%S} and {last:%H:%M:%S} UTC, "
        f"at most {most:,} in any {_span(width)}"
    )
    return Chart(title, words, bars, upright=True)


def _span(seconds: int) -> str:
    for size, one, many in ((3_600, "hour", "hours"), (60, "minute", "minutes")):
        if seconds % size == 0:
            return one if seconds == size else f"{seconds // size} {many}"
    return "second" if seconds == 1 else f"{seconds} seconds"
