"""Why a staged set may not be pushed."""

from dataclasses import replace
from datetime import datetime

import pytest

from opus_sync.plan.preconditions import BuildEvent, Facts, Present, newest, refusal

NOON = datetime(2026, 11, 20, 12)


def built(name, status="success", seq=3, **more):
    """The newest event of a dbt node."""
    event = BuildEvent(seq, f"model.p.{name}", name, "model", status, None, "extract-1", 7, f'"db"."{name}"')
    return replace(event, **more)


GOOD = Facts(
    board="planning",
    monday_board_id=100,
    endpoint="http://127.0.0.1/v2",
    account_id="7001",
    present=Present("extract-1", 7, 100, "http://127.0.0.1/v2", "7001", NOON),
    staged=(built("staged_planning_items"), built("staged_planning_subitems")),
    around=(built("mon_planning"), built("unique_key", "pass")),
    points=frozenset({("extract-1", 7)}),
)


def present(**more):
    """The good facts with another present."""
    return replace(GOOD, present=replace(GOOD.present, **more))


def test_a_present_and_tested_set_may_be_pushed():
    """Also without a token, when the account is not known."""
    assert refusal(GOOD) is None
    assert refusal(replace(GOOD, account_id=None)) is None


def test_an_empty_set_is_a_set():
    """No rows, so their events alone say what they were built from."""
    assert refusal(replace(GOOD, points=frozenset())) is None


@pytest.mark.parametrize(
    ("facts", "message", "way_out"),
    [
        (replace(GOOD, present=Present()), "no active extract", "opus-sync pull --select planning"),
        (
            replace(GOOD, endpoint="https://api.monday.com/v2"),
            "pulled from endpoint http://127.0.0.1/v2, but this would write to endpoint https://api.monday.com",
            "dbt target",
        ),
        (
            replace(GOOD, monday_board_id=200),
            "the tables hold board 100, the contract says 200",
            "opus-sync pull --select planning",
        ),
        (replace(GOOD, account_id="9"), "account 7001, but this would write to account 9", "dbt target"),
        (
            replace(GOOD, staged=(), around=()),
            "no dbt build of staged_planning_items",
            "dbt build --select +staged_planning_items",
        ),
        (
            replace(GOOD, staged=(built("staged_planning_items", "skipped"),)),
            "1 nodes of its last dbt build are not good: staged_planning_items (skipped)",
            "dbt build",
        ),
        (replace(GOOD, around=(built("unique_key", "fail"),)), "unique_key (fail)", "dbt build"),
        (replace(GOOD, around=(built("mon_planning", "error"),)), "mon_planning (error)", "dbt build"),
        (
            replace(GOOD, staged=(GOOD.staged[0], built("staged_planning_subitems", as_of_seq=6))),
            "of 2 builds: extract extract-1 at 6, extract extract-1 at 7",
            "+staged_planning_items +staged_planning_subitems",
        ),
        (
            replace(GOOD, around=(built("unique_key", "not_run"), built("accepted", "not_run"))),
            "2 gate tests were not run since this build: accepted, unique_key",
            "dbt test --select staged_planning_items staged_planning_subitems",
        ),
        (
            replace(GOOD, around=tuple(built(f"gate_{at}", "not_run") for at in range(7))),
            "7 gate tests were not run since this build: gate_0, gate_1, gate_2, gate_3, gate_4 and 2 more",
            "dbt test",
        ),
        (replace(GOOD, points=frozenset({("extract-1", 5)})), "of 2 builds", "built together"),
        (present(as_of_seq=12), "at sync point 7, the board is at 12", "dbt build --select"),
        (present(extract_id="extract-2"), "on extract extract-1, the active one is extract-2", "dbt build"),
    ],
)
def test_a_reason_names_the_numbers_and_the_way_out(facts, message, way_out):
    """And says that nothing was sent."""
    reason = refusal(facts)
    assert message in reason.message
    assert way_out in reason.way_out
    assert reason.way_out.endswith("nothing was sent")


def test_a_warning_does_not_refuse():
    """Only tests of error severity fail; a warning passes."""
    assert refusal(replace(GOOD, around=(built("soft", "warn"),))) is None


def test_rows_without_outcome_refuse_until_somebody_looks():
    """Reading the board ends them; nothing is sent on top of what is not known."""
    reason = refusal(present(open_operations=3))
    assert "3 rows of an earlier push have no known outcome" in reason.message
    assert "opus-sync push --select planning --resume" in reason.way_out


def test_a_gate_that_ran_later_does_not_refuse():
    """The newest event of a test decides, whichever run left it out."""
    events = [built("unique_key", "not_run", seq=4), built("unique_key", "pass", seq=5)]
    assert refusal(replace(GOOD, around=tuple(newest(events).values()))) is None
    assert "1 gate test was not run" in refusal(replace(GOOD, around=events[:1])).message


def test_the_newest_event_of_a_node_counts():
    """A test that failed and was mended does not refuse."""
    events = [built("unique_key", "pass", seq=5), built("unique_key", "fail", seq=4)]
    assert [event.status for event in newest(events).values()] == ["pass"]
