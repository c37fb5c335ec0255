"""Writes a board's contract, and brings one that is there up to date without touching what a person wrote."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opus_sync.columns import TYPES, column_type
from opus_sync.contract import TITLE, Board, Entity, load_boards, safe_name, safe_text
from opus_sync.contract.names import taken_names
from opus_sync.contract.suggest import did_you_mean
from opus_sync.errors import UsageError
from opus_sync.registry.discover import Discovery, Found
from opus_sync.registry.drift import Difference, differences
from opus_sync.registry.templates import rendered
from opus_sync.registry.yaml_text import value_at, with_entries, with_value
from opus_sync.settings import NAMES

_SYSTEM = {
    "items": (
        ("Title", "The item's name on the board."),
        ("Item ID", "The item's id."),
        ("Group", "Title of the group the item lies in."),
        ("UpdateDate", "When the item was last changed, in UTC."),
        ("group_id", "Id of the group the row lies in."),
        ("column_values", "All cells of the row in canonical form, as JSON by column id."),
    ),
    "subitems": (
        ("parent_item_id", "Id of the parent item."),
        ("subitem_id", "The subitem's id."),
        ("subitem_board_id", "Id of the board that holds the subitems."),
        ("Title", "The subitem's name on the board."),
        ("UpdateDate", "When the subitem was last changed, in UTC."),
        ("group_id", "Id of the group the row lies in."),
        ("column_values", "All cells of the row in canonical form, as JSON by column id."),
    ),
}
MONDAY = ("config", "meta", "monday")
"""Where what is monday's stands below a model or a column."""


@dataclass(frozen=True)
class Terms:
    """What a person says of a board at its first deploy: keys by entity, an account, dbt's schema and database."""

    board_id: int
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    account: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


def new_contract(name: str, terms: Terms, discovery: Discovery) -> str:
    """Return the contract of a board that has none.

    Raises UsageError where a key names no column.
    """
    models = [_model(name, entity, found, terms) for entity, found in discovery.entities.items()]
    return rendered("contract.yml", models=models, **_of_board(terms))


def merged_contract(
    text: str, board: Board, discovery: Discovery, terms: Terms, *, add_subitems: bool
) -> tuple[str, list[Difference]]:
    """Return a contract with the board's new columns, marks on those that are gone, and all differences found.

    Renamed and retyped columns are told, not changed: SQL refers to them. A board that was removed is enabled again.
    """
    found: list[Difference] = []
    for entity in board.entities:
        live = discovery.entities.get(entity.kind)
        if live is None:
            # The board of subitems is not there before the first of them.
            continue
        own = differences(entity, live.columns)
        text = _with_marks(text, board, entity, own)
        new = {one.column_id for one in own if one.kind == "new"}
        added = [column for column in live.columns if column["id"] in new]
        if added:
            columns = _columns(entity.kind, added, [column.name for column in entity.columns])
            entries = "".join(rendered("_column.yml", column=column) for column in columns)
            text = with_entries(text, (*model_path(text, entity), "columns"), entries, board.file)
        found += own
    if add_subitems and discovery.subitems and board.subitems is None:
        model = _model(board.name, "subitems", discovery.subitems, terms)
        text = with_entries(text, ("models",), rendered("_model.yml", model=model, **_of_board(terms)), board.file)
    return (text if board.enabled else with_enabled(text, board, True)), found


def with_enabled(text: str, board: Board, enabled: bool) -> str:
    """Return a contract in which its board is enabled, or is not."""
    return with_value(text, (*model_path(text, board.items), *MONDAY, "enabled"), enabled, board.file)


def checked(name: str, text: str) -> Board:
    """Return the board that a contract describes; raises ConfigurationError with all that is wrong with it."""
    with tempfile.TemporaryDirectory(prefix="opus-sync-") as folder:
        boards = Path(folder) / "boards"
        boards.mkdir()
        (boards / f"{name}.yml").write_text(text, encoding="utf-8")
        (board,) = load_boards(boards, variables={}, known_settings=NAMES)
    return board


def model_path(text: str, entity: Entity) -> tuple[str | int, ...]:
    """Return where an entity's model stands in its contract."""
    models = value_at(text, ("models",))
    return ("models", next(at for at, model in enumerate(models) if model["name"] == entity.model))


def _with_marks(text: str, board: Board, entity: Entity, own: Sequence[Difference]) -> str:
    path = (*model_path(text, entity), "columns")
    listed = value_at(text, path) or []
    for one in own:
        if one.kind in ("deleted", "back"):
            at = next(at for at, column in enumerate(listed) if _id_of(column) == one.column_id)
            text = with_value(text, (*path, at, *MONDAY, "missing"), one.kind == "deleted", board.file)
    return text


def _id_of(column: Any) -> Any:
    for step in (*MONDAY, "id"):
        column = column.get(step) if isinstance(column, Mapping) else None
    return column


def _of_board(terms: Terms) -> dict[str, Any]:
    return {"board_id": terms.board_id, "account": terms.account, "settings": terms.settings}


def _model(name: str, entity: str, found: Found, terms: Terms) -> dict[str, Any]:
    columns = _columns(entity, found.columns, ())
    key = terms.keys.get(entity) or ()
    names = {column["name"].casefold(): column["name"] for column in columns} | {TITLE.casefold(): TITLE}
    for one in key:
        if one.casefold() not in names:
            raise UsageError(
                f"there is no column {one!r} among the {entity} of {found.title!r}{did_you_mean(one, names.values())}"
            )
    what = "an item" if entity == "items" else "a subitem"
    key = [names[one.casefold()] for one in key]
    return {
        "name": f"mon_{name}" if entity == "items" else f"mon_{name}_{entity}",
        "description": safe_text(f"The {entity} of the board {found.title} as they stand on monday, a row {what}."),
        "entity": entity,
        "key": key[0] if len(key) == 1 else key,
        "system": _SYSTEM[entity],
        "columns": columns,
    }


def _columns(entity: str, columns: Iterable[Mapping[str, Any]], taken: Iterable[str]) -> list[dict[str, Any]]:
    """Return what the template needs of columns; names are told apart from each other and from those taken."""
    used = [*taken_names(entity), *taken]
    found = []
    for column in columns:
        name = safe_name(column["title"], column["id"], used)
        used.append(name)
        kind = column_type(column["type"])
        about = safe_text(column["description"] or "")
        if column["type"] not in TYPES:
            about = f"{about} (of the type {safe_text(column['type'])}, which is not known yet)".strip()
        found.append(
            {
                "id": column["id"],
                "name": name,
                "type": kind.name,
                "description": about,
                "push": kind.writable,
            }
        )
    return found
