"""The counter of a board over all tables that carry `seq`."""

from __future__ import annotations

from opus_sync.warehouse.base import Warehouse


def next_seq(warehouse: Warehouse, board: str) -> int:
    """Return the `seq` of the next row appended for a board; to be called under the board's lock."""
    return int(warehouse.query("next_seq", board=board)[0]["seq"])
