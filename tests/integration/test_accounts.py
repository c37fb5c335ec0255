"""Boards of two accounts in one project: each is read and written with its own token, and never with the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from integration.support.orders import ORDERS, on_board
from integration.support.pair import STYLES_ID, pair_workspace, styles, styles_seed
from integration.support.workspace import TOKEN, Workspace
from monday_sandbox import Options, running
from monday_sandbox.serving import Running

EMEA, VARIABLE = "tok-emea-51c7", "MONDAY_API_TOKEN__EMEA_2"
OPTIONS = Options(complexity_per_minute=10**9, requests_per_minute=10**6, calls_per_day=10**6)


@dataclass(frozen=True)
class Accounts:
    """The project, and a sandbox with two accounts."""

    workspace: Workspace
    served: Running

    def told(self) -> dict[str, Any]:
        """Return account -> requests, mutations and what stands on its board."""
        return {
            box.store.account.id: (
                box.metrics.mutations,
                [str(cell.data) for item in box.store.boards[board].active_items() for cell in item.cells.values()],
            )
            for box, board in (
                (self.served.sandbox, str(ORDERS.id)),
                (self.served.accounts[EMEA], str(STYLES_ID)),
            )
        }


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Accounts]:
    """Orders of account 7001, styles of account 8002; nothing is pulled."""
    second = styles_seed()
    second["account"]["id"] = "8002"
    second["users"] = [{"id": "909", "name": "Mary", "email": "mary@example.com"}]
    for item in second["boards"][0]["items"]:
        item["creator"] = "909"
    with running(on_board(), OPTIONS, accounts={EMEA: second}) as served:
        environment = {"MONDAY_API_URL": served.url, "MONDAY_API_TOKEN": TOKEN, VARIABLE: EMEA}
        root = tmp_path_factory.mktemp("accounts") / "shops"
        yield Accounts(pair_workspace(root, environment, styles(account="emea_2")), served)


def test_without_one_of_the_tokens_nothing_is_read_or_sent(accounts: Accounts) -> None:
    """The refusal names the variable."""
    for command in (("pull",), ("push", "--live"), ("sync", "--live")):
        done = accounts.workspace.having(**{VARIABLE: ""}).opus(*command)
        assert done.code == 3
        assert f"set {VARIABLE} to" in " ".join((done.out + done.err).split())
    assert accounts.served.sandbox.metrics.requests == accounts.served.accounts[EMEA].metrics.requests == 0


def test_one_pull_and_one_push_go_to_two_accounts(accounts: Accounts) -> None:
    """Each board is read and written where it lives, and its rows say so."""
    workspace = accounts.workspace
    done = workspace.opus("sync", "--live", "--no-promote")
    assert done.code == 0, done.out + done.err
    told = accounts.told()
    assert [told[account][0] > 0 for account in ("7001", "8002")] == [True, True]
    assert told["8002"][1] == ["S1", "new"]
    assert told["7001"][1].count("5") == 6
    for table in ("mon_extract", "mon_operation_event", "mon_update_audit_log", "mon_batch_event"):
        found = workspace.rows(f"select distinct board, account_id from opus_sync.{table} order by board")
        assert found == [("orders", "7001"), ("styles", "8002")], table
    users = workspace.rows("select user_id from opus_sync.mon_raw_user order by user_id")
    assert users == [("101",), ("102",), ("103",), ("909",)]
    debug = workspace.opus("debug", "--output", "json").data["checks"]
    found = {check["part"]: check["found"] for check in debug if check["part"].startswith("token")}
    assert "(7001), user Ada" in found["token"]
    assert "(8002), user Mary" in found["token of emea_2"]


def test_a_board_is_not_taken_for_one_of_another_account(accounts: Accounts) -> None:
    """A token of the other account is refused before anything is read of the board; the other board goes on."""
    workspace, before = accounts.workspace, accounts.told()
    swapped = workspace.having(**{VARIABLE: TOKEN})
    done = swapped.opus("pull")
    assert done.code == 1
    assert "styles: this target's tables belong to" in done.err
    assert "account 8002 (board styles); this is" in done.err
    assert swapped.opus("push", "--live").code == 3
    assert swapped.opus("verify").code == 3
    assert accounts.told() == before


def test_a_copy_is_of_one_account(accounts: Accounts) -> None:
    """A sandbox cannot hold two; boards of one of them are loaded."""
    port = accounts.served.base.rpartition(":")[2]
    done = accounts.workspace.opus("sandbox", "load", "--port", port)
    assert done.code == 2
    assert "board 'styles' is of another account than the boards before it" in done.err
