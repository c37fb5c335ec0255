"""Batch events: one batch a customer, with its own states and counts."""

import json

from opus_sync.monday.answer import NoAnswer

from .world import World, board_push, error, new_item, new_subitem, staged, updates


def told(world):
    """(customer, event, total, succeeded, failed) of each batch event."""
    return [
        (
            row["customer_name"],
            row["event"],
            row["total_records"],
            row["successful_records"],
            row["failed_records"],
        )
        for row in world.tables["mon_batch_event"]
    ]


def test_a_batch_goes_from_started_to_promoted():
    """Each state comes with the counts of its moment."""
    world = World()
    push = board_push(world, [new_item("A"), new_item("B"), new_subitem("A", "S")])
    push.run()
    push.promote()
    assert told(world) == [
        ("ACME", "STARTED", 3, 0, 0),
        ("ACME", "ITEMS_CREATED", 3, 2, 0),
        ("ACME", "SUBITEMS_CREATED", 3, 3, 0),
        ("ACME", "PROMOTED", 3, 3, 0),
    ]
    row = world.tables["mon_batch_event"][0]
    assert (row["batch_type"], row["update_batch_id"], row["target"]) == ("ORDERS", "build-1", "dev")
    assert (row["actor_os_user"], row["host"], row["git_commit"]) == ("ada", "desk", "abc123")
    assert (row["monday_user"], row["settings"]) == ("101 Ada", "{}")


def test_customers_have_batches_of_their_own_and_share_requests():
    """One customer's failure is not the other's."""
    world = World(error("m0"))
    push = board_push(
        world, [staged(record_key="A", customer_batch="ACME"), staged(record_key="B", customer_batch="BETA")]
    )
    push.run()
    push.promote()
    assert len(world.posts) == 1
    assert told(world) == [
        ("ACME", "STARTED", 1, 0, 0),
        ("BETA", "STARTED", 1, 0, 0),
        ("ACME", "ITEMS_CREATED", 1, 0, 1),
        ("ACME", "FAILED", 1, 0, 1),
        ("BETA", "ITEMS_CREATED", 1, 1, 0),
        ("BETA", "PROMOTED", 1, 1, 0),
    ]
    assert "ColumnValueException" in world.tables["mon_batch_event"][3]["error_summary"]
    assert len({row["batch_id"] for row in world.tables["mon_operation_event"]}) == 2


def test_rows_without_a_customer_are_one_batch():
    """`batch_by` is optional."""
    world = World()
    board_push(world, updates(3, customer_batch=None)).run()
    assert told(world) == [(None, "STARTED", 3, 0, 0), (None, "ITEMS_CREATED", 3, 3, 0)]


def test_subitems_alone_are_a_batch_of_subitems():
    """The batch type says what is in it."""
    world = World()
    board_push(world, [staged(update_type="update_subitems")]).run()
    assert {row["batch_type"] for row in world.tables["mon_batch_event"]} == {"SUBITEMS"}
    assert told(world)[-1] == ("ACME", "SUBITEMS_CREATED", 1, 1, 0)


def test_removals_are_counted_at_the_end():
    """They come after all milestones, so the last one is told again with the final counts."""
    world = World()
    board_push(world, [staged(record_key="A"), staged(record_key="B", update_operation="ARCHIVE")]).run()
    assert told(world) == [
        ("ACME", "STARTED", 2, 0, 0),
        ("ACME", "ITEMS_CREATED", 2, 1, 0),
        ("ACME", "ITEMS_CREATED", 2, 2, 0),
    ]


def test_a_push_that_ends_early_fails_the_batches_it_began():
    """A batch of which nothing was sent has no event; the summary says what is open and what was not sent."""
    world = World(NoAnswer("no answer"))
    rows = [*updates(15, customer_batch="ACME"), staged(record_key="Z", customer_batch="ZETA")]
    push = board_push(world, rows, max_batch_size=10)
    world.before_post = lambda variables: setattr(world, "answers_reads", False)
    push.run()
    push.promote()
    assert told(world) == [("ACME", "STARTED", 15, 0, 0), ("ACME", "FAILED", 15, 0, 0)]
    summary = world.tables["mon_batch_event"][-1]["error_summary"]
    assert "10 without a known outcome" in summary
    assert "5 not sent" in summary


def test_a_child_without_parent_fails_its_batch():
    """It was not written, so the batch is not promoted."""
    world = World(error("m0"))
    push = board_push(world, [new_item("A"), new_subitem("A", "S")])
    push.run()
    push.promote()
    assert [event for _, event, *_ in told(world)] == [
        "STARTED",
        "ITEMS_CREATED",
        "SUBITEMS_CREATED",
        "FAILED",
    ]
    assert "their parent or their group was not created" in world.tables["mon_batch_event"][-1]["error_summary"]


def test_batch_events_share_the_transaction_of_their_outcomes():
    """STARTED is committed with the first SENT, a milestone with the outcomes that bring it about."""
    world = World()
    seen = []
    world.before_append = lambda rows: seen.append(
        (sorted(rows), [row["event"] for row in rows.get("mon_batch_event", ())])
    )
    board_push(world, [staged()]).run()
    assert seen == [
        (["mon_batch_event", "mon_operation_event"], ["STARTED"]),
        (["mon_batch_event", "mon_operation_event", "mon_update_audit_log"], ["ITEMS_CREATED"]),
    ]
    assert json.loads(world.tables["mon_operation_event"][0]["staged_row"])["customer_batch"] == "ACME"
