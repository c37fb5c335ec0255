"""What each of monday's error codes means: one table by code, one by status, one by message.

Looked up in that order and without regard to case. Source: error-handling and rate-limits pages, 2026-09.
"""

from __future__ import annotations

from opus_sync.monday.answer import Kind

_BY_CODE = {
    Kind.WAIT: (
        "COMPLEXITY_BUDGET_EXHAUSTED",
        "ComplexityException",
        "RATE_LIMIT_EXCEEDED",
        "MINUTE_LIMIT_EXCEEDED",
        "MINUTE_RATE_LIMIT_EXCEEDED",
        "maxConcurrencyExceeded",
        "CONCURRENCY_LIMIT_EXCEEDED",
        "IP_RATE_LIMIT_EXCEEDED",
        "FIELD_LIMIT_EXCEEDED",
        "API_TEMPORARILY_BLOCKED",
        "RESOURCE_LOCKED",
    ),
    Kind.STOP: (
        "DAILY_LIMIT_EXCEEDED",
        "Unauthorized",
        "NotAuthenticated",
        "missingRequiredPermissions",
        "InvalidVersionException",
    ),
    # A conflict says that a copy of this very request is under way.
    Kind.UNSURE: ("INTERNAL_SERVER_ERROR", "InternalServerError", "IDEMPOTENCY_CONFLICT"),
    Kind.FINAL: (
        "ColumnValueException",
        "CorrectedValueException",
        "InvalidArgumentException",
        "InvalidBoardIdException",
        "InvalidColumnIdException",
        "InvalidUserIdException",
        "ItemNameTooLongException",
        "ItemsLimitationException",
        "CreateBoardException",
        "ResourceNotFoundException",
        "UserUnauthorizedException",
        "USER_ACCESS_DENIED",
        "FORBIDDEN_EXCEPTION",
        "ASSET_UNAVAILABLE",
        "undefinedField",
        "JsonParseException",
        "DeleteLastGroupException",
        "RecordInvalidException",
        "CursorExpiredError",
        "QueryTooComplex",
    ),
}

_BY_STATUS = {
    401: Kind.STOP,
    403: Kind.STOP,
    408: Kind.UNSURE,
    409: Kind.WAIT,
    423: Kind.WAIT,
    429: Kind.WAIT,
}

# Part of a message -> (the code it stands for, what it means), for answers that carry no code.
_BY_MESSAGE = (
    ("complexity budget exhausted", "COMPLEXITY_BUDGET_EXHAUSTED", Kind.WAIT),
    ("daily limit", "DAILY_LIMIT_EXCEEDED", Kind.STOP),
    ("daily call limit", "DAILY_LIMIT_EXCEEDED", Kind.STOP),
    ("minute limit rate exceeded", "MINUTE_LIMIT_EXCEEDED", Kind.WAIT),
    ("rate limit exceeded", "RATE_LIMIT_EXCEEDED", Kind.WAIT),
    ("call limit exceeded", "RATE_LIMIT_EXCEEDED", Kind.WAIT),
    ("concurrency limit exceeded", "maxConcurrencyExceeded", Kind.WAIT),
    ("maxconcurrencyexceeded", "maxConcurrencyExceeded", Kind.WAIT),
    ("currently locked", "RESOURCE_LOCKED", Kind.WAIT),
    ("cursorexpirederror", "CursorExpiredError", Kind.FINAL),
    ("cursor has expired", "CursorExpiredError", Kind.FINAL),
    ("your ip is restricted", "IP_RESTRICTED", Kind.STOP),
    ("not authenticated", "Unauthorized", Kind.STOP),
    ("unauthorized", "Unauthorized", Kind.STOP),
    ("parse error on", "ParseError", Kind.FINAL),
    ("internal server error", "INTERNAL_SERVER_ERROR", Kind.UNSURE),
)

# A query over the cap of a single request can carry the code of an exhausted budget; waiting is no cure.
_OVER_THE_CAP = "query has complexity of"

_KIND_OF_CODE = {code.casefold(): kind for kind, codes in _BY_CODE.items() for code in codes}

# What a person can do about a stop.
_STOP_HINTS = {
    "daily_limit_exceeded": "monday counts calls anew at 00:00 UTC; nothing was lost, run again then",
    "missingrequiredpermissions": "give the token's app the scopes boards:read, boards:write, users:read",
    "ip_restricted": "ask the account's admin to allow this machine's address",
    "redirect": "set MONDAY_API_URL to the address that answers itself; the token is sent to no other",
    "invalidversionexception": "this version of opus-sync speaks API version 2026-10",
    "": "set MONDAY_API_TOKEN to a valid token of an active user of this account",
}


def stop_hint(code: str) -> str:
    """Return what a person can do where no request can pass."""
    return _STOP_HINTS.get(code.casefold(), _STOP_HINTS[""])


def judge(code: str, status: int | None, message: str) -> tuple[str, Kind]:
    """Return the code to report and what the error means.

    `status` is the error's own `status_code`, or the HTTP status where it has none. A message refines
    a status that only says "wait": no waiting heals a query over the cap or a day's calls used up.
    """
    if _OVER_THE_CAP in message.casefold():
        return "QueryTooComplex", Kind.FINAL
    if code and (kind := _KIND_OF_CODE.get(code.casefold())):
        return code, kind
    text = message.casefold()
    name, by_message = next(((name, kind) for part, name, kind in _BY_MESSAGE if part in text), ("", None))
    by_status = Kind.UNSURE if status is not None and status >= 500 else _BY_STATUS.get(status or 0)
    if by_status in (None, Kind.WAIT) and by_message is not None:
        return code or name, by_message
    return code or name or (f"HTTP {status}" if by_status else ""), by_status or Kind.FINAL
