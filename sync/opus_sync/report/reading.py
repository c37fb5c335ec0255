"""Reads from the warehouse how a board looks, what its models of findings hold, and what became of a batch."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from opus_sync.contract import Board
from opus_sync.errors import OpusError
from opus_sync.plan.changes import column_title
from opus_sync.report.appearance import Appearance, color_of, label_colors
from opus_sync.report.batch import Batch, batch_of
from opus_sync.report.page import Finding, Value
from opus_sync.shown import moment, visible
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.built import built_relation

LISTED = 500
"""Rows of one model of findings that a page lists."""

_UPDATE_TYPES = {"items": "update_items", "subitems": "update_subitems", "groups": "update_groups"}
_NAMED = 5
_NONE = Value("(empty)")
_FINDINGS = {
    "mon_conflicts": (
        "Conflicts",
        "Somebody edited these cells since they were last in step: their rows are held.",
        {"last_synced_value": "Last in step", "board_value": "On the board", "desired_value": "Desired"},
    ),
    "mon_drift": (
        "Drift",
        "Cells that somebody edited on the board since they were last in step.",
        {"last_synced_value": "Last in step", "board_value": "On the board"},
    ),
}


def read_appearance(
    warehouse: Warehouse, board: Board, board_id: int, extract_id: str | None, *, items: bool
) -> Appearance:
    """Return how a board looked when it was pulled; `items` reads the names of its items, too."""
    titles = {(f"update_{one.kind}", column.id): column.name for one in board.entities for column in one.columns}
    types = {(f"update_{one.kind}", column.id): column.type for one in board.entities for column in one.columns}
    if extract_id is None:
        return Appearance(titles, types)

    def read(statement: str) -> list[dict[str, Any]]:
        return warehouse.query(statement, extract_id=extract_id)

    people = {f"person-{row['user_id']}": visible(row["user_name"] or "") for row in read("copy_users")}
    teams = {f"team-{row['team_id']}": visible(row["team_name"] or "") for row in read("copy_teams")}
    return Appearance(
        titles,
        types,
        colors=label_colors(read("copy_columns"), board_id),
        groups={
            row["group_id"]: Value(visible(row["title"] or row["group_id"]), color_of(row["color"]))
            for row in read("copy_groups")
        },
        named={
            "people": people | teams,
            "tags": {row["tag_id"]: visible(row["tag_name"] or "") for row in read("copy_tags")},
        },
        items={row["monday_item_id"]: (row["item_name"], row["group_id"]) for row in read("report_items")}
        if items
        else {},
    )


def read_findings(warehouse: Warehouse, board: str, target: str, looks: Appearance) -> Iterator[Finding]:
    """Yield what the models of findings hold of a board; a model that is not built holds nothing."""
    for model, (title, about, values) in _FINDINGS.items():
        rows = _rows(warehouse, model, target, board)
        if rows:
            listed = tuple(_line(row, values, looks) for row in rows[:LISTED])
            yield Finding(title, about, ("Record", "Column", *values.values()), listed, len(rows))


def _rows(warehouse: Warehouse, model: str, target: str, board: str) -> list[dict[str, Any]]:
    relation = built_relation(warehouse, target, model)
    try:
        return warehouse.scan(relation, board=board) if relation else []
    except OpusError:
        # What was built once may have been dropped since; the page is about the plan.
        return []


def _line(row: Mapping[str, Any], values: Mapping[str, str], looks: Appearance) -> tuple[Value, ...]:
    update_type = row.get("update_type") or _UPDATE_TYPES.get(row.get("entity") or "", "update_boards")
    column = row["column_id"]
    record = row["record_key"] or looks.name(row["monday_item_id"]) or row["group_id"] or ""
    return (
        Value(visible(str(record))),
        Value(visible(column_title(looks.titles, update_type, column))),
        *(looks.value(update_type, column, row[name]) or _NONE for name in values),
    )


def read_batch(warehouse: Warehouse, batch_id: str, boards: Collection[str]) -> Batch:
    """Return a batch of these boards; raises OpusError, with the newest batches there are, where none has that id."""
    events = warehouse.query("report_batch", batch_id=batch_id)
    if not events or events[-1]["board"] not in boards:
        where = f"it is of board {events[-1]['board']!r}" if events else "there is none"
        raise OpusError(f"batch {batch_id} is no batch of the selected boards: {where}", _newest(warehouse, boards))
    own = {"board": events[-1]["board"], "batch_id": batch_id}
    return batch_of(
        events,
        warehouse.query("report_operations", **own),
        warehouse.query("report_cells", **own),
        warehouse.query("report_undone", batch_id=batch_id),
    )


def _newest(warehouse: Warehouse, boards: Collection[str]) -> str:
    found = [row for board in boards for row in warehouse.query("batches", board=board, every_batch=1)]
    found.sort(key=lambda row: row["started_at"], reverse=True)
    if not found:
        return "nothing was pushed to them yet"
    listed = "\n".join(
        f"  {row['batch_id']}  {moment(row['started_at'])}  {row['customer_name'] or ''}".rstrip()
        for row in found[:_NAMED]
    )
    return f"the newest are:\n{listed}"
