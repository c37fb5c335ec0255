"""The golden rows: extracts of the board and what is desired of it, the same in every run.

A row of the board for each case of cells.py, so that one broken value hides no other; then rows with many cells, keys
that stand twice or differ by what a collation does not see, edits between two extracts, decisions and writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from equivalence.board import BOARD, BOARD_ID, SETTINGS, SUBITEM_BOARD_ID, TITLES, columns
from equivalence.cells import CASES, HOSTILE, READ_ONLY

MOMENT = datetime(2026, 11, 1, 8, 0)
Row = dict[str, Any]

KEYS = ("K1", "k1", "K2", "K2 ", " K3", "K3", "\u00c91", "\u00e91", "E1", "strasse", "stra\u00dfe", "K\n4", "K'5", "")
LABELS = {
    "status": {"1": "Done", "2": "Stuck", "3": '\u00dcber [50%] "x"', "4": "Retired"},
    "dropdown": {"1": "A", "2": "B", "3": "\u00c4", "4": "\U0001f600", "5": "z", "6": "Retired"},
}


def cases() -> Iterator[tuple[int, str, str | None, str | None]]:
    """Yield item id, column id, value on the board and desired value of each case."""
    number = 1000
    for kind, pairs in CASES.items():
        for board, desired in pairs:
            number += 1
            yield number, f"{kind}_1", board, desired
    for at in range(len(TITLES)):
        number += 1
        board, desired = HOSTILE[at % len(HOSTILE)]
        yield number, f"odd_{at}", board, desired


def board_rows() -> list[Row]:
    """Return id, name, group and cells of every item on the board."""
    every = {column_id: None for column_id, _, kind in columns()}
    read_only = {f"{kind}_r": value for kind, value in READ_ONLY.items()}
    rows = [
        _item(number, f"Case {number}", {**every, **read_only, "key": f"C{number}", column_id: value})
        for number, column_id, value, _ in cases()
    ]
    full = {f"{kind}_1": pairs[0][0] for kind, pairs in CASES.items()}
    rows += [_item(at, f"Full {at}", {**every, **full, "key": f"F{at}", "batch": "Full"}) for at in range(1, 6)]
    rows += [_item(100 + at, f"Key {at}", {**every, "key": key or None}) for at, key in enumerate(KEYS)]
    # On the board alone: archived, but for what bears no key.
    rows += [_item(300 + at, f"Mover {at}", {**every, "key": f"M{at}"}) for at in (1, 2)]
    return [*rows, _item(200, "Gone", {**every, "key": "G1"}), _item(201, "No key", every)]


def desired_rows() -> list[Row]:
    """Return column id -> text of every desired row; name and group_id beside them."""
    rows: list[Row] = [
        {"key": f"C{number}", "name": f"Case {number}", column_id: value} for number, column_id, _, value in cases()
    ]
    for at in range(1, 6):
        rows.append({"key": f"F{at}", **{f"{kind}_1": pairs[at % len(pairs)][1] for kind, pairs in CASES.items()}})
    rows += [{"key": key, "text_1": "wanted"} for key in KEYS if key not in ("K2 ", " K3", "")]
    rows += [{"key": "K2", "text_1": "wanted again"}, {"key": "F1", "group_id": "nowhere"}]
    for kind, pairs in CASES.items():
        rows += [
            {
                "key": f"N {kind} {at}",
                "name": f"New {kind}",
                f"{kind}_1": value,
                "batch": "\u00c5, new",
                "group_id": "done",
            }
            for at, (_, value) in enumerate(pairs[:4])
        ]
    rows += [{"key": "N long", "name": "n" * 300}, {"key": "N no name", "name": " "}, {"key": "F2", "group_id": "done"}]
    rows += [
        {"key": "M1", "group_title": "New \U0001f600 it's"},
        {"key": "M2", "group_title": "Second"},
        {"key": "N group 1", "group_title": "New \U0001f600 it's"},
        {"key": "N group 2", "group_title": "Stra\u00dfe"},
        {"key": "N group 3", "group_title": "done"},
        {"key": "N group 4", "group_title": "Done", "group_id": "topics"},
    ]
    return rows


def subitems() -> list[Row]:
    """Return the subitems on the board."""
    pairs = [(1, "S"), (1, "M"), (2, "S"), (2, "s"), (3, "\u00df"), (3, None)]
    return [_item(500 + at, f"Size {size}", {"size": size}, parent) for at, (parent, size) in enumerate(pairs)]


def desired_subitems() -> list[Row]:
    """Return parent key, size and name of every desired subitem."""
    pairs = [
        ("F1", "S"),
        ("F1", "L"),
        ("F2", "S"),
        ("F3", "ss"),
        ("F3", "\u00df"),
        ("f1", "S"),
        ("N text 0", "S"),
        ("X", "S"),
    ]
    return [{"parent_key": parent, "size": size, "name": f"Size {size} new"} for parent, size in pairs]


def _group_of(number: int) -> str:
    return "gone" if number in (101, 102) else "topics"


def edited(rows: list[Row]) -> list[Row]:
    """Return the board as people left it later: some cells that are about to be written were changed by hand."""
    touched = {"text_1": "edited", "country_1": "FR", "color_picker_1": "#112233", "numbers_1": "77"}
    return [{**row, "cells": {**row["cells"], **touched}} if row["id"] in (3, 4) else row for row in rows]


def tables(extract: int) -> dict[str, list[Row]]:
    """Return the runner's rows of one extract, 1 or 2; the second also brings decisions and writes."""
    extract_id, seq = f"e{extract}", extract * 10
    board = board_rows() if extract == 1 else edited(board_rows())
    # What is desired travels in an extract that is never active, so that it is loaded the same way.
    wanted = [("desired", at, None, BOARD_ID, row) for at, row in enumerate(desired_rows())]
    wanted += [("desired", 9000 + at, 1, SUBITEM_BOARD_ID, row) for at, row in enumerate(desired_subitems())]
    rows = {
        "mon_extract": [
            {
                "extract_id": extract_id,
                "board": BOARD,
                "monday_board_id": BOARD_ID,
                "endpoint": "golden",
                "account_id": "1",
                "mode": "full",
                "status": status,
                "seq": seq + at,
                "recorded_at": MOMENT,
            }
            for at, status in enumerate(("STARTED", "LOADED", "ACTIVE"))
        ],
        "mon_raw_item": [
            _raw(extract_id, row["id"], row["parent"], BOARD_ID, row["name"], _group_of(row["id"]), row["cells"])
            for row in board
        ]
        + [
            _raw(extract_id, row["id"], row["parent"], SUBITEM_BOARD_ID, row["name"], None, row["cells"])
            for row in subitems()
        ],
        **_metadata(extract_id),
    }
    if extract == 1:
        rows["mon_raw_item"] += [
            _raw(name, at, parent, board_id, None, None, row) for name, at, parent, board_id, row in wanted
        ]
        return rows
    return {**rows, **_history(seq)}


