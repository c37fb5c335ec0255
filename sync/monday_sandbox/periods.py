"""Date keywords of filters, as spans of days."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date, timedelta

Span = tuple[date, date]
FIRST_WEEKDAY = {"monday": 0, "sunday": 6}


def week_of(day: date, first: str) -> Span:
    """Return first and last day of the week of a day, with the account's first weekday."""
    start = day - timedelta(days=(day.weekday() - FIRST_WEEKDAY[first]) % 7)
    return start, start + timedelta(days=6)


def month_of(day: date, months: int = 0) -> Span:
    """Return first and last day of the month that lies the given months away."""
    month = day.year * 12 + day.month - 1 + months
    year, number = divmod(month, 12)
    return date(year, number + 1, 1), date(year, number + 1, calendar.monthrange(year, number + 1)[1])


def _day(offset: int) -> Callable[[date, str], Span]:
    def span(today: date, first: str) -> Span:
        day = today + timedelta(days=offset)
        return day, day

    return span


def _week(offset: int) -> Callable[[date, str], Span]:
    return lambda today, first: week_of(today + timedelta(weeks=offset), first)


def _month(offset: int) -> Callable[[date, str], Span]:
    return lambda today, first: month_of(today, offset)


KEYWORDS: Mapping[str, Callable[[date, str], Span]] = {
    "TODAY": _day(0),
    "TOMORROW": _day(1),
    "YESTERDAY": _day(-1),
    "THIS_WEEK": _week(0),
    "LAST_WEEK": _week(-1),
    "ONE_WEEK_AGO": _week(-1),
    "ONE_WEEK_FROM_NOW": _week(1),
    "THIS_MONTH": _month(0),
    "LAST_MONTH": _month(-1),
    "ONE_MONTH_AGO": _month(-1),
    "ONE_MONTH_FROM_NOW": _month(1),
    "PAST_DATETIME": lambda today, first: (date.min, today - timedelta(days=1)),
    "FUTURE_DATETIME": lambda today, first: (today + timedelta(days=1), date.max),
    "UPCOMING": lambda today, first: (today, date.max),
}
