"""A push that is killed with a request in flight: whoever comes next finds out, and sends nothing to do so."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from integration.support.kinds import SERVERS, on
from integration.support.orders import CREATES, ORDERS, UPDATES
from integration.support.stand_in import StandIn
from integration.support.workspace import Done, Workspace

COMMANDS = (("push", "--resume"), ("pull",), ("push", "--live"))
QUICK = ("--vars", "{opus: {settle_seconds: 1}}")


def is_creation(data: dict[str, Any]) -> bool:
    """The answer to the request that makes the new orders."""
    return any(isinstance(value, dict) and "board" in value for value in data.values())


def killed_push(orders: Workspace, stand_in: StandIn) -> None:
    """A push whose first request has run when its process is killed."""
    with stand_in.holding(is_creation) as arrived:
        process = orders.start("push", "--live")
        arrived()
        process.kill()
        process.communicate()


def events(orders: Workspace) -> Counter[str]:
    """How many events of each kind there are."""
    rows = orders.rows("select event, count(*) from opus_sync.mon_operation_event group by event")
    return Counter({str(event): int(number) for event, number in rows})


def keys(stand_in: StandIn) -> Counter[str]:
    """How often each order stands on the board."""
    return Counter(item["values"]["text_key"] for item in stand_in.items(ORDERS.id).values())


@pytest.mark.parametrize(
    ("kind", "command"),
    [*(("duckdb", command) for command in COMMANDS), *((kind, COMMANDS[-1]) for kind in SERVERS)],
    ids=lambda given: given if isinstance(given, str) else " ".join(given),
    indirect=["kind"],
    scope="session",
)
def test_the_next_command_ends_what_was_open(orders: Workspace, stand_in: StandIn, command: tuple[str, ...]) -> None:
    """By reading: the new orders are found by their keys, recorded as written, and nothing is sent twice."""
    killed_push(orders, stand_in)
    assert events(orders) == {"SENT": CREATES}
    sent = len(stand_in.mutations())
    done = orders.opus(*command, *QUICK)
    assert f"{CREATES} rows of an earlier push have no known outcome" in done.err
    assert len(stand_in.mutations()) == sent
    assert events(orders) == {"SENT": CREATES, "SUCCEEDED": CREATES}
    assert done.code == (3 if "--live" in command else 0), done.err
    states = orders.rows("select event, successful_records from opus_sync.mon_batch_event order by seq")
    assert states[-1] == ("FAILED", CREATES)
    orders.build()
    assert orders.opus("push", "--live").code == 0
    assert set(keys(stand_in).values()) == {1}
    assert events(orders)["SUCCEEDED"] == CREATES + UPDATES


@on("duckdb")
def test_a_plan_says_that_rows_are_open_and_how_to_find_out(orders: Workspace, stand_in: StandIn) -> None:
    """A dry run looks at the warehouse only."""
    killed_push(orders, stand_in)
    plan = orders.opus("plan")
    assert plan.code == 3
    assert f"{CREATES} rows of an earlier push have no known outcome" in plan.out.replace("\n   ", "")
    assert "--resume" in plan.out


def test_a_request_that_was_lost_is_sent_again_by_the_push_itself(orders: Workspace, stand_in: StandIn) -> None:
    """It waits, looks, and goes on; every order is there once."""
    stand_in.configure(faults=[{"kind": "lost_request", "count": 1}, {"kind": "lost_answer", "count": 1, "skip": 1}])
    done = orders.opus("push", "--live", *QUICK)
    assert done.code == 0, done.err + done.out
    assert set(keys(stand_in).values()) == {1}
    assert events(orders)["SUCCEEDED"] == CREATES + UPDATES


def test_what_somebody_edited_since_the_build_is_not_written_over(orders: Workspace, stand_in: StandIn) -> None:
    """An edited cell and a key that appeared meanwhile stay as they are and are told; the rest is written."""
    stand_in.edit(ORDERS.id, 1001, numbers_1="77")
    stand_in.ask(
        'mutation ($v: JSON!) { create_item(board_id: 9001, item_name: "by hand", column_values: $v) { id } }',
        v='{"text_key": "K031"}',
    )
    done = orders.opus("push", "--live", "--output", "json")
    (board,) = done.data["boards"]
    assert (done.code, board["conflicts"], board["succeeded"]) == (1, 2, CREATES + UPDATES - 2)
    assert {failure["record"] for failure in board["failures"]} == {"K001", "K031"}
    assert stand_in.items(ORDERS.id)["1001"]["values"]["numbers_1"] == "77"
    assert keys(stand_in)["K031"] == 1


@on("duckdb")
def test_calls_of_the_day_that_do_not_suffice_refuse_before_anything_is_sent(
    orders: Workspace, stand_in: StandIn
) -> None:
    """With the numbers, and what to do."""
    stand_in.configure(calls_per_day=5)
    done = orders.opus("push", "--live")
    assert done.code == 3
    assert "calls, and" in done.err
    assert "after 00:00 UTC" in done.err
    assert stand_in.mutations() == []


@on("duckdb")
def test_a_lock_file_that_is_removed_stops_the_push(orders: Workspace, stand_in: StandIn) -> None:
    """Another process could hold the board by now: nothing more is sent."""

    def remove() -> None:
        for path in Path(orders.root).glob("*.orders.lock"):
            path.unlink()

    with stand_in.holding(is_creation) as arrived:
        process = orders.start("push", "--live")
        arrived()
        remove()
    out, _ = process.communicate()
    assert process.returncode == 1
    assert "was removed" in " ".join(out.split())
    assert len(stand_in.mutations()) == 1


@on("duckdb")
def test_batches_one_after_the_other(orders: Workspace, stand_in: StandIn) -> None:
    """`--sequential` keeps the order of batches; without batch_by there is one."""
    done: Done = orders.opus("push", "--live", "--sequential", "--fail-fast")
    assert done.code == 0, done.err
    assert events(orders)["SUCCEEDED"] == CREATES + UPDATES
