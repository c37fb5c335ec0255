"""Date, timeline and week."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from monday_sandbox.columns.codec import (
    ALL_WAYS,
    JSON_WAYS,
    BadValueError,
    Codec,
    Scope,
    View,
    changed_at,
    part,
    shape,
)

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d", re.ASCII)
FIRST_WEEKDAY = {"monday": 0, "sunday": 6}


def day(text: str) -> date:
    """Return the day of `YYYY-MM-DD`; raises BadValueError for anything else."""
    if not DAY.fullmatch(text):
        raise BadValueError(f"invalid date {text!r}, use YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValueError(f"invalid date {text!r}, there is no such day") from None


def _date(data: Any, scope: Scope) -> dict[str, str]:
    value = shape(data, {"date": str}, {"time": str})
    day(value["date"])
    if "time" in value and not TIME.fullmatch(value["time"]):
        raise BadValueError(f"invalid time {value['time']!r}, use HH:MM:SS")
    return {key: value[key] for key in ("date", "time") if key in value}


def _date_simple(text: str, scope: Scope) -> dict[str, str]:
    parts = text.split(" ")
    if len(parts) > 2:
        raise BadValueError
    return _date(dict(zip(("date", "time"), parts, strict=False)), scope)


def _date_value(view: View) -> Any:
    return {"date": view.part("date"), "time": view.part("time"), "changed_at": changed_at(view)}


def _local(view: View) -> tuple[str | None, str | None]:
    """Return day and HH:MM in the timezone of the token's user; a date without time is not shifted."""
    if view.cell is None or view.part("time") is None:
        return view.part("date"), None
    stored = datetime.fromisoformat(f"{view.part('date')}T{view.part('time')}").replace(tzinfo=timezone.utc)
    shown = stored.astimezone(ZoneInfo(view.options.timezone))
    return f"{shown:%Y-%m-%d}", f"{shown:%H:%M}"


def _date_text(view: View) -> str:
    return " ".join(part for part in _local(view) if part)


def _timeline(data: Any, scope: Scope) -> dict[str, str]:
    value = shape(data, {"from": str, "to": str})
    if day(value["from"]) > day(value["to"]):
        raise BadValueError("a timeline cannot end before it starts")
    return {"from": value["from"], "to": value["to"]}


def _midnight(key: str) -> Any:
    def read(view: View) -> str | None:
        found = view.part(key)
        return None if found is None else f"{found}T00:00:00+00:00"

    return read


def _week(data: Any, scope: Scope) -> dict[str, Any]:
    week = shape(shape(data, {"week": dict})["week"], {"startDate": str, "endDate": str})
    start, end = day(week["startDate"]), day(week["endDate"])
    first = scope.store.account.first_day_of_the_week
    if start.weekday() != FIRST_WEEKDAY[first] or end - start != timedelta(days=6):
        raise BadValueError(f"a week has seven days and starts on {first.capitalize()}")
    return {"week": {"startDate": week["startDate"], "endDate": week["endDate"]}}


CODECS = (
    Codec(
        "date",
        "DateValue",
        "date",
        ALL_WAYS,
        write=_date,
        simple=_date_simple,
        clears=(None, "", {}),
        clear_simple=True,
        value=_date_value,
        text=_date_text,
        fields={
            "date": lambda view: _local(view)[0],
            "time": lambda view: _local(view)[1],
            "icon": lambda view: None,
            "updated_at": changed_at,
        },
    ),
    Codec(
        "timeline",
        "TimelineValue",
        "timerange",
        JSON_WAYS,
        write=_timeline,
        clears=(None, {}),
        text=lambda view: f"{view.part('from')} - {view.part('to')}",
        fields={
            "from": _midnight("from"),
            "to": _midnight("to"),
            "updated_at": changed_at,
            "visualization_type": lambda view: None,
        },
    ),
    Codec(
        "week",
        "WeekValue",
        "week",
        JSON_WAYS,
        write=_week,
        clears=(None, {}),
        text=lambda view: f"{view.part('week', 'startDate')} - {view.part('week', 'endDate')}",
        fields={"start_date": part("week", "startDate"), "end_date": part("week", "endDate")},
    ),
)
