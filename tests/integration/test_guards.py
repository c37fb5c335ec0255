"""Guards with the real commands: a push that would change too much is refused until somebody lifts the guard."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Any

from integration.support.kinds import on
from integration.support.orders import CREATES, ON_BOARD, ORDERS, UPDATES
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace

SAID = f"orders: {UPDATES} of {ON_BOARD} items would be changed (33.3 %, limit 10 %)"


def guarded(workspace: Workspace, guards: Any) -> None:
    """Set the guards of the board's contract."""
    contract = ORDERS.contract()
    contract["models"][0]["config"]["meta"]["monday"]["guards"] = guards
    ORDERS.write_contract(workspace.root, contract)


@on("duckdb")
def test_a_push_over_a_limit_is_refused_until_its_guard_is_lifted(orders: Workspace, stand_in: StandIn) -> None:
    """Exit 3 with the numbers and the way out; what was lifted stands with the batch."""
    guarded(orders, {"changes": {"share": 0.1, "base": 5}})
    plan, before = orders.opus("plan"), orders.fingerprint()
    assert plan.code == 3
    assert f"a push would be refused: {SAID}" in " ".join(plan.out.split())
    assert "update item K001" in plan.out, "the plan is shown all the same"
    refused = orders.opus("push", "--live", "--lift", "removals")
    assert (refused.code, refused.error_lines) == (
        3,
        [
            f"Error: {SAID}",
            "look at the plan; if it is meant, `opus-sync push --lift changes --live`; nothing was sent",
        ],
    )
    assert (stand_in.mutations(), orders.fingerprint()) == ([], before)

    few = orders.opus("push", "--limit", str(CREATES + 5))
    assert few.code == 0, "only the rows that would be sent are judged"
    lifted = orders.opus("push", "--live", "--no-promote", "--lift", "changes", "--lift", "removals")
    assert lifted.code == 0, lifted.err
    assert set(orders.rows("select guard_lifted from opus_sync.mon_batch_event")) == {("changes",)}


@on("duckdb")
def test_a_guard_that_does_not_exist_cannot_be_lifted(orders: Workspace) -> None:
    """Wrong usage, with the names there are."""
    done = orders.opus("push", "--live", "--lift", "deletes")
    assert done.code == 2
    assert "--lift deletes: there is no such guard; known: changes, cleared_cells, creates, " in done.err


@on("duckdb")
def test_an_old_extract_is_refused_until_the_board_is_pulled(orders: Workspace, stand_in: StandIn) -> None:
    """The age counts from the extract's begin."""
    long_ago = datetime.now(timezone.utc) - timedelta(hours=30)
    orders.change(f"update opus_sync.mon_extract set recorded_at = '{long_ago:%Y-%m-%d %H:%M:%S}'")
    refused = orders.opus("push", "--live")
    assert refused.code == 3
    assert re.search(r"orders: its extract began 3\d\.\d hours ago \(limit 24\)", refused.err)
    assert "run `opus-sync pull --select orders`" in refused.err
    assert stand_in.mutations() == []
    guarded(orders, {"extract_age": False})
    assert orders.opus("push").code == 0
