"""The mutations of groups; each either does all of its work or raises and does nothing."""

from __future__ import annotations

from monday_sandbox.actor import Actor
from monday_sandbox.errors import ApiError, invalid_argument, not_found
from monday_sandbox.model import Board, Group

NAME_LIMIT = 255
PALETTE = frozenset(
    (
        "#037f4c",
        "#00c875",
        "#9cd326",
        "#cab641",
        "#ffcb00",
        "#784bd1",
        "#9d50dd",
        "#007eb5",
        "#579bfc",
        "#66ccff",
        "#bb3354",
        "#df2f4a",
        "#ff007f",
        "#ff5ac4",
        "#ff642e",
        "#fdab3d",
        "#7f5347",
        "#c4c4c4",
        "#757575",
    )
)
"""The colors that groups take (GROUP_COLORS of monday's own agent toolkit, 2026)."""

DEFAULT_COLOR = "#579bfc"


def active_group(board: Board, group_id: str) -> Group:
    """Return a group that is not archived; raises ResourceNotFoundException."""
    group = board.groups.get(group_id)
    if group is None or group.archived:
        raise not_found("Group", group_id)
    return group


def create_group(
    actor: Actor,
    board_id: str,
    group_name: str,
    group_color: str | None = None,
    relative_to: str | None = None,
    position_relative_method: str | None = None,
) -> Group:
    """Create a group at the top of a board, or beside another group."""
    board = actor.store.board(board_id)
    title, color = _title(group_name), _color(group_color or DEFAULT_COLOR)
    beside = None if relative_to is None else active_group(board, relative_to)
    group = actor.store.add_group(board, title, color)
    if beside is not None:
        actor.store.place_group(board, group, beside, after=position_relative_method != "before_at")
    return _noted(actor, board, group, "create_group")


def update_group(actor: Actor, board_id: str, group_id: str, group_attribute: str, new_value: str) -> Group:
    """Change one attribute of a group."""
    board = actor.store.board(board_id)
    group = active_group(board, group_id)
    if group_attribute == "title":
        group.title = _title(new_value)
    elif group_attribute == "color":
        group.color = _color(new_value)
    elif group_attribute == "position":
        actor.store.position_group(board, group, _number(new_value))
    else:
        beside = active_group(board, new_value)
        if beside is group:
            raise invalid_argument("A group cannot be placed beside itself", group_id=group_id)
        actor.store.place_group(board, group, beside, after=group_attribute == "relative_position_after")
    return _noted(actor, board, group, "update_group")


def archive_group(actor: Actor, board_id: str, group_id: str) -> Group:
    """Archive a group with its items."""
    board = actor.store.board(board_id)
    group = active_group(board, group_id)
    _refuse_last(board)
    _retire_items(actor, group, "archived", "archive_pulse")
    group.archived = True
    return _noted(actor, board, group, "archive_group")


def delete_group(actor: Actor, board_id: str, group_id: str) -> Group:
    """Delete a group with its items."""
    board = actor.store.board(board_id)
    group = active_group(board, group_id)
    _refuse_last(board)
    _retire_items(actor, group, "deleted", "delete_pulse")
    group.archived = group.deleted = True
    return _noted(actor, board, group, "delete_group")


def _title(title: str) -> str:
    if not 1 <= len(title.strip()) <= NAME_LIMIT or len(title) > NAME_LIMIT:
        raise invalid_argument(f"A group name has 1 to {NAME_LIMIT} characters")
    return title


def _color(color: str) -> str:
    if color not in PALETTE:
        raise invalid_argument(f"{color!r} is no color of a group", group_color=color)
    return color


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise invalid_argument(f"{text!r} is no position of a group") from None


def _refuse_last(board: Board) -> None:
    if len(board.active_groups()) == 1:
        raise ApiError(
            "DeleteLastGroupException",
            "Cannot delete the last group of a board",
            status=409,
            data={"board_id": board.id},
        )


def _retire_items(actor: Actor, group: Group, state: str, event: str) -> None:
    for item in list(group.items.values()):
        actor.retire(item, state, event)


def _noted(actor: Actor, board: Board, group: Group, event: str) -> Group:
    actor.note(board, event, "board", {"group_title": group.title}, group_id=group.id)
    return group


GROUP_MUTATIONS = {
    function.__name__: function for function in (archive_group, create_group, delete_group, update_group)
}
