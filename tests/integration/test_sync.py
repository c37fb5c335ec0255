"""Pull, build and push in one go: what fails stops what depends on it, and the summary says so."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from integration.support.kinds import on
from integration.support.orders import ORDERS, as_wanted, on_board, quantities
from integration.support.pair import STYLES_ID, pair_workspace, styles, styles_seed
from integration.support.stand_in import StandIn
from integration.support.workspace import TOKEN, Workspace

pytestmark = on("duckdb")


@pytest.fixture
def shops(kind: str, stand_in: StandIn, tmp_path: Path) -> Iterator[Workspace]:
    """A project of two boards of one account, of which nothing was pulled; each has something to send."""
    seed = on_board()
    seed["boards"] += styles_seed()["boards"]
    stand_in.start_over(seed)
    environment = {"MONDAY_API_URL": stand_in.url, "MONDAY_API_TOKEN": TOKEN}
    yield pair_workspace(tmp_path / "shops", environment, styles())
    shutil.rmtree(tmp_path)


def steps(data: Any) -> dict[str, tuple[str, list[str]]]:
    """Return step -> outcome and boards."""
    return {step["name"]: (step["outcome"], step["boards"]) for step in data["steps"]}


def notes(stand_in: StandIn) -> list[str]:
    """Return the notes on the board of styles."""
    return [item["values"]["text_note"] for item in stand_in.items(STYLES_ID).values()]


def test_boards_go_their_way_together_and_each_stops_for_itself(shops: Workspace, stand_in: StandIn) -> None:
    """First a dry run, then a board whose test fails while the other is sent, then one that is gone from monday."""
    (shops.root / "tests").mkdir()
    gate = shops.root / "tests" / "gate.sql"
    gate.write_text("select * from {{ ref('staged_styles_items') }} where 1 = 0\n")
    done = shops.opus("sync", "--output", "json")
    assert done.code == 0, done.err
    both = ["orders", "styles"]
    assert steps(done.data) == {"pull": ("done", both), "build": ("done", both), "plan": ("done", both)}
    assert [len(board["rows"]) for board in done.data["steps"][2]["result"]["boards"]] == [16, 1]
    assert stand_in.mutations() == []

    gate.write_text("select * from {{ ref('staged_styles_items') }}\n")
    done = shops.opus("sync", "--live", "--no-promote")
    assert done.code == 1
    assert (quantities(stand_in), notes(stand_in)) == (as_wanted(), ["old"])
    summary = done.out[done.out.index("pull  ") :].splitlines()
    assert summary[0].startswith("pull  done in ")
    assert any(line.startswith("build done in part in ") and line.endswith(": orders") for line in summary)
    assert "styles left out: styles: 1 nodes of its last dbt build are not good: gate" in " ".join(summary)
    assert summary[-1].startswith("push  done in ")

    gate.write_text("select * from {{ ref('staged_styles_items') }} where 1 = 0\n")
    state = stand_in.state()
    stand_in.start_over({**state, "boards": [board for board in state["boards"] if board["id"] != str(ORDERS.id)]})
    done = shops.opus("sync", "--live", "--no-promote", "--output", "json")
    assert done.code == 1
    assert notes(stand_in) == ["new"]
    assert steps(done.data) == {
        "pull": ("done in part", ["styles"]), "build": ("done", ["styles"]), "push": ("done", ["styles"]),
    }  # fmt: skip
    assert "board 9001 does not exist" in done.data["steps"][0]["left_out"]["orders"]


def test_nothing_follows_a_step_that_failed(orders: Workspace, stand_in: StandIn) -> None:
    """A pull that is refused, a model that does not run, a guard that trips: each says what was not done."""
    tokenless = orders.having(MONDAY_API_TOKEN="").opus("sync", "--live", "--output", "json")
    assert tokenless.code == 3
    assert steps(tokenless.data) == {"pull": ("refused", []), "build": ("not done", []), "push": ("not done", [])}
    assert "there is no token" in tokenless.data["steps"][0]["error"]

    guarded = orders.opus("sync", "--live", "--vars", json.dumps({"opus_require_approval": ["prod"]}))
    assert (guarded.code, guarded.out) == (3, "")
    assert "sends only approved plans" in guarded.err

    desired = orders.root / "models" / "desired" / "desired_orders_items.sql"
    desired.write_text("select nothing_of_the_kind from shop.orders\n")
    broken = orders.opus("sync", "--live")
    assert broken.code == 1
    assert "build failed in " in broken.out
    assert "desired_orders_items" in broken.out
    assert broken.out.splitlines()[-2:] == ["push  not done", "  the build failed"]
    assert stand_in.mutations() == []
