"""`opus-sync status` and `stop`: what is going on, said while it goes on, and ended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from integration.support.kinds import on
from integration.support.orders import CREATES, ORDERS, UPDATES
from integration.support.small import small_workspace
from integration.support.stand_in import StandIn
from integration.support.warehouses import Warehouse
from integration.support.workspace import Workspace

PUSH = ("push", "--live", "--no-promote")
PAIRS = ("--vars", "{opus: {max_batch_size: 2, settle_seconds: 1}}")
ROWS = UPDATES + CREATES


def status(workspace: Workspace) -> Any:
    """Return how the one board stands; no token is needed for it."""
    done = workspace.having(MONDAY_API_TOKEN="").opus("status", "--output", "json")
    assert done.code == 0, done.err
    (board,) = done.data["boards"]
    return board


def writing(data: dict[str, Any]) -> bool:
    return "m0" in data


@on("duckdb")
def test_a_project_that_did_nothing_yet_says_so(stand_in: StandIn, empty: Warehouse, tmp_path: Path) -> None:
    """No table is no error; nor is a board without an extract."""
    workspace = small_workspace(ORDERS, tmp_path, stand_in, empty)
    first = workspace.opus("status")
    assert (first.code, first.out) == (0, "nothing was done yet: run `opus-sync pull`\n")
    assert workspace.dbt("run-operation", "opus_deploy").code == 0
    deployed = workspace.opus("status")
    assert "this board was never pulled" in deployed.out
    assert "next        opus-sync pull --select orders\n" in deployed.out


@on("duckdb")
def test_a_board_that_was_pulled_and_pushed(orders: Workspace) -> None:
    """The extract with its age, the push with its rows and its pace, and what comes next."""
    before = status(orders)
    assert (before["active"]["items"], before["batches"], before["next"]) == (30, [], "opus-sync plan --select orders")
    assert before["extract_age_seconds"] > 0
    assert orders.opus("push", "--live").code == 0
    (batch,) = status(orders)["batches"]
    assert (batch["event"], batch["total"], batch["succeeded"], batch["of_last_push"]) == ("PROMOTED", ROWS, ROWS, True)
    text = orders.opus("status").out
    words = " ".join(text.split())
    assert f"1 batch (1 PROMOTED): {ROWS} succeeded; " in words
    assert "rows a minute" in words
    assert max(map(len, text.splitlines())) <= 80


def test_a_running_push_is_seen_and_stopped(orders: Workspace, stand_in: StandIn) -> None:
    """Status names the process while a request is in flight; stop ends the push after it, with the reason."""
    assert orders.opus("stop", "--reason", "why").code == 2
    idle = orders.opus("stop", "--select", "orders", "--reason", "why")
    assert (idle.code, idle.out) == (1, "orders: nobody is at work, there is nothing to stop\n")
    assert orders.rows("select * from opus_sync.mon_decision") == []
    with stand_in.holding(writing) as arrived:
        push = orders.start(*PUSH, *PAIRS)
        arrived()
        board = status(orders)
        assert f"(process {push.pid}, opus-sync push) since " in board["holder"]
        assert (board["open_rows"], board["batches"][0]["event"]) == (2, "STARTED")
        assert "opus-sync stop --select orders" in board["next"]
        asked = orders.having(MONDAY_API_TOKEN="").opus("stop", "--select", "orders", "--reason", "wrong file")
        assert asked.code == 0, asked.err
        assert f"process {push.pid}" in asked.out
    out, err = push.communicate()
    assert push.returncode == 1, err
    assert "asked for a stop: wrong file" in out
    assert len(stand_in.mutations()) == 1
    after = status(orders)
    assert (after["holder"], after["open_rows"], after["batches"][0]["event"]) == (None, 0, "FAILED")
    assert "wrong file" in after["batches"][0]["summary"]
    # A stop is for the push that runs, and makes nothing stale by itself.
    orders.build()
    assert orders.opus(*PUSH).code == 0


@on("duckdb")
def test_what_waits_is_named_with_the_way_out(orders: Workspace, stand_in: StandIn) -> None:
    """A push that was killed, a row that failed, a rollback that was asked for: each until it is dealt with."""
    with stand_in.holding(writing) as arrived:
        push = orders.start(*PUSH, *PAIRS)
        arrived()
        push.kill()
        push.communicate()
    board = status(orders)
    assert (board["holder"], board["open_rows"]) == (None, 2)
    assert board["next"] == "opus-sync push --select orders --resume"
    assert "2 rows without a known outcome" in orders.opus("status").out
    resumed = orders.opus("push", "--select", "orders", "--resume", *PAIRS)
    assert resumed.code == 0, resumed.err
    assert status(orders)["open_rows"] == 0

    orders.build()
    stand_in.configure(faults=[{"kind": "poison", "scope": "alias", "item_id": "1003", "code": "ColumnValueException"}])
    assert orders.opus("push", "--live").code == 1
    board = status(orders)
    assert (board["failures"], board["next"]) == ({"ColumnValueException": 1}, "opus-sync errors --select orders")
    assert "failed last 1 row (1 ColumnValueException)" in orders.opus("status").out

    batch = board["batches"][-1]["batch_id"]
    asked = orders.dbt("run-operation", "sp_rollback_batch", "--args", f"{{batch_id: {batch}, reason: too early}}")
    assert asked.code == 0, asked.out
    board = status(orders)
    assert [(one["batch_id"], one["reason"]) for one in board["requests"]] == [(batch, "too early")]
    assert board["next"] == "opus-sync rollback --pending --select orders --live"
    assert f"rollback asked for: batch {batch}" in " ".join(orders.opus("status").out.split())
    done = orders.opus("rollback", "--pending", "--select", "orders", "--live")
    assert done.code == 0, done.err + done.out
    assert status(orders)["requests"] == []
