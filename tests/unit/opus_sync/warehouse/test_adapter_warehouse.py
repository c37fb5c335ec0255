"""Reading and appending through the dbt adapter, on real DuckDB files."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from dbt_common.exceptions import DbtRuntimeError

from opus_sync.errors import OpusError
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.duckdb import DuckDB
from opus_sync.warehouse.errors import MissingTable, WarehouseError, WarehouseLocked
from opus_sync.warehouse.ndjson import NdjsonFile
from opus_sync.warehouse.target import load_target, open_warehouse

HOSTILE = [
    "quotes \" ' ` and \\ back\\\\slash",
    "{{ 7*7 }} {% raw %} $name :name ? %s",
    "emoji 😀 and \u200d joined",
    "line\nbreak\r\n\ttab\u2028separator",
    "\x00nul and \x01\x1f controls",
    "true",
    "null",
    "0012",
    "1e5",
    "  outer space  ",
    "",
    '{"a":1}',
    "x" * 100_000,
]
MOMENT = datetime(2026, 11, 1, 8, 0, 0, 123456, tzinfo=timezone.utc)
RELATION = '"opus"."opus"."mon_update_audit_log"'


def test_hostile_text_nulls_large_numbers_and_moments_come_back_as_they_went(warehouse: Warehouse) -> None:
    rows = [
        {
            "audit_id": str(at),
            "seq": 2**62 + at,
            "old_value": text,
            "new_value": None,
            "update_timestamp": MOMENT,
        }
        for at, text in enumerate(HOSTILE)
    ]
    warehouse.append({"mon_update_audit_log": rows})

    found = sorted(warehouse.scan(RELATION), key=lambda row: int(row["audit_id"]))

    assert [row["old_value"] for row in found] == HOSTILE
    assert [row["seq"] for row in found] == [2**62 + at for at in range(len(HOSTILE))]
    assert {row["new_value"] for row in found} == {None}
    assert {row["update_timestamp"] for row in found} == {MOMENT}


def test_a_moment_of_another_zone_is_stored_in_utc(warehouse: Warehouse) -> None:
    zone = timezone(timedelta(hours=-5))
    warehouse.append({"mon_update_audit_log": [{"update_timestamp": MOMENT.astimezone(zone)}]})

    assert [row["update_timestamp"] for row in warehouse.scan(RELATION)] == [MOMENT]


def test_booleans_and_integers_take_the_types_of_the_table(warehouse: Warehouse) -> None:
    warehouse.append({"mon_raw_label": [{"is_done": True, "is_deactivated": False, "position": 3}]})

    (row,) = warehouse.scan('"opus"."opus"."mon_raw_label"')
    assert (row["is_done"], row["is_deactivated"], row["position"]) == (True, False, 3)


def test_half_a_surrogate_pair_does_not_stop_an_append(warehouse: Warehouse) -> None:
    warehouse.append({"mon_update_audit_log": [{"old_value": "\ud83d broken"}]})

    assert [row["old_value"] for row in warehouse.scan(RELATION)] == ["? broken"]


def test_files_and_rows_are_one_transaction(warehouse: Warehouse, tmp_path: Path) -> None:
    """A row that the database refuses takes everything that was appended with it back."""
    with NdjsonFile(tmp_path / "items.ndjson") as file:
        file.write([{"monday_item_id": 1, "column_values": json.dumps({"a": "b"})}])
    files = {"mon_raw_item": str(file.path)}

    with pytest.raises(WarehouseError):
        warehouse.append_files(files, {"mon_extract": [{"seq": "not a number"}]})
    assert list(warehouse.scan('"opus"."opus"."mon_raw_item"')) == []

    warehouse.append_files(files, {"mon_extract": [{"seq": 1}]})
    assert [row["monday_item_id"] for row in warehouse.scan('"opus"."opus"."mon_raw_item"')] == [1]
    assert [row["seq"] for row in warehouse.scan('"opus"."opus"."mon_extract"')] == [1]


def test_an_empty_file_and_no_rows_append_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    with NdjsonFile(tmp_path / "none.ndjson") as file:
        pass
    warehouse.append_files({"mon_raw_item": str(file.path)}, {"mon_extract": []})

    assert list(warehouse.scan('"opus"."opus"."mon_raw_item"')) == []


def test_a_field_that_the_table_lacks_is_an_error_and_not_lost(warehouse: Warehouse) -> None:
    with pytest.raises(OpusError, match="mon_extract has no column colour"):
        warehouse.append({"mon_extract": [{"seq": 1}, {"colour": "red"}]})


def test_named_statements_take_parameters_as_data(warehouse: Warehouse) -> None:
    warehouse.append(
        {
            "mon_extract": [{"board": "o'hara", "seq": 7}, {"board": "planning", "seq": 3}],
            "mon_decision": [{"board": "planning", "seq": 9}],
        }
    )
    assert warehouse.query("next_seq", board="o'hara") == [{"seq": 8}]
    assert warehouse.query("next_seq", board="planning") == [{"seq": 10}]
    assert warehouse.query("next_seq", board="' or true --") == [{"seq": 1}]


def test_scan_reads_all_rows_or_those_of_a_value(warehouse: Warehouse) -> None:
    warehouse.append(
        {"mon_decision": [{"seq": at, "board": "o'hara" if at % 3 else "planning"} for at in range(12_000)]}
    )
    relation = '"opus"."opus"."mon_decision"'
    assert sorted(row["seq"] for row in warehouse.scan(relation)) == list(range(12_000))
    assert {row["seq"] % 3 for row in warehouse.scan(relation, board="planning")} == {0}
    assert len(warehouse.scan(relation, board="o'hara")) == 8_000


def test_a_missing_table_says_what_to_run(warehouse: Warehouse, root: Path) -> None:
    with duckdb.connect(str(root / "opus.duckdb")) as connection:
        connection.execute("drop table opus.opus.mon_layout")

    for call in (
        lambda: warehouse.query("layout_version"),
        lambda: warehouse.append({"mon_layout": [{"object_name": "x"}]}),
        lambda: warehouse.scan('"opus"."opus"."mon_layout"'),
    ):
        with pytest.raises(MissingTable, match=r"mon_layout\b[\s\S]*opus-sync pull"):
            call()


def test_the_file_is_free_between_calls(warehouse: Warehouse, root: Path) -> None:
    warehouse.query("next_seq", board="x")
    code = f"import duckdb; duckdb.connect({str(root / 'opus.duckdb')!r}).execute('select 1')"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


class _ImpatientClock:
    """Lets ten seconds pass with every look at it."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> datetime:
        return MOMENT

    def monotonic(self) -> float:
        self.passed += 10
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.passed += seconds


