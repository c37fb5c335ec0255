"""How each column of a board is written: its type by the contract, its labels by the active extract."""

from __future__ import annotations

from opus_sync.columns import LabelMap
from opus_sync.contract import Board, Entity
from opus_sync.push.encode import Encoder, Writable
from opus_sync.warehouse.base import Warehouse


def encoder(board: Board, monday_board_id: int, warehouse: Warehouse, extract_id: str) -> Encoder:
    """Read the labels of an extract and return the board's encoder."""
    rows = warehouse.query("push_labels", extract_id=extract_id)
    items = LabelMap.from_rows(row for row in rows if row["monday_board_id"] == monday_board_id)
    subitems = LabelMap.from_rows(row for row in rows if row["monday_board_id"] != monday_board_id)
    labels = {"items": items, "subitems": subitems}
    return Encoder({f"update_{entity.kind}": _columns(entity, labels[entity.kind]) for entity in board.entities})


def _columns(entity: Entity, labels: LabelMap) -> dict[str, Writable]:
    return {
        column.id: Writable(column.column_type, labels.column(column.id, create=column.create_labels))
        for column in entity.columns
    }
