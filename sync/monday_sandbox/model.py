"""Things on an account, as plain mutable records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Cell(NamedTuple):
    """A filled cell: `data` in the type's JSON write form (read-only types: value, text, display_value)."""

    data: Any
    changed_at: str


@dataclass(slots=True)
class Account:
    """The one account of a sandbox."""

    id: str = "1"
    name: str = "Sandbox"
    slug: str = "sandbox"
    first_day_of_the_week: str = "monday"
    plan: str = "standard"


@dataclass(slots=True)
class User:
    """A person; `enabled` false reads as status INACTIVE."""

    id: str
    name: str
    email: str
    kind: str = "member"
    enabled: bool = True


@dataclass(slots=True)
class Team:
    """A team and its members' ids."""

    id: str
    name: str
    users: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tag:
    """A tag of the account."""

    id: str
    name: str
    color: str = "#579bfc"


@dataclass(slots=True)
class Item:
    """An item or subitem; `cells` holds no empty cell."""

    id: str
    name: str
    board: Board
    group_id: str
    created_at: str
    updated_at: str
    creator: str
    updater: str
    parent: Item | None = None
    state: str = "active"
    cells: dict[str, Cell] = field(default_factory=dict)
    children: dict[str, Item] = field(default_factory=dict)

    def active_children(self) -> list[Item]:
        """List the active subitems in order."""
        return [child for child in self.children.values() if child.state == "active"]


@dataclass(slots=True)
class Group:
    """A group; `items` holds its active items in order."""

    id: str
    title: str
    color: str = "#037f4c"
    archived: bool = False
    position: str = "65536.0"
    board: Board | None = None
    items: dict[str, Item] = field(default_factory=dict)


@dataclass(slots=True)
class Column:
    """A column; `settings` is the documented settings object of its type."""

    id: str
    title: str
    type: str
    description: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    width: int | None = None
    archived: bool = False
    revision: str = "1"

    def revise(self) -> None:
        """Give the column its next revision."""
        self.revision = str(int(self.revision) + 1) if self.revision.isdigit() else f"{self.revision}+"


@dataclass(slots=True)
class Board:
    """A board; a subitem board has `parent_board` set. `items` holds items of every state."""

    id: str
    name: str
    created_at: str
    description: str = ""
    kind: str = "public"
    state: str = "active"
    items_limit: int = 10_000
    creator: str = ""
    updated_at: str = ""
    subitem_board: str | None = None
    parent_board: str | None = None
    groups: dict[str, Group] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)

    def active_groups(self) -> list[Group]:
        """List the groups that are not archived, top first."""
        return [group for group in self.groups.values() if not group.archived]

    def active_columns(self) -> list[Column]:
        """List the columns that are not archived, in board order."""
        return [column for column in self.columns.values() if not column.archived]

    def active_items(self) -> list[Item]:
        """List the active items in board order: group by group."""
        return [item for group in self.active_groups() for item in group.items.values()]

    def items_count(self) -> int:
        """Count the active items."""
        return sum(len(group.items) for group in self.active_groups())
