"""`debug` says of each part whether it is good to go, whatever else is broken, and leaves nothing behind."""

from __future__ import annotations

import json
from typing import Any

from integration.support.kinds import on
from integration.support.orders import ORDERS
from integration.support.stand_in import StandIn
from integration.support.workspace import TOKEN, Done, Workspace


def verdicts(done: Done) -> dict[str, str]:
    """Return part -> verdict."""
    return {check["part"]: check["verdict"] for check in done.data["checks"]}


def check(done: Done, part: str) -> Any:
    """Return one check."""
    return next(check for check in done.data["checks"] if check["part"] == part)


def test_everything_is_good_to_go_and_stays_as_it_is(orders: Workspace, stand_in: StandIn) -> None:
    """Each part is looked at; the row that was tried is gone, no mutation is sent and the token is not shown."""
    before = orders.fingerprint()
    done = orders.opus("debug", "--output", "json")
    assert done.code == 0, done.out
    parts = ("project", "contracts", "warehouse", "tables", "board orders", "token", "writes")
    assert verdicts(done) == dict.fromkeys(parts, "good to go")
    assert "appended and taken back" in check(done, "warehouse")["found"]
    assert "9 columns of the contract as on the board" in check(done, "board orders")["found"]
    found = check(done, "token")["found"]
    assert "account Acme (7001), user Ada (101), plan standard" in found
    assert "calls used today" in found
    assert {"board": None, "name": "threads", "value": 4, "origin": "default", "meaning": "boards side by side"} in (
        done.data["settings"]
    )
    assert TOKEN not in done.out + done.err
    assert orders.fingerprint() == before
    assert stand_in.mutations() == []


@on("duckdb")
def test_what_is_broken_is_named_with_what_to_do_and_hides_nothing_else(orders: Workspace) -> None:
    """No token, a column that the board has not, an old extract, contracts with mistakes, no warehouse, no profile."""
    contract = ORDERS.contract()
    monday = contract["models"][0]["config"]["meta"]["monday"]
    monday["settings"] = {"max_batch_size": 7}
    contract["models"][0]["columns"][5]["config"]["meta"]["monday"]["id"] = "text_gone"
    ORDERS.write_contract(orders.root, contract)
    done = orders.having(MONDAY_API_TOKEN="").opus("debug", "--output", "json", "--vars", "{opus: {threads: 2}}")
    assert done.code == 1
    assert [part for part, verdict in verdicts(done).items() if verdict == "not good"] == ["board orders", "token"]
    assert "text_gone" in check(done, "board orders")["found"]
    assert "opus-sync pull --select orders" in check(done, "board orders")["todo"]
    assert "set MONDAY_API_TOKEN to" in check(done, "token")["todo"]
    settings = {(one["board"], one["name"]): (one["value"], one["origin"]) for one in done.data["settings"]}
    assert settings[None, "threads"] == (2, "--vars")
    assert settings["orders", "max_batch_size"] == (7, "boards/orders.yml")

    monday["guards"] = {"extract_age": {"hours": 0.0000001}}
    ORDERS.write_contract(orders.root, ORDERS.contract() | {"models": [contract["models"][0] | ORDERS_COLUMNS]})
    done = orders.opus("debug")
    assert done.code == 1
    assert "old, and a push is refused when it is older than 1e-07 h" in " ".join(done.out.split())
    assert "1 of 7 parts need something" in done.out

    monday["key"], monday["on_new"] = "No such column", "perhaps"
    ORDERS.write_contract(orders.root, contract)
    orders.change("drop schema opus_sync cascade")
    done = orders.having(MONDAY_API_URL="http://127.0.0.1:9/v2").opus("debug", "--output", "json")
    assert done.code == 1
    assert verdicts(done) == {
        "project": "good to go", "contracts": "not good", "warehouse": "good to go", "tables": "not good",
        "token": "not good", "writes": "good to go",
    }  # fmt: skip
    assert "No such column" in check(done, "contracts")["found"]
    assert "perhaps" in check(done, "contracts")["found"]
    assert "not reachable at http://127.0.0.1:9/v2" in check(done, "token")["found"]

    (orders.root / "profiles.yml").write_text(json.dumps({"opus_sync": {"target": "prod", "outputs": {}}}))
    done = orders.opus("debug", "--output", "json")
    assert (done.code, check(done, "project")["verdict"]) == (1, "not good")
    assert check(done, "contracts")["verdict"] == "not good"
    assert check(done, "warehouse")["verdict"] == "not looked at"


ORDERS_COLUMNS = {"columns": ORDERS.contract()["models"][0]["columns"]}
"""The columns of the contract as they are on the board."""
