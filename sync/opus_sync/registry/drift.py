"""Where a contract and the board on monday have come apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from opus_sync.columns import TYPES, column_type
from opus_sync.contract import Column, Entity, safe_text, title_names
from opus_sync.live.cells import NAME_TYPE

Kind = Literal["new", "deleted", "missing", "back", "renamed", "retyped", "unknown"]

STALE: tuple[Kind, ...] = ("deleted", "back", "renamed", "retyped")
"""The differences upon which the contract has to change."""


@dataclass(frozen=True)
class Difference:
    """One column in which contract and board differ.

    `name` is the contract's, for a new column the name it would get; `title` and `type` are monday's, "" where the
    board has no such column. `missing` is a deleted one that the contract marks as such; `unknown` one of a type
    that is not known yet.
    """

    kind: Kind
    entity: str
    column_id: str
    name: str
    title: str = ""
    type: str = ""
    was: str = ""

    def __str__(self) -> str:
        where = f"{self.entity} column {self.name!r} ({self.column_id})"
        return f"{where} {self._what()}"

    def _what(self) -> str:
        if self.kind == "new":
            return f"is new on the board, of type {self.type}"
        if self.kind == "deleted":
            return "is no longer on the board"
        if self.kind == "missing":
            return "is no longer on the board, as the contract says"
        if self.kind == "back":
            return "is on the board again, but the contract says missing: true"
        if self.kind == "renamed":
            return f"is called {self.title!r} on the board"
        if self.kind == "retyped":
            return f"is of type {self.type} on the board, not {self.was}"
        return f"is of the type {self.type}, which is not known yet: its text is read, it is not written"


def differences(entity: Entity, columns: Sequence[Mapping[str, Any]]) -> list[Difference]:
    """Compare an entity of a contract with the columns that its board has; archived ones and the name are left out."""
    kind = entity.kind
    there = {column["id"]: column for column in open_columns(columns)}
    found = [one for column in entity.columns for one in _of(kind, column, there.get(column.id))]
    taken = {column.id for column in entity.columns}
    for column_id, column in there.items():
        if column_id not in taken:
            title, type_name = safe_text(column["title"]), str(column["type"])
            name = title_names(column["title"], column_id, kind)[0]
            found.append(Difference("new", kind, column_id, name, title, type_name))
    return found


def open_columns(columns: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the columns of a board that a contract lists: neither the item's name nor archived ones."""
    return [column for column in columns if column["type"] != NAME_TYPE and not column["archived"]]


def _of(entity: str, column: Column, live: Mapping[str, Any] | None) -> Iterable[Difference]:
    if live is None:
        yield Difference("missing" if column.missing else "deleted", entity, column.id, column.name)
        return
    title, type_name = safe_text(live["title"]), str(live["type"])
    about = (entity, column.id, column.name, title, type_name)
    if column.missing:
        yield Difference("back", *about)
    if column.name not in title_names(live["title"], column.id, entity):
        yield Difference("renamed", *about)
    if column_type(type_name).name != column.type:
        yield Difference("retyped", *about, was=column.type)
    elif type_name not in TYPES:
        yield Difference("unknown", *about)
