"""Boards as the warehouse knows them now, in the sandbox's seed format: the same ids, nothing of monday is asked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opus_sync.columns import TYPES, LabelMap
from opus_sync.contract import Board, Entity
from opus_sync.errors import UsageError
from opus_sync.rehearsal.cells import NotCopied, seed_cell
from opus_sync.verify.columns import Columns
from opus_sync.verify.known import Known
from opus_sync.warehouse.base import Warehouse

# A copy is for trying out: the day's calls of a small plan would end a rehearsal that monday would not.
_PLAN = "enterprise"
_RELATION, _CREATED = "board_relation", "creation_log"
Row = Mapping[str, Any]


@dataclass
class Copy:
    """A seed in the making.

    `items` counts those of each board, `left_out` the cells that have no form in a seed, by board and column.
    """

    warehouse: Warehouse
    account_id: str = ""
    items: Counter[str] = field(default_factory=Counter)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    _account: dict[str, Any] = field(default_factory=dict)
    _people: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    _boards: dict[str, dict[str, Any]] = field(default_factory=dict)
    _links: list[tuple[Sequence[str], list[str]]] = field(default_factory=list)

    def add(self, board: Board) -> None:
        """Add a board with its subitems; raises UsageError where it was never pulled or is of another account."""
        (active,) = self.warehouse.query("plan_present", board=board.name) or [{}]
        if not active:
            raise UsageError(f"board {board.name!r} has no extract to copy", "run `opus-sync pull` on this target")
        if self.account_id not in ("", active["account_id"]):
            raise UsageError(
                f"board {board.name!r} is of another account than the boards before it",
                "a sandbox is one account: name boards of one with --select",
            )
        self.account_id = active["account_id"]
        self._add_people(active["extract_id"])
        for row in self.warehouse.query("copy_board", extract_id=active["extract_id"]):
            self._add_board(row)
        self._add_parts(active["extract_id"])
        self._add_items(board, active["extract_id"], active["as_of_seq"] or 0)

    def seed(self) -> dict[str, Any]:
        """Return the seed."""
        people = {kind: list(found.values()) for kind, found in self._people.items()}
        return {"account": self._account, **people, "boards": [*self._boards.values(), *self._linked()]}

    def _linked(self) -> list[dict[str, Any]]:
        """Return the boards outside of the copy that its items link to, with these items by id alone."""
        known = {item["id"] for board in self._boards.values() for item in board["items"]}
        found: dict[str, dict[str, Any]] = {}
        for boards, ids in self._links:
            outside = next((board for board in boards if board not in self._boards), None)
            missing = [item for item in ids if item not in known]
            if outside is not None and missing:
                board = found.setdefault(outside, {"id": outside, "name": f"Board {outside}", "items": []})
                board["items"] += [{"id": item, "name": f"Item {item}"} for item in missing]
                known.update(missing)
        return list(found.values())

    def _add_people(self, extract_id: str) -> None:
        def query(kind: str) -> list[dict[str, Any]]:
            return self.warehouse.query(f"copy_{kind}", extract_id=extract_id)

        users = [
            {
                "id": row["user_id"],
                "name": row["user_name"] or "",
                "email": row["email"] or "",
                "kind": row["kind"] or "member",
                "enabled": row["status"] != "INACTIVE",
            }
            for row in query("users")
        ]
        teams = [{"id": row["team_id"], "name": row["team_name"] or ""} for row in query("teams")]
        tags = [{"id": row["tag_id"], "name": row["tag_name"] or ""} for row in query("tags")]
        for kind, found in (("users", users), ("teams", teams), ("tags", tags)):
            self._people.setdefault(kind, {}).update({one["id"]: one for one in found})

    def _add_board(self, row: Row) -> None:
        self._account = {
            "id": self.account_id,
            "name": f"Copy of account {self.account_id}",
            "first_day_of_the_week": row["first_day_of_week"] or "monday",
            "plan": _PLAN,
        }
        self._boards[str(row["monday_board_id"])] = {
            "id": str(row["monday_board_id"]),
            "name": row["board_name"] or "",
            "description": row["description"] or "",
            "kind": row["board_kind"] or "public",
            "items_limit": row["items_limit"],
            "parent_board": None if row["parent_board_id"] is None else str(row["parent_board_id"]),
            "groups": [],
            "columns": [],
            "items": [],
        }

    def _add_parts(self, extract_id: str) -> None:
        groups = self.warehouse.query("copy_groups", extract_id=extract_id)
        for row in sorted(groups, key=lambda row: float(row["position"] or 0)):
            self._boards[str(row["monday_board_id"])]["groups"].append(
                {"id": row["group_id"], "title": row["title"] or "", "color": row["color"], "archived": row["archived"]}
            )
        for row in self.warehouse.query("copy_columns", extract_id=extract_id):
            self._boards[str(row["monday_board_id"])]["columns"].append(
                {
                    "id": row["column_id"],
                    "title": row["title"] or "",
                    "type": row["column_type"] if row["column_type"] in TYPES else "unsupported",
                    "description": row["description"] or "",
                    "settings": _settings(row),
                    "revision": row["revision"],
                    "archived": row["archived"],
                }
            )

    def _add_items(self, board: Board, extract_id: str, as_of_seq: int) -> None:
        known = Known(self.warehouse, board.name, extract_id, as_of_seq, Columns(board)).part(1, 0, set())
        labels = self.warehouse.query("push_labels", extract_id=extract_id)
        for entity in board.entities:
            below = entity.kind == "subitems"
            rows = [row for row in known.values() if (row["parent_item_id"] is not None) == below]
            # A subitem goes with its parent.
            rows = [row for row in rows if not below or row["parent_item_id"] in known]
            for board_id in {row["monday_board_id"] for row in rows}:
                own = LabelMap.from_rows(row for row in labels if row["monday_board_id"] == board_id)
                there = sorted(
                    (row for row in rows if row["monday_board_id"] == board_id), key=lambda row: row["monday_item_id"]
                )
                self._boards[str(board_id)]["items"] += self._items(board, entity, there, own)
            self.items[board.name] += len(rows)

    def _items(self, board: Board, entity: Entity, rows: Iterable[Row], labels: LabelMap) -> list[dict[str, Any]]:
        columns = entity.by_id()
        created = next((column.id for column in entity.columns if column.type == _CREATED), None)
        found = []
        for row in rows:
            texts = json.loads(row["column_values"] or "{}")
            values = {}
            groups = {group["id"] for group in self._boards[str(row["monday_board_id"])]["groups"]}
            for column_id, text in texts.items():
                try:
                    column = columns[column_id]
                    values[column_id] = seed_cell(column, text, labels.column(column_id))
                except (KeyError, NotCopied):
                    self.left_out[board.name, column_id] += 1
                    continue
                if column.type == _RELATION and text:
                    self._links.append((self._connected(row, column_id), json.loads(text)))
            item = {
                "id": str(row["monday_item_id"]),
                "name": row["item_name"] or "",
                "group": row["group_id"] if row["group_id"] in groups else None,
                "parent": None if row["parent_item_id"] is None else str(row["parent_item_id"]),
                "created_at": _zulu(texts.get(created)) if created else None,
                "updated_at": _zulu(row.get("monday_updated_at")),
                "values": {column_id: value for column_id, value in values.items() if value is not None},
            }
            found.append({name: value for name, value in item.items() if value is not None})
        return found

    def _connected(self, row: Row, column_id: str) -> list[str]:
        columns = self._boards[str(row["monday_board_id"])]["columns"]
        settings: Mapping[str, Any] = next((column["settings"] for column in columns if column["id"] == column_id), {})
        return [str(board) for board in settings.get("boardIds") or ()]


def _settings(row: Row) -> dict[str, Any]:
    settings: dict[str, Any] = json.loads(row["settings"] or "{}")
    if isinstance(settings.get("labels"), list):
        settings["labels"] = [{**label, "label": label.get("label") or ""} for label in settings["labels"]]
    return settings


def _zulu(moment: Any) -> str | None:
    """Return `2026-11-01T08:00:00Z` of a moment or its canonical text."""
    return None if moment is None else str(moment)[:19].replace(" ", "T") + "Z"
