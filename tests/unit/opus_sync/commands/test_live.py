"""How a command sets itself up to send."""

from __future__ import annotations

from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import pytest

from opus_sync.commands import live
from opus_sync.contract import Board, Entity
from opus_sync.log import SILENT
from opus_sync.monday.endpoint import Token


def board(name: str, account: str | None) -> Board:
    return Board(name, f"boards/{name}.yml", 1, Entity("items", f"mon_{name}", (), ()), account=account)


def test_boards_of_one_token_share_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits are the token's, under however many names of accounts it is given."""
    tokens = {None: "secret", "main": "secret", "other": "another"}
    project: Any = SimpleNamespace(
        endpoint="http://127.0.0.1:1/v2",
        settings=SimpleNamespace(request_timeout=5.0),
        invocation=SimpleNamespace(log=SILENT),
        token=lambda account: Token(tokens[account]),
    )
    monkeypatch.setattr(live, "connect", lambda api, clock, log: api)
    boards = [board("orders", None), board("planning", "main"), board("samples", "other")]
    with ExitStack() as held:
        lines: Any = live._lines(project, boards, SimpleNamespace(), held)  # type: ignore[arg-type]
        assert lines["orders"] is lines["planning"]
        assert lines["orders"] is not lines["samples"]
