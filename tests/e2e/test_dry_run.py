"""Nothing is sent unless asked: without --live, boards and tables stay as they were, and monday is not even asked."""

from __future__ import annotations

import json

import pytest

from integration.support.kinds import on
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace

# Each with its exit code: 1 for the invalid rows of the demo, 2 for changes.
COMMANDS = {
    ("plan", "--output", "json", "--out", "plan.json"): 1,
    ("plan", "--detailed-exitcode", "--select", "planning", "--limit", "3"): 2,
    ("push", "--batch-key", "O'Hara Knitwear", "--no-promote"): 1,
}
OWN_PLACES = ("target/", "logs/", "plan.json", "plan.html")


@pytest.fixture
def without_token(demo: Workspace) -> Workspace:
    """The demo, without the token that a dry run does not need."""
    return demo.having(MONDAY_API_TOKEN="")


@on("duckdb")
def test_without_live_board_and_tables_stay_as_they_were(without_token: Workspace, stand_in: StandIn) -> None:
    """Plans and dry runs of pushes leave every table, every board and every file but their own as they found them."""
    state, tables, files = stand_in.state(), without_token.fingerprint(), _foreign(without_token)
    for command, code in COMMANDS.items():
        done = without_token.opus(*command)
        assert done.code == code, done.err
        assert stand_in.state() == state, command
        assert without_token.fingerprint() == tables, command
        assert _foreign(without_token) == files, command
    assert stand_in.metrics()["requests"] == 0
    assert " ".join(done.out.split()).startswith(f"would write to: target prod, {stand_in.url}, board ")
    written = json.loads((without_token.root / "plan.json").read_text(encoding="utf-8"))
    assert written["operations"] > 300


def _foreign(workspace: Workspace) -> dict[str, str]:
    return {path: text for path, text in workspace.files().items() if not path.startswith(OWN_PLACES)}
