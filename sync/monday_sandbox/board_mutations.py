"""The mutations of boards; each either does all of its work or raises and does nothing."""

from __future__ import annotations

from monday_sandbox.clock import utc_seconds
from monday_sandbox.errors import invalid_argument
from monday_sandbox.model import Board, Group
from monday_sandbox.mutations import Actor
from monday_sandbox.store import number_groups

NAME_LIMIT = 255


def create_board(
    actor: Actor, board_name: str, board_kind: str, description: str | None = None, empty: bool = False
) -> Board:
    """Create a board of one group and the name column, without items whatever `empty` says."""
    if not board_name.strip() or len(board_name) > NAME_LIMIT:
        raise invalid_argument(f"A board name has 1 to {NAME_LIMIT} characters")
    now = utc_seconds(actor.now)
    board = Board(actor.store.new_id(), board_name, now, creator=actor.user, updated_at=now)
    board.kind, board.description = board_kind, description or ""
    board.groups = {"topics": Group("topics", "Group Title")}
    number_groups(board)
    actor.store.add_board(board)
    actor.note(board, "create_board", "board", {"board_name": board_name})
    return board


def archive_board(actor: Actor, board_id: str) -> Board:
    """Archive a board with its items and its subitem board."""
    board = _own(actor, board_id)
    if board.state != "active":
        raise invalid_argument(f"Board {board_id} is {board.state}", board_id=board_id)
    return _retire(actor, board, "archived")


def delete_board(actor: Actor, board_id: str) -> Board:
    """Delete a board with its items and its subitem board; an archived one can be deleted too."""
    return _retire(actor, _own(actor, board_id), "deleted")


def _own(actor: Actor, board_id: str) -> Board:
    board = actor.store.board(board_id)
    if board.parent_board is not None:
        raise invalid_argument("A subitems board goes with the board it belongs to", board_id=board_id)
    return board


def _retire(actor: Actor, board: Board, state: str) -> Board:
    below = [actor.store.boards[board.subitem_board]] if board.subitem_board else []
    for one in [*below, board]:
        for item in one.items.values():
            if item.state == "active" or (state == "deleted" and item.state == "archived"):
                actor.store.retire(item, state)
        one.state = state
    actor.note(board, "delete_board" if state == "deleted" else "archive_board", "board", {"board_name": board.name})
    return board


BOARD_MUTATIONS = {function.__name__: function for function in (archive_board, create_board, delete_board)}
