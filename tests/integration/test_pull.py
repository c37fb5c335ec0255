"""`opus-sync pull`: an extract is used only when it is whole; whatever goes wrong, the one before stays in force."""

from __future__ import annotations

import copy
import signal
from collections.abc import Callable
from typing import Any

import pytest

from integration.support.kinds import on
from integration.support.orders import ON_BOARD, ORDERS, on_board
from integration.support.stand_in import StandIn
from integration.support.workspace import Done, Workspace

SMALL_PAGES = ("pull", "--vars", "{opus: {page_size: 10, max_retries: 0}}")
WHOLE = ["STARTED", "LOADED", "ACTIVE"]
Data = dict[str, Any]


def events(workspace: Workspace) -> list[str]:
    return [status for (status,) in workspace.rows("select status from opus_sync.mon_extract order by seq")]


def active(workspace: Workspace) -> tuple[Any, ...]:
    """Return the extract in force and how many items it has."""
    *_, newest = workspace.rows(
        """
        select extracts.extract_id, count(items.monday_item_id)
        from opus_sync.mon_extract as extracts
        left join opus_sync.mon_raw_item as items on items.extract_id = extracts.extract_id
        where status = 'ACTIVE' group by extracts.extract_id, extracts.seq order by extracts.seq
        """
    )
    return newest


def rejected(workspace: Workspace, *command: str) -> tuple[Done, str]:
    """Pull in vain: the new extract is REJECTED, nothing of it is kept, and the old one stays in force.

    Returns the command and the reason in the table.
    """
    before = active(workspace)
    raw = [name for name in workspace.fingerprint() if ".mon_raw_" in name]
    tables = workspace.fingerprint()
    done = workspace.opus(*(command or ("pull",)))
    assert events(workspace) == [*WHOLE, "STARTED", "REJECTED"], done.err
    assert active(workspace) == before
    assert [name for name in raw if workspace.fingerprint()[name] != tables[name]] == []
    ((reason,),) = workspace.rows("select reason from opus_sync.mon_extract where status = 'REJECTED'")
    assert done.code == 1
    assert reason in done.err
    assert done.out == ""
    return done, reason


def test_a_pull_reads_only_and_puts_a_new_extract_in_force(orders: Workspace, stand_in: StandIn) -> None:
    """Pages of ten are put together to the whole board; monday is only asked."""
    before, state = active(orders), stand_in.state()
    done = orders.opus(*SMALL_PAGES)
    assert (done.code, events(orders)) == (0, [*WHOLE, *WHOLE])
    assert active(orders)[0] != before[0]
    assert active(orders)[1] == ON_BOARD
    assert stand_in.metrics()["mutations"] == 0
    assert stand_in.state() == state


@on("duckdb")
def test_a_server_that_breaks_down_in_the_middle(orders: Workspace, stand_in: StandIn) -> None:
    """The second page does not come."""
    stand_in.configure(faults=[{"kind": "server_error", "on": "query", "field": "next_items_page"}])
    _, reason = rejected(orders, *SMALL_PAGES)
    assert "monday" in reason


@on("duckdb")
def test_a_listing_that_is_short(orders: Workspace, stand_in: StandIn) -> None:
    """The board counts an item more than its pages hold."""

    def lose_one(data: Data) -> None:
        if "next_items_page" in data and len(data["next_items_page"]["items"]) == 10:
            data["next_items_page"]["items"].pop()

    with stand_in.tampering(lose_one):
        _, reason = rejected(orders, *SMALL_PAGES)
    assert "28" in reason
    assert str(ON_BOARD) in reason


@on("duckdb")
def test_an_item_that_is_listed_twice(orders: Workspace, stand_in: StandIn) -> None:
    """A page repeats an item in place of another, so that the count is right."""

    def repeat_one(data: Data) -> None:
        items = data.get("next_items_page", {}).get("items")
        if items:
            items[1] = items[0]

    with stand_in.tampering(repeat_one):
        _, reason = rejected(orders, *SMALL_PAGES)
    assert "twice" in reason


def _without(column_id: str) -> Callable[[Data], None]:
    def change(board: Data) -> None:
        board["columns"] = [column for column in board["columns"] if column["id"] != column_id]
        for item in board["items"]:
            item["values"].pop(column_id, None)

    return change


def _retyped(column_id: str, to: str) -> Callable[[Data], None]:
    def change(board: Data) -> None:
        _without(column_id)({**board, "columns": []})
        (column,) = (column for column in board["columns"] if column["id"] == column_id)
        column["type"] = to

    return change


@on("duckdb")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without("numbers_1"), ["numbers_1", "is not on board 9001", "boards/orders.yml:"]),
        (_retyped("numbers_1", "text"), ["numbers_1", "'text'", "not 'numbers'", "boards/orders.yml:"]),
    ],
    ids=["deleted", "retyped"],
)
def test_a_column_that_is_not_what_the_contract_says(
    orders: Workspace, stand_in: StandIn, change: Callable[[Data], None], said: list[str]
) -> None:
    """The contract's line and the column are named."""
    state = copy.deepcopy(on_board())
    change(state["boards"][0])
    stand_in.start_over(state)
    _, reason = rejected(orders)
    assert [part for part in said if part not in reason] == []


def test_a_pull_that_is_killed_leaves_no_more_than_its_beginning(orders: Workspace, stand_in: StandIn) -> None:
    """After SIGKILL between two pages the old extract stays, and the next pull finds neither lock nor leftovers."""
    before = active(orders)
    with stand_in.holding(lambda data: "next_items_page" in data) as arrived:
        pull = orders.start(*SMALL_PAGES)
        arrived()
        pull.send_signal(signal.SIGKILL)
        pull.communicate()
    assert events(orders) == [*WHOLE, "STARTED"]
    assert active(orders) == before

    assert orders.opus("pull").code == 0
    assert events(orders) == [*WHOLE, "STARTED", *WHOLE]
    assert active(orders)[1] == ON_BOARD


@on("duckdb")
@pytest.mark.parametrize("other", ["endpoint", "account"])
def test_another_endpoint_or_account_is_refused(orders: Workspace, stand_in: StandIn, other: str) -> None:
    """Ids of two accounts never meet in one set of tables."""
    if other == "account":
        stand_in.start_over({**on_board(), "account": {"id": "7002", "name": "Other"}})
        workspace = orders
    else:
        workspace = orders.having(MONDAY_API_URL=stand_in.url.replace("127.0.0.1", "localhost"))
    before = orders.fingerprint()
    done = workspace.opus("pull")
    assert done.code == 3
    assert "7001" in done.err
    assert ("7002" if other == "account" else "localhost") in done.err
    assert orders.fingerprint() == before


@on("duckdb")
def test_a_board_that_somebody_works_on_is_refused(orders: Workspace) -> None:
    """Pull and push of one board exclude each other, and it is said who holds it."""
    from opus_sync.warehouse.board_lock import board_lock

    before = orders.fingerprint()
    with board_lock(orders.root / "opus.duckdb.orders.lock", ORDERS.name):
        pulled, pushed = orders.opus("pull"), orders.opus("push", "--live")
    assert (pulled.code, pushed.code) == (3, 3)
    assert "board 'orders' is locked by" in pulled.err
    assert "board 'orders' is locked by" in pushed.err
    assert orders.fingerprint() == before
