"""The engine's protocol: what is on record when, in which order rows go, what is written of them."""

import json

import pytest

from opus_sync.errors import OpusError
from opus_sync.monday.governor import Governor
from opus_sync.push.interrupt import Interruption
from opus_sync.warehouse.errors import WarehouseLocked

from .fake_board import SUBITEM_BOARD_ID
from .world import (
    BOARD_ID,
    World,
    board_push,
    new_item,
    new_subitem,
    staged,
    updates,
)


def test_a_request_is_on_record_before_it_leaves_and_settled_before_the_next():
    """SENT, post, outcome: one append each, for every request."""
    world = World()
    board_push(world, updates(25), max_batch_size=10).run()
    sizes = [size for kind, size in world.journal if kind == "post"]
    assert sum(sizes) == 25
    expected = []
    for size in sizes:
        expected += [
            ("append", ("SENT",) * size),
            ("post", size),
            ("append", ("SUCCEEDED",) * size),
        ]
    assert world.journal == expected


def test_an_outcome_waits_for_a_warehouse_that_others_hold():
    """What was sent is put on record once the file is free; nothing is lost and nothing is sent again."""
    world = World()
    refusals = iter([None, WarehouseLocked("opus.duckdb is in use"), WarehouseLocked("opus.duckdb is in use")])

    def before_append(_):
        refusal = next(refusals, None)
        if refusal:
            raise refusal

    world.before_append = before_append
    report = board_push(world, updates(2)).run()
    assert report.succeeded == 2
    assert world.events() == ["SENT", "SENT", "SUCCEEDED", "SUCCEEDED"]
    assert len(world.posts) == 1


def test_sent_rows_carry_the_staged_row_their_payload_and_the_key():
    """All that recovery needs is in the SENT event."""
    world = World()
    board_push(world, [staged()]).run()
    sent = world.tables["mon_operation_event"][0]
    assert json.loads(sent["staged_row"]) == staged()
    assert json.loads(sent["payload"]) == {
        "mutation": "change_multiple_column_values",
        "variables": {"board_id": str(BOARD_ID), "item_id": "11", "column_values": '{"text_1":"new"}'},
    }
    assert sent["alias"] == "m0"
    assert sent["attempt"] == 1
    assert sent["idempotency_key"] == sent["request_id"] == world.posts[0][2]


def test_every_appended_row_gets_the_boards_next_seq():
    """No number is given twice over the three tables."""
    world = World()
    board_push(world, [new_item("A"), new_subitem("A", "S")]).run()
    numbers = [row["seq"] for rows in world.tables.values() for row in rows]
    assert sorted(numbers) == list(range(100, 100 + len(numbers)))


def test_an_update_leaves_one_audit_row_per_changed_cell():
    """Old and new value, and where it was written."""
    world = World()
    fields = {"text_1": "new", "name": "Renamed", "text_2": None}
    push = board_push(world, [staged(update_fields=json.dumps(fields), old_fields='{"text_1":"old","name":"Order"}')])
    report = push.run()
    audit = {row["column_id"]: (row["old_value"], row["new_value"]) for row in world.tables["mon_update_audit_log"]}
    assert audit == {"text_1": ("old", "new"), "name": ("Order", "Renamed"), "text_2": (None, None)}
    row = world.tables["mon_update_audit_log"][0]
    assert (row["monday_item_id"], row["monday_board_id"], row["extract_id"]) == (11, BOARD_ID, "extract-1")
    assert len({row["audit_id"] for row in world.tables["mon_update_audit_log"]}) == 3
    assert report.audit_rows == 3


def test_a_new_item_and_its_subitem_get_ids_from_the_answers():
    """The subitem hangs under the id that the item's own answer gave; boards come from the answer."""
    world = World()
    item = new_item("A", update_fields='{"text_1":"new","text_2":null,"name":"Order A"}')
    report = board_push(world, [new_subitem("A", "S"), item]).run()
    assert world.posts[1][1]["m0_parent_item_id"] == "5001"
    audit = [
        (row["monday_item_id"], row["monday_board_id"], row["column_id"], row["new_value"])
        for row in world.tables["mon_update_audit_log"]
    ]
    assert audit == [
        (5001, BOARD_ID, "$state", "active"),
        (5001, BOARD_ID, "name", "Order A"),
        (5001, BOARD_ID, "$group", "topics"),
        (5001, BOARD_ID, "text_1", "new"),
        (5002, SUBITEM_BOARD_ID, "$state", "active"),
        (5002, SUBITEM_BOARD_ID, "name", "S"),
        (5002, SUBITEM_BOARD_ID, "$group", "topics"),
        (5002, SUBITEM_BOARD_ID, "$parent", "5001"),
        (5002, SUBITEM_BOARD_ID, "text_1", "new"),
    ]
    assert report.complete


