"""Inserts by pyodbc's `fast_executemany`: whole arrays of rows in a round trip, each parameter of a known size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from opus_sync.warehouse.catalog import Columns, ColumnType

# The driver reserves the whole size of each bounded text for every row of an array, so wide tables go in smaller ones.
_ROWS_AT_LEAST, _ROWS_AT_MOST, _RESERVED_BYTES = 1_000, 5_000, 64_000_000
_CHARACTERS_AT_MOST = 16_000_000

# Codes of ODBC's sql.h and sqlext.h.
_SQL_WVARCHAR, _SQL_BIGINT, _SQL_INTEGER, _SQL_BIT, _SQL_TIMESTAMP = -9, -5, 4, -7, 93
_SIZES = {
    "bigint": (_SQL_BIGINT, 19, 0),
    "int": (_SQL_INTEGER, 10, 0),
    "bit": (_SQL_BIT, 1, 0),
    "datetime2": (_SQL_TIMESTAMP, 26, 6),
}
_READ: Mapping[str, Callable[[str], Any]] = {"datetime2": datetime.fromisoformat}


def write_arrays(
    cursor: Any, table: str, names: Mapping[str, str], columns: Columns, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Insert rows into a table; `names` is quoted name -> name, all in the order of the columns.

    Without sizes the driver asks the server for each, and reserves two gigabytes for a text of any length.
    """
    marks = ", ".join("?" for _ in names)
    sql = f"insert into {table} ({', '.join(names)}) values ({marks})"  # noqa: S608 (quoted names)
    sizes = [_size(kind) for kind in columns.values()]
    reads = [(name, _READ.get(columns[name].name)) for name in names.values()]
    cursor.fast_executemany = True
    try:
        for array in _arrays(rows, _rows_an_array(columns)):
            cursor.setinputsizes(sizes)
            cursor.executemany(sql, [_parameters(row, reads) for row in array])
    finally:
        cursor.fast_executemany = False
        cursor.setinputsizes(None)


def utf16_length(text: str) -> int:
    """Return how many places of an nvarchar a text takes: a character beyond the basic plane takes two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _rows_an_array(columns: Columns) -> int:
    reserved = sum(2 * kind.limit if kind.limit else 32 for kind in columns.values())
    return max(_ROWS_AT_LEAST, min(_ROWS_AT_MOST, _RESERVED_BYTES // reserved))


def _arrays(rows: Iterable[Mapping[str, Any]], size: int) -> Iterator[list[Mapping[str, Any]]]:
    """Yield arrays of at most so many rows, fewer where their texts are long: memory is bounded."""
    array: list[Mapping[str, Any]] = []
    characters = 0
    for row in rows:
        array.append(row)
        characters += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(array) == size or characters >= _CHARACTERS_AT_MOST:
            yield array
            array, characters = [], 0
    if array:
        yield array


def _size(kind: ColumnType) -> tuple[int, int, int]:
    # A text of any length has the size 0: the driver then sends it in pieces.
    return _SIZES.get(kind.name) or (_SQL_WVARCHAR, kind.limit or 0, 0)


def _parameters(row: Mapping[str, Any], reads: Iterable[tuple[str, Callable[[str], Any] | None]]) -> list[Any]:
    values = []
    for name, read in reads:
        value = row.get(name)
        values.append(read(value) if read is not None and value is not None else value)
    return values
