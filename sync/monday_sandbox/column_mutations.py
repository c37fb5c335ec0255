"""The mutations of columns; each either does all of its work or raises and does nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from monday_sandbox.actor import Actor
from monday_sandbox.columns.settings import complete_settings
from monday_sandbox.errors import ApiError, invalid_argument
from monday_sandbox.label_lists import changed_labels, new_labels
from monday_sandbox.model import Board, Column
from monday_sandbox.writes import column_of, decode

TITLE_LIMIT = 255
COLUMN_ID = re.compile(r"[a-z_]{1,20}", re.ASCII)
LABELLED = ("status", "dropdown")
# Every board has its one name column, the subitems column comes with the first subitem, the others are gone.
NOT_CREATED = ("name", "subtasks", "person", "team", "unsupported")
NOT_DELETED = ("name", "subtasks")


def create_column(actor: Actor, board_id: str, title: str, column_type: str, **given: Any) -> Column:
    """Create a column of any type; `defaults` is its settings object as JSON text."""
    defaults = _settings(given.pop("defaults", None), "defaults")
    return _create(actor, board_id, title, column_type, defaults=defaults, **given)


def update_column(actor: Actor, board_id: str, id: str, column_type: str, revision: str, **given: Any) -> Column:  # noqa: A002 (the API's name)
    """Change a column that still has the revision; `settings` is an object as JSON text."""
    settings = _settings(given.pop("settings", None), "settings")
    return _update(actor, board_id, id, column_type, revision, settings=settings, **given)


def change_column_title(actor: Actor, board_id: str, column_id: str, title: str) -> Column:
    """Give a column another title."""
    board = actor.store.board(board_id)
    column = column_of(board, column_id)
    column.title = _title(title)
    return _changed(actor, board, column, "update_column_name")


def change_column_metadata(
    actor: Actor, board_id: str, column_id: str, column_property: str | None = None, value: str | None = None
) -> Column:
    """Change a column's title or description."""
    board = actor.store.board(board_id)
    column = column_of(board, column_id)
    if column_property is None or value is None:
        raise invalid_argument("column_property and value are required", column_id=column_id)
    if column_property == "title":
        column.title = _title(value)
        return _changed(actor, board, column, "update_column_name")
    column.description = value
    return _changed(actor, board, column, "update_column_description")


def delete_column(actor: Actor, board_id: str, column_id: str) -> Column:
    """Delete a column with its cells; its id stays taken."""
    board = actor.store.board(board_id)
    column = column_of(board, column_id)
    if column.type in NOT_DELETED:
        raise invalid_argument(f"The column {column_id} cannot be deleted", column_id=column_id)
    for item in board.items.values():
        item.cells.pop(column_id, None)
    column.archived = True
    return _changed(actor, board, column, "delete_column")


def _create(
    actor: Actor,
    board_id: str,
    title: str,
    column_type: str,
    id: str | None = None,  # noqa: A002 (the API's name)
    description: str | None = None,
    after_column_id: str | None = None,
    defaults: Mapping[str, Any] | None = None,
) -> Column:
    """Create a column of a type, with labels or with monday's own."""
    board = actor.store.board(board_id)
    if column_type in NOT_CREATED:
        raise invalid_argument(f"A column of type {column_type} cannot be created", column_type=column_type)
    if after_column_id is not None:
        column_of(board, after_column_id)
    if id is not None:
        _check_id(board, id)
    settings = dict(defaults or {})
    if column_type in LABELLED and "labels" in settings:
        settings["labels"] = new_labels(column_type, settings["labels"])
    title = _title(title)
    # Drawn last, so that a refused call leaves no trace.
    column = Column(id or _new_id(actor, column_type), title, column_type, description or "")
    column.settings = complete_settings(column_type, settings)
    _put(board, column, after_column_id)
    return _noted(actor, board, column, "create_column")


def _update(
    actor: Actor,
    board_id: str,
    id: str,  # noqa: A002
    column_type: str,
    revision: str,
    title: str | None = None,
    description: str | None = None,
    width: int | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Column:
    """Change a column that still has the revision; labels replace the whole list."""
    board = actor.store.board(board_id)
    column = column_of(board, id)
    if column.type != column_type:
        raise invalid_argument(f"The column {id} is of type {column.type}, not {column_type}", column_id=id)
    if revision != column.revision:
        raise invalid_argument(
            "The column was changed since this revision; read it again", column_id=id, revision=column.revision
        )
    fresh = dict(settings or {})
    if column_type in LABELLED and "labels" in fresh:
        fresh["labels"] = changed_labels(board, column, fresh["labels"])
    column.title = column.title if title is None else _title(title)
    column.description = column.description if description is None else description
    column.width = column.width if width is None else width
    column.settings = column.settings | fresh
    actor.store.lookups.forget(board, id)
    return _changed(actor, board, column, "update_column")


def _changed(actor: Actor, board: Board, column: Column, event: str) -> Column:
    column.revise()
    return _noted(actor, board, column, event)


def _noted(actor: Actor, board: Board, column: Column, event: str) -> Column:
    actor.note(
        board, event, "board", {"column_id": column.id, "column_title": column.title, "column_type": column.type}
    )
    return column


def _settings(text: str | None, what: str) -> dict[str, Any]:
    found = decode(text, what)
    if found is not None and not isinstance(found, dict):
        raise invalid_argument(f"{what} must be a JSON object")
    return found or {}


def _title(title: str) -> str:
    if not title.strip() or len(title) > TITLE_LIMIT:
        raise invalid_argument(f"A column title has 1 to {TITLE_LIMIT} characters")
    return title


def _check_id(board: Board, column_id: str) -> None:
    if not COLUMN_ID.fullmatch(column_id):
        raise ApiError(
            "InvalidColumnIdException",
            "A column ID has 1 to 20 characters, a to z and _",
            data={"column_id": column_id, "board_id": board.id},
        )
    if column_id in board.columns:
        raise ApiError(
            "InvalidColumnIdException",
            "This column ID was used on the board before",
            data={"column_id": column_id, "board_id": board.id},
        )


def _new_id(actor: Actor, kind: str) -> str:
    return f"{kind}_mk{actor.store.new_id()}"


def _put(board: Board, column: Column, after: str | None) -> None:
    placed: dict[str, Column] = {}
    for known in board.columns.values():
        placed[known.id] = known
        if known.id == after:
            placed[column.id] = column
    board.columns = placed | {column.id: column}


COLUMN_MUTATIONS: dict[str, Callable[..., Column]] = {
    **{
        function.__name__: function
        for function in (change_column_metadata, change_column_title, create_column, delete_column, update_column)
    },
    **{f"create_{kind}_column": partial(_create, column_type=kind) for kind in LABELLED},
    **{f"update_{kind}_column": partial(_update, column_type=kind) for kind in LABELLED},
}