def _history(seq: int) -> dict[str, list[Row]]:
    held = [("HOLD", "C1004", None), ("HOLD", "stra\u00dfe", None), ("HOLD", "F5", "text_1"), ("RELEASE", "f4", None)]
    written = {"text_1": "written", "odd_0": 'it\'s "odd" / \\ \u0001', "status_1": None, "name": "Renamed"}
    return {
        "mon_decision": [
            {
                "seq": seq + 3 + at,
                "board": BOARD,
                "decision": decision,
                "scope": "record" if column is None else "column",
                "record_key": key,
                "column_id": column,
                "decided_by": "ada",
                "recorded_at": MOMENT,
            }
            for at, (decision, key, column) in enumerate(held)
        ],
        "mon_update_audit_log": [
            {
                "audit_id": f"a{at}",
                "seq": seq + 8,
                "board": BOARD,
                "operation_id": "o1",
                "batch_id": "b1",
                "extract_id": "e2",
                "update_type": "update_items",
                "update_operation": "UPDATE",
                "monday_item_id": 5,
                "monday_board_id": BOARD_ID,
                "column_id": column,
                "old_value": "before",
                "new_value": value,
                "update_timestamp": MOMENT,
            }
            for at, (column, value) in enumerate(written.items())
        ]
        + [
            {
                "audit_id": f"g{at}",
                "seq": seq + 8,
                "board": BOARD,
                "operation_id": f"og{at}",
                "batch_id": "b1",
                "extract_id": "e2",
                "update_type": update_type,
                "update_operation": "UPDATE",
                "monday_board_id": BOARD_ID,
                "group_id": group_id,
                "column_id": column,
                "old_value": "before",
                "new_value": value,
                "update_timestamp": MOMENT,
            }
            for at, (update_type, group_id, column, value) in enumerate(
                (
                    ("update_groups", "topics", "title", "Top\u00efcs"),
                    ("update_groups", "strasse", "color", "#bb3354"),
                    ("update_groups", "done", "$position", "999999.5"),
                    ("update_boards", None, "description", None),
                )
            )
        ],
        "mon_operation_event": [
            {
                "seq": seq + 7 + at,
                "board": BOARD,
                "monday_board_id": BOARD_ID,
                "operation_id": "o1",
                "stg_id": "s1",
                "batch_id": "b1",
                "event": event,
                "attempt": 1,
                "monday_item_id": 5,
                "recorded_at": MOMENT,
                "staged_row": json.dumps(
                    {"record_key": "F5", "update_type": "update_items", "update_operation": "UPDATE"}
                )
                if event == "SENT"
                else None,
            }
            for at, event in enumerate(("SENT", "SUCCEEDED"))
        ],
    }


