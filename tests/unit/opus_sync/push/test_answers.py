"""What each answer, and each way of getting none, leads to."""

import json

import pytest

from opus_sync.monday.answer import Kind, Limited, NoAnswer, NotSent, Rejected, Stopped

from .world import World, board_push, error, new_item, new_subitem, staged, updates


def outcome_of(world, key):
    """The last event of the row with this record key."""
    wanted = next(
        row["operation_id"]
        for row in world.tables["mon_operation_event"]
        if row["staged_row"] and json.loads(row["staged_row"])["record_key"] == key
    )
    return [row for row in world.tables["mon_operation_event"] if row["operation_id"] == wanted][-1]


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
    report = board_push(world, [staged(record_key="A", update_fields='{"gone":"x"}'), staged(record_key="B")]).run()
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
