"""The board of orders that most tests use: a few columns, most of them with titles that ask for trouble."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from integration.support.small import Column, SmallBoard, small_workspace
from integration.support.stand_in import StandIn
from integration.support.warehouses import Warehouse
from integration.support.workspace import Workspace

LABELS = ("Not Started", "In Progress", "Done", "5", "{{ x }}", "Red, Blue")

ORDERS = SmallBoard(
    "orders",
    9001,
    key="Order",
    columns=(
        Column("text_key", "Order"),
        Column("text_brace", "{{ 7*7 }} {% if x"),
        Column("text_quote", 'It\'s a "quote" [x]; drop table y --'),
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


ON_BOARD = 30
"""Orders K001 to K030 are on the board, each with a quantity of 1."""

UPDATES, CREATES = 10, 6
"""The quantities of K001 to K010 are to become 2; K031 to K036 are new."""


def on_board() -> dict[str, Any]:
    """Return the boards as they were pulled."""
    return ORDERS.seed(
        (1000 + at, f"Order {at}", {"text_key": f"K{at:03}", "numbers_1": "1"}) for at in range(1, ON_BOARD + 1)
    )


def as_built() -> list[dict[str, Any]]:
    """Return the desired rows from which the staged ones were built."""
    new = wanted(ON_BOARD + 1, ON_BOARD + CREATES, numbers_1="5")
    return wanted(1, UPDATES, numbers_1="2") + new


def wanted(first: int, last: int, **cells: Any) -> list[dict[str, Any]]:
    """Return the desired rows of the orders K<first> to K<last>."""
    return [{"text_key": f"K{at:03}", **cells} for at in range(first, last + 1)]


def quantities(stand_in: StandIn) -> dict[str, str]:
    """Return the quantity of each order on the board; an order that is there twice fails the test."""
    values = [item["values"] for item in stand_in.items(ORDERS.id).values()]
    found = {cells["text_key"]: cells["numbers_1"] for cells in values}
    assert len(found) == len(values)
    return found


def as_wanted() -> dict[str, str]:
    """Return the quantities when every staged row is written."""
    orders = range(1, ON_BOARD + CREATES + 1)
    return {f"K{at:03}": "2" if at <= UPDATES else "1" if at <= ON_BOARD else "5" for at in orders}


def orders_workspace(root: Path, stand_in: StandIn, warehouse: Warehouse) -> Workspace:
    """Return the project of orders, pulled and built."""
    workspace = small_workspace(ORDERS, root, stand_in, warehouse)
    _fill(workspace, stand_in)
    return workspace


def orders_copy(built: Workspace, to: Path, stand_in: StandIn) -> Workspace:
    """Return a copy of the project; the boards stand as they were pulled."""
    workspace = built.copy(to)
    if not workspace.warehouse.copied_whole:
        _fill(workspace, stand_in)
    stand_in.start_over(on_board())
    return workspace


def _fill(workspace: Workspace, stand_in: StandIn) -> None:
    stand_in.start_over(on_board())
    ORDERS.order(workspace, as_built())
    workspace.pull()
    workspace.build()
