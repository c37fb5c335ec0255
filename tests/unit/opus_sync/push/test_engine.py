"""The engine's protocol: what is on record when, and what each answer leads to."""

import json

import pytest

from opus_sync.errors import OpusError
from opus_sync.monday.answer import Kind, Limited, NoAnswer, NotSent, Rejected, Stopped
from opus_sync.push.interrupt import Interruption

from .world import (
    BOARD_ID,
    SUBITEM_BOARD_ID,
    World,
    board_push,
    error,
    new_item,
    new_subitem,
    staged,
    updates,
)


def outcome_of(world, key):
    """The last event of the row with this record key."""
    wanted = next(
        row["operation_id"]
        for row in world.tables["mon_operation_event"]
        if row["staged_row"] and json.loads(row["staged_row"])["record_key"] == key
    )
    return [row for row in world.tables["mon_operation_event"] if row["operation_id"] == wanted][-1]


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
    push = board_push(
        world, [staged(update_fields=json.dumps(fields), old_fields='{"text_1":"old","name":"Order"}')]
    )
    report = push.run()
    audit = {
        row["column_id"]: (row["old_value"], row["new_value"]) for row in world.tables["mon_update_audit_log"]
    }
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
        staged(record_key="D", update_operation="DELETE"),
        staged(record_key="E", update_operation="ARCHIVE", update_type="update_subitems"),
        staged(record_key="F", update_type="update_subitems"),
        new_subitem("A", "S"),
        staged(record_key="G", update_operation="MOVE", group_id="done", update_fields='{"$group":"done"}'),
        staged(record_key="H"),
        new_item("A"),
    ]
    board_push(world, rows).run()
    assert [[name for _, name in aliases] for aliases, _, _ in world.posts] == [
        ["create_item"],
        ["move_item_to_group", "change_multiple_column_values"],
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
            update_operation="MOVE",
            group_id="done",
            update_fields='{"$group":"done"}',
            old_fields='{"$group":"topics"}',
        ),
        staged(record_key="X", update_operation="ARCHIVE"),
        staged(record_key="Y", update_operation="DELETE"),
    ]
    board_push(world, rows).run()
    assert [
        (row["column_id"], row["old_value"], row["new_value"]) for row in world.tables["mon_update_audit_log"]
    ] == [
        ("$group", "topics", "done"),
        ("$state", "active", "archived"),
        ("$state", "active", "deleted"),
    ]


def test_one_bad_row_fails_alone():
    """Partial data: the alias with an error fails, its neighbours succeed."""
    world = World(error("m1", data={"column_id": "text_1"}))
    report = board_push(world, updates(3)).run()
    assert world.events()[3:] == ["SUCCEEDED", "FAILED", "SUCCEEDED"]
    failed = outcome_of(world, "K0001")
    assert (failed["error_type"], failed["error_message"]) == (
        "ColumnValueException",
        "column text_1: invalid value",
    )
    assert (report.succeeded, report.failed) == (2, 1)
    assert len(world.tables["mon_update_audit_log"]) == 2


def test_an_alias_without_data_or_error_stays_open():
    """Nothing is claimed about it: SENT remains its last event, no audit row is written."""
    world = World({"data": {"m1": None}})
    report = board_push(world, updates(3)).run()
    assert world.events() == ["SENT"] * 3 + ["SUCCEEDED"] * 2
    assert (report.open, report.not_sent) == (1, 0)
    assert outcome_of(world, "K0001")["event"] == "SENT"


@pytest.mark.parametrize(
    ("kind", "event"),
    [(Kind.FINAL, "FAILED"), (Kind.WAIT, "NOT_APPLIED"), (Kind.STOP, "NOT_APPLIED"), (Kind.UNSURE, "SENT")],
)
def test_the_kind_of_an_error_decides_the_event(kind, event):
    """A limit inside a batch fails no row for good, an internal error claims nothing."""
    world = World(error("m0", "CODE", kind=kind))
    board_push(world, [staged()]).run()
    assert world.events()[-1] == event


def test_children_of_a_failed_parent_are_not_sent_and_stay_staged():
    """They have no event at all, so the next build stages them again."""
    world = World(error("m0"))
    rows = [new_item("A"), new_item("B"), new_subitem("A", "S1"), new_subitem("B", "S2")]
    report = board_push(world, rows).run()
    assert [size for kind, size in world.journal if kind == "post"] == [2, 1]
    assert world.events() == ["SENT", "SENT", "FAILED", "SUCCEEDED", "SENT", "SUCCEEDED"]
    assert (report.orphaned, report.not_sent, report.complete) == (1, 1, False)


def test_no_answer_leaves_the_rows_open_and_ends_the_push():
    """Sending again could write twice: nothing more is sent, nothing is claimed."""
    world = World({}, NoAnswer("no answer from monday"))
    report = board_push(world, updates(30), max_batch_size=10).run()
    assert len(world.posts) == 2
    assert world.events() == ["SENT"] * 10 + ["SUCCEEDED"] * 10 + ["SENT"] * 10
    assert (report.succeeded, report.open, report.not_sent) == (10, 10, 10)
    assert "10 rows is not known" in report.halted
    assert "opus-sync pull" in report.hint


