"""A board as monday shows it: its groups, columns and labels, and the board of its subitems."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from opus_sync.errors import OpusError
from opus_sync.monday.documents import document
from opus_sync.monday.governed import GovernedApi

_SUBITEMS_COLUMN = "subtasks"
_LABELLED = ("status", "dropdown")
_NOT_ACTIVE = {"archived": "restore it in monday", "deleted": "name another board"}


@dataclass(frozen=True)
class LiveBoard:
    """What the query `boards` tells of one board, and when by monday's clock it did."""

    facts: Mapping[str, Any]
    told_at: datetime | None = None

    @property
    def id(self) -> int:
        """The board's id."""
        return int(self.facts["id"])

    @property
    def items_count(self) -> int:
        """The active items on it when it was read."""
        return int(self.facts["items_count"] or 0)

    @property
    def columns(self) -> Sequence[Mapping[str, Any]]:
        """Its columns in board order, archived ones included."""
        return self.facts["columns"] or ()

    def subitem_board_id(self) -> int | None:
        """Return the board its subitems live on; there is none before the first subitem."""
        for column in self.columns:
            if column["type"] == _SUBITEMS_COLUMN:
                ids = _settings(column).get("boardIds") or []
                return int(ids[0]) if ids else None
        return None

    def rows(
        self, extract_id: str, first_day_of_week: str, parent: int | None = None
    ) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of the runner's tables; `parent` is the board whose subitems these are."""
        key = {"extract_id": extract_id, "monday_board_id": self.id}
        facts = self.facts
        board = {
            **key,
            "parent_board_id": parent,
            "board_name": facts["name"],
            "description": facts["description"],
            "state": facts["state"],
            "board_kind": facts["board_kind"],
            "hierarchy_type": facts["hierarchy_type"],
            "items_count": facts["items_count"],
            "items_limit": facts["items_limit"],
            "first_day_of_week": first_day_of_week,
            "url": facts["url"],
        }
        groups = [
            {
                **key,
                "group_id": group["id"],
                "title": group["title"],
                "color": group["color"],
                "position": group["position"],
                "archived": bool(group["archived"]),
            }
            for group in facts["groups"] or ()
            if not group["deleted"]
        ]
        columns = [
            {
                **key,
                "column_id": column["id"],
                "title": column["title"],
                "column_type": column["type"],
                "description": column["description"],
                "settings": _compact(_settings(column)),
                "revision": column["revision"],
                "archived": bool(column["archived"]),
                "position": position,
            }
            for position, column in enumerate(self.columns)
        ]
        labels = [{**key, **label} for label in label_rows(self)]
        return {
            "mon_raw_board": [board],
            "mon_raw_group": groups,
            "mon_raw_column": columns,
            "mon_raw_label": labels,
        }


def read_board(api: GovernedApi, board_id: int, named_in: str) -> LiveBoard:
    """Read one board; raises OpusError when it is not there, not visible, or not active.

    `named_in` says where the id stands, for the message.
    """
    answer = api.read(document("boards") + document("board_facts"), {"ids": [str(board_id)], "limit": 1})
    return replace(live_board(answer.data["boards"], board_id, named_in), told_at=answer.server_time)


def live_board(answered: Sequence[Mapping[str, Any] | None] | None, board_id: int, named_in: str) -> LiveBoard:
    """Return one of the boards that monday answered; raises as `read_board` says."""
    found = [board for board in answered or () if board and int(board["id"]) == board_id]
    if not found:
        raise OpusError(
            f"board {board_id} does not exist, or this token's user may not see it",
            f"check the board id in {named_in} and the user's access to the board",
        )
    live = LiveBoard(found[0])
    if hint := _NOT_ACTIVE.get(str(live.facts["state"])):
        raise OpusError(f"board {board_id} is {live.facts['state']}", f"{hint}, or change {named_in}")
    return live


def label_rows(live: LiveBoard) -> list[dict[str, Any]]:
    """Return the labels of a board's columns."""
    return [label for column in live.columns for label in _labels(column)]


def _labels(column: Mapping[str, Any]) -> list[dict[str, Any]]:
    listed = _settings(column).get("labels") if column["type"] in _LABELLED else None
    return [
        {
            "column_id": column["id"],
            "label_id": str(label["id"]),
            "label": label.get("label"),
            "is_deactivated": bool(label.get("is_deactivated")),
            "is_done": bool(label.get("is_done")),
            "color": label.get("color"),
            "position": label.get("index", position),
        }
        for position, label in enumerate(listed if isinstance(listed, list) else ())
    ]


def _settings(column: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a column's settings; the JSON scalar may arrive as an object or as its text."""
    settings = column["settings"]
    if isinstance(settings, str):
        settings = json.loads(settings)
    return settings if isinstance(settings, Mapping) else {}


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
