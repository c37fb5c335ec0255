"""PostgreSQL's own: what goes over the wire, sessions that are lost, and its errors as sentences."""

from __future__ import annotations

import json
import os
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from opus_sync.errors import OpusError
from opus_sync.warehouse import postgres as dialect
from opus_sync.warehouse.errors import ConnectionLost, LockLost, WarehouseError, WarehouseLocked
from opus_sync.warehouse.layout import LAYOUT_VERSION
from opus_sync.warehouse.ndjson import NdjsonFile
from servers.postgres import postgres_server
from unit.opus_sync.warehouse.clocks import ImpatientClock, ObligingClock
from unit.opus_sync.warehouse.dbt_project import write_project
from unit.opus_sync.warehouse.places import Place, postgres_place

OURS = f"application_name like '%@% {os.getpid()} %'"


class _Counting:
    """A driver's cursor that counts what goes to the server."""

    def __init__(self, cursor: Any, calls: list[str]) -> None:
        self._cursor = cursor
        self._calls = calls

    def execute(self, sql: str, *arguments: Any) -> Any:
        self._calls.append(sql)
        return self._cursor.execute(sql, *arguments)

    def copy_expert(self, sql: str, *arguments: Any) -> Any:
        self._calls.append(sql)
        return self._cursor.copy_expert(sql, *arguments)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the runner's sessions say to the server: without the driver's own transactions, all of it."""
    calls: list[str] = []
    connect = dialect.Postgres.connect

    @contextmanager
    def counted(self: Any, *arguments: Any) -> Iterator[Any]:
        with connect(self, *arguments) as cursor:
            yield _Counting(cursor, calls)

    monkeypatch.setattr(dialect.Postgres, "connect", counted)
    return calls


def test_ten_thousand_rows_take_ten_round_trips_at_most(postgres: Place, calls: list[str]) -> None:
    warehouse = postgres.open()
    with warehouse.lock("planning") as lock:
        calls.clear()
        lock.append({"mon_update_audit_log": [{"audit_id": str(at), "seq": at} for at in range(10_000)]})
        assert len(calls) <= 10, calls
    assert postgres.rows("mon_update_audit_log") == 10_000


def test_a_large_file_is_loaded_in_little_memory(postgres: Place, tmp_path: Path) -> None:
    with NdjsonFile(tmp_path / "items.ndjson") as file:
        for at in range(4_000):
            file.write([{"monday_item_id": at, "column_values": json.dumps({"a": "x" * 10_000})}])
    with postgres.open().lock("planning") as lock:
        tracemalloc.start()
        try:
            lock.append_files({"mon_raw_item": str(file.path)}, {})
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert postgres.rows("mon_raw_item") == 4_000
    assert peak < file.path.stat().st_size / 4


def test_sessions_say_who_they_are_and_wait_without_a_transaction(postgres: Place) -> None:
    """One that is idle in a transaction would stop the DDL of a deployment."""
    warehouse = postgres.open()
    with warehouse.lock("planning") as lock:
        warehouse.query("next_seq", board="planning")
        lock.append({"mon_decision": [{"seq": 1}]})
        lock.check()
        assert postgres.run(f"select state from pg_stat_activity where {OURS}") == [("idle",)]
        postgres.run(f"alter table {postgres.relation('mon_decision')} add more integer")
        lock.append({"mon_decision": [{"seq": 2, "more": 1}]})


def test_the_login_is_the_one_that_the_server_knows(postgres: Place) -> None:
    assert postgres.open().login() == "postgres"


def _end_our_sessions(postgres: Place) -> None:
    postgres.run(f"select pg_terminate_backend(pid) from pg_stat_activity where {OURS} and pid <> pg_backend_pid()")


def _await(met: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not met():
        assert time.monotonic() < until
        time.sleep(0.01)


def _await_waiting(postgres: Place) -> None:
    _await(lambda: bool(postgres.run(f"select 1 from pg_stat_activity where {OURS} and wait_event_type = 'Lock'")))


def test_who_loses_the_connection_loses_the_lock_and_the_right_to_append(postgres: Place) -> None:
    warehouse = postgres.open()
    with warehouse.lock("planning") as lock:
        lock.check()
        _end_our_sessions(postgres)
        for act in (lock.check, lambda: lock.append({"mon_decision": [{"seq": 1}]}), lock.check):
            with pytest.raises(LockLost, match="the lock of board 'planning' was lost; nothing more is sent"):
                act()
        with warehouse.lock("planning") as other:
            other.append({"mon_decision": [{"seq": 2}]})
    assert postgres.run(f"select seq from {postgres.relation('mon_decision')}") == [(2,)]


def test_an_append_whose_connection_is_lost_midway_leaves_nothing_and_is_not_tried_again(
    postgres: Place, calls: list[str]
) -> None:
    warehouse = postgres.open()
    failure: list[BaseException] = []
    rows = {"mon_extract": [{"seq": 1}], "mon_decision": [{"seq": 1}]}

    def append() -> None:
        with pytest.raises(LockLost) as caught, warehouse.lock("planning") as lock:
            lock.append(rows)
        failure.append(caught.value)

    with postgres.session() as cursor:
        cursor.execute(f"begin; lock table {postgres.relation('mon_decision')}")
        thread = threading.Thread(target=append)
        thread.start()
        _await_waiting(postgres)
        _end_our_sessions(postgres)
        thread.join()
        cursor.execute("rollback")

    assert len(failure) == 1
    assert sum(sql.startswith("copy") for sql in calls) == 2
    assert (postgres.rows("mon_extract"), postgres.rows("mon_decision")) == (0, 0)


def test_a_table_that_another_session_locks_is_named(postgres: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for ever, and nothing is half done."""
    monkeypatch.setattr(dialect, "LOCK_TIMEOUT_SECONDS", 1)
    warehouse = postgres.open(ImpatientClock())
    rows = {"mon_extract": [{"seq": 1}], "mon_decision": [{"seq": 1}]}
    with postgres.session() as cursor:
        cursor.execute(f"begin; lock table {postgres.relation('mon_decision')}")
        with pytest.raises(WarehouseLocked, match="the table mon_decision: another session has it locked"):
            warehouse.append(rows)
        with pytest.raises(WarehouseLocked, match="mon_decision"):
            warehouse.query("stop_requested", board="x", since=0)
        cursor.execute("rollback")
    assert postgres.rows("mon_extract") == 0


