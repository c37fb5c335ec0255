"""SQL Server's own, as far as it shows without one: arrays of sized parameters, and its errors as sentences."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from opus_sync.errors import OpusError
from opus_sync.warehouse.catalog import ColumnType
from opus_sync.warehouse.errors import ConnectionLost, MissingTable, ValueTooLong, WarehouseError, WarehouseLocked
from opus_sync.warehouse.sqlserver import SqlServer

pyodbc = pytest.importorskip("pyodbc")

CREDENTIALS = SimpleNamespace(host="db.example", port=1433, UID="runner", PWD="hunter2", database="orders")
COLUMNS = {
    "seq": ColumnType("bigint"),
    "attempt": ColumnType("int"),
    "board": ColumnType("nvarchar", 450),
    "payload": ColumnType("nvarchar"),
    "archived": ColumnType("bit"),
    "recorded_at": ColumnType("datetime2"),
}


class _Cursor:
    """Notes what the driver would be given."""

    def __init__(self) -> None:
        self.arrays: list[list[Any]] = []
        self.sizes: list[Any] = []
        self.sql = ""
        self.fast_executemany = False

    def setinputsizes(self, sizes: Any) -> None:
        self.sizes = self.sizes if sizes is None else sizes

    def executemany(self, sql: str, rows: list[Any]) -> None:
        assert self.fast_executemany
        self.sql = sql
        self.arrays.append(rows)


def _load(tmp_path: Path, rows: list[dict[str, Any]]) -> _Cursor:
    file = tmp_path / "rows.ndjson"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    cursor = _Cursor()
    SqlServer().load(cursor, "[opus]", "mon_x]y", COLUMNS, file)
    return cursor


def test_rows_go_as_arrays_of_sized_parameters(tmp_path: Path) -> None:
    """A text of any length has the size 0: it is streamed, not reserved."""
    row = {"seq": 2**62, "board": "planning", "archived": True, "recorded_at": "2026-11-20 12:00:00.123456"}
    cursor = _load(tmp_path, [row])

    assert cursor.sql == (
        "insert into [opus].[mon_x]]y] ([seq], [attempt], [board], [payload], [archived], [recorded_at]) "
        "values (?, ?, ?, ?, ?, ?)"
    )
    assert cursor.sizes == [
        (pyodbc.SQL_BIGINT, 19, 0),
        (pyodbc.SQL_INTEGER, 10, 0),
        (pyodbc.SQL_WVARCHAR, 450, 0),
        (pyodbc.SQL_WVARCHAR, 0, 0),
        (pyodbc.SQL_BIT, 1, 0),
        (pyodbc.SQL_TYPE_TIMESTAMP, 26, 6),
    ]
    assert cursor.arrays == [[[2**62, None, "planning", None, True, datetime(2026, 11, 20, 12, 0, 0, 123456)]]]
    assert cursor.fast_executemany is False


def test_ten_thousand_rows_are_a_few_arrays_and_long_texts_smaller_ones(tmp_path: Path) -> None:
    many = _load(tmp_path, [{"seq": at} for at in range(10_000)])
    assert [len(array) for array in many.arrays] == [5_000, 5_000]

    long = _load(tmp_path, [{"seq": at, "payload": "x" * 100_000} for at in range(300)])
    assert sum(len(array) for array in long.arrays) == 300
    assert max(len(array) for array in long.arrays) <= 160


def test_a_character_beyond_the_basic_plane_takes_two_places(tmp_path: Path) -> None:
    _load(tmp_path, [{"board": "😀" * 225}])
    with pytest.raises(ValueTooLong, match="the column board of mon_x]y has 452 characters, 450 fit"):
        _load(tmp_path, [{"board": "😀" * 226}])


def _said(state: str, text: str) -> OpusError:
    before = f"[{state}] [Microsoft][ODBC Driver 18 for SQL Server][SQL Server]"
    error = SqlServer().explain(pyodbc.Error(state, before + text), CREDENTIALS, "the table mon_decision")
    assert error is not None
    return error


# The texts are the server's and the driver's own.
@pytest.mark.parametrize(
    ("state", "text", "kind", "told"),
    [
        ("42S02", "Invalid object name 'opus.mon_layout'. (208) (SQLExecDirectW)", MissingTable,
         "the warehouse has no table opus.mon_layout\n"),
        ("28000", "Login failed for user 'runner'. (18456) (SQLDriverConnect)", WarehouseError,
         "SQL Server at db.example:1433 refuses login runner or its password\n"),
        ("42000", 'Cannot open database "orders" requested by the login. The login failed. (4060) (SQLDriverConnect);'
         " [42000] [Microsoft][ODBC Driver 18 for SQL Server][SQL Server]Login failed for user 'runner'. (18456)",
         WarehouseError, "SQL Server at db.example:1433 has no database orders, or login runner may not open it\n"),
        ("42000", "The INSERT permission was denied on the object 'mon_decision', database 'orders', schema 'opus'. "
         "(229) (SQLExecDirectW)", WarehouseError,
         "SQL Server does not let login runner do this: The INSERT permission was denied on the object 'mon_decision'"),
        ("42000", "CREATE TABLE permission denied in database 'orders'. (262) (SQLExecDirectW)", WarehouseError,
         "does not let login runner do this: CREATE TABLE permission denied in database 'orders'.\n`opus-sync db"),
        ("42000", 'The specified schema name "opus" either does not exist or you do not have permission to use it. '
         "(2760) (SQLExecDirectW)", WarehouseError, 'The specified schema name "opus" either does not exist'),
        ("42000", "Lock request time out period exceeded. (1222) (SQLExecDirectW)", WarehouseLocked,
         "the table mon_decision: another session has it locked\nwait for that session"),
        ("40001", "Transaction (Process ID 52) was deadlocked on lock resources with another process and has been "
         "chosen as the deadlock victim. Rerun the transaction. (1205) (SQLExecDirectW)", WarehouseLocked,
         "the table mon_decision: two sessions waited for each other\n"),
        ("08S01", "Communication link failure (0) (SQLExecDirectW)", ConnectionLost,
         "the connection to SQL Server at db.example:1433 was lost: Communication link failure\n"),
        ("HY000", "Cannot continue the execution because the session is in the kill state. (596) (SQLExecDirectW)",
         ConnectionLost, "this session was ended by an administrator of db.example\n"),
        ("HYT00", "Login timeout expired (0) (SQLDriverConnect)", WarehouseError,
         "there is no SQL Server at db.example:1433 that lets us in: Login timeout expired\n"),
        ("42000", "The transaction log for database 'orders' is full due to 'LOG_BACKUP'. (9002) (SQLExecDirectW)",
         WarehouseError, "SQL Server's log is full: The transaction log for database 'orders' is full"),
        ("42000", "Something new. (99999) (SQLExecDirectW)", WarehouseError,
         "the table mon_decision: SQL Server says: Something new."),
    ],
)  # fmt: skip
def test_an_error_is_a_sentence_with_what_to_do(state: str, text: str, kind: type[OpusError], told: str) -> None:
    error = _said(state, text)
    assert type(error) is kind
    assert told in str(error)


def test_no_secret_of_the_profile_is_repeated() -> None:
    assert "hunter2" not in str(
        _said("08001", "Invalid connection string: PWD=hunter2; what now (0) (SQLDriverConnect)")
    )


def test_errors_of_others_are_left_to_them() -> None:
    assert SqlServer().explain(RuntimeError("no"), CREDENTIALS, "x") is None