@pytest.mark.parametrize("problem", [NotSent("not reachable", "check"), Stopped("token refused", "check")])
def test_where_nothing_ran_no_row_fails(problem):
    """The request's rows are NOT_APPLIED, the rest is untouched, and the message says how to go on."""
    world = World({}, problem)
    report = board_push(world, updates(30), max_batch_size=10).run()
    assert world.events()[20:] == ["SENT"] * 10 + ["NOT_APPLIED"] * 10
    assert (report.halted, report.hint) == (problem.message, "check")
    assert (report.succeeded, report.failed, report.open, report.not_sent) == (10, 0, 0, 20)


def test_a_limit_is_waited_out_and_the_rows_leave_again():
    """Every post has a SENT of its own before it, so that its time is never older than the request."""
    world = World(Limited("locked", 2.0, "RESOURCE_LOCKED"))
    report = board_push(world, updates(3)).run()
    assert world.journal == [
        ("append", ("SENT",) * 3),
        ("post", 3),
        ("append", ("SENT",) * 3),
        ("post", 3),
        ("append", ("SUCCEEDED",) * 3),
    ]
    events = world.tables["mon_operation_event"]
    assert [row["attempt"] for row in events] == [1, 1, 1, 2, 2, 2, 2, 2, 2]
    assert len({row["operation_id"] for row in events}) == 3
    assert world.posts[0][2] != world.posts[1][2]
    assert world.clock.seconds >= 2.0
    assert report.complete


def test_rows_that_left_again_are_not_called_back():
    """A limit, then success, then the line goes dead: only the last request's rows are NOT_APPLIED."""
    world = World(Limited("locked", 2.0), {}, NotSent("not reachable"))
    report = board_push(world, updates(20), max_batch_size=10).run()
    assert world.events().count("NOT_APPLIED") == 10
    assert (report.succeeded, report.not_sent) == (10, 10)
    ended = [row["operation_id"] for row in world.tables["mon_operation_event"] if row["event"] != "SENT"]
    assert len(ended) == len(set(ended))


def test_a_limit_that_lasts_ends_the_push_with_no_row_failed():
    """Bounded by time: a quarter of an hour."""
    world = World(*[Limited("locked", 60.0) for _ in range(30)])
    report = board_push(world, updates(3)).run()
    assert world.events()[-3:] == ["NOT_APPLIED"] * 3
    assert report.failed == 0
    assert world.clock.seconds <= 900
    assert "15 minutes" in report.halted


def test_a_request_refused_as_a_whole_fails_its_rows_and_the_push_goes_on():
    """The message of the request is each row's."""
    world = World(Rejected("undefined field", "undefinedField"))
    report = board_push(world, updates(20), max_batch_size=10).run()
    assert (report.failed, report.succeeded) == (10, 10)
    assert outcome_of(world, "K0003")["error_type"] == "undefinedField"


def test_a_row_that_cannot_be_encoded_fails_without_being_sent():
    """Its neighbours go out; its FAILED event carries the staged row, as no SENT event does."""
    world = World()
    report = board_push(
        world, [staged(record_key="A", update_fields='{"gone":"x"}'), staged(record_key="B")]
    ).run()
    first = world.tables["mon_operation_event"][0]
    assert (first["event"], first["error_type"], first["attempt"]) == ("FAILED", "EncodeError", 0)
    assert json.loads(first["staged_row"])["record_key"] == "A"
    assert (report.failed, report.succeeded) == (1, 1)


def test_too_large_a_share_of_failures_stops_the_push():
    """Counted over at least fifty outcomes."""
    world = World(*[Rejected("bad") for _ in range(50)])
    report = board_push(world, updates(300), failure_share=0.5).run()
    assert 50 <= report.failed <= 110
    assert "limit 50%" in report.halted
    assert report.not_sent == 300 - report.failed


def test_few_failures_do_not_stop_the_push():
    """Ten of ten failing rows are below the base of fifty."""
    world = World(*[Rejected("bad") for _ in range(10)])
    report = board_push(world, updates(10)).run()
    assert (report.failed, report.halted) == (10, None)


def test_an_interruption_finishes_the_request_in_flight():
    """Its outcome is on record, the next request does not leave."""
    interruption = Interruption()
    world = World(lambda: interruption.request(2))
    report = board_push(world, updates(20), max_batch_size=10, interruption=interruption).run()
    assert world.journal[:3] == [("append", ("SENT",) * 10), ("post", 10), ("append", ("SUCCEEDED",) * 10)]
    assert len(world.posts) == 1
    assert report.halted == "interrupted by SIGINT"
    assert interruption.exit_code == 130


def test_when_sent_cannot_be_recorded_nothing_is_sent():
    """The warehouse comes first."""
    world = World()

    def refuse(rows):
        raise OpusError("the file is locked")

    world.before_append = refuse
    with pytest.raises(OpusError, match="locked"):
        board_push(world, updates(3)).run()
    assert world.posts == []