def test_a_table_that_becomes_free_in_time_is_appended_to(postgres: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the lock of a board, on the connection that has just failed."""
    monkeypatch.setattr(dialect, "LOCK_TIMEOUT_SECONDS", 1)
    with postgres.session() as cursor:
        cursor.execute(f"begin; lock table {postgres.relation('mon_decision')}")
        warehouse = postgres.open(ObligingClock(lambda: cursor.execute("rollback")))
        with warehouse.lock("planning") as lock:
            lock.append({"mon_decision": [{"seq": 1}]})
    assert postgres.rows("mon_decision") == 1


def _told(place: Place, **output: Any) -> str:
    """Return the error of a first look at the warehouse, one without traceback and password."""
    with pytest.raises(OpusError) as caught:
        place.open().query("layout_version")
    text = str(caught.value)
    assert len(text.splitlines()) == 2
    assert str(output.get("password", postgres_server().password)) not in text
    return text


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ({"port": 1}, "there is no PostgreSQL at 127.0.0.1:1: Connection refused\nstart it, or correct `host`"),
        ({"host": "no.such.host.invalid"}, "there is no PostgreSQL at no.such.host.invalid:"),
        ({"password": "not-the-one"}, "refuses user postgres or the password\ncorrect it in profiles.yml"),
        ({"user": "nobody_at_all"}, "refuses user nobody_at_all or the password\ncorrect it in profiles.yml"),
        ({"dbname": "no_such_db"}, "has no database no_such_db\ncreate it, or correct it"),
    ],
)
def test_a_server_that_does_not_let_us_in(tmp_path: Path, output: dict[str, Any], said: str) -> None:
    assert said in _told(postgres_place(tmp_path, **output), **output)


def test_a_role_without_rights_is_told_what_it_lacks(tmp_path: Path) -> None:
    """To see the schema, to read, to insert, to connect."""
    owner = postgres_server().new_database()
    runner = owner.role("runner")
    place = postgres_place(tmp_path, owner, user=runner.user, password=runner.password)
    warehouse = place.open()
    denied = f"PostgreSQL does not let user {runner.user} do this: permission denied for"

    assert f"{denied} schema opus\n`opus-sync db script`" in _told(place, password=runner.password)
    owner.run(f"grant usage on schema opus to {runner.user}")
    assert f"{denied} table mon_layout\n" in _told(place, password=runner.password)
    owner.run(f"grant select on all tables in schema opus to {runner.user}")
    assert warehouse.query("layout_version")[0]["newest"] == LAYOUT_VERSION
    owner.run(f"grant insert on opus.mon_extract to {runner.user}")
    with pytest.raises(WarehouseError, match=f"{denied} table mon_decision\n"):
        warehouse.append({"mon_extract": [{"seq": 1}], "mon_decision": [{"seq": 1}]})
    assert place.rows("mon_extract") == 0
    owner.run(f"revoke connect on database {owner.name} from public")
    assert f"does not let user {runner.user} connect to {owner.name}" in _told(place, password=runner.password)


def test_who_may_not_see_sessions_still_learns_who_holds_a_lock(tmp_path: Path) -> None:
    """The name of a session is seen by every role; since when it runs is not."""
    owner = postgres_server().new_database()
    runner = owner.role("runner")
    (tmp_path / "own").mkdir()
    (tmp_path / "other").mkdir()
    own = postgres_place(tmp_path / "own", owner)
    other = Place("postgres", tmp_path / "other", "opus", own.session)
    write_project(other.root, outputs={"dev": runner.output()})
    with own.open().lock("planning"):
        holder = str(other.open().lock_holder("planning"))
    assert f"(process {os.getpid()}, " in holder
    assert "since" not in holder


def test_a_lock_that_somebody_took_by_hand_is_told_as_such(postgres: Place) -> None:
    warehouse = postgres.open()
    with warehouse.lock("planning"):
        (number,) = postgres.run(
            "select (classid::bigint << 32) | objid::bigint from pg_locks where locktype = 'advisory'"
        )[0]
    with postgres.session() as cursor:
        cursor.execute("select pg_advisory_lock(%s), pg_backend_pid()", (number,))
        pid = cursor.fetchone()[1]
        assert str(warehouse.lock_holder("planning")).startswith(f"the session {pid} of role postgres since 20")


def test_a_session_that_the_server_ends_is_no_reason_to_try_again(postgres: Place, calls: list[str]) -> None:
    """Without a lock, too: whether the rows arrived is not known."""
    warehouse = postgres.open()
    with postgres.session() as cursor:
        cursor.execute(f"begin; lock table {postgres.relation('mon_decision')}")
        thread = threading.Thread(target=lambda: (_await_waiting(postgres), _end_our_sessions(postgres)))
        thread.start()
        with pytest.raises(ConnectionLost, match=r"the connection to PostgreSQL at 127\.0\.0\.1:\d+ was lost"):
            warehouse.append({"mon_decision": [{"seq": 1}]})
        thread.join()
        cursor.execute("rollback")
    assert sum(sql.startswith("copy") for sql in calls) == 1
    assert postgres.rows("mon_decision") == 0
