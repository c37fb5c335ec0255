"""Turns a response of monday into an Answer, or into the exception that says why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any

from opus_sync.monday.answer import (
    Answer,
    ApiError,
    Complexity,
    Kind,
    Limited,
    NoAnswer,
    RateLimit,
    Rejected,
    Stopped,
)
from opus_sync.monday.codes import judge, stop_hint

_DEFAULT_WAIT = {409: 1.0, 423: 2.0}
_WAIT_OTHERWISE = 5.0
_DENIED = (401, 403)
# Other 5xx come from a gateway, behind which a request may still run.
_FROM_MONDAY_ITSELF = (200, 500)
_INTERNAL = ("internal_server_error", "internalservererror")
_ENVELOPE = ("code", "status_code", "error_data")
_RESET_IN_TEXT = re.compile(r"reset in (\d+(?:\.\d+)?) second", re.IGNORECASE)
_POLICY = re.compile(r'"([^"]*)"((?:\s*;\s*[a-z]+=(?:"[^"]*"|[^;,\s]+))*)')
_PARAMETER = re.compile(r'([a-z]+)=(?:"([^"]*)"|([^;,\s]+))')


def read(status: int, headers: Mapping[str, str], body: Any) -> Answer:
    """Return the Answer in a response whose JSON `body` is given (None where there was none).

    Raises Limited, Rejected, Stopped or NoAnswer as `Api.post` says.
    """
    limits = rate_limits(headers)
    if not isinstance(body, Mapping) or 300 <= status < 400:
        raise _failure(status, headers, (_bare_error(status, headers),), limits)
    errors = _errors(status, headers, body)
    data = body.get("data")
    values = data if isinstance(data, Mapping) else {}
    fields = {name: value for name, value in values.items() if name != "complexity"}
    ran = any(value is not None for value in fields.values())
    by_alias = bool(errors) and all(error.alias for error in errors)
    # A field with neither data nor error of its own may have run.
    waits = all(error.kind in (Kind.WAIT, Kind.STOP) for error in errors) and fields.keys() <= {
        error.alias for error in errors
    }
    if status < 400 and (ran or not errors or (by_alias and not waits)):
        if not isinstance(data, Mapping) and not errors:
            raise NoAnswer(f"monday answered HTTP {status} without data")
        return Answer(values, errors, _request_id(headers, body), _complexity(values), limits, _server_time(headers))
    if ran:
        # An error status beside data: part of it ran, and only reading can tell which.
        raise NoAnswer(f"monday answered HTTP {status} beside data")
    raise _failure(status, headers, errors or (_bare_error(status, headers),), limits)


def rate_limits(headers: Mapping[str, str]) -> tuple[RateLimit, ...]:
    """Return the policies of the `RateLimit-Policy` and `RateLimit` headers, merged by name."""
    policy = _parameters(headers.get("RateLimit-Policy", ""))
    state = _parameters(headers.get("RateLimit", ""))
    return tuple(
        RateLimit(
            name=name,
            quota=_whole(policy.get(name, {}).get("q")),
            window=_number(policy.get(name, {}).get("w")),
            remaining=_whole(state.get(name, {}).get("r")),
            reset_in=_number(state.get(name, {}).get("t")),
        )
        for name in {**policy, **state}
    )


def _failure(
    status: int, headers: Mapping[str, str], errors: Sequence[ApiError], limits: tuple[RateLimit, ...]
) -> Exception:
    kinds = {error.kind for error in errors}
    worst = next(kind for kind in (Kind.UNSURE, Kind.STOP, Kind.FINAL, Kind.WAIT) if kind in kinds)
    if status in _DENIED:
        worst = Kind.STOP
    error = next((error for error in errors if error.kind is worst), errors[0])
    message = f"monday refused the request: {error.message}" + (f" ({error.code})" if error.code else "")
    if worst is Kind.STOP:
        return Stopped(message, stop_hint(error.code), error.code)
    if worst is Kind.UNSURE:
        return NoAnswer(
            f"monday failed on its side: {error.message} ({error.code})",
            code=error.code,
            ended=status in _FROM_MONDAY_ITSELF and error.code.casefold() in _INTERNAL,
        )
    if worst is Kind.FINAL:
        return Rejected(message, error.code)
    wait = max(error.retry_in for error in errors) or _DEFAULT_WAIT.get(status, _WAIT_OTHERWISE)
    return Limited(
        message,
        wait,
        error.code,
        cost=_whole(error.data.get("complexity")) or 0,
        budget=_whole(error.data.get("complexity_budget_limit")) or 0,
        limits=limits,
    )


def _bare_error(status: int, headers: Mapping[str, str]) -> ApiError:
    if 300 <= status < 400:
        return ApiError(f"HTTP {status}, a redirect", "REDIRECT", kind=Kind.STOP)
    # An HTML page with status 200 comes from something between us and monday.
    code, kind = judge("", status, "") if status >= 400 else ("", Kind.UNSURE)
    wait = _retry_in(headers, (), "") if kind is Kind.WAIT else 0.0
    if status in (404, 405):
        return ApiError(
            f"HTTP {status}: MONDAY_API_URL is not an API address; it ends in /v2", "NotAnEndpoint", kind=kind
        )
    return ApiError(f"HTTP {status} without a JSON body", code or f"HTTP {status}", kind=kind, retry_in=wait)


def _errors(status: int, headers: Mapping[str, str], body: Mapping[str, Any]) -> tuple[ApiError, ...]:
    listed = body.get("errors")
    entries = [
        entry if isinstance(entry, Mapping) else {"message": str(entry)}
        for entry in (listed if isinstance(listed, list) else [])
    ]
    if "error_code" in body or "error_message" in body:
        entries.append(
            {
                "message": body.get("error_message") or body.get("error_code"),
                "extensions": {**body, "code": body.get("error_code")},
            }
        )
    if not entries and body.get("error"):
        entries.append({"message": str(body["error"])})
    return tuple(_error(status, headers, body, entry) for entry in entries)


def _error(status: int, headers: Mapping[str, str], body: Mapping[str, Any], entry: Mapping[str, Any]) -> ApiError:
    extensions = _mapping(entry.get("extensions"))
    details = {**extensions, **_mapping(extensions.get("error_data"))}
    message = str(entry.get("message") or "no message")
    own_status = _whole(extensions.get("status_code"))
    code, kind = judge(str(extensions.get("code") or ""), own_status or (status if status >= 400 else None), message)
    path = entry.get("path")
    alias = str(path[0]) if isinstance(path, list) and path else ""
    if own_status in _DENIED and not alias:
        kind = Kind.STOP
    data = {name: value for name, value in details.items() if name not in _ENVELOPE}
    wait = _retry_in(headers, (details, entry, body), message) if kind is Kind.WAIT else 0.0
    return ApiError(message, code, alias, data, kind, wait)


def _retry_in(headers: Mapping[str, str], places: Sequence[Mapping[str, Any]], message: str) -> float:
    """Return the seconds monday asks to wait, wherever it says so; 0.0 where it does not."""
    for place in places:
        for name, unit in (("retry_in_seconds", 1.0), ("retryAfterMs", 0.001)):
            value = _number(place.get(name))
            if value is not None:
                return value * unit
    after = _number(headers.get("Retry-After"))
    if after is not None:
        return after
    found = _RESET_IN_TEXT.search(message)
    return float(found.group(1)) if found else 0.0


def _complexity(data: Mapping[str, Any]) -> Complexity | None:
    found = _mapping(data.get("complexity"))
    query, after, reset_in = (_whole(found.get(name)) for name in ("query", "after", "reset_in_x_seconds"))
    return None if query is None or after is None or reset_in is None else Complexity(query, after, reset_in)


def _server_time(headers: Mapping[str, str]) -> datetime | None:
    try:
        return parsedate_to_datetime(headers.get("Date", "")).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def _request_id(headers: Mapping[str, str], body: Mapping[str, Any]) -> str:
    return str(_mapping(body.get("extensions")).get("request_id") or headers.get("X-Request-Id") or "")


def _parameters(header: str) -> dict[str, dict[str, str]]:
    return {
        name: {key: quoted or plain for key, quoted, plain in _PARAMETER.findall(rest)}
        for name, rest in _POLICY.findall(header)
    }


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _number(value: Any) -> float | None:
    try:
        return None if value is None or isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return None


def _whole(value: Any) -> int | None:
    number = _number(value)
    return None if number is None else int(number)
