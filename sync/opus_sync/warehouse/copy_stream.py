"""Rows as the text that PostgreSQL's COPY reads, made while it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

_ROWS_A_READ = 100
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class CopyStream:
    """A file for the driver to read from; `error` is what went wrong in making it."""

    def __init__(self, rows: Iterator[Mapping[str, Any]], columns: Sequence[str]) -> None:
        self._rows = rows
        self._columns = columns
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """Return some whole rows, nothing at the end; the driver takes more than it asked for."""
        try:
            lines = [self._line(row) for row in islice(self._rows, _ROWS_A_READ)]
        except Exception as error:
            self.error = error
            raise
        return "".join(lines).encode()

    def _line(self, row: Mapping[str, Any]) -> str:
        return "\t".join([_field(row.get(name)) for name in self._columns]) + "\n"


def _field(value: Any) -> str:
    if value is None:
        return "\\N"
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)
