"""Staged rows and plans for the tests of this folder."""

import json

from opus_sync.plan.board_plan import Target, plan_board
from opus_sync.plan.cost import Pace

TARGET = Target(
    "dev",
    "http://127.0.0.1:8080/v2",
    "7001",
    "planning",
    8709134353,
    {("update_items", "text_1"): "ORDER QTY", ("update_subitems", "text_1"): "Size qty"},
)


def staged(key="K1", **overrides):
    """A staged item update of one cell unless told otherwise."""
    row = {
        "stg_id": f"stg-{key}-{overrides.get('update_operation', 'UPDATE')}",
        "board": "planning",
        "update_type": "update_items",
        "update_operation": "UPDATE",
        "record_key": key,
        "parent_key": None,
        "monday_board_id": 8709134353,
        "monday_item_id": 11,
        "parent_item_id": None,
        "group_id": None,
        "item_name": None,
        "update_fields": '{"text_1":"12"}',
        "old_fields": '{"text_1":"10"}',
        "source_table": "orders",
        "source_query": "desired_planning_items",
        "update_batch_id": "build-1",
        "customer_batch": "ACME",
        "extract_id": "extract-1",
        "as_of_seq": 7,
        "validation_status": "VALID",
        "validation_errors": None,
        "hold_reason": None,
        "group_key": None,
        "push_order": None,
    }
    return row | overrides


def create(key, **overrides):
    """A staged row that creates an item."""
    return (
        staged(key, update_operation="CREATE", item_name=f"Order {key}", monday_item_id=None, old_fields=None)
        | overrides
    )


def subitem(parent, key, **overrides):
    """A staged row that creates a subitem under the item with that record key."""
    return create(
        json.dumps([parent, key]),
        update_type="update_subitems",
        parent_key=parent,
        item_name=key,
        **overrides,
    )


def invalid(key, message="'Dne' is not a label of STATUS", **overrides):
    """A staged row that did not pass validation."""
    errors = json.dumps([{"column": "STATUS", "code": "unknown_label", "message": message}])
    return staged(key, validation_status="INVALID", validation_errors=errors, **overrides)


def plan(rows, **more):
    """A plan of these rows."""
    return plan_board(TARGET, rows, Pace(100), **more)
