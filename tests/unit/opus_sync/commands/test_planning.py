"""What commands want planned, and the command they name as the next one."""

from __future__ import annotations

import shlex
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from opus_sync.commands.planning import Wish, command_line, refuse
from opus_sync.errors import Refused, UsageError
from opus_sync.invocation import Invocation
from opus_sync.log import SILENT
from opus_sync.plan.preconditions import Reason
from opus_sync.plan.sealed import Sealed
from opus_sync.push.plan_file import boards_of

NOTHING: Any = None


def invocation(**more: Any) -> Invocation:
    return Invocation(Path(), NOTHING, SILENT, **more)


def test_the_next_command_keeps_what_narrows_this_one() -> None:
    """Pasted as it stands it means the same rows at the same target, whatever a key holds."""
    assert command_line(invocation(), "push", {"key": None, "limit": None}) == "opus-sync push"
    line = command_line(
        invocation(target="dev", select=("planning", "samples"), exclude=("x",)),
        "retry",
        {"batch_key": "O'Hara; rm -rf ~", "error_type": None, "limit": 5},
    )
    assert shlex.split(line)[2:] == [
        *("--target", "dev", "--batch-key", "O'Hara; rm -rf ~", "--limit", "5"),
        *("--select", "planning", "--select", "samples", "--exclude", "x"),
    ]


def test_only_guards_can_be_lifted() -> None:
    assert Wish(lift=("removals", "extract_age")).lift
    with pytest.raises(UsageError, match="--lift removal: there is no such guard, did you mean 'removals'"):
        Wish(lift=("removal",))


def test_a_refusal_says_each_thing_once() -> None:
    """Boards that share a reason, or a way out, do not repeat it."""
    refuse(())
    with pytest.raises(Refused) as raised:
        refuse((Reason("a", "build"), Reason("b", "build"), Reason("a", "build")))
    assert (raised.value.message, raised.value.hint) == ("a\nb", "build")


def project(boards: tuple[str, ...], **more: Any) -> Any:
    found = tuple(SimpleNamespace(name=name) for name in boards)
    return SimpleNamespace(boards=lambda: found, invocation=invocation(**more))


def sealed(*boards: str) -> Any:
    return SimpleNamespace(boards=dict.fromkeys(boards, Sealed))


def test_boards_come_from_the_plan_file() -> None:
    """--select and --exclude narrow them; what only one side knows is wrong usage."""
    names = [board.name for board in boards_of(sealed("a", "b"), project(("a", "b", "c")))]
    assert names == ["a", "b"]
    assert [board.name for board in boards_of(sealed("a", "b"), project(("b",), select=("b",)))] == ["b"]
    assert [board.name for board in boards_of(sealed("a", "b"), project(("b", "c"), exclude=("a",)))] == ["b"]
    with pytest.raises(UsageError, match="c is not in the plan"):
        boards_of(sealed("a", "b"), project(("b", "c"), select=("b", "c")))
    with pytest.raises(UsageError, match="b has no enabled contract, but is in the plan"):
        boards_of(sealed("a", "b"), project(("a",)))
