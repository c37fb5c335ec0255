"""What the warehouse says of the runner's tables, and whether rows fit them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from opus_sync.errors import OpusError
from opus_sync.warehouse.errors import MissingTable, ValueTooLong


class ColumnType(NamedTuple):
    """A column's type as the database calls it, and how long a text in it may be; None for any length."""

    name: str
    limit: int | None = None


Columns = Mapping[str, ColumnType]
Catalog = Mapping[str, Columns]


def check_fields(catalog: Catalog, wanted: Mapping[str, set[str]]) -> None:
    """Raise MissingTable or OpusError where a table or one of its columns is not there."""
    for table, fields in wanted.items():
        if table not in catalog:
            raise MissingTable(table)
        if unknown := sorted(fields - catalog[table].keys()):
            raise OpusError(
                f"the table {table} has no column {', '.join(unknown)}",
                "it was made by another version: run `opus-sync pull`, which brings the tables up to date",
            )


def fitting_rows(
    path: Path, table: str, columns: Columns, length: Callable[[str], int] = len
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a newline-delimited JSON file; raises ValueTooLong, which databases tell without names.

    `length` counts as the database does.
    """
    bounded = [(name, kind.limit) for name, kind in columns.items() if kind.limit is not None]
    with path.open("r", encoding="utf-8", newline="\n") as stream:
        for line in stream:
            row = json.loads(line)
            for name, limit in bounded:
                value = row.get(name)
                if isinstance(value, str) and length(value) > limit:
                    raise ValueTooLong(table, name, limit, length(value))
            yield row
