"""Undoing a batch: what goes back, what is left alone, and that it stays undone."""

from __future__ import annotations

import json

from integration.support.kinds import on
from integration.support.orders import CREATES, ORDERS, UPDATES
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace


def batch_of(workspace: Workspace) -> str:
    """The batch of the first push."""
    ((batch_id,),) = workspace.rows("select distinct batch_id from opus_sync.mon_batch_event order by 1")
    return str(batch_id)


def quantities(stand_in: StandIn) -> dict[str, str | None]:
    """Order -> quantity of every active order on the board."""
    items = stand_in.items(ORDERS.id).values()
    return {
        item["values"]["text_key"]: item["values"].get("numbers_1")
        for item in items
        if item.get("state", "active") == "active"
    }


def test_a_batch_is_undone_and_stays_undone(orders: Workspace, stand_in: StandIn) -> None:
    """Cells go back, new items are archived; no build brings them back until the desired value changes or a release."""
    before = quantities(stand_in)
    pushed = orders.opus("push", "--live")
    assert pushed.code == 0, pushed.err + pushed.out
    batch = batch_of(orders)
    sent = len(stand_in.mutations())
    dry = orders.opus("rollback", "--batch", batch, "--reason", "wrong season")
    assert dry.code == 0, dry.err
    assert f"{UPDATES + CREATES}" in dry.out
    assert len(stand_in.mutations()) == sent
    done = orders.opus("rollback", "--batch", batch, "--reason", "wrong season", "--live")
    assert done.code == 0, done.err + done.out
    assert quantities(stand_in) == before
    undone = orders.rows(
        "select count(*), count(rollback_timestamp), min(rollback_reason) "
        "from main.mon_update_audit where batch_id = ?",
        [batch],
    )
    assert undone[0][0] == undone[0][1] > 0
    assert undone[0][2] == "wrong season"
    assert orders.opus("pull").code == 0
    orders.build()
    again = orders.opus("push", "--live", "--output", "json")
    assert (again.code, len(again.data["boards"][0]["held"])) == (0, UPDATES + CREATES)
    assert {row["hold_reason"] for row in again.data["boards"][0]["held"]} == {"ROLLED_BACK"}
    assert quantities(stand_in) == before
    twice = orders.opus("rollback", "--batch", batch, "--reason", "again", "--live")
    assert twice.code == 0, twice.err
    assert quantities(stand_in) == before
    released = orders.opus("release", "--select", ORDERS.name, "--key", "K001", "--reason", "right after all")
    assert released.code == 0, released.err
    orders.build()
    assert orders.opus("push", "--live").code == 0
    assert quantities(stand_in) == before | {"K001": "2"}


@on("duckdb")
def test_what_somebody_worked_on_is_left_alone_and_listed(orders: Workspace, stand_in: StandIn) -> None:
    """An edited cell, a new item with a note of a person's: seen after a pull, and seen without one."""
    assert orders.opus("push", "--live").code == 0
    batch = batch_of(orders)
    _edit(stand_in, "K001", "numbers_1", "77")
    _edit(stand_in, "K031", "text_long", "mine")
    done = orders.opus("rollback", "--batch", batch, "--reason", "wrong", "--live", "--output", "json")
    assert done.code == 1, done.err
    (result,) = done.data["rollbacks"]
    assert {failure["record"] for failure in result["boards"][0]["failures"]} == {"K001", "K031"}
    assert quantities(stand_in)["K001"] == "77"
    assert "K031" in quantities(stand_in)
    assert "K032" not in quantities(stand_in)
    assert orders.opus("pull").code == 0
    orders.build()
    dry = orders.opus("rollback", "--batch", batch, "--reason", "wrong")
    assert dry.code == 1
    assert "left alone (2)" in dry.out


def test_a_rollback_asked_for_in_sql_is_carried_out(orders: Workspace, stand_in: StandIn) -> None:
    """`sp_rollback_batch` appends a request; `rollback --pending --live` does it, once."""
    before = quantities(stand_in)
    assert orders.opus("push", "--live").code == 0
    arguments = json.dumps({"batch_id": batch_of(orders), "reason": "asked in SQL"})
    asked = orders.dbt("run-operation", "sp_rollback_batch", "--args", arguments)
    assert asked.code == 0, asked.out
    assert orders.opus("rollback", "--pending", "--live").code == 0
    assert quantities(stand_in) == before
    sent = len(stand_in.mutations())
    again = orders.opus("rollback", "--pending", "--live")
    assert (again.code, again.out.strip()) == (0, "no rollback is asked for")
    assert len(stand_in.mutations()) == sent


@on("duckdb")
def test_a_batch_that_is_not_there_is_no_rollback(orders: Workspace) -> None:
    """The error names it."""
    done = orders.opus("rollback", "--batch", "nope", "--reason", "x", "--live")
    assert done.code == 2
    assert "there is no batch nope" in done.err


def _edit(stand_in: StandIn, key: str, column: str, value: str) -> None:
    """A person writes into a cell."""
    (item_id,) = (n for n, item in stand_in.items(ORDERS.id).items() if item["values"].get("text_key") == key)
    stand_in.edit(ORDERS.id, item_id, **{column: value})
