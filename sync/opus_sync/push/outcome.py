"""What an answer says about each row of a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from opus_sync.monday.answer import Answer, ApiError, Kind
from opus_sync.plan.staged import Cells


class Event(str, Enum):
    """The events of an operation, and OPEN, which is the lack of one."""

    SENT = "SENT"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    NOT_APPLIED = "NOT_APPLIED"
    SUPERSEDED = "SUPERSEDED"
    CONFLICT = "CONFLICT"
    OPEN = "OPEN"


@dataclass(frozen=True)
class Outcome:
    """What became of one operation; ids are set where monday's answer names them.

    `answered` holds cells of a group that monday chose itself: its position, and the color of a new one.

    Of a row that was not applied, `kind` says whether it may go again (WAIT, after `retry_in` seconds) or whether
    no request can pass now (STOP).
    """

    event: Event
    item_id: int | None = None
    board_id: int | None = None
    group_id: str | None = None
    error_type: str | None = None
    error_message: str | None = None
    kind: Kind | None = None
    retry_in: float = 0.0
    answered: Cells = field(default_factory=dict)


OPEN = Outcome(Event.OPEN)

_EVENT_OF = {
    Kind.FINAL: Event.FAILED,
    Kind.WAIT: Event.NOT_APPLIED,
    Kind.STOP: Event.NOT_APPLIED,
    Kind.UNSURE: Event.OPEN,
}


def outcomes(answer: Answer, aliases: tuple[str, ...]) -> tuple[Outcome, ...]:
    """Return one outcome per alias: data wins; an alias with neither data nor error of its own stays open."""
    errors: dict[str, ApiError] = {}
    for error in answer.errors:
        errors.setdefault(error.alias, error)
    return tuple(_outcome(answer.data.get(alias), errors.get(alias)) for alias in aliases)


def failed(error_type: str, message: str) -> Outcome:
    """Return the outcome of a row that was refused for good."""
    return Outcome(Event.FAILED, error_type=error_type, error_message=message)


def not_applied(message: str) -> Outcome:
    """Return the outcome of a row of which nothing ran; it stays staged."""
    return Outcome(Event.NOT_APPLIED, error_message=message)


def conflict(message: str) -> Outcome:
    """Return the outcome of a row that would go over what somebody did on the board; it was not sent."""
    return Outcome(Event.CONFLICT, error_type="Conflict", error_message=message)


def superseded(message: str) -> Outcome:
    """Return the outcome of a row that was sent and of which the board no longer shows whether it ran."""
    return Outcome(Event.SUPERSEDED, error_type="Superseded", error_message=message)


def _outcome(data: Any, error: ApiError | None) -> Outcome:
    if (written := _written(data)) is not None:
        return written
    if error is None:
        return OPEN
    return Outcome(
        _EVENT_OF[error.kind],
        error_type=error.code or None,
        error_message=_message(error),
        kind=error.kind,
        retry_in=error.retry_in,
    )


def _written(data: Any) -> Outcome | None:
    """Read what monday says of an alias that it carried out: an item, a group, or of a board that it was done."""
    if isinstance(data, str):
        # The scalar JSON may arrive as an object or as its text.
        with suppress(ValueError):
            data = json.loads(data)
    if not isinstance(data, Mapping):
        return None
    if data.get("success") is True:
        return Outcome(Event.SUCCEEDED)
    if data.get("id") is None:
        return None
    if "position" in data:
        answered = {"$position": data["position"], "color": data["color"].lower()}
        return Outcome(Event.SUCCEEDED, group_id=data["id"], answered=answered)
    return Outcome(
        Event.SUCCEEDED,
        item_id=int(data["id"]),
        board_id=_number(data.get("board")),
        group_id=(data.get("group") or {}).get("id"),
    )


def _number(board: Any) -> int | None:
    return int(board["id"]) if isinstance(board, Mapping) and board.get("id") is not None else None


def _message(error: ApiError) -> str:
    column = error.data.get("column_id")
    return f"column {column}: {error.message}" if column else error.message
