"""`opus-sync hold` and `release`: rows that people keep back, and edits that they give way to."""

from __future__ import annotations

import requests

from integration.support.kinds import on
from integration.support.orders import ORDERS
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace

QUANTITY = """
mutation ($board: ID!, $item: ID!, $quantity: String!) {
  change_simple_column_value(board_id: $board, item_id: $item, column_id: "numbers_1", value: $quantity) { id }
}
"""


def edit(stand_in: StandIn, item: int, quantity: str) -> None:
    """Change a quantity as a person would."""
    variables = {"board": str(ORDERS.id), "item": str(item), "quantity": quantity}
    answer = requests.post(
        stand_in.url, json={"query": QUANTITY, "variables": variables}, headers={"Authorization": "planner"}, timeout=10
    )
    assert "errors" not in answer.json()


def holds(workspace: Workspace) -> dict[str, str | None]:
    """Build, and return the reason to hold of each staged record."""
    workspace.build()
    return dict(workspace.rows("select record_key, hold_reason from main.staged_orders_items"))


@on("duckdb")
def test_a_held_record_stays_until_it_is_released(orders: Workspace, stand_in: StandIn) -> None:
    """HOLD keeps one row back and no other; RELEASE of the same key lets it through."""
    assert orders.opus("hold", "--key", "K001", "--reason", "not signed off").code == 0
    assert orders.opus("push", "--live").code == 3, "the staged rows do not know of the decision yet"
    held = holds(orders)
    assert {key for key, reason in held.items() if reason} == {"K001"}
    assert orders.opus("push", "--live").code == 0
    assert stand_in.items(ORDERS.id)["1001"]["values"]["numbers_1"] == "1"
    assert orders.opus("release", "--key", "K001", "--reason", "signed off").code == 0
    assert holds(orders) == {"K001": None}
    assert orders.opus("push", "--live").code == 0
    assert stand_in.items(ORDERS.id)["1001"]["values"]["numbers_1"] == "2"


@on("duckdb")
def test_a_conflict_is_released_over_the_value_that_was_seen(orders: Workspace, stand_in: StandIn) -> None:
    """An edit holds the row; a release lets it through, but not over another edit made since."""
    edit(stand_in, 1001, "7")
    assert orders.opus("pull").code == 0
    assert holds(orders)["K001"] == "CONFLICT"
    assert orders.opus("release", "--key", "K001", "--reason", "agreed").code == 0
    assert holds(orders)["K001"] is None
    edit(stand_in, 1001, "8")
    assert orders.opus("pull").code == 0
    assert holds(orders)["K001"] == "CONFLICT"


@on("duckdb")
def test_a_decision_says_what_it_is_about(orders: Workspace) -> None:
    """A key that is not held, no scope, two scopes and an unknown column are wrong usage; nothing is appended."""
    before = orders.fingerprint()
    for words, said in (
        (("release", "--key", "K001"), "nothing of K001 is held on orders"),
        (("hold",), "name one scope"),
        (("hold", "--key", "K001", "--batch-key", "x"), "name one scope"),
        (("hold", "--key", "K001", "--column", "Qyt"), "no column 'Qyt'"),
    ):
        done = orders.opus(*words, "--reason", "why")
        assert (done.code, said in done.err) == (2, True), done.err
    assert orders.fingerprint() == before
