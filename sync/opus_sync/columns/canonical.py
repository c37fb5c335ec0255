"""Canonical text of single values: the one form in which SQL and Python compare cells.

Every function is total and idempotent: what it cannot read it gives back unchanged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime, timezone
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from json.encoder import encode_basestring
from typing import Any

DECIMAL_PLACES = 10
INTEGER_DIGITS = 28

_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,27})(?:\.[0-9]{0,9}[1-9])?")
_ANY_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?")
_STEP = Decimal(1).scaleb(-DECIMAL_PLACES)
_EXACT = Context(prec=INTEGER_DIGITS + DECIMAL_PLACES + 1, rounding=ROUND_HALF_UP)

# json.loads without its look at argument and blanks, which takes longer than to read a short text.
_decode = json.JSONDecoder().raw_decode
_BLANKS = " \t\n\r"

_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|.)")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?", re.DOTALL)
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:\.[0-9]+)?"
    r" ?(Z|UTC|[+-][0-9]{2}:[0-9]{2})?"
)
_HEX_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_COUNTRY_CODE = re.compile(r"[A-Za-z]{2}")


def trimmed(value: str | None) -> str | None:
    """Return the text without trailing spaces (U+0020 only), None when nothing is left."""
    return (value.rstrip(" ") or None) if value else None


def number(value: str | None) -> str | None:
    """Return a plain decimal: no exponent, plus sign or idle zeros, rounded half away from zero.

    A number of more than 28 integer digits is beyond decimal(38, 10) and stays as it is.
    """
    if not value:
        return None
    if _PLAIN_NUMBER.fullmatch(value) and value != "-0":
        return value
    digits = value.strip()
    if not digits:
        return None
    if not _ANY_NUMBER.fullmatch(digits):
        return value
    try:
        rounded = _EXACT.quantize(Decimal(digits), _STEP)
    except InvalidOperation:
        return value
    if rounded.is_zero():
        return "0"
    if rounded.adjusted() >= INTEGER_DIGITS:
        return value
    return f"{rounded:f}".rstrip("0").rstrip(".")


def whole(value: int | str | None) -> str | None:
    """Return an integer as text."""
    return number(value) if value is None or isinstance(value, str) else str(value)


def rating(value: int | str | None) -> str | None:
    """Return a rating as text; 0 is what monday calls no rating."""
    stars = whole(value)
    return None if stars == "0" else stars


def checkbox(value: bool | str | None) -> str:
    """Return "true" or "false"; an empty cell is unchecked."""
    if not value:
        return "false"
    if value is True:
        return "true"
    word = value.strip().lower()
    return word if word in ("true", "false") else value.rstrip(" ") or "false"


def country(value: str | None) -> str | None:
    """Return the ISO-2 code in upper case."""
    code = trimmed(value)
    return code.upper() if code and _COUNTRY_CODE.fullmatch(code) else code


def color(value: str | None) -> str | None:
    """Return the hex colour in upper case."""
    code = trimmed(value)
    return code.upper() if code and _HEX_COLOR.fullmatch(code) else code


def day(value: str | None) -> str | None:
    """Return the day of a date or of an ISO moment."""
    found = _DAY.fullmatch(value) if value else None
    return found.group(1) if found else value or None


def moment(value: str | None) -> str | None:
    """Return "YYYY-MM-DD HH:MM:SS" in UTC; a bare day stays a day, a moment without offset is UTC."""
    stamp = trimmed(value)
    found = _MOMENT.fullmatch(stamp) if stamp else None
    if not found:
        return stamp
    date, minutes, seconds, offset = found.groups()
    plain = f"{date} {minutes}{seconds or ':00'}"
    if offset in (None, "Z", "UTC", "+00:00", "-00:00"):
        return plain
    try:
        utc = datetime.fromisoformat(plain + offset).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return stamp
    return utc.replace(tzinfo=None).isoformat(" ", "seconds")


def parsed(text: str) -> Any:
    """Return the decoded JSON, None when it is none."""
    bare = text.strip(_BLANKS)
    try:
        value, end = _decode(bare)
    except (ValueError, RecursionError):
        return None
    return value if end == len(bare) else None


def quoted(text: str) -> str:
    """Return a JSON string as the warehouses write it: non-ASCII and "/" as is, \\u00XX in upper case."""
    literal = encode_basestring(text)
    if "\\u" in literal:
        return _ESCAPE.sub(_upper_hex, literal)
    return literal


def _upper_hex(found: re.Match[str]) -> str:
    escape = found.group()
    return "\\u" + escape[2:].upper() if escape[1] == "u" else escape


def array(values: Iterable[str]) -> str | None:
    """Return a compact JSON array, sorted by code point and unique; None when it is empty."""
    members = sorted({*values})
    return "[" + ",".join(map(quoted, members)) + "]" if members else None


def listed(text: str | None) -> str | None:
    """Return the canonical form of a JSON array of texts or ids."""
    if not text:
        return None
    members = parsed(text)
    if not isinstance(members, list) or not all(type(member) in (str, int) for member in members):
        return text
    return array(map(str, members))