@pytest.fixture
def holder(root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has the file open for as long as the test runs."""
    file = str(root / "opus.duckdb")
    code = f"import duckdb, sys; c = duckdb.connect({file!r}); print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None and not process.stdin.closed:
        process.stdin.close()
    process.wait()


def test_a_locked_file_names_itself_and_its_holder(root: Path, holder: subprocess.Popen[bytes]) -> None:
    warehouse = open_warehouse(load_target(root, profiles_dir=root), root, "opus", _ImpatientClock())
    with pytest.raises(WarehouseLocked, match=rf"opus\.duckdb is in use by process {holder.pid}"):
        warehouse.query("next_seq", board="x")

    _end(holder)
    assert warehouse.query("next_seq", board="x") == [{"seq": 1}]


def test_a_file_that_becomes_free_in_time_is_opened(root: Path, holder: subprocess.Popen[bytes]) -> None:
    class Releasing(_ImpatientClock):
        def monotonic(self) -> float:
            return 0.0

        def sleep(self, seconds: float) -> None:
            _end(holder)

    warehouse = open_warehouse(load_target(root, profiles_dir=root), root, "opus", Releasing())
    assert warehouse.query("next_seq", board="x") == [{"seq": 1}]


def test_threads_take_turns(warehouse: Warehouse) -> None:
    failures: list[BaseException] = []

    def work(board: str) -> None:
        try:
            for seq in range(5):
                assert warehouse.query("next_seq", board=board)[0]["seq"] == seq + 1
                warehouse.append({"mon_decision": [{"board": board, "seq": seq + 1}]})
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(f"board{at}",)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(list(warehouse.scan('"opus"."opus"."mon_decision"'))) == 20


def test_an_error_of_dbt_is_told_without_its_heading() -> None:
    """Its first line is only the kind."""
    told = DuckDB().explain(DbtRuntimeError("IO Error: no room\nmore"), SimpleNamespace(path="opus.duckdb"))
    assert str(told) == "the warehouse opus.duckdb says: IO Error: no room"


def test_a_file_that_is_no_database_is_explained(root: Path, open_root: Callable[[], Warehouse]) -> None:
    (root / "opus.duckdb").write_text("this is a letter, not a database " * 1000)

    with pytest.raises(WarehouseError, match=r"opus\.duckdb says: .*not a valid DuckDB"):
        open_root().query("next_seq", board="x")
