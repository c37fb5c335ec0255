"""The registry on a project that was pulled and built: how boards stand, which labels changed, what remove does."""

from __future__ import annotations

import copy
import json

import yaml

from integration.support.kinds import on
from integration.support.orders import LABELS, ON_BOARD, on_board
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace


@on("duckdb")
def test_how_boards_stand(orders: Workspace, stand_in: StandIn) -> None:
    """Rows, extract, push and failures in list, status and summary; a removed board is skipped by the others."""
    before = orders.opus("board", "list", "--output", "json").data["boards"][0]
    assert (before["board"], before["items"], before["failures"], before["last_push_at"]) == (
        "orders", ON_BOARD, 0, None,
    )  # fmt: skip
    assert orders.opus("board", "summary").out.endswith("nothing needs attention\n")

    stand_in.configure(faults=[{"kind": "poison", "scope": "alias", "item_id": "1003", "code": "ColumnValueException"}])
    assert orders.opus("push", "--live", "--no-promote").code == 1
    after = orders.opus("board", "list", "--output", "json").data["boards"][0]
    assert (after["failures"], after["last_push_at"] is None) == (1, False)
    status = orders.opus("board", "status", "orders")
    assert status.code == 0
    assert "key: Order" in status.out and f"{ON_BOARD} items" in status.out and "failed last 1 row" in status.out
    assert "orders: 1 row failed last" in orders.opus("board", "summary").out

    tables = orders.fingerprint()
    assert orders.opus("board", "remove", "orders").code == 0
    assert yaml.safe_load((orders.root / "dbt_project.yml").read_text("utf-8"))["vars"]["opus_boards"] == {}
    assert "removed" in orders.opus("board", "list").out
    pulled = orders.opus("pull")
    assert (pulled.code, orders.fingerprint()) == (0, tables)
    assert "is not enabled" in orders.opus("push", "--select", "orders", "--live").err
    orders.build("--select", "mon_drift", "mon_conflicts", "mon_quarantine")


@on("duckdb")
def test_labels_that_changed_since_the_extract(orders: Workspace, stand_in: StandIn) -> None:
    """New, gone and renamed ones are told; the next build judges what is desired by them, so the exit code is 0."""
    state = copy.deepcopy(on_board())
    (status,) = (column for column in state["boards"][0]["columns"] if column["id"] == "status_1")
    labels = [{"id": at, "label": label, "index": at} for at, label in enumerate(LABELS) if label != "Done"]
    labels[1]["label"] = "Under Way"
    status["settings"] = {"labels": [*labels, {"id": 17, "label": "Late", "index": 17}]}
    stand_in.start_over(state)
    done = orders.opus("board", "diff", "--output", "json")
    (change,) = done.data["boards"][0]["labels"]
    assert done.code == 0, json.dumps(done.data)
    assert (change["new"], change["gone"], change["renamed"]) == (["Late"], ["Done"], [["In Progress", "Under Way"]])
