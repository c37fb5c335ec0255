"""`history` and `errors` after a push of which a row failed, and its log as events."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from integration.support.orders import CREATES, UPDATES, orders_copy, orders_workspace
from integration.support.stand_in import StandIn
from integration.support.workspace import TOKEN, Done, Workspace

POISON = {"kind": "poison", "scope": "alias", "item_id": "1003", "code": "ColumnValueException"}
ROWS = UPDATES + CREATES


@pytest.fixture(scope="module")
def pushed(
    builds: Callable[..., Workspace], stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Workspace, Done]:
    """A push of which one row failed, with its log as JSON; nothing of it is changed by the tests."""
    workspace = orders_copy(builds(orders_workspace, "duckdb"), tmp_path_factory.mktemp("pushed") / "orders", stand_in)
    stand_in.configure(faults=[POISON])
    done = workspace.opus("push", "--live", "--no-promote", "--log-format", "json")
    assert done.code == 1, done.err
    return workspace.having(MONDAY_API_TOKEN=""), done


def data(workspace: Workspace, *arguments: str) -> Any:
    done = workspace.opus(*arguments, "--output", "json")
    assert done.code == 0, done.err
    return done.data


def fitting(done: Done) -> str:
    """Return what a command says, on one line; all of it fits a terminal."""
    assert done.code == 0, done.err
    assert [line for line in done.out.splitlines() if len(line) > 80] == []
    return " ".join(done.out.split())


def test_a_project_without_tables_has_no_history(tmp_path: Path, pushed: tuple[Workspace, Done]) -> None:
    workspace, _ = pushed
    empty = tmp_path / "empty"
    for part in ("boards", "models", "macros", "dbt_project.yml", "profiles.yml"):
        empty.mkdir(exist_ok=True)
        (empty / part).symlink_to(workspace.root / part)
    nothing = Workspace(empty, workspace.environment, workspace.warehouse)
    for command in ("history", "errors"):
        done = nothing.opus(command)
        assert (done.code, done.out) == (0, "nothing was done yet: run `opus-sync pull`\n")


def test_the_log_of_a_push_tells_what_went_out_and_what_came_back(pushed: tuple[Workspace, Done]) -> None:
    """Each line an event; requests, batches and rows bear the ids that the tables have, and nothing is a secret."""
    workspace, done = pushed
    events = [json.loads(line) for line in done.err.splitlines()]
    named: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        named.setdefault(event["event"], []).append(event)
    writes = [event for event in named["request_sent"] if "rows" in event]
    assert sum(event["rows"] for event in writes) >= ROWS
    recorded = {row[0] for row in workspace.rows("select distinct request_id from opus_sync.mon_operation_event")}
    assert {event["request_id"] for event in writes} == recorded - {None}
    answered = {event["request_id"] for event in named["request_answered"]}
    assert answered == {event["request_id"] for event in named["request_sent"]}
    batches = workspace.rows("select batch_id, event from opus_sync.mon_batch_event order by seq")
    assert [(event["batch"], event["status"]) for event in named["batch_event"]] == batches
    (row,) = named["row_not_written"]
    assert (row["status"], row["error_type"], row["board"]) == ("FAILED", "ColumnValueException", "orders")
    (ended,) = named["push_ended"]
    assert (ended["rows"], ended["succeeded"], ended["failed"]) == (ROWS, ROWS - 1, 1)
    assert named["command_ended"][0]["exit_code"] == 1
    assert TOKEN not in done.err
    assert "Error" not in done.out and f"{ROWS - 1} succeeded, 1 failed" in done.out


def test_history_lists_batches_and_shows_one_in_full(pushed: tuple[Workspace, Done]) -> None:
    workspace, _ = pushed
    (batch,) = data(workspace, "history")["batches"]
    assert (batch["kind"], batch["state"], batch["rows"], batch["succeeded"], batch["failed"]) == (
        "push", "FAILED", ROWS, ROWS - 1, 1,
    )  # fmt: skip
    words = fitting(workspace.opus("history"))
    assert f"orders - failed {ROWS - 1} 1 0 {batch['batch_id']} push by" in words
    detail = data(workspace, "history", "--batch", batch["batch_id"])["batch"]
    assert {(one["operation"], one["status"], one["rows"]) for one in detail["operations"]} == {
        ("CREATE", "SUCCEEDED", CREATES), ("UPDATE", "SUCCEEDED", UPDATES - 1), ("UPDATE", "FAILED", 1),
    }  # fmt: skip
    ((cells,),) = workspace.rows("select count(*) from opus_sync.mon_update_audit_log")
    assert (detail["cells_written"], detail["settings"]["max_batch_size"]) == (cells, 100)
    assert [one["error_type"] for one in detail["errors"]] == ["ColumnValueException"]
    shown = fitting(workspace.opus("history", "--batch", batch["batch_id"]))
    assert f"to undo opus-sync rollback --batch {batch['batch_id']} --reason WHY" in shown

    unknown = workspace.opus("history", "--batch", "nope")
    assert unknown.code == 2
    assert unknown.error_lines == [
        "Error: no selected board has a batch nope",
        f"The last ones are {batch['batch_id']}.",
    ]


def test_errors_stand_by_type_and_one_has_its_payload(pushed: tuple[Workspace, Done]) -> None:
    workspace, _ = pushed
    found = data(workspace, "errors")
    (kind,) = found["types"]
    (row,) = kind["rows"]
    assert (kind["error_type"], kind["open"], kind["boards"]) == ("ColumnValueException", 1, ["orders"])
    assert found["next"] == [
        f"opus-sync errors --id {row['err_id']}",
        "opus-sync retry --select orders --error-type ColumnValueException",
    ]
    assert "way out monday does not take a value of the row" in fitting(workspace.opus("errors"))
    one = data(workspace, "errors", "--id", row["err_id"])["failure"]
    assert (one["monday_item_id"], one["payload"]["variables"]["item_id"]) == ("1003", "1003")
    assert one["staged_row"]["update_operation"] == "UPDATE"
    assert '"item_id": "1003"' in workspace.opus("errors", "--id", row["err_id"]).out
    assert data(workspace, "errors", "--error-type", "Other")["failures"] == 0
    assert workspace.opus("errors", "--id", "nope").code == 2
    assert workspace.opus("errors", "--id", row["err_id"], "--days", "3").code == 2
    status = workspace.opus("status", "--use-colors").out
    assert "opus-sync errors --select orders" in status and "\x1b[31m1 row (1 ColumnValueException)\x1b[0m" in status
