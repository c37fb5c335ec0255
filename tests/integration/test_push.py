"""`opus-sync push --live`: where it may write, what it refuses, and how it ends when it is interrupted."""

from __future__ import annotations

import json
import signal
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from integration.support.kinds import on
from integration.support.orders import CREATES, ORDERS, UPDATES, as_wanted, quantities
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace

LIVE = ("push", "--live")
PAIRS = ("--vars", "{opus: {max_batch_size: 2}}")
ELSEWHERE = "https://192.0.2.1/v2"  # TEST-NET-1: nobody is there


@on("duckdb")
def test_a_second_push_without_a_build_between_is_refused(orders: Workspace, stand_in: StandIn) -> None:
    """With --no-promote the staged rows are stale after the push: exit code 3, nothing is sent again."""
    first = orders.opus(*LIVE, "--no-promote")
    assert (first.code, quantities(stand_in)) == (0, as_wanted())
    sent, tables = stand_in.mutations(), orders.fingerprint()
    second = orders.opus(*LIVE, "--no-promote")
    assert second.code == 3
    assert "stale" in second.err
    assert "nothing was sent" in second.err
    assert stand_in.mutations() == sent
    assert orders.fingerprint() == tables


def test_a_change_of_mind_after_the_push_is_staged_against_what_was_written(
    orders: Workspace, stand_in: StandIn
) -> None:
    """The next build sees the push without another pull: the old values are those just written."""
    assert orders.opus(*LIVE, "--no-promote").code == 0
    ORDERS.order(orders, [{"text_key": "K001", "numbers_1": "3"}, {"text_key": "K031", "numbers_1": "6"}])
    orders.build()
    staged = {row["record_key"]: row for row in ORDERS.staged(orders)}
    assert {key: (row["update_operation"], row["old_fields"], row["update_fields"]) for key, row in staged.items()} == {
        "K001": ("UPDATE", '{"numbers_1":"2"}', '{"numbers_1":"3"}'),
        "K031": ("UPDATE", '{"numbers_1":"5"}', '{"numbers_1":"6"}'),
    }


def test_an_interrupted_push_ends_after_the_request_in_flight(orders: Workspace, stand_in: StandIn) -> None:
    """SIGINT: exit code 130, the request in flight is on record; a build and a push later all is written, once."""
    answers: list[dict[str, Any]] = []

    def is_second(data: dict[str, Any]) -> bool:
        answers.extend([data] if "m0" in data else [])
        return len(answers) == 2

    with stand_in.holding(is_second) as arrived:
        push = orders.start(*LIVE, *PAIRS, "--no-promote")
        arrived()
        push.send_signal(signal.SIGINT)
    _, err = push.communicate()
    assert push.returncode == 130, err
    assert "Traceback" not in err
    events = dict(orders.rows("select event, count(*) from opus_sync.mon_operation_event group by event"))
    assert events["SENT"] == events["SUCCEEDED"] == 2 * len(stand_in.mutations())
    assert 4 <= events["SENT"] < UPDATES + CREATES
    assert orders.rows("select event from opus_sync.mon_batch_event order by seq") == [("STARTED",), ("FAILED",)]

    orders.build()
    rest = orders.opus(*LIVE, "--no-promote")
    assert rest.code == 0, rest.err
    assert quantities(stand_in) == as_wanted()
    ((written,),) = orders.rows("select count(*) from opus_sync.mon_operation_event where event = 'SUCCEEDED'")
    assert written == UPDATES + CREATES


def test_two_pushes_at_once(orders: Workspace, stand_in: StandIn) -> None:
    """Another process is refused with who holds the board, also one that only pulls; each row is written once."""

    def is_change(data: dict[str, Any]) -> bool:
        return "m0" in data

    with stand_in.holding(is_change) as arrived:
        first = orders.start(*LIVE, "--no-promote")
        arrived()
        others = [orders.start(*LIVE, "--no-promote"), orders.start("pull")]
        told = [other.communicate()[1] for other in others]
    out, err = first.communicate()
    assert first.returncode == 0, out + err
    assert [other.returncode for other in others] == [3, 3], told
    for said in told:
        assert "board 'orders' is locked by" in said
        assert f"(process {first.pid}, opus-sync push) since " in said
    assert quantities(stand_in) == as_wanted()
    events = orders.rows("select event, count(*) from opus_sync.mon_operation_event group by event")
    assert dict(events) == {"SENT": UPDATES + CREATES, "SUCCEEDED": UPDATES + CREATES}


