"""Bad input: one or two lines that say what, where and what to do; the exit code; nothing half done; no token shown."""

from __future__ import annotations

import copy
import os
import socket
from collections.abc import Iterator

import duckdb
import pytest

from integration.support.kinds import on
from integration.support.orders import CREATES, ORDERS, UPDATES, on_board
from integration.support.stand_in import StandIn
from integration.support.workspace import DATABASE, TOKEN, Done, Workspace

LIVE = ("push", "--live")


@pytest.fixture(autouse=True)
def token_stays_secret(orders: Workspace) -> Iterator[None]:
    """Whatever a test of this file did, the token is in no file and no table afterwards."""
    yield
    assert orders.holders_of(TOKEN) == []


def in_vain(workspace: Workspace, *command: str) -> Done:
    """Run a command that must change nothing, on no board and in no table, and must not crash."""
    tables = workspace.fingerprint()
    done = workspace.opus(*command)
    assert workspace.fingerprint() == tables
    return told(done)


def told(done: Done) -> Done:
    """See that a command failed with a few lines for people."""
    assert done.code != 0, done.out
    assert done.out == ""
    assert "Traceback" not in done.err
    assert "defect" not in done.err
    assert TOKEN not in done.err
    assert 1 <= len(done.error_lines) <= 3, done.err
    return done


@on("duckdb")
def test_a_wrong_contract(orders: Workspace) -> None:
    """All problems of a contract come at once, each with file, line and place."""
    contract = ORDERS.contract()
    first, second, third = contract["models"][0]["columns"][:3]
    first["config"]["meta"]["monday"]["type"] = "numbres"
    second["config"]["meta"]["monday"]["direction"] = "both"
    third["config"]["meta"]["monday"]["colour"] = "red"
    contract["models"][0]["config"]["meta"]["monday"]["key"] = "Oder"
    ORDERS.write_contract(orders.root, contract)
    lines = (orders.root / "boards" / "orders.yml").read_text(encoding="utf-8").splitlines()
    wrong = {
        word: 1 + next(at for at, line in enumerate(lines) if word in line)
        for word in ("numbres", "both", "colour", "Oder")
    }
    done = orders.opus("plan")
    assert done.code == 2
    for word, line in wrong.items():
        (said,) = (text for text in done.error_lines if word in text)
        assert f"boards/orders.yml:{line} " in said
    assert "did you mean 'numbers'?" in done.err
    assert "did you mean 'Order'?" in done.err


@on("duckdb")
def test_no_token(orders: Workspace, stand_in: StandIn) -> None:
    """The variable to set is named, and nothing is asked of monday."""
    done = in_vain(orders.having(MONDAY_API_TOKEN=""), *LIVE)
    assert done.code == 3
    assert "set MONDAY_API_TOKEN" in done.err
    assert stand_in.metrics()["requests"] == 0


@on("duckdb")
def test_a_wrong_token(orders: Workspace, stand_in: StandIn) -> None:
    """monday refuses it: said with the variable, not with the token."""
    stand_in.start_over(on_board(), tokens=["another"])
    done = in_vain(orders, *LIVE)
    assert done.code == 1
    assert "MONDAY_API_TOKEN" in done.err
    assert stand_in.metrics()["mutations"] == 0


@on("duckdb")
def test_a_board_that_does_not_exist(orders: Workspace, stand_in: StandIn) -> None:
    """The id and the file it stands in are named; no extract of it is in force."""
    contract = ORDERS.contract()
    contract["models"][0]["config"]["meta"]["monday"]["board_id"] = 4711
    ORDERS.write_contract(orders.root, contract)
    done = told(orders.opus("pull"))
    assert done.code == 1
    assert "board 4711 does not exist" in done.err
    assert "boards/orders.yml" in done.err
    events = orders.rows("select monday_board_id, status from opus_sync.mon_extract order by seq")
    assert events[3:] == [(4711, "STARTED"), (4711, "REJECTED")]


@on("duckdb")
def test_a_contract_that_names_another_board_than_was_pulled(orders: Workspace, stand_in: StandIn) -> None:
    """Rows that were staged for one board are never sent under the name of another."""
    contract = ORDERS.contract()
    contract["models"][0]["config"]["meta"]["monday"]["board_id"] = 4711
    ORDERS.write_contract(orders.root, contract)
    done = in_vain(orders, *LIVE)
    assert done.code == 3
    assert "4711" in done.err
    assert stand_in.metrics()["mutations"] == 0


