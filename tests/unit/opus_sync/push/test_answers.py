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


def test_an_alias_without_data_or_error_is_looked_up():
    """monday gave no outcome: what stands on the board says what became of it."""
    world = World({"data": {"m1": None}})
    report = board_push(world, updates(3)).run()
    assert (report.succeeded, report.open, len(world.posts)) == (3, 0, 2)
    assert world.events() == [*["SENT"] * 3, *["SUCCEEDED"] * 2, "SENT", "SUCCEEDED"]
    assert outcome_of(world, "K0001")["attempt"] == 2


def test_an_alias_that_ran_and_was_not_told_is_not_sent_again():
    """The new value stands on the board."""
    world = World({"data": {"m1": None}})
    world.before_post = lambda variables: world.board.items[1001]["values"].update(text_1="new")
    report = board_push(world, updates(3)).run()
    assert (report.succeeded, len(world.posts)) == (3, 1)
    assert len(world.tables["mon_update_audit_log"]) == 3


def test_an_error_that_cannot_heal_fails_the_row_at_once():
    """One request, one FAILED."""
    world = World(error("m0", kind=Kind.FINAL))
    report = board_push(world, [staged()]).run()
    assert (world.events(), report.failed) == (["SENT", "FAILED"], 1)


@pytest.mark.parametrize("kind", [Kind.WAIT, Kind.UNSURE])
def test_an_error_that_may_heal_is_tried_again(kind):
    """A limit that strikes inside a batch, an internal error of one alias: the row goes again, on record as such."""
    world = World(error("m0", "CODE", kind=kind, retry_in=2.0))
    report = board_push(world, [staged()]).run()
    assert (world.events(), report.succeeded) == (["SENT", "SENT", "SUCCEEDED"], 1)
    assert world.tables["mon_operation_event"][-1]["attempt"] == 2


def test_a_row_that_fails_by_itself_is_given_up_after_its_retries():
    """Four requests with three retries, then FAILED with monday's own words."""
    world = World(*[error("m0", "InternalServerError", kind=Kind.UNSURE) for _ in range(9)])
    report = board_push(world, [staged()], max_retries=3).run()
    assert (len(world.posts), report.failed, world.events()[-1]) == (4, 1, "FAILED")
    assert outcome_of(world, "K1")["error_type"] == "InternalServerError"


def test_a_stop_inside_an_answer_ends_the_push_with_no_row_failed():
    """The row is NOT_APPLIED and stays staged."""
    world = World(error("m0", "DAILY_LIMIT_EXCEEDED", kind=Kind.STOP))
    report = board_push(world, updates(2)).run()
    assert sorted(world.events()) == ["NOT_APPLIED", "SENT", "SENT", "SUCCEEDED"]
    assert (report.failed, report.not_sent) == (0, 1)
    assert "00:00 UTC" in report.hint


def test_children_of_a_failed_parent_are_not_sent_and_stay_staged():
    """They have no event at all, so the next build stages them again."""
    world = World(error("m0"))
    rows = [new_item("A"), new_item("B"), new_subitem("A", "S1"), new_subitem("B", "S2")]
    report = board_push(world, rows).run()
    assert [size for kind, size in world.journal if kind == "post"] == [2, 1]
    assert world.events() == ["SENT", "SENT", "FAILED", "SUCCEEDED", "SENT", "SUCCEEDED"]
    assert (report.orphaned, report.not_sent, report.complete) == (1, 1, False)


def test_a_lost_request_is_found_out_and_sent_again():
    """What was under way has ended after a minute; the board holds the old values; the push goes on."""
    world = World({}, NoAnswer("no answer from monday"))
    report = board_push(world, updates(20), max_batch_size=10, settle_seconds=65.0).run()
    assert world.events() == [*["SENT"] * 10, *["SUCCEEDED"] * 10, *["SENT"] * 20, *["SUCCEEDED"] * 10]
    assert report.complete
    assert world.clock.seconds >= 65.0


def test_a_lost_answer_is_found_out_and_nothing_is_sent_again():
    """The board holds the new values."""
    world = World(NoAnswer("no answer from monday"))

    def run_all(variables):
        for item in world.board.items.values():
            item["values"]["text_1"] = "new"

    world.before_post = run_all
    report = board_push(world, updates(3)).run()
    assert (len(world.posts), report.succeeded, len(world.tables["mon_update_audit_log"])) == (1, 3, 3)