def _metadata(extract_id: str) -> dict[str, list[Row]]:
    own = {"extract_id": extract_id, "monday_board_id": BOARD_ID}
    people = (
        ("101", "Ada@example.com", "ACTIVE"),
        ("102", "grace@example.com", "ACTIVE"),
        ("103", "gone@example.com", "INACTIVE"),
    )
    return {
        "mon_raw_board": [
            {**own, "board_name": "Golden", "description": "\u00e9", "first_day_of_week": "monday"},
            {**own, "monday_board_id": SUBITEM_BOARD_ID, "parent_board_id": BOARD_ID, "board_name": "Sub"},
        ],
        "mon_raw_group": [
            {
                **own,
                "group_id": name,
                "title": title,
                "color": "#037F4C",
                "position": f"{at * 65536}.0",
                "archived": False,
            }
            for at, (name, title) in enumerate(_groups(extract_id))
        ],
        "mon_raw_column": [
            {
                **own,
                "column_id": column_id,
                "title": title,
                "column_type": kind,
                "archived": False,
                "settings": json.dumps(SETTINGS.get(kind, {})),
            }
            for column_id, title, kind in columns()
        ]
        + [
            {
                **own,
                "monday_board_id": SUBITEM_BOARD_ID,
                "column_id": "size",
                "title": "Size",
                "column_type": "text",
                "archived": False,
            }
        ],
        "mon_raw_label": [
            {**own, "column_id": f"{kind}_1", "label_id": at, "label": label, "is_deactivated": label == "Retired"}
            for kind, labels in LABELS.items()
            for at, label in labels.items()
        ],
        "mon_raw_user": [
            {"extract_id": extract_id, "user_id": at, "email": email, "status": status} for at, email, status in people
        ],
        "mon_raw_team": [{"extract_id": extract_id, "team_id": "501", "team_name": "Planners"}],
        "mon_raw_tag": [
            {"extract_id": extract_id, "tag_id": at, "tag_name": name}
            for at, name in (("301", "Rush Order"), ("302", "x"))
        ],
    }


def _groups(extract_id: str) -> list[tuple[str, str]]:
    """Return id and title of the groups; somebody renames one between the extracts, and drags another to the top."""
    groups = [("topics", "Topics"), ("done", "Done"), ("done2", "Done 2"), ("strasse", "stra\u00dfe"), ("gone", "Gone")]
    if extract_id == "e1":
        return [*groups, ("second", "Second")]
    return [("second", "He said"), *groups]


def _item(number: int, name: str, cells: Mapping[str, Any], parent: int | None = None) -> Row:
    return {"id": number, "name": name, "parent": parent, "cells": dict(cells)}


def _raw(
    extract_id: str,
    number: int,
    parent: int | None,
    board_id: int,
    name: str | None,
    group: str | None,
    cells: Mapping[str, Any],
) -> Row:
    return {
        "extract_id": extract_id,
        "monday_board_id": board_id,
        "monday_item_id": number,
        "parent_item_id": parent,
        "group_id": group,
        "item_name": name,
        "monday_updated_at": MOMENT,
        "column_values": json.dumps(cells, ensure_ascii=False, separators=(",", ":")),
    }
