"""The board of orders that most tests use: a few columns, most of them with titles that ask for trouble."""

from __future__ import annotations

from typing import Any

from integration.support.small import Column, SmallBoard

LABELS = ("Not Started", "In Progress", "Done", "5", "{{ x }}", "Red, Blue")

ORDERS = SmallBoard(
    "orders",
    9001,
    key="Order",
    columns=(
        Column("text_key", "Order"),
        Column("text_brace", "{{ 7*7 }} {% if x"),
        Column("text_quote", "It's a \"quote\" [x]; drop table y --"),
        Column("text_empty", ""),
        Column("text_long", "L" * 300),
        Column("text_case1", "Note"),
        Column("text_case2", "NOTE"),
        Column(
            "status_1",
            "Status",
            "status",
            {"labels": [{"id": at, "label": label, "index": at} for at, label in enumerate(LABELS)]},
        ),
        Column("numbers_1", "Qty", "numbers"),
    ),
)


def on_board(count: int) -> dict[str, Any]:
    """Return a seed with so many orders, K001 and on, each with a quantity of 1."""
    return ORDERS.seed(
        (1000 + at, f"Order {at}", {"text_key": f"K{at:03}", "numbers_1": "1"}) for at in range(1, count + 1)
    )


def wanted(first: int, last: int, **cells: Any) -> list[dict[str, Any]]:
    """Return the desired rows of the orders K<first> to K<last>."""
    return [{"text_key": f"K{at:03}", **cells} for at in range(first, last + 1)]
