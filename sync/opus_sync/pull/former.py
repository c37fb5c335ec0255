"""The extract in force, and why its items cannot be carried over into the next one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from opus_sync import __version__
from opus_sync.contract import Board, Entity
from opus_sync.pull.live_board import LiveBoard
from opus_sync.warehouse.base import Warehouse

# Settled by monday's clock alone; an item that was changed while it was read has a stamp of whole seconds that may
# not tell, and monday promises nothing of how soon a write is seen by a read.
_OVERLAP = timedelta(hours=1)

Place = tuple[LiveBoard, Entity]


@dataclass(frozen=True)
class Former:
    """The extract in force: what was read and how (`reading`), and when by monday's clock.

    `full_at` is when a full extract was put in force last, by the clock of who did it.
    """

    extract_id: str
    reading: str | None
    monday_time: datetime | None
    full_at: datetime | None

    @property
    def trusted_until(self) -> datetime | None:
        """Return until when items were changed whose stamp tells every later change."""
        return None if self.monday_time is None else self.monday_time - _OVERLAP


def read_former(warehouse: Warehouse, board: Board) -> Former | None:
    """Return the extract in force, None where there is none."""
    found = warehouse.query("extract_in_force", board=board.name)
    return Former(**found[0]) if found else None


def reading_of(places: Sequence[Place]) -> str:
    """Return a mark of what is read and how: boards, columns with their types, and the version that decodes them."""
    columns = [[live.id, entity.kind, sorted((one.id, one.type) for one in entity.present)] for live, entity in places]
    return hashlib.sha256(json.dumps([__version__, columns]).encode()).hexdigest()[:32]


def why_not_carried(
    former: Former | None,
    reading: str,
    places: Sequence[Place],
    labels_then: Iterable[Mapping[str, Any]],
    labels_now: Iterable[Mapping[str, Any]],
) -> str:
    """Return why items of the extract in force would be wrong in a new one, "" where they would not."""
    if former is None:
        return "there is no extract in force"
    if former.reading != reading or former.monday_time is None:
        return "the contract, the boards or the version of opus-sync changed since the extract in force"
    titles = {(live.id, column.id): column.name for live, entity in places for column in entity.columns}
    now = {_label_key(row): row["label"] for row in labels_now}
    renamed = {
        titles[place]
        for row in labels_then
        if (place := (row["monday_board_id"], row["column_id"])) in titles
        and now.get(_label_key(row), ...) != row["label"]
    }
    return f"labels were renamed or deleted: {', '.join(sorted(renamed))}" if renamed else ""


def why_due(former: Former, days: float, now: datetime) -> str:
    """Return why a full extract is due by its age, "" where it is not."""
    if days == 0:
        return "full_pull_days is 0"
    if former.full_at is None or now - former.full_at >= timedelta(days=days):
        return f"the last full one is older than {days:g} days"
    return ""


def _label_key(row: Mapping[str, Any]) -> tuple[int, str, str]:
    return row["monday_board_id"], row["column_id"], str(row["label_id"])
