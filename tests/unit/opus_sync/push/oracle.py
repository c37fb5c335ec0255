"""What must be true at the end of every life, whatever happened in it."""

import json
from collections import Counter

from .fake_board import BOARD_ID, KEY_COLUMN, SUBITEM_BOARD_ID
from .model import TERMINAL


def findings(reality):
    """Return what is wrong, as words."""
    return [
        *_lost(reality),
        *_doubled(reality),
        *(f"trampled: {what}" for what in reality.trampled),
        *_untraced(reality),
        *_unended(reality),
    ]


def _lost(reality):
    """Everything desired is on the board, but for records that a person touched."""
    scenario, board = reality.scenario, reality.board
    by_key = {item["values"].get(KEY_COLUMN): item for item in board.active(BOARD_ID).values()}
    for key, cells in scenario.desired.items():
        if key in reality.touched:
            continue
        item = by_key.get(key)
        if item is None:
            yield f"lost: {key} is not on the board"
        elif any(item["values"].get(column) != text for column, text in cells.items()):
            yield f"lost: {key} is {item['values']}"
        elif scenario.group and item["group"] != scenario.group:
            yield f"lost: {key} is in {item['group']}"
    for key in scenario.items:
        if scenario.desired and key not in scenario.desired and key not in reality.touched and key in by_key:
            yield f"lost: {key} is still there"
    below = {
        (board.items[item["parent"]]["values"].get(KEY_COLUMN), item["values"].get(KEY_COLUMN))
        for item in board.active(SUBITEM_BOARD_ID).values()
    }
    for parent, wanted in scenario.subitems.items():
        for key in wanted:
            if (parent, key) not in below and not {parent, key} & reality.touched.keys():
                yield f"lost: {parent}/{key} is not on the board"


def _doubled(reality):
    """No key is there twice, but where a person put it there after we did."""
    items = Counter(
        (item["parent"], item["values"].get(KEY_COLUMN))
        for board in (BOARD_ID, SUBITEM_BOARD_ID)
        for item in reality.board.active(board).values()
    )
    for (parent, key), number in items.items():
        if number > 1 and key not in reality.touched:
            yield f"doubled: {number} x {key} below {parent}"
    for (parent, key), number in reality.created.items():
        if number > 1 and key not in reality.touched and not _was_archived(reality, key):
            yield f"doubled: {key} was created {number} times below {parent}"


def _was_archived(reality, key):
    return any(i["values"].get(KEY_COLUMN) == key and i["state"] != "active" for i in reality.board.items.values())


def _untraced(reality):
    """The last audit row of a cell says what stands on the board, and each cell we changed has one."""
    last = {}
    for row in sorted(reality.tables.get("mon_update_audit_log", ()), key=lambda row: row["seq"]):
        last[row["monday_item_id"], row["column_id"]] = row["new_value"]
    for (item_id, column), value in last.items():
        item = reality.board.items.get(item_id)
        if item is None or item["values"].get(KEY_COLUMN) in reality.touched:
            continue
        pseudo = {"$state": item["state"], "$group": item["group"], "name": item["name"]}
        there = pseudo.get(column, item["values"].get(column))
        if column != "$parent" and there != value:
            yield f"untraced: {column} of {item_id} is {there}, the audit says {value}"
    ended = Counter(row["audit_id"] for row in reality.tables.get("mon_update_audit_log", ()))
    yield from (f"untraced: audit row {audit_id} stands {n} times" for audit_id, n in ended.items() if n > 1)
    traced = {item_id for item_id, _ in last}
    overtaken = _overtaken(reality)
    for item_id, item in reality.board.items.items():
        key = item["values"].get(KEY_COLUMN)
        if item_id > 5000 and item_id not in traced and key not in reality.touched and key not in overtaken:
            yield f"untraced: item {item_id} ({key}) has no audit row"


def _unended(reality):
    """Each operation that was sent has exactly one terminal event."""
    events = {}
    for row in reality.tables.get("mon_operation_event", ()):
        events.setdefault(row["operation_id"], []).append(row["event"])
    for operation_id, told in events.items():
        ended = [event for event in told if event in TERMINAL]
        if len(ended) != 1:
            yield f"unended: operation {operation_id} has {told}"


def _overtaken(reality):
    """Own keys of the rows whose operation ended SUPERSEDED."""
    events = reality.tables.get("mon_operation_event", ())
    ended = {row["operation_id"] for row in events if row["event"] == "SUPERSEDED"}
    rows = [json.loads(row["staged_row"]) for row in events if row["operation_id"] in ended and row["staged_row"]]
    return {json.loads(row["update_fields"] or "{}").get(KEY_COLUMN) for row in rows}
