"""Which boards a command takes."""

import pytest

from opus_sync.contract import Board, Entity, select_boards
from opus_sync.errors import UsageError


def _board(name, enabled=True):
    return Board(name, f"boards/{name}.yml", 1, Entity("items", f"mon_{name}", (), ()), enabled=enabled)


BOARDS = (_board("orders"), _board("planning"), _board("planning_old", False), _board("plants"))


@pytest.mark.parametrize(
    ("select", "exclude", "expected"),
    [
        ((), (), ["orders", "planning", "plants"]),
        (("planning",), (), ["planning"]),
        (("plants orders",), (), ["orders", "plants"]),
        (("plan*",), (), ["planning", "plants"]),
        (("plan*",), ("plants",), ["planning"]),
        ((), ("plan*", "orders"), []),
    ],
)
def test_selection(select, exclude, expected):
    """Names and patterns; disabled boards take no part in patterns."""
    assert [board.name for board in select_boards(BOARDS, select, exclude)] == expected


@pytest.mark.parametrize(
    ("select", "exclude", "message"),
    [
        (("plannin",), (), "--select plannin: there is no board 'plannin', did you mean 'planning'?"),
        (("xyz*",), (), "--select xyz*: no board matches 'xyz*'"),
        ((), ("ordres",), "--exclude ordres: there is no board 'ordres', did you mean 'orders'?"),
        (("planning_old",), (), "board 'planning_old' is not enabled"),
    ],
)
def test_a_selector_that_selects_nothing_is_an_error(select, exclude, message):
    """A typo never means "no boards" or "all boards"."""
    with pytest.raises(UsageError) as raised:
        select_boards(BOARDS, select, exclude)
    assert raised.value.message == message
    assert raised.value.hint


def test_the_error_lists_the_boards():
    """So that the name need not be looked up."""
    with pytest.raises(UsageError, match=r"Boards: orders, planning, planning_old, plants\."):
        select_boards(BOARDS, ["x"])
    with pytest.raises(UsageError, match=r"There is no contract in boards/ yet\."):
        select_boards((), ["x"])
