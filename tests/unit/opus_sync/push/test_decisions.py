"""What a decision about staged rows names."""

import json

from opus_sync.plan.staged import staged_row
from opus_sync.push.decisions import Scope, approve, hold, release

from .world import staged

SUBITEM = json.dumps(["K1", "XL"])


def named(decisions):
    """What each decision is about."""
    return [(one["decision"], one["scope"], one["batch_key"], one["record_key"]) for one in decisions]


def test_a_record_named_as_plans_show_it_is_held_by_its_key():
    """SQL compares keys, and knows nothing of `K1 / XL`."""
    row, scope = staged_row(staged(record_key=SUBITEM)), Scope(record_key="K1 / XL")
    assert scope.admits(row)
    assert named(hold(scope, [row], "why")) == [("HOLD", "record_key", None, SUBITEM)]


def test_a_record_that_is_not_staged_yet_is_held_by_the_key_as_given():
    """A hold may come before its row."""
    assert named(hold(Scope(record_key="K9"), [], "why")) == [("HOLD", "record_key", None, "K9")]


def test_a_batch_is_held_as_one():
    """Rows that come to it later are held as well."""
    rows = [staged_row(staged())]
    assert named(hold(Scope(batch_key="ACME"), rows, "why")) == [("HOLD", "batch_key", "ACME", None)]


def test_the_release_of_a_batch_releases_its_records_too():
    """A row that failed before, or is held by its own key, is not let through by the batch alone."""
    rows = [staged_row(staged(hold_reason="FAILED_BEFORE"))]
    assert named(release(Scope(batch_key="ACME"), rows, "why")) == [
        ("RELEASE", "batch_key", "ACME", None),
        ("RELEASE", "record_key", None, "K1"),
    ]


def test_an_approval_is_of_one_plan_as_it_stands():
    """The digest is what was seen; it is about no record and no batch."""
    decision = approve("8f14", "d1ge57", None)
    assert named([decision]) == [("APPROVE", "plan", None, None)]
    assert (decision["plan_id"], decision["value_seen"], decision["reason"]) == ("8f14", "d1ge57", None)
