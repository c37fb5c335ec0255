"""Rows as newline-delimited JSON, the form in which they are loaded in bulk."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType
from typing import Any

# NUL as JSON writes it: its backslash is not itself escaped.
_NUL = re.compile(r"((?<!\\)(?:\\\\)*)\\u0000")
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class NdjsonFile:
    """Writes rows of one table to a file as they come, so that memory does not grow with them.

    Moments are written in UTC without offset, as runner tables hold them. Half a surrogate pair, which no database
    takes, becomes a question mark, and so does NUL, which PostgreSQL does not take.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream = path.open("wb")

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows; values are text, whole numbers, booleans, moments or None."""
        text = "".join([_without_nul(line) if "u0000" in line else line for line in map(_line, rows)])
        self._stream.write(text.encode("utf-8", "replace"))

    def close(self) -> None:
        """Flush and close the file; it stays on disk."""
        self._stream.close()

    def __enter__(self) -> NdjsonFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def utc_text(moment: datetime) -> str:
    """Return a moment in UTC without offset; one without zone is taken as UTC."""
    return naive_utc(moment).isoformat(sep=" ")


def naive_utc(moment: datetime) -> datetime:
    """Return a moment in UTC with its zone taken off."""
    return moment if moment.tzinfo is None else moment.astimezone(timezone.utc).replace(tzinfo=None)


def fields_of(path: Path) -> Collection[str]:
    """Return the field names of a file's first row, () for an empty file."""
    with path.open("rb") as stream:
        first = stream.readline()
    return json.loads(first).keys() if first.strip() else ()


def _line(row: Mapping[str, Any]) -> str:
    try:
        return _encode(row) + "\n"
    except TypeError:
        plain = {name: utc_text(value) if isinstance(value, datetime) else value for name, value in row.items()}
        return _encode(plain) + "\n"


def _without_nul(line: str) -> str:
    """Return a row's line with question marks for NUL, in its texts and in the JSON that some of them hold."""
    row = {
        name: _NUL.sub(r"\1?", value) if isinstance(value, str) and value[:1] in ("{", "[") else value
        for name, value in json.loads(line).items()
    }
    return _NUL.sub(r"\1?", _encode(row)) + "\n"
