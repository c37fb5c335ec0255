"""A little of everything that stands in the runner's tables: two boards, extracts, a push and what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

NOON = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
ENDPOINT = "http://127.0.0.1:1/v2"

# What the statements ask for; every name that they use.
PARAMETERS: dict[str, Any] = {
    "board": "planning",
    "every_batch": 1,
    "batch_id": "b1",
    "digest": "d1",
    "plan_id": "p1",
    "target": "dev",
    "items": "staged_planning_items",
    "subitems": "staged_planning_subitems",
    "groups": "staged_planning_groups",
    "facts": "staged_planning_board",
    "endpoint": "http://127.0.0.1:2/v2",
    "account_id": "7001",
    "extract_id": "e1",
    "since": 0,
    "first_seq": 0,
    "as_of_seq": 99,
    "parts": 2,
    "part": 1,
    "node_name": "staged_rollback",
    "with_cells": 1,
}


def _at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def rows() -> dict[str, list[dict[str, Any]]]:
    """Return the rows by table."""
    owned = {"endpoint": ENDPOINT, "account_id": "7001"}
    known = {"board": "planning", **owned}
    planning = known | {"monday_board_id": 11}
    return {
        "mon_extract": [
            planning | {"extract_id": "e1", "status": "STARTED", "seq": 1, "recorded_at": _at(0)},
            planning | {"extract_id": "e1", "status": "LOADED", "items_read": 3, "seq": 2, "recorded_at": _at(1)},
            planning | {"extract_id": "e1", "status": "ACTIVE", "items_read": 3, "seq": 3, "recorded_at": _at(1)},
            planning | {"extract_id": "e2", "status": "REJECTED", "reason": "lost", "seq": 4, "recorded_at": _at(2)},
            planning | {"board": "orders", "extract_id": "e9", "status": "ACTIVE", "seq": 9, "recorded_at": _at(2)},
        ],
        "mon_raw_item": [
            {"extract_id": "e1", "monday_item_id": 100 + at, "parent_item_id": 100 if at == 2 else None,
             "monday_updated_at": _at(at)}
            for at in range(4)
        ],
        "mon_raw_group": [
            {"extract_id": "e1", "monday_board_id": 11, "group_id": "topics", "title": "Open", "archived": False}
        ],
        "mon_raw_column": [
            {"extract_id": "e1", "monday_board_id": 11, "column_id": "s", "title": "Status", "column_type": "status",
             "settings": "{}", "revision": "1", "archived": False, "position": 0}
        ],
        "mon_raw_user": [
            {"extract_id": "e1", "user_id": "101", "user_name": "Ada", "kind": "member", "status": "ACTIVE"}
        ],
        "mon_raw_team": [{"extract_id": "e1", "team_id": "501", "team_name": "Sewing"}],
        "mon_raw_tag": [{"extract_id": "e1", "tag_id": "301", "tag_name": "rush"}],
        "mon_raw_board": [{"extract_id": "e1", "monday_board_id": 11, "items_count": 3}],
        "mon_raw_label": [
            {"extract_id": "e1", "monday_board_id": 11, "column_id": "s", "label_id": "1", "label": "Done",
             "is_deactivated": False}
        ],
        "mon_operation_event": [
            planning | {"seq": seq, "operation_id": operation, "stg_id": f"s-{operation}", "batch_id": batch,
                        "event": event, "attempt": 1, "payload": "{}", "staged_row": "{}", "recorded_at": _at(seq),
                        "error_type": "X" if event == "FAILED" else None}
            for seq, operation, batch, event in (
                (10, "o1", "b1", "SENT"), (11, "o2", "b1", "SENT"), (12, "o3", "b2", "SENT"),
                (13, "o1", "b1", "SUCCEEDED"), (14, "o2", "b1", "FAILED"),
            )
        ],
        "mon_update_audit_log": [
            planning | {"audit_id": f"a{seq}", "seq": seq, "operation_id": "o1", "batch_id": "b1", "extract_id": "e1",
                        "update_type": "update_items", "monday_item_id": item, "column_id": column, "old_value": "1",
                        "new_value": new, "update_timestamp": _at(seq)}
            for seq, item, column, new in (
                (20, 101, "n", "2"), (21, 101, "n", "3"), (22, 103, "$state", "archived"), (23, 103, "n", "4"),
            )
        ]
        + [
            planning | {"audit_id": f"g{seq}", "seq": seq, "operation_id": "o1", "batch_id": "b1", "extract_id": "e1",
                        "update_type": kind, "group_id": group, "column_id": column, "old_value": "1",
                        "new_value": new, "update_timestamp": _at(seq)}
            for seq, kind, group, column, new in (
                (24, "update_groups", "topics", "title", "Open"), (25, "update_groups", "old", "title", "Old"),
                (26, "update_groups", "old", "$state", "archived"), (27, "update_boards", None, "name", "Planning"),
            )
        ],
        "mon_batch_event": [
            known | {"seq": seq, "batch_id": batch, "update_batch_id": "u1", "customer_name": "ACME",
                        "batch_type": "ORDERS", "event": event, "total_records": 2, "plan_id": "p1",
                        "actor_os_user": "ada", "recorded_at": _at(seq), "rollback_of_batch": undone}
            for seq, batch, event, undone in (
                (30, "b1", "STARTED", None), (31, "b2", "STARTED", None), (32, "b1", "ITEMS_CREATED", None),
                (33, "b3", "FAILED", "b1"),
            )
        ],
        "mon_rollback_request": [
            {"seq": 40, "board": "planning", "batch_id": "b1", "reason": "no", "requested_by": "ada",
             "recorded_at": _at(40)}
        ],
        "mon_decision": [
            {"seq": 50, "board": "planning", "decision": "APPROVE", "scope": "plan", "plan_id": "p1",
             "value_seen": "d1", "decided_by": "ada", "recorded_at": _at(50)},
            {"seq": 51, "board": "planning", "decision": "STOP", "decided_by": "bob", "reason": "enough",
             "recorded_at": _at(51)},
        ],
        "mon_build_event": [
            {"build_seq": 5, "node": f"m.{name}", "node_name": name, "node_type": "model", "status": "success",
             "board": "planning", "extract_id": "e1", "as_of_seq": 3, "target": "dev", "relation_name": name,
             "recorded_at": _at(5)}
            for name in ("staged_planning_items", "staged_rollback")
        ],
    }  # fmt: skip
