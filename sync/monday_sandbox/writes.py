"""Column values on their way in: parsing a whole `column_values` object before anything is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from monday_sandbox.columns import TYPES
from monday_sandbox.columns.codec import CHANGE, CREATE, MULTIPLE, SIMPLE, UNCHANGED, BadValueError, Scope
from monday_sandbox.errors import ApiError, invalid_argument
from monday_sandbox.model import Board, Cell, Column, Item
from monday_sandbox.options import Options
from monday_sandbox.store import Store

VALUES_LIMIT = 64 * 1024
NAME_LIMIT = 255
NOT_WRITABLE = "This column type can not be updated or created (client side auto calculated column)"


@dataclass(slots=True)
class Draft:
    """A write that was found valid and is not carried out yet; `data` None empties the cell."""

    name: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    new_labels: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    errors: list[ApiError] = field(default_factory=list)


def check_name(name: str) -> str:
    """Return an item name that monday takes; raises ItemNameTooLongException or InvalidArgumentException."""
    if not name.strip():
        raise invalid_argument("Invalid item name. Name must not be empty")
    if len(name) > NAME_LIMIT:
        raise ApiError(
            "ItemNameTooLongException",
            f"Item name is too long: {len(name)} characters, at most {NAME_LIMIT}",
            data={"item_name": name[:40]},
        )
    return name


def decode(text: str | None, what: str) -> Any:
    """Decode a JSON argument; raises JsonParseException."""
    try:
        return json.loads(text) if text is not None else None
    except json.JSONDecodeError:
        raise ApiError("JsonParseException", f"{what} is not valid JSON", data={"value": str(text)[:200]}) from None


def column_of(board: Board, column_id: str) -> Column:
    """Return a column that is not archived; raises InvalidColumnIdException."""
    column = board.columns.get(column_id)
    if column is None or column.archived:
        raise ApiError(
            "InvalidColumnIdException",
            "This column ID doesn't exist for the board",
            data={"column_id": column_id, "board_id": board.id},
        )
    return column


class Writer:
    """Parses values for one board in one mutation."""

    def __init__(self, store: Store, options: Options, board: Board, create_labels: bool) -> None:
        self.store, self.options, self.board = store, options, board
        self.create_labels = create_labels
        self.draft = Draft()

    def values(self, text: str | None, way: str) -> Draft:
        """Parse a `column_values` argument; the first bad value refuses all.

        With the option partial_column_writes the good ones stay in the draft beside the errors.
        """
        values = decode(text, "column_values")
        if values is None:
            return self.draft
        if not isinstance(values, dict):
            raise invalid_argument("column_values must be a JSON object by column id")
        columns = {column_id: column_of(self.board, column_id) for column_id in values}
        for column_id, data in values.items():
            try:
                self._one(columns[column_id], data, way)
            except ApiError as wrong:
                if not self.options.partial_column_writes or way == CREATE:
                    raise
                self.draft.errors.append(wrong)
        return self.draft

    def value(self, column_id: str, data: Any, way: str) -> Draft:
        """Parse the value of one column."""
        self._one(column_of(self.board, column_id), data, way)
        return self.draft

    def _one(self, column: Column, data: Any, way: str) -> None:
        if column.type == "name":
            self._name(data, way)
            return
        codec = TYPES[column.type]
        scope = Scope(
            self.store, self.options, self.board, column, self.create_labels, new_labels=self.draft.new_labels
        )
        try:
            if way == SIMPLE:
                parsed = codec.parse_simple(data or "", scope)
            elif way in codec.ways:
                parsed = codec.parse(data, scope)
            elif way == CHANGE and codec.ways & {CREATE, MULTIPLE}:
                raise BadValueError(f"column type {codec.class_name} is not supporting change_column_value")
            else:
                raise BadValueError(NOT_WRITABLE)
        except BadValueError as wrong:
            shown = {"column_id": column.id, "column_type": codec.legacy, "column_name": column.title}
            raise ApiError(wrong.code, str(wrong), data=shown) from None
        if parsed is not UNCHANGED:
            self.draft.data[column.id] = parsed

    def _name(self, data: Any, way: str) -> None:
        """Take the pseudo column `name`; null and "" are ignored where several columns are written."""
        if way == CHANGE:
            raise ApiError("ColumnValueException", NOT_WRITABLE, data={"column_id": "name", "column_type": "name"})
        if data in (None, "") and way != SIMPLE:
            return
        if data is None:
            data = ""
        if not isinstance(data, str):
            raise ApiError(
                "ColumnValueException",
                "the name is a text",
                data={"column_id": "name", "column_type": "name"},
            )
        self.draft.name = check_name(data)


def check_size(cells: Mapping[str, Any], draft: Draft) -> None:
    """Refuse a write after which the item's values would not fit into 64 KB."""
    after = dict(cells) | draft.data
    # Characters first: the exact size is only worth counting when it may matter.
    texts = [json.dumps(data, ensure_ascii=False) for data in after.values() if data is not None]
    if sum(map(len, texts)) * 4 > VALUES_LIMIT:
        size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
        if size > VALUES_LIMIT:
            raise ApiError(
                "ColumnValueException",
                f"the column values of an item must fit into 64 KB, these take {size} bytes",
                data={"column_id": next(iter(draft.data), None), "column_type": None},
            )


def commit(store: Store, item: Item, draft: Draft, stamp: str) -> None:
    """Carry a draft out: new labels, name, cells."""
    for column_id, labels in draft.new_labels.items():
        column = item.board.columns[column_id]
        column.settings.setdefault("labels", []).extend(labels)
        column.revise()
    if draft.name is not None and draft.name != item.name:
        store.rename(item, draft.name)
    if draft.data:
        cells = {column_id: None if data is None else Cell(data, stamp) for column_id, data in draft.data.items()}
        store.set_cells(item, cells)
