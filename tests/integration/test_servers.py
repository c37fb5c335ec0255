"""What can happen to a push only where the warehouse is a server: sessions end, tables are locked, rights are few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg2.errors
import pytest

from integration.support.kinds import SERVERS, on
from integration.support.orders import (
    CREATES,
    ORDERS,
    UPDATES,
    as_built,
    as_wanted,
    on_board,
    orders_workspace,
    quantities,
)
from integration.support.server_warehouses import PostgresDatabase, SqlServerSchemas
from integration.support.small import small_workspace
from integration.support.stand_in import StandIn
from integration.support.workspace import Done, Workspace, write_profile
from servers.postgres import new_server, postgres_server

LIVE = ("push", "--live", "--no-promote")
QUICK = ("--vars", "{opus: {settle_seconds: 1, max_batch_size: 2}}")
ROWS = UPDATES + CREATES
EVENTS = "select event, count(*) from opus_sync.mon_operation_event group by event"


def server(workspace: Workspace) -> PostgresDatabase | SqlServerSchemas:
    """Return the warehouse as the server's that it is."""
    assert isinstance(workspace.warehouse, PostgresDatabase | SqlServerSchemas)
    return workspace.warehouse


def events(workspace: Workspace) -> Counter[str]:
    """Return how many events of each kind there are."""
    return Counter(dict(workspace.rows(EVENTS)))


class Second:
    """Tells the answer to the second request that writes."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, data: dict[str, Any]) -> bool:
        self.seen += "m0" in data
        return self.seen == 2


def stopped(workspace: Workspace, stand_in: StandIn, happens: Any) -> Done:
    """Push two rows a request and let something happen while the second is in flight; the push must stop by itself."""
    with stand_in.holding(Second()) as arrived:
        push = workspace.start(*LIVE, *QUICK)
        arrived()
        happens()
    out, err = push.communicate()
    assert "Traceback" not in err, err
    assert len(stand_in.mutations()) == 2
    return Done(("opus-sync", *LIVE), push.returncode, out, err)


def found_out_and_finished(workspace: Workspace, stand_in: StandIn) -> None:
    """See that the next push ends the two open rows by reading, and that after a build all is written, once."""
    assert events(workspace) == {"SENT": 4, "SUCCEEDED": 2}
    recovery = workspace.opus(*LIVE, *QUICK)
    assert recovery.code == 3
    assert "2 rows of an earlier push have no known outcome" in recovery.err
    assert len(stand_in.mutations()) == 2
    assert events(workspace) == {"SENT": 4, "SUCCEEDED": 4}
    workspace.build()
    rest = workspace.opus("push", "--live")
    assert rest.code == 0, rest.out + rest.err
    assert quantities(stand_in) == as_wanted()
    assert events(workspace) == {"SENT": ROWS, "SUCCEEDED": ROWS}
    ((audited, distinct),) = workspace.rows(
        "select count(*), count(distinct audit_id) from opus_sync.mon_update_audit_log"
    )
    assert audited == distinct > 0


@on(*SERVERS)
def test_a_lock_that_is_lost_stops_the_push(orders: Workspace, stand_in: StandIn) -> None:
    """Its session is ended with a request in flight: another may hold the board now, so nothing more is sent."""
    done = stopped(orders, stand_in, server(orders).end_lock_holders)
    assert done.code == 1
    said = " ".join((done.out + done.err).split())
    assert "the connection that held the lock of board 'orders' was lost; nothing more is sent" in said
    found_out_and_finished(orders, stand_in)


@pytest.fixture
def own_server(stand_in: StandIn, tmp_path: Path) -> Iterator[Workspace]:
    """The project of orders on a server that nobody else uses, pulled and built."""
    postgres_server()  # skips where there is none
    warehouse = PostgresDatabase(new_server())
    workspace = orders_workspace(tmp_path / "orders", stand_in, warehouse)
    stand_in.start_over(on_board())
    yield workspace
    warehouse.server.stop()


def test_a_server_that_is_stopped_in_the_middle_of_a_push(own_server: Workspace, stand_in: StandIn) -> None:
    """The push stops and says so, nothing can be pushed meanwhile, and when it is back the next one goes on."""
    postgres = server(own_server).server
    done = stopped(own_server, stand_in, postgres.stop)
    assert done.code == 1
    meanwhile = own_server.opus(*LIVE, *QUICK)
    assert meanwhile.code == 1
    assert meanwhile.error_lines[0].startswith(f"Error: there is no PostgreSQL at 127.0.0.1:{postgres.port}")
    postgres.start()
    found_out_and_finished(own_server, stand_in)


@on(*SERVERS)
def test_a_table_that_another_session_has_locked(orders: Workspace, stand_in: StandIn) -> None:
    """Waited for for a while; then it is named, and nothing was sent."""
    with server(orders).table_locked("opus_sync.mon_operation_event"):
        done = orders.opus(*LIVE)
    assert done.code == 1
    assert "another session has it locked" in done.err
    assert stand_in.mutations() == []
    again = orders.opus(*LIVE)
    assert again.code == 0, again.err
    assert quantities(stand_in) == as_wanted()


@on(*SERVERS)
def test_views_stand_after_a_promotion_as_before(orders: Workspace) -> None:
    """PostgreSQL drops the views that read what dbt replaces: all of them are there again."""
    views = "select table_name from information_schema.views where table_schema = ? order by table_name"
    own = [orders.warehouse.schema("main")]
    before = orders.rows(views, own)
    assert orders.opus("push", "--live").code == 0
    assert orders.rows(views, own) == before != []


@on("postgres")
def test_a_runner_needs_no_more_than_its_role(empty: PostgresDatabase, stand_in: StandIn, tmp_path: Path) -> None:
    """With the role that the script makes it pulls, builds and pushes; it removes nothing of the runner's tables."""
    workspace = small_workspace(ORDERS, tmp_path, stand_in, empty)
    stand_in.start_over(on_board())
    empty.database.run("create schema main")
    printed = workspace.opus("db", "script")
    assert printed.code == 0, printed.err
    empty.database.run(printed.out)
    ORDERS.order(workspace, as_built())
    runner = empty.database.role("runner")
    empty.database.run(f"grant opus_sync_runner to {runner.user}")
    empty.database.run(f"grant usage on schema shop to {runner.user}")
    empty.database.run(f"grant select on shop.orders to {runner.user}")
    limited = replace(workspace, warehouse=empty.seen_by(runner))
    write_profile(tmp_path, limited.warehouse)

    never = ("--vars", "{opus_manage_ddl: false}")
    pulled = limited.opus("pull", *never)
    assert pulled.code == 0, pulled.err
    limited.build(*never)
    pushed = limited.opus("push", "--live", *never)
    assert pushed.code == 0, pushed.out + pushed.err
    assert quantities(stand_in) == as_wanted()
    assert events(workspace) == {"SENT": ROWS, "SUCCEEDED": ROWS}
    for statement in (
        "drop table opus_sync.mon_operation_event",
        "delete from opus_sync.mon_update_audit_log",
        "update opus_sync.mon_batch_event set event = 'PROMOTED'",
        "truncate opus_sync.mon_extract",
        "drop table shop.orders",
        "drop schema opus_sync cascade",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            runner.run(statement)