@on("duckdb")
def test_a_column_that_was_deleted_on_the_board(orders: Workspace, stand_in: StandIn) -> None:
    """New rows fail, each with what monday says and its payload; changes are conflicts; no item is made or lost."""
    state = copy.deepcopy(on_board())
    state["boards"][0]["columns"] = [column for column in state["boards"][0]["columns"] if column["id"] != "numbers_1"]
    for item in state["boards"][0]["items"]:
        del item["values"]["numbers_1"]
    stand_in.start_over(state)
    done = orders.opus(*LIVE, "--no-promote", "--limit", str(UPDATES))
    assert done.code == 1
    assert "numbers_1" in done.out
    assert stand_in.items(9001).keys() == {item["id"] for item in state["boards"][0]["items"]}
    failures = orders.rows("select error_message, api_payload from main.err_mon_updates")
    assert len(failures) == CREATES
    assert done.out.count("conflict: update") + done.out.count("failed: create") == 5
    assert f"{CREATES} failed, {UPDATES - CREATES} in conflict" in done.out
    assert [row for row in failures if "numbers_1" not in row[0] + row[1]] == []


@on("duckdb")
def test_a_column_that_is_marked_as_missing(orders: Workspace, stand_in: StandIn) -> None:
    """It is not read any more, and dbt names it where a desired model still wants to write it."""
    state = copy.deepcopy(on_board())
    state["boards"][0]["columns"] = [column for column in state["boards"][0]["columns"] if column["id"] != "numbers_1"]
    for item in state["boards"][0]["items"]:
        del item["values"]["numbers_1"]
    stand_in.start_over(state)
    contract = ORDERS.contract()
    (quantity,) = (column for column in contract["models"][0]["columns"] if column["name"] == "Qty")
    quantity["config"]["meta"]["monday"]["missing"] = True
    ORDERS.write_contract(orders.root, contract)
    orders.pull()
    built = orders.dbt("run", "--select", "+staged_orders_items")
    assert built.code == 1
    assert "manages columns that are no longer on the board: Qty" in built.out
    assert orders.rows('select count(*), count("Qty") from main.mon_orders') == [(30, 0)]


@on("duckdb")
def test_a_warehouse_file_that_another_process_holds(orders: Workspace, stand_in: StandIn) -> None:
    """The file and the process that has it are named; nothing is sent."""
    before = orders.fingerprint()
    with duckdb.connect(str(orders.root / DATABASE)):
        done = told(orders.opus(*LIVE))
    assert done.code == 1
    assert str(orders.root / DATABASE) in done.err
    assert f"process {os.getpid()}" in done.err
    assert orders.fingerprint() == before
    assert stand_in.metrics()["mutations"] == 0


@on("duckdb")
def test_a_server_that_cannot_be_reached(orders: Workspace) -> None:
    """Its address is named."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/v2"
        done = in_vain(orders.having(MONDAY_API_URL=url), *LIVE)
    assert done.code == 1
    assert f"monday is not reachable at {url}" in done.err
    assert "MONDAY_API_URL" in done.err


@on("duckdb", "postgres")
def test_a_staged_table_that_is_missing(orders: Workspace, stand_in: StandIn) -> None:
    """The table and the command that builds it are named."""
    orders.change("drop table main.staged_orders_items cascade")
    done = in_vain(orders, *LIVE)
    assert done.code == 1
    assert "staged_orders_items" in done.err
    assert "dbt build --select +staged_orders_items" in done.err
    assert stand_in.metrics()["mutations"] == 0


@on("duckdb")
def test_a_project_that_was_pulled_but_never_built(orders: Workspace, stand_in: StandIn) -> None:
    """A push needs a build on record, and says which."""
    orders.change("delete from opus_sync.mon_build_event")
    done = in_vain(orders, *LIVE)
    assert done.code == 3
    assert "no dbt build of staged_orders_items is recorded" in done.err
    assert stand_in.metrics()["mutations"] == 0


@on("duckdb", "postgres")
def test_tables_of_the_runner_that_are_not_there(orders: Workspace) -> None:
    """The command that makes them is named."""
    orders.change("drop schema opus_sync cascade")
    done = told(orders.opus("plan"))
    assert done.code == 1
    assert "opus-sync pull" in done.err


@on("duckdb")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--project-dir", ".."), ["there is no dbt_project.yml in", "--project-dir"]),
        (("--target", "nowhere"), ["nowhere", "--target"]),
        (("--select", "oders"), ["oders", "'orders'"]),
        (("--vars", "{a: [}"), ["--vars is not YAML"]),
        (("--vars", "{opus: {max_bath_size: 5}}"), ["max_bath_size", "did you mean 'max_batch_size'?"]),
        (("--vars", "{opus_boards: {oders: [items]}}"), ["opus_boards", "oders"]),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_wrong_usage(orders: Workspace, options: tuple[str, ...], said: list[str]) -> None:
    """The option and what it should be are named."""
    done = in_vain(orders, *LIVE, *options)
    assert done.code == 2
    assert [part for part in said if part not in done.err] == []


@on("duckdb")
def test_a_wrong_option_is_refused_by_the_command_line(orders: Workspace) -> None:
    """Exit code 2 with the command's usage."""
    done = orders.opus("push", "--live", "--limit", "0")
    assert done.code == 2
    assert "--limit" in done.err
