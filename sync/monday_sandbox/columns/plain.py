"""Texts, numbers and other single values."""

from __future__ import annotations

import math
import re
import zoneinfo
from functools import cache
from typing import Any

from monday_sandbox.columns.codec import (
    ALL_WAYS,
    JSON_WAYS,
    BadValueError,
    Codec,
    Scope,
    View,
    as_stored,
    changed_at,
    part,
    shape,
)

LONG_TEXT_LIMIT = 2_000
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
AREAS = (
    *("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/"),
    *("Europe/", "Indian/", "Pacific/"),
)
HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def _text(data: Any, scope: Scope) -> str:
    if not isinstance(data, str):
        raise BadValueError
    return data


def _long_text(data: Any, scope: Scope) -> dict[str, str]:
    return _long_text_simple(shape(data, {"text": str})["text"], scope)


def _long_text_simple(text: str, scope: Scope) -> dict[str, str]:
    if len(text) > LONG_TEXT_LIMIT:
        raise BadValueError(f"text is too long: {len(text)} characters, at most {LONG_TEXT_LIMIT}")
    return {"text": text}


def _number(data: Any, scope: Scope) -> str:
    if data == "":
        return "0"
    if scope.options.numbers_from_json_numbers and type(data) in (int, float):
        data = repr(data)
    if not isinstance(data, str) or not NUMBER.fullmatch(data):
        raise BadValueError
    longest = scope.options.numbers_max_digits
    if longest is not None and sum(character.isdigit() for character in data) > longest:
        raise BadValueError(f"number has more than {longest} digits")
    return data


def _float(view: View) -> float | None:
    """Return the number, None for a blank cell and for one that no Float can hold."""
    number = math.nan if view.cell is None else float(view.data)
    return number if math.isfinite(number) else None


def _unit(view: View, key: str) -> Any:
    unit = view.column.settings.get("unit") or {}
    return unit.get(key)


def _symbol(view: View) -> str | None:
    symbol = _unit(view, "symbol")
    shown = (_unit(view, "custom_unit") or symbol) if symbol in (None, "", "custom") else symbol
    return None if shown is None else str(shown)


def _direction(view: View) -> str | None:
    direction = _unit(view, "direction")
    return direction if direction in ("left", "right") else None


def _checkbox(data: Any, scope: Scope) -> dict[str, str] | None:
    checked = shape(data, {"checked": str})["checked"]
    if checked == "false" and scope.options.checkbox_false_clears:
        return None
    if checked != "true":
        raise BadValueError
    return {"checked": "true"}


def _checkbox_value(view: View) -> Any:
    return {"checked": True, "changed_at": changed_at(view)}


def _checked(view: View) -> bool | None:
    return view.options.checkbox_empty_reads if view.cell is None else True


def _rating(data: Any, scope: Scope) -> dict[str, int]:
    rating = shape(data, {"rating": int})["rating"]
    top = int(scope.column.settings.get("limit") or 5)
    if not 1 <= rating <= top:
        raise BadValueError(f"rating must be between 1 and {top}")
    return {"rating": rating}


def _rating_simple(text: str, scope: Scope) -> dict[str, int]:
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII):
        raise BadValueError
    return _rating({"rating": int(text)}, scope)


def _hour(data: Any, scope: Scope) -> dict[str, int]:
    value = shape(data, {"hour": int, "minute": int})
    if not (0 <= value["hour"] <= 23 and 0 <= value["minute"] <= 59):
        raise BadValueError("hour must be 0-23 and minute 0-59")
    return {"hour": value["hour"], "minute": value["minute"]}


def _hour_text(view: View) -> str:
    hour, minute = view.part("hour"), view.part("minute")
    if view.column.settings.get("format") == "24H":
        return f"{hour:02d}:{minute:02d}"
    return f"{hour % 12 or 12:02d}:{minute:02d} {'AM' if hour < 12 else 'PM'}"


@cache
def timezones() -> frozenset[str]:
    """Return the continent/city names of the IANA database."""
    return frozenset(name for name in zoneinfo.available_timezones() if name.startswith(AREAS))


def _world_clock(data: Any, scope: Scope) -> dict[str, str]:
    zone = shape(data, {"timezone": str})["timezone"]
    if zone not in timezones():
        raise BadValueError(f"unknown timezone {zone!r}")
    return {"timezone": zone}


def _color(data: Any, scope: Scope) -> dict[str, Any]:
    color = shape(data, {"color": dict})["color"]
    if set(color) == {"hex"}:
        if not isinstance(color["hex"], str) or not HEX.fullmatch(color["hex"]):
            raise BadValueError
    elif any(not 0 <= level <= 255 for level in shape(color, {"r": int, "g": int, "b": int}).values()):
        raise BadValueError
    return {"color": dict(color)}


CODECS = (
    Codec(
        "text",
        "TextValue",
        "text",
        ALL_WAYS,
        write=_text,
        simple=_text,
        clears=(None, ""),
        clear_simple=True,
        text_like=True,
        value=as_stored,
        text=as_stored,
    ),
    Codec(
        "long_text",
        "LongTextValue",
        "long-text",
        ALL_WAYS,
        write=_long_text,
        simple=_long_text_simple,
        clears=(None, "", {}),
        clear_simple=True,
        text=part("text"),
        fields={"updated_at": changed_at},
    ),
    Codec(
        "numbers",
        "NumbersValue",
        "numeric",
        ALL_WAYS,
        write=_number,
        simple=_number,
        clears=(None,),
        clear_simple=True,
        text_like=True,
        value=as_stored,
        text=as_stored,
        fields={
            "number": _float,
            "symbol": _symbol,
            "direction": _direction,
        },
    ),
    Codec(
        "checkbox",
        "CheckboxValue",
        "boolean",
        JSON_WAYS,
        write=_checkbox,
        clears=(None,),
        value=_checkbox_value,
        text=lambda view: "v",
        fields={"checked": _checked, "updated_at": changed_at},
    ),
    Codec(
        "rating",
        "RatingValue",
        "rating",
        ALL_WAYS,
        write=_rating,
        simple=_rating_simple,
        clears=(None, {}),
        clear_simple=True,
        text=part("rating"),
        fields={"rating": part("rating"), "updated_at": changed_at},
    ),
    Codec(
        "hour",
        "HourValue",
        "hour",
        JSON_WAYS,
        write=_hour,
        clears=(None, {}),
        text=_hour_text,
        fields={"hour": part("hour"), "minute": part("minute"), "updated_at": changed_at},
    ),
    Codec(
        "world_clock",
        "WorldClockValue",
        "timezone",
        JSON_WAYS,
        write=_world_clock,
        clears=(None, {}),
        text=part("timezone"),
        fields={"timezone": part("timezone"), "updated_at": changed_at},
    ),
    Codec(
        "color_picker",
        "ColorPickerValue",
        "color-picker",
        JSON_WAYS,
        write=_color,
        clears=(None, {}),
        text=part("color", "hex"),
        empty_text=None,
        fields={"color": part("color", "hex"), "updated_at": changed_at},
    ),
)
