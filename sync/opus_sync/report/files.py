"""Writes a page, and the rows that do not go into it as CSV beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from opus_sync.errors import OpusError
from opus_sync.report.page import Page, Row, Value
from opus_sync.report.render import render

_HEADER = ("board", "kind", "entity", "operation", "record", "name", "item id", "group", "batch", "attempts",
           "column", "old", "new", "note")  # fmt: skip
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_page(page: Page, path: Path) -> list[Path]:
    """Write a page and return the files that were written; raises OpusError where one cannot be.

    A CSV file of that name that an earlier page left is replaced or removed; one of somebody else is refused.
    """
    rest = path.with_suffix(".csv")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        ours = rest.is_file() and _is_ours(rest)
        if page.rest:
            if rest.exists() and not ours:
                raise OpusError(
                    f"{rest} is in the way of the rows beyond the page, and was not written by opus-sync",
                    "give the page another name with --page, or move that file",
                )
            rest.write_text(as_csv(page.rest), encoding="utf-8", newline="")
        elif ours:
            rest.unlink()
        path.write_text(render(page, rest.name if page.rest else None), encoding="utf-8", newline="\n")
    except OSError as error:
        raise OpusError(f"the page cannot be written to {path}: {error.strerror}") from error
    return [path, rest] if page.rest else [path]


def as_csv(rows: Iterable[Row]) -> str:
    """Return rows as CSV, a line for each cell, that a spreadsheet opens without running anything in it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    out.write(_BOM)
    writer.writerow(_HEADER)
    for row in rows:
        known = (
            row.board,
            row.kind,
            row.entity,
            row.operation,
            row.record,
            row.name or "",
            "" if row.item_id is None else str(row.item_id),
            _text(row.group),
            row.batch or "",
            "" if row.attempts is None else str(row.attempts),
        )
        note = "; ".join(row.notes)
        cells = [(cell.column, _text(cell.old), _text(cell.new)) for cell in row.cells] or [("", "", "")]
        writer.writerows([_harmless(text) for text in (*known, *cell, note)] for cell in cells)
    return out.getvalue()


def _text(value: Value | None) -> str:
    return value.text if value else ""


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _is_ours(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as stream:
        return stream.readline().startswith(_BOM + ",".join(_HEADER))