@on("duckdb")
def test_two_pushes_that_start_together(orders: Workspace, stand_in: StandIn) -> None:
    """Whoever is second finds the board locked, or its rows stale: each row is written once."""
    pushes = [orders.start(*LIVE, "--no-promote") for _ in range(2)]
    told = [push.communicate() for push in pushes]
    assert sorted(push.returncode for push in pushes) == [0, 3], told
    assert quantities(stand_in) == as_wanted()
    ((sent, audited, distinct),) = orders.rows(
        "select (select count(*) from opus_sync.mon_operation_event where event = 'SENT'), "
        "count(*), count(distinct audit_id) from opus_sync.mon_update_audit_log"
    )
    assert (sent, audited) == (UPDATES + CREATES, distinct)


@on("duckdb")
def test_a_push_to_another_host_needs_a_target_that_may(orders: Workspace) -> None:
    """From `dev` a push to a host that is not this machine is refused before a connection is opened."""
    with proxy() as (address, connections):
        elsewhere = orders.having(MONDAY_API_URL=ELSEWHERE, HTTPS_PROXY=address, https_proxy=address)
        before = orders.fingerprint()
        refused = elsewhere.opus(*LIVE, "--target", "dev")
        assert (refused.code, connections) == (3, [])
        assert "'dev' may not write to https://192.0.2.1/v2; nothing was sent" in refused.err
        assert orders.fingerprint() == before
        # The same from `prod` gets as far as the proxy: it is the target that was refused.
        allowed = elsewhere.opus(*LIVE, "--target", "prod")
        assert (allowed.code, bool(connections)) == (1, True)
        assert "not reachable" in allowed.err
        assert orders.fingerprint() == before


@on("duckdb")
def test_a_failing_test_of_the_board_stops_the_push(orders: Workspace, stand_in: StandIn) -> None:
    """A dbt test on the staged model is a gate: while it fails nothing is sent, and it is named."""
    test = orders.root / "tests" / "no_more_than_five.sql"
    test.parent.mkdir()
    test.write_text("select count(*) from {{ ref('staged_orders_items') }} having count(*) > 5\n", encoding="utf-8")
    assert orders.dbt("build", "--exclude-resource-type", "unit_test").code == 1
    tables = orders.fingerprint()
    refused = orders.opus(*LIVE)
    assert refused.code == 3
    assert "no_more_than_five (fail)" in refused.err
    assert stand_in.mutations() == []
    assert orders.fingerprint() == tables


def test_rows_that_monday_refuses_are_on_record_and_the_rest_goes_on(orders: Workspace, stand_in: StandIn) -> None:
    """One poisoned item: its row fails with monday's words and its payload, fifteen others are written."""
    stand_in.configure(faults=[{"kind": "poison", "scope": "alias", "item_id": "1003", "code": "ColumnValueException"}])
    push = orders.opus(*LIVE, "--no-promote")
    assert push.code == 1
    assert push.err.splitlines()[0] == f"writing to: target prod, {stand_in.url}, board orders (9001)"
    wanted = as_wanted() | {"K003": "1"}
    assert quantities(stand_in) == wanted
    ((error, payload),) = orders.rows("select error_type, api_payload from main.err_mon_updates")
    assert error == "ColumnValueException"
    assert json.loads(payload)["variables"]["item_id"] == "1003"
    failed = orders.rows("select record_key, update_operation from main.err_mon_updates")
    assert failed == [("K003", "UPDATE")]


@contextmanager
def proxy() -> Iterator[tuple[str, list[str]]]:
    """An HTTP proxy on loopback that lets nothing through; yields its address and who called."""
    connections: list[str] = []

    class Refuse(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            connections.append(self.rfile.readline().decode("latin-1"))
            self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Refuse) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", connections
        finally:
            server.shutdown()
