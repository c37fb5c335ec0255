"""Requests and answers as they cross the wire, and what is checked before the query is looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from monday_sandbox.errors import HttpError, whole_seconds
from monday_sandbox.options import Options

CURRENT_VERSION = "2026-10"
VERSIONS = (
    ("2026-04", "maintenance"),
    ("2026-07", "maintenance"),
    ("2026-10", "current"),
    ("2027-01", "release_candidate"),
)
VERSION = re.compile(r"\d{4}-\d{2}|dev|\d{4}-\d{2}-rc", re.ASCII)


@dataclass(frozen=True)
class Incoming:
    """A request as it came over the wire; header names are lower-case."""

    headers: Mapping[str, str]
    body: bytes


@dataclass
class Reply:
    """What to send back; `dropped` closes the connection without an answer."""

    status: int = 200
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    dropped: bool = False


@dataclass(frozen=True)
class Content:
    """The parts of a GraphQL request."""

    query: str
    variables: dict[str, Any]
    operation: str | None


def json_text(body: Any) -> str:
    """Return compact JSON; all beyond ASCII is escaped, so that lone surrogates can be sent too."""
    return json.dumps(body, ensure_ascii=True, separators=(",", ":"))


def unauthorized() -> HttpError:
    """Return the refusal of a token."""
    return HttpError(401, "Not Authenticated", "UserUnauthorizedException")


def locked() -> HttpError:
    """Return the refusal while another update holds the board."""
    return HttpError(423, "Resource is currently locked, please try again later", "RESOURCE_LOCKED")


def internal(status: int = 500, code: str | None = None) -> HttpError:
    """Return a failure on the server's side."""
    return HttpError(status, "Internal server error", code or "INTERNAL_SERVER_ERROR")


def caller(incoming: Incoming, options: Options) -> str:
    """Return the token of a request; raises 401."""
    token = incoming.headers.get("authorization", "").strip()
    if token.lower().startswith("bearer "):
        token = token[7:].strip() if options.accept_bearer else ""
    if not token or (options.tokens is not None and token not in options.tokens):
        raise unauthorized()
    return token


def version(incoming: Incoming) -> str:
    """Return the version that serves a request; raises InvalidVersionException.

    Deprecated versions fall through to the oldest that is served, anything else unknown reads as current.
    """
    asked = incoming.headers.get("api-version", "").strip() or CURRENT_VERSION
    if not VERSION.fullmatch(asked):
        raise HttpError(200, f"API version {asked[:40]!r} is malformed", "InvalidVersionException")
    if any(asked == value for value, _ in VERSIONS):
        return asked
    return VERSIONS[0][0] if asked < VERSIONS[0][0] else CURRENT_VERSION


def content(incoming: Incoming, options: Options) -> Content:
    """Return query and variables of a body; raises 400."""
    if len(incoming.body) > options.max_body_bytes:
        raise HttpError(413, "Request entity too large", "PAYLOAD_TOO_LARGE")
    try:
        body = json.loads(incoming.body)
    except ValueError:
        raise HttpError(400, "Bad request: the body is not JSON", "JsonParseException") from None
    if not isinstance(body, dict) or not isinstance(body.get("query"), str):
        raise HttpError(400, "Bad request: `query` is missing", "BadRequest")
    variables = body.get("variables") or {}
    if not isinstance(variables, dict):
        raise HttpError(400, "Bad request: `variables` must be an object", "BadRequest")
    operation = body.get("operationName")
    return Content(body["query"], variables, operation if isinstance(operation, str) else None)


def refusal(error: HttpError) -> Reply:
    """Return the answer for a refusal."""
    headers = {}
    if error.retry_in is not None and error.status in (409, 429):
        headers["Retry-After"] = str(whole_seconds(error.retry_in))
    return Reply(error.status, error.body(), headers)
