"""After the rows are sent: promotion, several boards, and what is said in the end."""

from pathlib import Path
from types import SimpleNamespace

from opus_sync.contract import Board, Entity
from opus_sync.errors import OpusError
from opus_sync.monday.account import Account
from opus_sync.monday.answer import NoAnswer
from opus_sync.paint import unpainted
from opus_sync.plan.board_plan import Plan, Target, plan_board
from opus_sync.plan.cost import Pace
from opus_sync.push.batches import Milestone
from opus_sync.push.interrupt import Interruption
from opus_sync.push.line import Line
from opus_sync.push.promote import promotion
from opus_sync.push.session import Manner, Session
from opus_sync.push.several import push_all
from opus_sync.push.text import render_reports, report_document
from opus_sync.settings import Settings

from .world import BOARD_ID, World, board_push, error, staged, updates

BOARD = Board("planning", "boards/planning.yml", BOARD_ID, Entity("items", "mon_planning", (), ()))


def session(run, interruption=None):
    """A session whose dbt is a function."""
    return Session(
        project=SimpleNamespace(dbt=SimpleNamespace(run=run)),
        clock=None,
        interruption=interruption or Interruption(),
    )


def test_batches_are_promoted_after_the_models_were_built():
    """The build comes first, its command names the sync point and all that stands on the board."""
    world = World()
    push = board_push(world, [staged()])
    push.run()
    seen = []
    session(lambda *arguments: seen.append((arguments, world.events("mon_batch_event")[-1]))).promote(
        {"planning": BOARD}, [push]
    )
    assert seen == [(tuple(promotion([BOARD])), "ITEMS_CREATED")]
    assert "mon_planning+" in seen[0][0]
    assert world.events("mon_batch_event")[-1] == "PROMOTED"


def test_a_batch_says_who_pushed_as_the_warehouse_knows_it():
    """Beside the user of the machine, who may be a service's."""
    world = World()
    project = SimpleNamespace(
        settings_for=lambda board: Settings(),
        target_name="dev",
        root=Path(__file__).parent,
        warehouse=SimpleNamespace(query=lambda name, board: [{"seq": 7}]),
        warehouse_login="opus_runner",
    )
    line = Line(world, None, Account("7001", "monday", "101", "Ada"))
    milestone = Milestone("b1", "ACME", "ORDERS", "STARTED", 1, 0, 0)
    Session(project, world.clock, Interruption()).record(BOARD, world, line, Manner(), milestone)
    (row,) = world.tables["mon_batch_event"]
    assert (row["seq"], row["actor_login"], row["monday_user"]) == (7, "opus_runner", "101 Ada")


def test_a_build_that_fails_promotes_nothing():
    """What was written stays on record; the report says what to do."""

    def fail(*arguments):
        raise OpusError("`dbt build` failed")

    world = World()
    push = board_push(world, [staged()])
    push.run()
    session(fail).promote({"planning": BOARD}, [push])
    assert "PROMOTED" not in world.events("mon_batch_event")
    assert (push.report.promoted, push.report.promotion_error) == (False, "`dbt build` failed")


def test_a_promotion_that_cannot_be_recorded_loses_no_report():
    """The rows were written: the command goes on to say so."""
    world = World()
    push = board_push(world, [staged()])
    push.run()

    def refuse(rows):
        raise OpusError("the file is locked")

    world.before_append = refuse
    session(lambda *arguments: None).promote({"planning": BOARD}, [push])
    report = push.report
    assert (report.succeeded, report.promoted, report.promotion_error) == (1, False, "the file is locked")


def test_nothing_is_built_where_nothing_was_written_or_somebody_is_in_a_hurry():
    """A push without a success, and an interrupted one."""
    built = []
    failing, interrupted = World(error("m0")), World()
    pushes = [board_push(failing, [staged()]), board_push(interrupted, [staged()])]
    push_all(pushes, threads=2)
    session(lambda *arguments: built.append(arguments)).promote({"planning": BOARD}, pushes[:1])
    hurried = Interruption()
    hurried.request(15)
    session(lambda *arguments: built.append(arguments), hurried).promote({"planning": BOARD}, pushes[1:])
    assert built == []


def test_a_board_that_cannot_be_recorded_does_not_stop_the_others():
    """Its report carries the message."""
    broken, good = World(), World()

    def refuse(rows):
        raise OpusError("the file is locked", "close it")

    broken.before_append = refuse
    reports = push_all([board_push(broken, [staged()]), board_push(good, [staged()])], threads=2)
    assert [(report.succeeded, report.halted, report.hint) for report in reports] == [
        (0, "the file is locked", "close it"),
        (1, None, ""),
    ]


def told(world, rows, **more):
    """The text and the document of a push of these rows."""
    target = Target("dev", world.endpoint, "7001", "planning", BOARD_ID, {})
    plan = plan_board(target, rows, Pace(100))
    report = board_push(world, rows, **more).run()
    return unpainted(render_reports(Plan((plan,)), [report])), report_document(report, plan)


def test_the_text_says_what_was_sent_and_where_to_look():
    """Counts, cost, failures, tables."""
    rows = [*updates(3), staged(record_key="X", hold_reason="HELD")]
    text, document = told(World(error("m1", data={"column_id": "text_1"})), rows)
    assert text == (
        "pushed to: target dev, http://127.0.0.1:1/v2, board planning (8709134353)\n"
        "\n"
        "planning\n"
        "  2 succeeded, 1 failed, 1 held\n"
        "  1 request and 1 read, 90,103 complexity points (as forecast), 0.0 s, 2 audit\n"
        "    rows, 1 batch\n"
        "  failed: update K0001: ColumnValueException: column text_1: invalid value\n"
        "\n"
        "what failed, and the way out: opus-sync errors, table err_mon_updates\n"
        "every cell written, old and new: table mon_update_audit\n"
        "run `dbt build` so that the current tables show this push"
    )
    assert (document["succeeded"], document["failed"], document["held"]) == (2, 1, 1)


def test_the_text_says_why_a_push_ended_and_how_to_go_on():
    """Rows without outcome are counted as such."""
    world = World(NoAnswer("no answer"))
    world.before_post = lambda variables: setattr(world, "answers_reads", False)
    text, document = told(world, updates(15), max_batch_size=10)
    assert "  10 without a known outcome, 5 not sent" in text
    assert "stopped: no answer, and the board cannot be read" in text
    assert "opus-sync push --select planning --resume" in text
    assert (document["open"], document["not_sent"]) == (10, 5)