def test_rows_stay_open_where_the_board_cannot_be_read():
    """Nothing is claimed about them, and the message names the command that finds out."""
    world = World(NoAnswer("no answer from monday"))
    push = board_push(world, updates(3))
    world.before_post = lambda variables: setattr(world, "answers_reads", False)
    report = push.run()
    assert (world.events(), report.open) == (["SENT"] * 3, 3)
    assert "--resume" in report.hint


def test_a_monday_that_is_down_ends_the_push_with_no_row_failed():
    """Not reachable, time after time: the request's rows are NOT_APPLIED, the rest is untouched."""
    world = World({}, *[NotSent("not reachable", "check") for _ in range(9)])
    report = board_push(world, updates(30), max_batch_size=10, max_retries=3).run()
    assert len(world.posts) == 5
    assert world.events()[-10:] == ["NOT_APPLIED"] * 10
    assert (report.succeeded, report.failed, report.open, report.not_sent) == (10, 0, 0, 20)
    assert "not reachable; 4 requests in a row" in report.halted


def test_a_refused_token_ends_the_push_at_once_with_no_row_failed():
    """The message says how to go on."""
    world = World({}, Stopped("token refused", "check"))
    report = board_push(world, updates(30), max_batch_size=10).run()
    assert world.events()[20:] == ["SENT"] * 10 + ["NOT_APPLIED"] * 10
    assert (report.halted, report.hint) == ("token refused", "check")
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
    world = World(Limited("locked", 2.0), {}, Stopped("token refused"))
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


@pytest.mark.parametrize(
    "problem",
    [Rejected("cannot be parsed", "JsonParseException"), NoAnswer("monday failed", code="Internal", ended=True)],
    ids=["refused", "failed inside"],
)
def test_a_poison_row_is_isolated_by_halving(problem):
    """It alone fails, with the error's code; all others are written, each once."""
    world = World()

    def poison(variables):
        if any(value == "1013" for value in variables.values()):
            raise problem

    world.before_post = poison
    report = board_push(world, updates(50), max_retries=1).run()
    assert (report.succeeded, report.failed, report.halted) == (49, 1, None)
    failed = [row for row in world.tables["mon_operation_event"] if row["event"] == "FAILED"]
    assert [(row["monday_item_id"], row["error_type"]) for row in failed] == [(1013, problem.code)]
    assert len(world.tables["mon_update_audit_log"]) == 49
    assert len(world.posts) < 20


def test_where_every_request_fails_the_push_ends_and_spares_the_rows():
    """That is no poison row: something is wrong with all of them."""
    world = World(*[Rejected("bad", "undefinedField") for _ in range(99)])
    report = board_push(world, updates(300)).run()
    assert report.failed < 10
    assert "requests in a row failed whole" in report.halted


def test_a_row_that_cannot_be_encoded_fails_without_being_sent():
    """Its neighbours go out; its FAILED event carries the staged row, as no SENT event does."""
    world = World()
    report = board_push(world, [staged(record_key="A", update_fields='{"gone":"x"}'), staged(record_key="B")]).run()
    first = world.tables["mon_operation_event"][0]
    assert (first["event"], first["error_type"], first["attempt"]) == ("FAILED", "EncodeError", 0)
    assert json.loads(first["staged_row"])["record_key"] == "A"
    assert (report.failed, report.succeeded) == (1, 1)


def failing(number):
    """An answer in which so many rows fail."""
    errors = [one for at in range(number) for one in error(f"m{at}")["errors"]]
    return {"errors": errors, "data": {f"m{at}": None for at in range(number)}}


def test_too_large_a_share_of_failures_stops_the_push():
    """Counted over at least fifty outcomes."""
    world = World(*[failing(10) for _ in range(30)])
    report = board_push(world, updates(300), max_batch_size=20, failure_share=0.4).run()
    assert 20 <= report.failed <= 40
    assert "limit 40%" in report.halted
    assert report.not_sent == 300 - report.failed - report.succeeded


def test_few_failures_do_not_stop_the_push():
    """Ten of ten failing rows are below the base of fifty."""
    world = World(failing(10))
    report = board_push(world, updates(10)).run()
    assert (report.failed, report.halted) == (10, None)
