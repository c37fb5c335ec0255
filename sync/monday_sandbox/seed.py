"""The seed format: JSON files in, state out, and back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from monday_sandbox.clock import utc_millis, utc_seconds
from monday_sandbox.columns import COMPUTED_TYPES, TYPES
from monday_sandbox.columns.codec import BadValueError, Scope
from monday_sandbox.columns.settings import complete_settings
from monday_sandbox.errors import SeedError
from monday_sandbox.model import Account, Board, Cell, Column, Group, Item, Tag, Team, User
from monday_sandbox.options import Options
from monday_sandbox.store import Store, number_groups

LISTS = ("users", "teams", "tags", "boards")


def load_seed(paths: Iterable[str | Path]) -> dict[str, Any]:
    """Read and merge seed files; a folder stands for its *.json files by name.

    Lists are joined in the order of the files. Raises SeedError that names the file.
    """
    merged: dict[str, Any] = {"account": {}, "users": [], "teams": [], "tags": [], "boards": []}
    for path in _files(paths):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as wrong:
            raise SeedError(f"{path}: cannot be read: {wrong}") from wrong
        except json.JSONDecodeError as wrong:
            raise SeedError(f"{path}:{wrong.lineno}: not JSON: {wrong.msg}") from wrong
        if not isinstance(content, dict) or set(content) - set(merged):
            raise SeedError(f"{path}: must be an object with the keys {', '.join(merged)}")
        merged["account"] |= content.get("account", {})
        for name in LISTS:
            merged[name].extend(content.get(name, []))
    return merged


_ITEM_KEYS = frozenset(
    {"id", "name", "group", "parent", "values", "created_at", "updated_at", "creator", "updater", "state"}
)


def _known(given: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
    """Refuse what would be swallowed."""
    if unknown := sorted(set(given) - keys):
        raise SeedError(f"{where}: unknown {', '.join(unknown)}; known are {', '.join(sorted(keys))}")


def _files(paths: Iterable[str | Path]) -> list[Path]:
    files: list[Path] = []
    for path in map(Path, paths):
        files.extend(sorted(path.glob("*.json")) if path.is_dir() else [path])
    return files


def build_store(seed: Mapping[str, Any], options: Options, now: float) -> Store:
    """Build the state that a seed describes; raises SeedError that names the entry."""
    store = Store()
    store.account = _record(Account, seed.get("account", {}), "account")
    for name, kind in (("users", User), ("teams", Team), ("tags", Tag)):
        for entry in seed.get(name, []):
            record = _record(kind, entry, name)
            _unique(getattr(store, name), record.id, name, record)
            store.note_id(record.id)
    if not store.users:
        store.users["1"] = User("1", "Sandbox User", "user@example.com", "admin")
    pending: list[tuple[Item, Mapping[str, Any], str]] = []
    for entry in seed.get("boards", []):
        _board(store, entry, now, pending)
    _connect(store)
    # Parents first, whatever the order of files and boards.
    for item, entry, where in sorted(pending, key=lambda row: row[1].get("parent") is not None):
        _place(store, item, entry, where)
    for item, entry, where in pending:
        _cells(store, options, item, entry.get("values", {}), now, where)
    return store


def _record(kind: Any, entry: Any, where: str) -> Any:
    """Build one record of plain fields; ids may be given as numbers."""
    known = {f.name: f for f in dataclasses.fields(kind)}
    if not isinstance(entry, Mapping) or set(entry) - set(known):
        raise SeedError(f"{where}: {entry!r} must be an object with the keys {', '.join(known)}")
    ready = dict(entry)
    if "id" in ready:
        ready["id"] = str(ready["id"])
    if "users" in ready:
        ready["users"] = [str(user) for user in ready["users"]]
    try:
        return kind(**ready)
    except TypeError as wrong:
        raise SeedError(f"{where}: {entry!r}: {wrong}") from None


def _unique(table: dict[str, Any], entity_id: str, where: str, record: Any = None) -> None:
    if entity_id in table:
        raise SeedError(f"{where}: id {entity_id} is there twice")
    table[entity_id] = record


def _board(store: Store, entry: Any, now: float, pending: list[tuple[Item, Mapping[str, Any], str]]) -> None:
    if not isinstance(entry, Mapping) or "id" not in entry or "name" not in entry:
        raise SeedError(f"boards: {str(entry)[:80]!r} must be an object with `id` and `name`")
    board_id, where = str(entry["id"]), f"board {entry['id']}"
    created = entry.get("created_at") or utc_seconds(now)
    creator = next(iter(store.users))
    board = Board(board_id, entry["name"], created, updated_at=created, creator=creator)
    board.description = entry.get("description") or ""
    board.kind = entry.get("kind") or "public"
    board.state = entry.get("state") or "active"
    board.items_limit = int(entry.get("items_limit") or 10_000)
    board.subitem_board = _text_id(entry.get("subitem_board"))
    board.parent_board = _text_id(entry.get("parent_board"))
    for given in entry.get("groups") or [{"id": "topics", "title": "Group Title"}]:
        group = Group(str(given.get("id")), str(given.get("title")), given.get("color") or "#037f4c")
        group.archived = bool(given.get("archived"))
        _unique(board.groups, group.id, f"{where} groups", group)
    number_groups(board)
    for given in entry.get("columns", []):
        column = _column(given, where)
        _unique(board.columns, column.id, f"{where} columns", column)
    if board_id in store.boards:
        raise SeedError(f"boards: id {board_id} is there twice")
    store.add_board(board)
    for given in entry.get("items", []):
        if not isinstance(given, Mapping) or "id" not in given or "name" not in given:
            raise SeedError(f"{where} items: {str(given)[:80]!r} must be an object with `id` and `name`")
        _known(given, _ITEM_KEYS, f"{where} item {given['id']}")
        pending.append((_item(board, given, creator, utc_seconds(now)), given, f"{where} item {given['id']}"))


def _text_id(value: Any) -> str | None:
    return None if value is None else str(value)


def _column(given: Any, where: str) -> Column:
    if not isinstance(given, Mapping) or not {"id", "title", "type"} <= set(given):
        raise SeedError(f"{where} columns: {given!r} must be an object with `id`, `title` and `type`")
    if given["type"] not in TYPES:
        raise SeedError(f"{where} column {given['id']}: unknown type {given['type']!r}")
    try:
        settings = complete_settings(given["type"], given.get("settings") or {})
    except SeedError as wrong:
        raise SeedError(f"{where} column {given['id']}: {wrong}") from None
    column = Column(str(given["id"]), str(given["title"]), given["type"], given.get("description") or "", settings)
    column.archived = bool(given.get("archived"))
    column.width = given.get("width")
    column.revision = str(given.get("revision") or "1")
    return column


def _item(board: Board, given: Mapping[str, Any], creator: str, now: str) -> Item:
    created = given.get("created_at") or now
    group = str(given.get("group") or next(iter(board.groups)))
    by = str(given.get("creator") or creator)
    updater = str(given.get("updater") or by)
    updated = given.get("updated_at") or created
    item = Item(str(given["id"]), str(given["name"]), board, group, created, updated, by, updater)
    item.state = given.get("state") or "active"
    return item


def _connect(store: Store) -> None:
    """Tie boards to their subitem boards, whichever side says so."""
    for board in list(store.boards.values()):
        if board.parent_board is not None:
            above = store.boards.get(board.parent_board)
            if above is None:
                raise SeedError(f"board {board.id}: parent_board {board.parent_board} is not there")
            store.connect_subitems(above, board)
        if board.subitem_board is not None:
            below = store.boards.get(board.subitem_board)
            if below is None:
                raise SeedError(f"board {board.id}: subitem_board {board.subitem_board} is not there")
            store.connect_subitems(board, below)


def _place(store: Store, item: Item, given: Mapping[str, Any], where: str) -> None:
    if not item.id.isascii() or not item.id.isdigit():
        raise SeedError(f"{where}: id must be a number")
    if item.id in store.items:
        raise SeedError(f"{where}: id is there twice")
    if item.group_id not in item.board.groups:
        raise SeedError(f"{where}: group {item.group_id!r} is not on the board")
    if not 1 <= len(item.name) <= 255:
        raise SeedError(f"{where}: name must have 1 to 255 characters")
    parent = _text_id(given.get("parent"))
    if parent is not None:
        item.parent = store.items.get(parent)
        if item.parent is None:
            raise SeedError(f"{where}: parent {parent} is not an item of the seed")
    store.add_item(item)


def _cells(store: Store, options: Options, item: Item, values: Any, now: float, where: str) -> None:
    if not isinstance(values, Mapping):
        raise SeedError(f"{where}: values must be an object by column id")
    stamp = item.updated_at.replace("Z", ".000Z") if len(item.updated_at) == 20 else utc_millis(now)
    for column_id, data in values.items():
        column = item.board.columns.get(column_id)
        if column is None:
            raise SeedError(f"{where}: column {column_id!r} is not on the board")
        codec = TYPES[column.type]
        if column.type in COMPUTED_TYPES or data is None:
            continue
        if codec.write is None or (
            isinstance(data, dict) and "value" in data and column.type in ("file", "doc", "vote")
        ):
            if not isinstance(data, dict) or set(data) - {"value", "text", "display_value"}:
                raise SeedError(f"{where} column {column_id}: {column.type} takes value, text, display_value")
            item.cells[column_id] = Cell(data, stamp)
            continue
        try:
            stored = codec.parse(data, Scope(store, options, item.board, column, strict=False))
        except BadValueError as wrong:
            raise SeedError(f"{where} column {column_id}: {json.dumps(data)} is refused: {wrong}") from None
        if stored is not None:
            item.cells[column_id] = Cell(stored, stamp)
