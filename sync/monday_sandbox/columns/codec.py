"""What a column type is made of: one `Codec` per type, and what its functions are given."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from monday_sandbox.model import Board, Cell, Column, Item

if TYPE_CHECKING:
    from monday_sandbox.options import Options
    from monday_sandbox.store import Store

WRONG_SHAPE = (
    "invalid value, please check our API documentation for the correct data structure for this column. "
    "https://developer.monday.com/api-reference/docs/change-column-values"
)

# What `write` returns for a value that is accepted without effect.
UNCHANGED = object()


class BadValueError(Exception):
    """A value that the column refuses."""

    def __init__(self, message: str = WRONG_SHAPE, code: str = "ColumnValueException") -> None:
        super().__init__(message)
        self.code = code


@dataclass(slots=True)
class Scope:
    """Where a value is written: `new_labels` collects what create_labels_if_missing adds, by column id.

    `strict` is false while a seed is loaded: cells may hold labels that were deactivated and people who
    left since.
    """

    store: Store
    options: Options
    board: Board
    column: Column
    create_labels: bool = False
    strict: bool = True
    new_labels: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass(slots=True)
class View:
    """A cell as it is read; `cell` is None when it is empty."""

    store: Store
    options: Options
    item: Item
    column: Column
    cell: Cell | None
    codec: Codec

    @property
    def data(self) -> Any:
        """The stored data, None for an empty cell."""
        return None if self.cell is None else self.cell.data

    def part(self, *path: str) -> Any:
        """Return one key of the stored object, None where it is missing."""
        found = self.data
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        return found


Write = Callable[[Any, Scope], Any]
Read = Callable[[View], Any]

CREATE, MULTIPLE, CHANGE, SIMPLE = "create_item", "change_multiple", "change_column", "change_simple"
JSON_WAYS = frozenset({CREATE, MULTIPLE, CHANGE})
ALL_WAYS = JSON_WAYS | {SIMPLE}


def stamped(view: View) -> Any:
    """Return the stored object with `changed_at`, as most types read."""
    return view.data | {"changed_at": changed_at(view)}


def as_stored(view: View) -> Any:
    """Return the stored data as it is."""
    return view.data


def no_text(view: View) -> str | None:
    """Return no text whatever the cell holds."""
    return None


def changed_at(view: View) -> str | None:
    """Return when the cell was last written: the typed `updated_at`."""
    return None if view.cell is None else view.cell.changed_at


def part(*path: str) -> Read:
    """Return a reader of one key of the stored object."""
    return lambda view: view.part(*path)


@dataclass(frozen=True)
class Codec:
    """A row of the table of column types.

    `write` takes the JSON form, `simple` the string form (None: not supported); `clears` lists the JSON
    values that empty the cell, `clear_simple` says whether "" does. `legacy` is the name in `error_data`.
    """

    type: str
    graphql: str | None
    legacy: str
    ways: frozenset[str] = frozenset()
    write: Write | None = None
    simple: Write | None = None
    clears: tuple[Any, ...] = ()
    clear_simple: bool = False
    text_like: bool = False
    value: Read = stamped
    text: Read = no_text
    empty_text: str | None = ""
    fields: Mapping[str, Read] = field(default_factory=dict)

    @property
    def class_name(self) -> str:
        """The name that error texts use, e.g. `TimezoneColumn`."""
        return "".join(part.capitalize() for part in self.legacy.replace("_", "-").split("-")) + "Column"

    def parse(self, data: Any, scope: Scope) -> Any:
        """Return what to store for a JSON value, None for a clear; raises BadValueError."""
        if (not data or isinstance(data, dict)) and any(_same(data, clear) for clear in self.clears):
            return None
        if isinstance(data, str) and not self.text_like:
            return self.parse_simple(data, scope)
        if self.write is None:
            raise BadValueError
        return self.write(data, scope)

    def parse_simple(self, text: str, scope: Scope) -> Any:
        """Return what to store for a simple string, None for a clear; raises BadValueError."""
        if self.simple is None:
            raise BadValueError(
                f"column type {self.class_name} is not supporting changing the column value with simple column value"
            )
        if text == "":
            if self.clear_simple:
                return None
            raise BadValueError
        return self.simple(text, scope)


def value_json(view: View) -> str | None:
    """Return `value`: a JSON string, or None."""
    found = view.codec.value(view) if view.cell is not None else None
    return None if found is None else json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def text_of(view: View) -> str | None:
    """Return `text`, with the type's own empty text."""
    if view.cell is None:
        return view.codec.empty_text
    found = view.codec.text(view)
    return found if found is None else str(found)


def _same(data: Any, clear: Any) -> bool:
    return type(data) is type(clear) and bool(data == clear)


def shape(data: Any, required: Mapping[str, type], optional: Mapping[str, type] | None = None) -> dict[str, Any]:
    """Return the object if it has exactly the required keys and, at most, the optional ones."""
    optional = optional or {}
    if not isinstance(data, dict) or not set(required) <= set(data) <= set(required) | set(optional):
        raise BadValueError
    for key, value in data.items():
        if type(value) is not (required.get(key) or optional.get(key)):
            raise BadValueError
    return data


def id_list(data: Any, key: str, kind: type) -> list[Any]:
    """Return the non-empty list of ids of the given Python type under the only key, without repetitions."""
    ids = shape(data, {key: list})[key]
    if not ids or any(type(entry) is not kind for entry in ids):
        raise BadValueError
    return list(dict.fromkeys(ids))
