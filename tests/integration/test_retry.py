"""`opus-sync retry`: what failed goes out again when its cause is gone, and nothing else does."""

from __future__ import annotations

from integration.support.kinds import on
from integration.support.orders import ORDERS, wanted
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace

POISON = [{"kind": "poison", "scope": "alias", "item_id": "1003", "code": "ColumnValueException"}]


@on("duckdb")
def test_a_retry_sends_what_failed_and_nothing_else(orders: Workspace, stand_in: StandIn) -> None:
    """The failed row is held until then; batch and error type narrow the choice."""
    stand_in.configure(faults=POISON)
    assert orders.opus("push", "--live").code == 1
    stand_in.configure(faults=[])
    ORDERS.order(orders, [*wanted(1, 3, numbers_1="2"), *wanted(12, 12, numbers_1="9")])
    orders.build()
    holds = {row["record_key"]: row["hold_reason"] for row in ORDERS.staged(orders)}
    assert holds == {"K003": "FAILED_BEFORE", "K012": None}

    ((batch,),) = orders.rows("select distinct batch_id from opus_sync.mon_operation_event where event = 'FAILED'")
    before = stand_in.mutations()
    for words in (("--batch", "another"), ("--error-type", "Another"), ("--key", "K012")):
        nothing = orders.opus("retry", *words)
        assert (nothing.code, "nothing to push" in nothing.out) == (0, True), nothing.out
    dry = orders.opus("retry", "--batch", batch)
    assert dry.code == 0
    assert "update item K003" in dry.out
    assert "K012" not in dry.out
    assert f"next: opus-sync retry --batch {batch} --live" in dry.out
    assert stand_in.mutations() == before

    done = orders.opus("retry", "--batch", batch, "--error-type", "ColumnValueException", "--live")
    assert done.code == 0, done.err
    items = stand_in.items(ORDERS.id)
    assert [items[str(item)]["values"]["numbers_1"] for item in (1003, 1012)] == ["2", "1"]
    assert "nothing to push" in orders.opus("retry").out
