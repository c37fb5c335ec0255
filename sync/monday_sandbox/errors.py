"""Errors in the shapes that monday answers with (version 2025-01 and later)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """An application error of one field: `null` in `data`, an entry in `errors[]`, HTTP 200.

    graphql-core copies `extensions` into the entry.
    """

    def __init__(self, code: str, message: str, *, status: int = 200, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.extensions: dict[str, Any] = {
            "code": code,
            "status_code": status,
            "error_data": dict(data or {}),
        }


class HttpError(Exception):
    """A refusal of the whole request: an HTTP status of its own, no `data`."""

    def __init__(
        self,
        status: int,
        message: str,
        code: str = "",
        *,
        retry_in: float | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.retry_in = retry_in
        self.extra = dict(extra or {})

    def body(self) -> dict[str, Any]:
        """Return the JSON body, without the request id."""
        extensions: dict[str, Any] = {"code": self.code, "status_code": self.status} | self.extra
        if self.retry_in is not None:
            extensions["retry_in_seconds"] = whole_seconds(self.retry_in)
        return {"errors": [{"message": self.message, "extensions": extensions}]}


class SeedError(ValueError):
    """A seed that cannot be served; the message says which entry and why."""


def whole_seconds(seconds: float) -> int:
    """Round a wait up to whole seconds, at least 1, as the headers carry it."""
    return max(1, int(-(-seconds // 1)))


def not_found(kind: str, entity_id: object) -> ApiError:
    """Return the error for an id that does not exist or is deleted."""
    return ApiError(
        "ResourceNotFoundException",
        f"{kind} not found",
        status=404,
        data={"resource_type": kind.lower(), "resource_id": str(entity_id)},
    )


def invalid_argument(message: str, **data: Any) -> ApiError:
    """Return the error for an argument that cannot be served."""
    return ApiError("InvalidArgumentException", message, data=data)


def invalid_board(board_id: object) -> ApiError:
    """Return the error for a board that does not exist."""
    return ApiError("InvalidBoardIdException", "This board does not exist", data={"board_id": str(board_id)})
