"""What planned rows are about, found on the stand-in: by id, by key, below an old parent and below a new one."""

from collections.abc import Iterator

import pytest

from monday_sandbox import running
from opus_sync.clock import SystemClock
from opus_sync.contract import Board, Column, Entity
from opus_sync.live.items import ItemReader
from opus_sync.monday.client import Monday
from opus_sync.monday.endpoint import Token
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.governor import Governor
from opus_sync.plan.board_plan import Selection
from opus_sync.verify.found import Finder
from opus_sync.verify.planned import PlannedBoard, PlannedRow
from unit.opus_sync.pull.boards import seed

BOARD = Board(
    "orders",
    "boards/orders.yml",
    9001,
    Entity("items", "mon_orders", ("Order",), (Column("Order", "text_1", "text", "push"),), "create"),
    Entity(
        "subitems", "mon_orders_subitems", ("Title",), (Column("Quantity", "numbers_2", "numbers", "push"),), "create"
    ),
)


def row(stg_id, kind="items", operation="UPDATE", key=None, item=None, parent=None, parent_key=None, **new):
    """A planned row."""
    batch = "ACME" if kind == "items" else None
    return PlannedRow(stg_id, kind, operation, key or "?", key, parent_key, batch, item, parent, None, key, new, {})


ROWS = (
    row("new", operation="CREATE", key="ORDER 2", text_1="order 2"),
    row("absent", operation="CREATE", key="order 99", text_1="order 99"),
    row("update", item=10_003, text_1="x"),
    row("gone", item=77, text_1="x"),
    row("below", "subitems", "CREATE", '["order 1","Size 1"]', parent=10_001, numbers_2="1"),
    row("below new", "subitems", "CREATE", '["ORDER 2","Size 0"]', parent_key="ORDER 2", numbers_2="0"),
    row("below absent", "subitems", "CREATE", '["order 99","Size 0"]', parent_key="order 99", numbers_2="0"),
)


@pytest.fixture(scope="module")
def finder() -> Iterator[Finder]:
    with running(seed(5, subitems_each=2)) as server, Monday(server.url, Token("t")) as client:
        clock = SystemClock()
        yield Finder(BOARD, ItemReader(GovernedApi(client, Governor(clock), clock), BOARD, 9001))


def test_each_row_finds_its_item(finder: Finder) -> None:
    found = finder.find(ROWS)
    assert {stg_id: [item.id for item in hits] for stg_id, hits in found.items()} == {
        "new": [10_002],
        "absent": [],
        "update": [10_003],
        "gone": [],
        "below": [100_003],
        "below new": [100_004],
        "below absent": [],
    }
    assert found["below new"][0].cell("numbers_2") == "0.5"


def test_a_plan_is_narrowed_with_the_parents_that_its_subitems_need() -> None:
    board = PlannedBoard(ROWS, "e1", 1)
    assert [one.stg_id for one in board.narrowed(Selection(batch_key="ACME"))] == ["new", "absent", "update", "gone"]
    assert [one.stg_id for one in board.narrowed(Selection(limit=1))] == ["new"]
    (child,) = board.narrowed(Selection(key='["ORDER 2","Size 0"]'))
    assert [one.stg_id for one in board.with_parents([child])] == ["new", "below new"]
    family = board.narrowed(Selection(key="ORDER 2"))
    assert [one.stg_id for one in board.with_parents(family)] == ["new", "below new"]
