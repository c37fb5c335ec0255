"""The var `opus_boards` of dbt_project.yml, changed without touching anything else there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opus_sync.contract.project import BOARDS_VARIABLE, PROJECT_FILE
from opus_sync.registry.yaml_text import value_at, with_value, without_key


def with_board(text: str, board: str, entities: Sequence[str]) -> str:
    """Return the project file in which a board is listed with its entities."""
    *parents, _ = path = _place(text)
    listed = value_at(text, path)
    if isinstance(listed, Mapping) and listed.get(board) == [*entities]:
        return text
    if value_at(text, parents) is None:
        return with_value(text, parents, {BOARDS_VARIABLE: {board: [*entities]}}, PROJECT_FILE)
    if BOARDS_VARIABLE not in value_at(text, parents):
        return with_value(text, path, {board: [*entities]}, PROJECT_FILE)
    return with_value(text, (*path, board), [*entities], PROJECT_FILE)


def without_board(text: str, board: str) -> str:
    """Return the project file in which a board is not listed."""
    return without_key(text, (*_place(text), board), PROJECT_FILE)


def _place(text: str) -> tuple[str, ...]:
    """Return where the var stands: with those of the project alone, or else with all vars."""
    own = ("vars", str(value_at(text, ("name",))), BOARDS_VARIABLE)
    return own if value_at(text, own) is not None else ("vars", BOARDS_VARIABLE)