def test_waves_follow_each_other():
    """Parents before children, removals last, subitems before the item that would take them along."""
    world = World()
    rows = [
        staged(record_key="D", monday_item_id=21, update_operation="DELETE"),
        staged(record_key="E", monday_item_id=22, update_operation="ARCHIVE", update_type="update_subitems"),
        staged(record_key="F", monday_item_id=23, update_type="update_subitems"),
        new_subitem("A", "S"),
        staged(
            record_key="G",
            monday_item_id=24,
            update_operation="MOVE",
            group_id="done",
            update_fields='{"$group":"done"}',
        ),
        staged(record_key="H", monday_item_id=25),
        new_item("A"),
    ]
    board_push(world, rows).run()
    assert [[name for _, name in aliases] for aliases, _, _ in world.posts] == [
        ["create_item"],
        ["change_multiple_column_values"],
        ["move_item_to_group"],
        ["create_subitem"],
        ["change_multiple_column_values"],
        ["archive_item"],
        ["delete_item"],
    ]


def test_moves_and_removals_leave_pseudo_cells():
    """`$group` and `$state` stand in the audit like any other cell."""
    world = World()
    rows = [
        staged(
            record_key="M",
            monday_item_id=31,
            update_operation="MOVE",
            group_id="done",
            update_fields='{"$group":"done"}',
            old_fields='{"$group":"topics"}',
        ),
        staged(record_key="X", monday_item_id=32, update_operation="ARCHIVE"),
        staged(record_key="Y", monday_item_id=33, update_operation="DELETE"),
    ]
    board_push(world, rows).run()
    assert [(row["column_id"], row["old_value"], row["new_value"]) for row in world.tables["mon_update_audit_log"]] == [
        ("$group", "topics", "done"),
        ("$state", "active", "archived"),
        ("$state", "active", "deleted"),
    ]


def test_an_interruption_finishes_the_request_in_flight():
    """Its outcome is on record, the next request does not leave."""
    interruption = Interruption()
    world = World(lambda: interruption.request(2))
    report = board_push(world, updates(20), max_batch_size=10, interruption=interruption).run()
    assert world.journal[:3] == [("append", ("SENT",) * 10), ("post", 10), ("append", ("SUCCEEDED",) * 10)]
    assert len(world.posts) == 1
    assert report.halted == "interrupted by SIGINT"
    assert interruption.exit_code == 130


def test_a_signal_that_comes_while_a_request_waits_for_its_turn_keeps_it_from_leaving():
    """A governor may wait for the request of another board, which no signal ends."""
    interruption, world = Interruption(), World()

    class Waiting(Governor):
        def acquire(self, cost):
            if interruption.signal is None:
                interruption.request(15)
            return super().acquire(cost)

    report = board_push(world, updates(3), interruption=interruption, governor=Waiting(world.clock)).run()
    assert (world.journal, report.not_sent, report.halted) == ([], 3, "interrupted by SIGTERM")


def test_rows_whose_outcome_cannot_be_recorded_are_not_called_unsent():
    """They were sent and nothing else is on record: the report says so, and nothing more leaves."""
    world = World()

    def refuse(rows):
        if world.posts:
            raise OpusError("the file is locked")

    world.before_append = refuse
    push = board_push(world, updates(30), max_batch_size=10)
    with pytest.raises(OpusError, match="locked"):
        push.run()
    assert world.events() == ["SENT"] * 10
    assert (push.report.succeeded, push.report.open, push.report.not_sent) == (0, 10, 20)


def test_a_batch_starts_before_its_first_row_is_sent():
    """In `seq`, which is the only order there is."""
    world = World()
    board_push(world, [staged()]).run()
    assert world.tables["mon_batch_event"][0]["event"] == "STARTED"
    assert world.tables["mon_batch_event"][0]["seq"] < world.tables["mon_operation_event"][0]["seq"]


def test_when_sent_cannot_be_recorded_nothing_is_sent():
    """The warehouse comes first."""
    world = World()

    def refuse(rows):
        raise OpusError("the file is locked")

    world.before_append = refuse
    with pytest.raises(OpusError, match="locked"):
        board_push(world, updates(3)).run()
    assert world.posts == []
