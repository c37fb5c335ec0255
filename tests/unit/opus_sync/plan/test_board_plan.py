"""A plan as a value: order, counts, batches, cost, digest."""

import pytest

from opus_sync.errors import OpusError
from opus_sync.plan.board_plan import Selection
from opus_sync.plan.cost import Pace, estimate

from .rows import create, invalid, plan, staged, subitem


def kinds(board_plan):
    """(operation, record) of each row in push order."""
    return [(entry.row.update_operation, entry.row.record_key) for entry in board_plan.operations]


def test_rows_are_pushed_parents_first_and_removals_last():
    """Whatever order the table has."""
    rows = [
        staged("D", update_operation="DELETE"),
        subitem("N", "S"),
        staged("U"),
        staged("U", update_operation="MOVE", group_id="done", update_fields='{"$group":"done"}'),
        create("N"),
    ]
    assert kinds(plan(rows)) == [
        ("CREATE", "N"),
        ("UPDATE", "U"),
        ("MOVE", "U"),
        ("CREATE", '["N", "S"]'),
        ("DELETE", "D"),
    ]
    assert kinds(plan(rows)) == kinds(plan(rows[::-1]))


def test_only_valid_rows_that_nobody_holds_are_sent():
    """Invalid, pending and held rows stay, and stop nobody."""
    found = plan(
        [
            staged("A"),
            invalid("B"),
            staged("C", validation_status="PENDING"),
            staged("D", hold_reason="CONFLICT"),
            invalid("E", hold_reason="HELD"),
        ]
    )
    assert kinds(found) == [("UPDATE", "A")]
    assert found.counts["update_items", "UPDATE"] == {"valid": 1, "invalid": 2, "pending": 1, "held": 1}
    assert found.held_reasons == {"CONFLICT": 1}


def test_a_new_subitem_waits_for_a_parent_that_is_sent():
    """A parent that is invalid, or not there, keeps its children; one with an id on the board does not."""
    rows = [invalid("A", update_operation="CREATE"), subitem("A", "S"), subitem("X", "T", parent_item_id=5)]
    found = plan(rows)
    assert kinds(found) == [("CREATE", '["X", "T"]')]
    assert [entry.row.parent_key for entry in found.orphans] == ["A"]


def test_a_selection_narrows_by_batch_key_and_count():
    """A record's key brings its subitems along."""
    rows = [create("A"), subitem("A", "S"), create("B", customer_batch="BETA")]
    assert kinds(plan(rows, selection=Selection(batch_key="BETA"))) == [("CREATE", "B")]
    assert kinds(plan(rows, selection=Selection(key="A"))) == [("CREATE", "A"), ("CREATE", '["A", "S"]')]
    assert kinds(plan(rows, selection=Selection(limit=1))) == [("CREATE", "A")]


def test_a_retry_takes_the_rows_that_failed_and_no_others():
    """They are held because they failed before; rows that are held for another reason, or invalid, stay."""
    ids = {key: f"stg-{key}-UPDATE" for key in "ABCDE"}
    rows = [
        staged("A", hold_reason="FAILED_BEFORE"),
        staged("B", hold_reason="HELD"),
        staged("C", hold_reason="FAILED_BEFORE", validation_status="INVALID"),
        staged("D"),
        staged("E", hold_reason="FAILED_BEFORE"),
    ]
    wanted = frozenset(ids[key] for key in "ABCD")
    found = plan(rows, selection=Selection(retry=wanted))
    assert kinds(found) == [("UPDATE", "A"), ("UPDATE", "D")]
    assert [row.record_key for row in (*found.held, *found.invalid)] == ["B", "C"]
    assert kinds(plan(rows, selection=Selection(key="D", retry=wanted))) == [("UPDATE", "D")]
    assert kinds(plan(rows)) == [("UPDATE", "D")]


def test_batches_count_their_rows():
    """One batch a customer."""
    found = plan([create("A"), subitem("A", "S"), staged("B", customer_batch="BETA")])
    assert [(batch.key, batch.operations, batch.has_items) for batch in found.batches] == [
        ("ACME", 2, True),
        ("BETA", 1, True),
    ]


def test_the_cost_counts_requests_wave_by_wave():
    """250 updates and one new item: three requests and one, and a read before each."""
    operations = plan([staged(f"K{n}") for n in range(250)] + [create("N")]).operations
    cost = estimate(operations, Pace(100, points_per_minute=10_000_000, calls_per_day=1_000))
    assert (cost.requests, cost.reads, cost.complexity) == (4, 4, 251 * (30_000 + 25 + 14))
    assert cost.minutes == pytest.approx(0.754, abs=0.001)
    assert cost.daily_share == pytest.approx(0.008)


def test_a_request_never_costs_more_than_monday_takes():
    """At 30,000 points a row, 166 rows fit into the five million of a request."""
    operations = plan([staged(f"K{n}") for n in range(400)]).operations
    assert estimate(operations, Pace(1000)).requests == 3


def test_the_digest_follows_content_not_build():
    """Another build of the same rows has the same digest; another value has not."""
    first = plan([staged("A")]).digest
    assert plan([staged("A", update_batch_id="build-2", extract_id="extract-2", as_of_seq=99)]).digest == first
    assert plan([staged("A", update_fields='{"text_1":"13"}')]).digest != first
    assert plan([staged("A", monday_item_id=12)]).digest != first


def test_a_row_that_cannot_be_pushed_is_named():
    """A kind of row that this version does not know."""
    with pytest.raises(OpusError, match="UPDATE of update_webhooks"):
        plan([staged("A", update_type="update_webhooks")])


def test_a_table_of_another_version_is_named():
    """The column that is missing, and what to do."""
    row = staged("A")
    del row["hold_reason"]
    with pytest.raises(OpusError, match="hold_reason"):
        plan([row])


def test_cells_that_are_no_json_name_their_row():
    """The row's id leads to the model that made it."""
    with pytest.raises(OpusError, match="stg-A-UPDATE"):
        plan([staged("A", update_fields="{")])
