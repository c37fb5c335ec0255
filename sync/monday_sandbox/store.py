"""The state of a sandbox: account, people, boards and items, found by id in constant time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any

from monday_sandbox.columns.settings import complete_settings
from monday_sandbox.errors import invalid_argument, invalid_board, not_found
from monday_sandbox.lookup import Lookups
from monday_sandbox.model import Account, Board, Cell, Column, Group, Item, Tag, Team, User

ACTIVITY_LIMIT = 10_000
_GROUP_DISTANCE = 65_536.0


class Store:
    """All records of one account."""

    def __init__(self) -> None:
        self.account = Account()
        self.users: dict[str, User] = {}
        self.teams: dict[str, Team] = {}
        self.tags: dict[str, Tag] = {}
        self.boards: dict[str, Board] = {}
        self.items: dict[str, Item] = {}
        self.lookups = Lookups()
        self.activity: dict[str, deque[dict[str, Any]]] = {}
        self._last_id = 1_000
        self._events = 0

    # Ids

    def new_id(self) -> str:
        """Return an id that nothing on the account has had."""
        self._last_id += 1
        return str(self._last_id)

    def note_id(self, entity_id: str) -> None:
        """Keep new ids above one that a seed brings."""
        if entity_id.isdigit():
            self._last_id = max(self._last_id, int(entity_id))

    def new_event(self) -> int:
        """Return the number of the next activity entry."""
        self._events += 1
        return self._events

    # Finding

    def user(self, user_id: str) -> User:
        """Return a user; a placeholder for one who is not on the account any more."""
        return self.users.get(user_id) or User(user_id, "", "", enabled=False)

    def board(self, board_id: str) -> Board:
        """Return a board that is not deleted; raises InvalidBoardIdException."""
        board = self.boards.get(board_id)
        if board is None or board.state == "deleted":
            raise invalid_board(board_id)
        return board

    def item(self, item_id: str | None) -> Item:
        """Return an active item; raises ResourceNotFoundException or InvalidArgumentException."""
        if item_id is None:
            raise invalid_argument("item_id is required")
        item = self.items.get(item_id)
        if item is None or item.state == "deleted":
            raise not_found("Item", item_id)
        if item.state != "active":
            raise invalid_argument(f"Item {item_id} is {item.state}", item_id=item_id)
        return item

    # Adding

    def add_board(self, board: Board) -> Board:
        """Add a board with its groups and columns; every board has a name column."""
        if not any(column.type == "name" for column in board.columns.values()):
            board.columns = {"name": Column("name", "Name", "name")} | board.columns
        self.boards[board.id] = board
        self.note_id(board.id)
        return board

    def add_group(self, board: Board, title: str, color: str, group_id: str | None = None) -> Group:
        """Add a group at the top of a board, as create_group does."""
        group = Group(group_id or f"group_{self.new_id()}", title, color, board=board)
        first = next(iter(board.groups.values()), None)
        board.groups[group.id] = group
        self.position_group(board, group, float(first.position) / 2 if first else _GROUP_DISTANCE)
        return group

    def position_group(self, board: Board, group: Group, position: float) -> None:
        """Give a group another position; those of the others stay what they are."""
        group.position = str(position)
        board.groups = {one.id: one for one in sorted(board.groups.values(), key=lambda one: float(one.position))}

    def place_group(self, board: Board, group: Group, beside: Group, *, after: bool) -> None:
        """Put a group right before or after another one: halfway to that one's neighbour."""
        others = [one for one in board.groups.values() if one is not group]
        at = others.index(beside) + (1 if after else 0)
        before = float(others[at - 1].position) if at else 0.0
        behind = float(others[at].position) if at < len(others) else before + 2 * _GROUP_DISTANCE
        self.position_group(board, group, (before + behind) / 2)

    def add_item(self, item: Item) -> None:
        """Add an item at the end of its group and among its parent's subitems."""
        self.note_id(item.id)
        self.items[item.id] = item
        item.board.items[item.id] = item
        if item.parent is not None:
            item.parent.children[item.id] = item
        if item.state == "active":
            item.board.groups[item.group_id].items[item.id] = item
            self.lookups.added(item)

    def subitem_board(self, board: Board, now: str) -> Board:
        """Return the board of the subitems; it and the subitems column appear with the first subitem."""
        if board.subitem_board is not None:
            return self.boards[board.subitem_board]
        below = Board(
            self.new_id(),
            f"Subitems of {board.name}",
            now,
            creator=board.creator,
            updated_at=now,
            parent_board=board.id,
            items_limit=board.items_limit,
        )
        below.groups = {"topics": Group("topics", "Subitems", board=below)}
        columns = (("person", "Owner", "people"), ("status", "Status", "status"), ("date0", "Date", "date"))
        for column_id, title, kind in columns:
            below.columns[column_id] = Column(column_id, title, kind, settings=complete_settings(kind, {}))
        number_groups(below)
        self.add_board(below)
        self.connect_subitems(board, below)
        return below

    def connect_subitems(self, board: Board, below: Board) -> None:
        """Make one board the subitem board of another, with the subitems column that says so."""
        board.subitem_board, below.parent_board = below.id, board.id
        if not any(column.type == "subtasks" for column in board.columns.values()):
            name = "subitems" if "subitems" not in board.columns else f"subitems_{below.id}"
            settings = {"boardIds": [int(below.id) if below.id.isdigit() else below.id]}
            board.columns[name] = Column(name, "Subitems", "subtasks", settings=settings)

    # Changing

    def set_cells(self, item: Item, cells: dict[str, Cell | None]) -> None:
        """Write cells; None empties one."""
        for column_id, cell in cells.items():
            if cell is None:
                item.cells.pop(column_id, None)
            else:
                item.cells[column_id] = cell
        self.lookups.changed(item, cells)

    def rename(self, item: Item, name: str) -> None:
        """Give an item another name."""
        item.name = name
        self.lookups.changed(item, ("name",))

    def place(self, item: Item, group: Group, relative: str | None = None, after: bool = True) -> None:
        """Put an active item into a group: at its end, or beside another item."""
        item.board.groups[item.group_id].items.pop(item.id, None)
        item.group_id = group.id
        if relative is None:
            group.items[item.id] = item
            return
        placed: dict[str, Item] = {}
        for other_id, other in group.items.items():
            if other_id == relative and not after:
                placed[item.id] = item
            placed[other_id] = other
            if other_id == relative and after:
                placed[item.id] = item
        group.items = placed

    def retire(self, item: Item, state: str) -> None:
        """Archive or delete an item."""
        item.state = state
        item.board.groups[item.group_id].items.pop(item.id, None)
        self.lookups.removed(item)

    # Activity

    def log(self, board: Board, entry: dict[str, Any]) -> None:
        """Add an entry to a board's activity log; the oldest beyond 10,000 are dropped."""
        self.activity.setdefault(board.id, deque(maxlen=ACTIVITY_LIMIT)).appendleft(entry)


def number_groups(board: Board) -> None:
    """Give the groups their positions, top first."""
    for place, group in enumerate(board.groups.values(), start=1):
        group.position = str(place * _GROUP_DISTANCE)
        group.board = board


def by_ids(table: dict[str, Any], ids: Iterable[str] | None) -> list[Any]:
    """Return the records with the given ids, or all; unknown ids are left out."""
    if ids is None:
        return list(table.values())
    return [table[entry] for entry in dict.fromkeys(ids) if entry in table]
