"""A push tried out on a copy, in a target of its own, leaves production as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from integration.support.kinds import on
from integration.support.orders import ORDERS, on_board
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace
from monday_sandbox import Options, running
from monday_sandbox.serving import Running

pytestmark = on("duckdb")

COPY = ("--target", "sandbox")


@dataclass(frozen=True)
class Rehearsal:
    """Production after a part of its rows was pushed, and its copy, pulled from the sandbox and built."""

    production: Workspace
    copy: Workspace
    sandbox: Running


@pytest.fixture(scope="module")
def rehearsal(
    built_orders: Workspace, stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rehearsal]:
    """Six new orders are written at production, which pulled before that; then the board is copied."""
    production = built_orders.copy(tmp_path_factory.mktemp("rehearsal") / "orders")
    stand_in.start_over(on_board())
    _name_targets(production.root)
    pushed = production.opus("push", "--live", "--limit", "6")
    assert pushed.code == 0, pushed.err
    with running({"boards": []}, Options(complexity_per_minute=10**9)) as other:
        port = other.base.rpartition(":")[2]
        copy = production.having(MONDAY_API_URL=other.url)
        loaded = copy.opus("sandbox", "load", "--select", "orders", "--port", port)
        assert loaded.code == 0, loaded.err
        assert copy.opus("pull", *COPY).code == 0
        copy.build(*COPY)
        yield Rehearsal(production, copy, other)


def test_the_plan_on_the_copy_is_that_on_the_original(rehearsal: Rehearsal) -> None:
    """Same items under the same ids, as they stand after what was written since the pull; same rows to send."""
    original, copy = planned(rehearsal.production), planned(rehearsal.copy, *COPY)
    assert len(original) == 10
    assert copy == original


def test_a_push_on_the_copy_leaves_production_as_it_is(rehearsal: Rehearsal, stand_in: StandIn) -> None:
    """What the rehearsal writes stands on the copy, and nowhere in production's rows or on its board."""
    production, board = rehearsal.production, stand_in.state()
    before, plan = rows_of_production(production), planned(production)
    done = rehearsal.copy.opus("push", "--live", *COPY)
    assert done.code == 0, done.err
    assert quantities(rehearsal).count("2") == 10
    assert planned(rehearsal.copy, *COPY) == []
    assert (rows_of_production(production), stand_in.state(), planned(production)) == (before, board, plan)


def test_a_reset_brings_back_what_was_loaded(rehearsal: Rehearsal) -> None:
    """After it the copy is as it was loaded, with what production had written by then."""
    port = rehearsal.sandbox.base.rpartition(":")[2]
    assert rehearsal.copy.opus("sandbox", "reset", "--port", port).code == 0
    assert rehearsal.sandbox.sandbox.store.account.id == "7001"
    assert sorted(quantities(rehearsal)) == ["1"] * 30 + ["5"] * 6


def test_a_rehearsal_never_speaks_to_monday(rehearsal: Rehearsal) -> None:
    """Where the address of the sandbox was forgotten, nothing is read or sent."""
    forgotten = rehearsal.copy.having(MONDAY_API_URL="")
    for command in ("pull", "plan", "push"):
        done = forgotten.opus(command, *COPY)
        assert done.code == 3
        assert "rehearses 'prod' and may not speak to https://api.monday.com/v2" in done.err


def test_a_copy_is_written_to_a_file_and_to_no_other_file(rehearsal: Rehearsal, tmp_path: Path) -> None:
    """`--state` writes what `sandbox serve --state` reads; a file that is anything else stays."""
    copy, file = rehearsal.copy, tmp_path / "copy.json"
    for _ in range(2):
        assert copy.opus("sandbox", "load", "--state", str(file)).code == 0
    assert [len(board["items"]) for board in json.loads(file.read_text())["boards"]] == [36]
    file.write_text("[1]")
    done = copy.opus("sandbox", "load", "--state", str(file))
    assert (done.code, file.read_text()) == (2, "[1]")
    assert "is no state of a sandbox" in done.err


def test_where_no_sandbox_answers_it_says_how_to_start_one(rehearsal: Rehearsal) -> None:
    """Loading and resetting name the command."""
    for verb in ("load", "reset"):
        done = rehearsal.copy.opus("sandbox", verb, "--port", "9")
        assert done.code == 1
        assert "no sandbox answers at http://127.0.0.1:9" in done.err
        assert "opus-sync sandbox serve --empty --port 9" in done.err


def test_tables_of_one_endpoint_are_not_filled_from_another(rehearsal: Rehearsal, stand_in: StandIn) -> None:
    """A pull or push of production from elsewhere is refused, and says where its tables belong."""
    for command in (("pull",), ("push", "--live")):
        done = rehearsal.copy.opus(*command)
        assert done.code == 3
        assert stand_in.url in done.err


def planned(workspace: Workspace, *options: str) -> list[dict[str, Any]]:
    """Return the rows of a plan without what names the build."""
    done = workspace.opus("plan", "--output", "json", *options)
    assert done.code == 0, done.err
    rows = [row for board in done.data["boards"] for row in board["rows"]]
    return [{name: row[name] for name in row if name not in ("stg_id", "digest", "update_batch_id")} for row in rows]


def quantities(rehearsal: Rehearsal) -> list[str]:
    """Return the quantities on the copy's board."""
    items = rehearsal.sandbox.sandbox.store.boards[str(ORDERS.id)].active_items()
    return [item.cells["numbers_1"].data for item in items]


def rows_of_production(workspace: Workspace) -> Any:
    """Return what production's tables hold."""
    tables = workspace.fingerprint()
    return {name: found for name, found in tables.items() if name.split(".")[0] in ("main", "opus_sync")}


def _name_targets(root: Path) -> None:
    """Give the project a target for rehearsals, beside a contract that knows production's board alone."""
    profile = yaml.safe_load((root / "profiles.yml").read_text())
    outputs = profile["opus_sync"]["outputs"]
    outputs["sandbox"] = {**outputs["prod"], "schema": "rehearsal"}
    (root / "profiles.yml").write_text(yaml.safe_dump(profile))
    project = yaml.safe_load((root / "dbt_project.yml").read_text())
    project["vars"]["opus_schema"] = {"prod": project["vars"]["opus_schema"], "sandbox": "opus_rehearsal"}
    project["vars"]["opus_rehearsals"] = {"sandbox": "prod"}
    (root / "dbt_project.yml").write_text(yaml.safe_dump(project))
    contract = ORDERS.contract()
    contract["models"][0]["config"]["meta"]["monday"]["board_id"] = {"prod": ORDERS.id}
    ORDERS.write_contract(root, contract)
