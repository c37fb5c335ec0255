"""Staged rows of the twenty-column board, as a warehouse scan gives them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.bench.workspace import BOARD_ID

Row = dict[str, Any]
FIRST_ITEM = 1_000_000_001
SIZES = ("XS", "S", "M", "L", "XL", "XXL")


def updates(number: int) -> list[Row]:
    """Return item updates of four cells of four types."""
    return [
        _staged(n)
        | {
            "monday_item_id": FIRST_ITEM + n,
            "update_fields": _json(_changed(n, 1)),
            "old_fields": _json(_changed(n, 0)),
        }
        for n in range(number)
    ]


def undoings(number: int) -> list[Row]:
    """Return rows as a rollback has them: half take cells back, a quarter moves, a quarter items that were made."""
    others = ("MOVE", {"$group": "topics"}), ("ARCHIVE", {"$state": "archived"})
    rows = updates(number)
    for n, row in enumerate(rows):
        if n % 2:
            operation, fields = others[n // 2 % 2]
            old = {"$group": "topics"} if operation == "MOVE" else {"$state": "active", "$subitems": None}
            row |= {"update_operation": operation, "update_fields": _json(fields), "old_fields": _json(old)}
            row["group_id"] = fields.get("$group")
    return rows


def orders(number: int) -> list[Row]:
    """Return new items with twenty cells, each followed by one new subitem a size."""
    return [row for n in range(number) for row in (_order(n), *(_size(n, size) for size in SIZES))]


def _order(n: int) -> Row:
    return _staged(n) | {
        "update_operation": "CREATE",
        "item_name": f"AAG-{n}",
        "update_fields": _json(_cells(n)),
        "old_fields": "{}",
    }


def _size(n: int, size: str) -> Row:
    key = f"AAG-{n}"
    return _staged(n) | {
        "stg_id": f"{n:063x}{size}",
        "update_type": "update_subitems",
        "update_operation": "CREATE",
        "record_key": json.dumps([key, size]),
        "parent_key": key,
        "monday_board_id": None,
        "item_name": size,
        "update_fields": _json({"text_size": size, "numbers_size_qty": str(n % 900), "status_size": "Label 1"}),
        "old_fields": "{}",
    }


def _staged(n: int) -> Row:
    return {
        "stg_id": f"{n:064x}",
        "board": "orders",
        "update_type": "update_items",
        "update_operation": "UPDATE",
        "record_key": f"AAG-{n}",
        "parent_key": None,
        "monday_board_id": BOARD_ID,
        "monday_item_id": None,
        "parent_item_id": None,
        "group_id": None,
        "item_name": None,
        "update_fields": None,
        "old_fields": None,
        "source_table": "desired_orders_items",
        "source_query": 'select * from "bench"."main"."desired_orders_items"',
        "update_batch_id": "build-1",
        "customer_batch": f"Customer {n // 25:03}",
        "extract_id": "extract-1",
        "as_of_seq": 1,
        "validation_status": "VALID",
        "validation_errors": None,
        "hold_reason": None,
        "group_key": None,
        "push_order": None,
    }


def _changed(n: int, moved: int) -> Mapping[str, str]:
    return {
        "numbers_qty": str(1 + (n + moved) % 4999),
        "status_order": f"Label {(n + moved) % 8}",
        "date_ex_factory": f"2026-05-{1 + (n + moved) % 28:02}",
        "people_planner": f'["person-{101 + (n + moved) % 50}"]',
    }


def _cells(n: int) -> Mapping[str, str]:
    return {
        "text_order": f"AAG-{n}",
        "text_customer": f"Customer {n // 25:03}",
        "text_style": f"ST{n % 9000}",
        "text_description": "Oxford shirt, long sleeve",
        "text_colour": f"Colour {n % 300}",
        "text_po": f"{n:010}",
        "long_text_remarks": 'Hold until the trims are in; "press flat"',
        "numbers_price": "12.25",
        "numbers_cut": str(n % 4999),
        "status_fabric": f"Label {n % 7}",
        "status_season": f"Label {n % 5}",
        "date_due": "2026-06-14",
        "timeline_production": '{"from":"2026-04-01","to":"2026-04-20"}',
        "dropdown_category": f'["Label {n % 4}","Label {n % 4 + 1}"]',
        "checkbox_sample": "true",
        "email_contact": '{"email":"buyer@example.com","text":"buyer@example.com"}',
        **_changed(n, 0),
    }


def _json(cells: Mapping[str, str | None]) -> str:
    return json.dumps(cells, separators=(",", ":"), ensure_ascii=False)
