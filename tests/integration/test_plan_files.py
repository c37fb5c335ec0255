"""Plan files: written once, pushed once, as they were; and by somebody else's leave where a target asks for it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from integration.support.kinds import on
from integration.support.orders import CREATES, ON_BOARD, ORDERS, UPDATES, wanted
from integration.support.stand_in import StandIn
from integration.support.workspace import Done, Workspace
from opus_sync.plan.sealed import DIGEST, sealed

APPROVED = ("--vars", "{opus_require_approval: [prod]}")
SEND = ("push", "--plan", "plan.json", "--live")


def written(workspace: Workspace, *options: str) -> Any:
    """Write a plan file and return what it holds."""
    assert workspace.opus("plan", "--out", "plan.json", *options).code == 0
    return json.loads(path(workspace).read_text("utf-8"))


def path(workspace: Workspace) -> Path:
    return workspace.root / "plan.json"


def edited(workspace: Workspace, document: Any, **changes: Any) -> None:
    """Write the file with other values and a digest that fits them."""
    content = {name: value for name, value in document.items() if name != DIGEST}
    path(workspace).write_text(json.dumps(sealed({**content, **changes})), "utf-8")


def quantity(stand_in: StandIn, item: int) -> str:
    value: str = stand_in.items(ORDERS.id)[str(item)]["values"]["numbers_1"]
    return value


def refused(done: Done, said: str) -> bool:
    return done.code == 3 and said in done.err and "nothing was sent" in done.err


def test_a_plan_file_is_pushed_once(orders: Workspace, stand_in: StandIn) -> None:
    """A dry run says that it holds; the push sends it; after that it is used."""
    document = written(orders)
    dry = orders.opus("push", "--plan", "plan.json")
    assert (dry.code, stand_in.mutations()) == (0, [])
    assert f"plan {document['plan_id']}" in dry.out
    assert "still holds" in " ".join(dry.out.split())
    assert "next: opus-sync push --plan plan.json --live" in dry.out
    assert orders.opus("push", "--plan", "plan.json", "--key", "K001").code == 2

    sent = orders.opus(*SEND)
    assert sent.code == 0, sent.err
    assert set(orders.rows("select plan_id from opus_sync.mon_batch_event")) == {(document["plan_id"],)}
    ((rows,),) = orders.rows("select count(*) from opus_sync.mon_operation_event where event = 'SUCCEEDED'")
    assert rows == UPDATES + CREATES
    mutations = stand_in.mutations()
    assert refused(orders.opus(*SEND), "orders: the plan was used before: batch ")
    assert stand_in.mutations() == mutations


@on("duckdb")
def test_other_rows_may_be_pushed_meanwhile_its_own_may_not_change(orders: Workspace, stand_in: StandIn) -> None:
    """Only the rows of the file are compared, and only they are sent."""
    written(orders, "--key", "K002")
    assert orders.opus("push", "--key", "K001", "--live").code == 0
    sent = orders.opus(*SEND, "--no-promote")
    assert sent.code == 0, sent.err
    assert [quantity(stand_in, item) for item in (1001, 1002, 1003)] == ["2", "2", "1"]

    orders.build()
    written(orders, "--limit", "9")
    new = wanted(ON_BOARD + 1, ON_BOARD + CREATES, numbers_1="5")
    ORDERS.order(orders, [*wanted(3, 3, numbers_1="7"), *wanted(4, 10, numbers_1="2"), *new])
    orders.build()
    changed = orders.opus(*SEND)
    assert refused(changed, "of its 9 rows 1 is not to be sent any more: update item K003")
    assert "does not hold any more" in " ".join(orders.opus("push", "--plan", "plan.json").out.split())


@on("duckdb")
def test_a_file_that_was_changed_is_old_or_is_for_elsewhere_is_refused(orders: Workspace, stand_in: StandIn) -> None:
    """Before anything is sent, each with its reason."""
    document = written(orders)
    path(orders).write_text(json.dumps(document | {"created_by": "erin"}), "utf-8")
    assert refused(orders.opus(*SEND), "plan.json was changed after it was written")

    began = datetime.fromisoformat(document["created_at"])
    edited(orders, document, created_at=(began - timedelta(hours=25)).isoformat())
    assert refused(orders.opus(*SEND), "the plan has expired: it is 25.0 hours old, plan_hours is 24")
    assert refused(orders.opus("approve", "--plan", "plan.json"), "the plan has expired")
    edited(orders, document, created_at=(began + timedelta(hours=2)).isoformat())
    assert refused(orders.opus(*SEND), "minutes from now")

    edited(orders, document)
    assert refused(orders.opus(*SEND, "--vars", "{opus: {plan_hours: 0}}"), "the plan has expired")
    assert refused(orders.opus(*SEND, "--target", "dev"), "the plan is for target prod, this is target dev")
    assert orders.opus(*SEND[:1], "--plan", "no.json", "--live").code == 2
    assert stand_in.mutations() == []
    assert orders.rows("select * from opus_sync.mon_decision") == []
    assert orders.opus("push", "--plan", "plan.json").code == 0, "the file itself is good"


@on("duckdb")
def test_a_target_that_asks_for_approval_sends_what_somebody_else_approved(
    orders: Workspace, stand_in: StandIn
) -> None:
    """Not without a plan file, not with the leave of its author or of who pushes; an approval makes nothing stale."""
    dana, erin, frank = (orders.having(LOGNAME=name) for name in ("dana", "erin", "frank"))
    assert refused(dana.opus("push", "--live", *APPROVED), "target prod sends only approved plans")
    assert refused(dana.opus("retry", "--live", *APPROVED), "target prod sends only approved plans")
    document = written(dana, "--key", "K001")
    assert document["created_by"] == "dana"
    assert refused(erin.opus(*SEND, *APPROVED), "no approval by anybody but dana, who made it, and erin, who pushes it")

    for person in (dana, erin):
        assert person.opus("approve", "--plan", "plan.json", *APPROVED).code == 0
    assert refused(erin.opus(*SEND, *APPROVED), "approved by dana, erin alone")
    assert stand_in.mutations() == []
    approved = frank.opus("approve", "--plan", "plan.json", "--reason", "agreed on Monday", *APPROVED)
    assert approved.code == 0, approved.err
    decisions = orders.rows(
        "select decision, scope, plan_id, value_seen, decided_by, reason from opus_sync.mon_decision"
    )
    assert decisions[-1] == ("APPROVE", "plan", document["plan_id"], document["digest"], "frank", "agreed on Monday")

    sent = erin.opus(*SEND, *APPROVED)
    assert sent.code == 0, sent.err
    assert [quantity(stand_in, item) for item in (1001, 1002)] == ["2", "1"]
    assert refused(frank.opus("approve", "--plan", "plan.json"), "the plan was used before")
