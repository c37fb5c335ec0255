"""The items of the extract in force, by how a listing shows them, to be carried over as far as they still do."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from opus_sync.columns import column_type
from opus_sync.contract import Column, Entity
from opus_sync.pull.former import Former, Place
from opus_sync.warehouse.base import Values, Warehouse
from opus_sync.warehouse.ndjson import naive_utc

Row = Mapping[str, Any]
_PART = 20_000


def restless_columns(entity: Entity) -> list[Column]:
    """Return the columns whose cells may change while their item does not: a listing has to show them."""
    return [column for column in entity.present if column_type(column.type).restless]


class Carried:
    """What of the extract in force goes into the next one: all but what is left out.

    Of each item only a number is kept, so that memory hardly grows with a board.
    """

    def __init__(self, warehouse: Warehouse, board: str, former: Former, places: Sequence[Place]) -> None:
        self._extract_id = former.extract_id
        self._restless = {live.id: [column.id for column in restless_columns(entity)] for live, entity in places}
        self._sights: dict[int, dict[int, int]] = {board_id: {} for board_id in self._restless}
        self._parents: dict[int, int] = {}
        self._recent: set[int] = set()
        self._left_out: set[int] = set()
        self._written: dict[int, set[int]] = {board_id: set() for board_id in self._restless}
        for row in warehouse.query("written_items", board=board, extract_id=former.extract_id):
            self._written.setdefault(row["monday_board_id"], set()).add(row["monday_item_id"])
        (size,) = warehouse.query("extract_size", extract_id=former.extract_id)
        parts = size["items"] // _PART + 1
        for part in range(parts):
            self._take_in(
                warehouse.query(
                    "extract_items",
                    extract_id=former.extract_id,
                    with_cells=int(any(self._restless.values())),
                    parts=parts,
                    part=part,
                ),
                former.trusted_until,
            )

    def _take_in(self, rows: Iterable[Row], trusted_until: datetime | None) -> None:
        for row in rows:
            item_id, stamp = row["monday_item_id"], row["monday_updated_at"]
            text = None if stamp is None else naive_utc(stamp).isoformat(" ", "seconds")
            self._sights[row["monday_board_id"]][item_id] = self._sight(row, text)
            if row["parent_item_id"] is not None:
                self._parents[item_id] = row["parent_item_id"]
            if stamp is None or trusted_until is None or stamp >= trusted_until:
                self._recent.add(item_id)

    def items(self, board_id: int) -> Collection[int]:
        """Return the ids of a board's items."""
        return self._sights[board_id].keys()

    def written(self, board_id: int) -> Collection[int]:
        """Return the ids of the items that were written since, new ones included."""
        return self._written[board_id]

    def below(self, parents: Collection[int]) -> list[int]:
        """Return the ids of the subitems of these items."""
        return [item_id for item_id, parent in self._parents.items() if parent in parents]

    def holds(self, row: Row) -> bool:
        """Tell whether an item stands in the extract as it is listed now, beyond doubt."""
        board_id, item_id = row["monday_board_id"], row["monday_item_id"]
        return (
            self._sights[board_id].get(item_id) == self._sight(row, row["monday_updated_at"])
            and item_id not in self._recent
            and item_id not in self._written[board_id]
        )

    def leave_out(self, ids: Iterable[int]) -> None:
        """Take over all but these."""
        self._left_out.update(ids)

    def kept(self, board_id: int) -> int:
        """Return how many items of a board are taken over."""
        sights = self._sights[board_id]
        return len(sights) - sum(item_id in sights for item_id in self._left_out)

    def copy(self, extract_id: str) -> Mapping[str, Values]:
        """Return the statement that takes them over into another extract, with its parameters."""
        # No item has the number 0; an empty list would be a text that holds no number.
        left_out = ",".join(map(str, [0, *sorted(self._left_out)]))
        values = {"extract_id": self._extract_id, "into_extract_id": extract_id, "left_out": left_out}
        return {"carry_items": values}

    def _sight(self, row: Row, stamp: str | None) -> int:
        restless = self._restless[row["monday_board_id"]]
        cells = json.loads(row["column_values"] or "{}") if restless else {}
        return hash(
            (row["group_id"], row["parent_item_id"], row["item_name"], stamp, *[cells.get(one) for one in restless])
        )
