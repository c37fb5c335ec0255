"""Turns a staged operation into a mutation: canonical text to monday's write format, by column type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from opus_sync.columns import TYPES, ColumnLabels, ColumnType, EncodeError
from opus_sync.errors import OpusError
from opus_sync.plan.order import Operation
from opus_sync.plan.staged import Cells
from opus_sync.push.document import Mutation, compact_json

_NAME = TYPES["name"]


@dataclass(frozen=True)
class Writable:
    """What writing a column needs: its type, and its labels with whether a write may create some."""

    type: ColumnType
    labels: ColumnLabels


@dataclass(frozen=True)
class Encoder:
    """Encodes the rows of one board; `columns` holds update type -> column id -> how it is written."""

    columns: Mapping[str, Mapping[str, Writable]] = field(default_factory=dict)

    def mutation(self, entry: Operation, parent_item_id: int | None = None) -> Mutation:
        """Return the mutation of a row; `parent_item_id` is the item that a new subitem hangs under.

        Raises EncodeError for a cell that has no write format, OpusError for a row that lacks an id.
        """
        name, build = _MUTATIONS[entry.row.update_type, entry.row.update_operation]
        return Mutation(name, build(self, entry, parent_item_id))

    def values(self, update_type: str, cells: Cells, *, creating: bool) -> tuple[str, bool]:
        """Return `column_values` as JSON text and whether it names a label that is to be created.

        A new item has nothing to clear, so its empty cells are left out; its name is an argument.
        """
        table = self.columns.get(update_type, {})
        out: dict[str, Any] = {}
        new_label = False
        for column, text in cells.items():
            if column == "name":
                if not creating:
                    out[column] = _NAME.encode(text, ColumnLabels(column))
                continue
            writable = table.get(column)
            if writable is None:
                raise EncodeError(column, text, "cannot be written: the contract has no such column")
            value = writable.type.encode(text, writable.labels)
            if value is None and creating:
                continue
            if writable.labels.create and isinstance(value, dict):
                new_label = new_label or "label" in value or "labels" in value
            out[column] = value
        return compact_json(out), new_label


def _create_item(encoder: Encoder, entry: Operation, _: int | None) -> dict[str, Any]:
    out = {"board_id": _id(entry, "monday_board_id"), "item_name": entry.row.item_name}
    if entry.row.group_id is not None:
        out["group_id"] = entry.row.group_id
    return out | _column_values(encoder, entry, creating=True)


def _create_subitem(encoder: Encoder, entry: Operation, parent: int | None) -> dict[str, Any]:
    parent = entry.row.parent_item_id if parent is None else parent
    if parent is None:
        raise OpusError(f"staged row {entry.row.stg_id}: its parent is not on the board")
    out = {"parent_item_id": str(parent), "item_name": entry.row.item_name}
    return out | _column_values(encoder, entry, creating=True)


def _change(encoder: Encoder, entry: Operation, _: int | None) -> dict[str, Any]:
    ids = {"board_id": _id(entry, "monday_board_id"), "item_id": _id(entry, "monday_item_id")}
    return ids | _column_values(encoder, entry, creating=False)


def _move(_: Encoder, entry: Operation, __: int | None) -> dict[str, Any]:
    return {"item_id": _id(entry, "monday_item_id"), "group_id": entry.row.group_id}


def _remove(_: Encoder, entry: Operation, __: int | None) -> dict[str, Any]:
    return {"item_id": _id(entry, "monday_item_id")}


def _change_group(_: Encoder, entry: Operation, __: int | None) -> dict[str, Any]:
    ((attribute, value),) = entry.new.items()
    return _group_ids(entry) | {"attribute": attribute, "new_value": value}


def _move_group(_: Encoder, entry: Operation, __: int | None) -> dict[str, Any]:
    after = entry.new["$after"]
    if after is not None:
        return _group_ids(entry) | {"attribute": "relative_position_after", "new_value": after}
    return _group_ids(entry) | {"attribute": "relative_position_before", "new_value": entry.new["$before"]}


def _create_group(_: Encoder, entry: Operation, __: int | None) -> dict[str, Any]:
    out: dict[str, Any] = {"board_id": _id(entry, "monday_board_id"), "group_name": entry.new["title"]}
    if color := entry.new.get("color"):
        out["group_color"] = color
    if after := entry.new.get("$after"):
        out |= {"relative_to": after, "position_relative_method": "after_at"}
    return out


def _group_ids(entry: Operation) -> dict[str, Any]:
    return {"board_id": _id(entry, "monday_board_id"), "group_id": _id(entry, "group_id")}


def _archive_group(_: Encoder, entry: Operation, __: int | None) -> dict[str, Any]:
    return _group_ids(entry)


def _change_board(_: Encoder, entry: Operation, __: int | None) -> dict[str, Any]:
    ((attribute, value),) = entry.new.items()
    return {"board_id": _id(entry, "monday_board_id"), "attribute": attribute, "new_value": value or ""}


def _column_values(encoder: Encoder, entry: Operation, *, creating: bool) -> dict[str, Any]:
    text, new_label = encoder.values(entry.row.update_type, entry.new, creating=creating)
    out: dict[str, Any] = {"column_values": text}
    if new_label:
        out["create_labels_if_missing"] = True
    return out


def _id(entry: Operation, name: str) -> str:
    value = getattr(entry.row, name)
    if value is None:
        raise OpusError(f"staged row {entry.row.stg_id}: it has no {name}")
    return str(value)


def mutation_name(entry: Operation) -> str:
    """Return the name of the mutation that carries a row out."""
    return _MUTATIONS[entry.row.update_type, entry.row.update_operation][0]


Build = Callable[[Encoder, Operation, "int | None"], dict[str, Any]]

_MUTATIONS: Mapping[tuple[str, str], tuple[str, Build]] = {
    ("update_boards", "UPDATE"): ("update_board", _change_board),
    ("update_groups", "UPDATE"): ("update_group", _change_group),
    ("update_groups", "MOVE"): ("update_group", _move_group),
    ("update_groups", "CREATE"): ("create_group", _create_group),
    ("update_groups", "ARCHIVE"): ("archive_group", _archive_group),
    ("update_items", "CREATE"): ("create_item", _create_item),
    ("update_items", "UPDATE"): ("change_multiple_column_values", _change),
    ("update_items", "MOVE"): ("move_item_to_group", _move),
    ("update_items", "ARCHIVE"): ("archive_item", _remove),
    ("update_items", "DELETE"): ("delete_item", _remove),
    ("update_subitems", "CREATE"): ("create_subitem", _create_subitem),
    ("update_subitems", "UPDATE"): ("change_multiple_column_values", _change),
    ("update_subitems", "ARCHIVE"): ("archive_item", _remove),
    ("update_subitems", "DELETE"): ("delete_item", _remove),
}
