"""The error of a value that cannot be written."""

from __future__ import annotations

from ..errors import OpusError

SHOWN_CHARACTERS = 80


class EncodeError(OpusError):
    """A value has no write format; validation in SQL normally keeps such a row from being sent."""

    def __init__(self, column: str, value: str | None, reason: str) -> None:
        shown = repr(value if value is None else value[:SHOWN_CHARACTERS])
        super().__init__(f"column {column}: {shown} {reason}")
        self.column = column
        self.value = value
        self.reason = reason
