"""Board contracts as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..columns import ColumnType, column_type
from ..errors import ConfigurationError, Problem
from .guards import DEFAULTS, Guards

EntityKind = Literal["items", "subitems"]
StructureKind = Literal["groups", "board"]
Direction = Literal["push", "pull"]
OnNull = Literal["keep", "clear"]
OnConflict = Literal["flag", "overwrite", "keep"]
OnNew = Literal["create", "ignore"]
OnMissing = Literal["ignore", "archive", "delete"]

TITLE = "Title"
"""The system column that stands for the item's name."""


@dataclass(frozen=True)
class Column:
    """One monday column of a contract: `id` is its identity, `name` its title made safe.

    One that is `missing` is no longer on the board: it is neither read nor written.
    """

    name: str
    id: str
    type: str
    direction: Direction = "pull"
    on_null: OnNull = "keep"
    on_conflict: OnConflict = "flag"
    create_labels: bool = False
    missing: bool = False
    description: str = ""
    line: int = 1

    @property
    def column_type(self) -> ColumnType:
        """How the column's cells are read, compared and written."""
        return column_type(self.type)


@dataclass(frozen=True)
class Entity:
    """The items or the subitems of a board.

    `key` holds names of `columns`, or "Title"; () when rows match by item id alone. Items and
    subitems each have rules of their own.
    """

    kind: EntityKind
    model: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    on_new: OnNew = "ignore"
    on_missing: OnMissing = "ignore"
    line: int = 1

    @property
    def present(self) -> tuple[Column, ...]:
        """The columns that are still on the board."""
        return tuple(column for column in self.columns if not column.missing)

    @property
    def pushed(self) -> tuple[Column, ...]:
        """Those of them that a desired model may manage."""
        return tuple(column for column in self.present if column.direction == "push")

    def column(self, name: str) -> Column | None:
        """Return the column of that name, without regard to case."""
        wanted = name.casefold()
        return next((column for column in self.columns if column.name.casefold() == wanted), None)

    def by_id(self) -> Mapping[str, Column]:
        """Return column id -> column."""
        return {column.id: column for column in self.columns}


@dataclass(frozen=True)
class Structure:
    """The groups of a board, or the board's own name and description."""

    kind: StructureKind
    model: str
    on_conflict: OnConflict = "flag"
    on_new: OnNew = "ignore"
    on_missing: OnMissing = "ignore"


@dataclass(frozen=True)
class Board:
    """One board contract; `file` and `line` say where it stands."""

    name: str
    file: str
    board_ids: int | Mapping[str, int]
    items: Entity
    subitems: Entity | None = None
    groups: Structure | None = None
    facts: Structure | None = None
    account: str | None = None
    enabled: bool = True
    batch_by: str | None = None
    timezone: str = "UTC"
    guards: Guards = DEFAULTS
    settings: Mapping[str, Any] = field(default_factory=dict)
    line: int = 1

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Items, then subitems where the contract has them."""
        return (self.items, self.subitems) if self.subitems else (self.items,)

    @property
    def structure(self) -> tuple[Structure, ...]:
        """Groups, then the board itself, where the contract has them."""
        return tuple(one for one in (self.groups, self.facts) if one)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the contract describes, as its staged models are named: items, subitems, groups, board."""
        return (*(one.kind for one in self.entities), *(one.kind for one in self.structure))

    @property
    def models(self) -> tuple[str, ...]:
        """The current models of all that."""
        return (*(one.model for one in self.entities), *(one.model for one in self.structure))

    def rehearsed(self, target: str, original: str) -> Board:
        """Return the contract for a target that stands in for another one: with its board, unless it has its own."""
        if isinstance(self.board_ids, int) or original not in self.board_ids:
            return self
        return replace(self, board_ids={target: self.board_ids[original], **self.board_ids})

    def board_id(self, target: str) -> int:
        """Return the monday board of a dbt target; ConfigurationError when the contract names none for it."""
        if isinstance(self.board_ids, int):
            return self.board_ids
        if target in self.board_ids:
            return self.board_ids[target]
        known = ", ".join(sorted(self.board_ids))
        what = f"no board id for the dbt target {target!r}, only for {known}"
        hint = "Add the target to board_id, or choose another with --target."
        raise ConfigurationError([Problem(self.file, self.line, "board_id", what)], hint)
