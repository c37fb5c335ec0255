"""Groups in a plan: their order, the items that go with them, and the items that wait for them."""

import json

from opus_sync.plan.groups import in_group, lying_in
from opus_sync.plan.guards import Scale, Watch
from opus_sync.plan.order import Wave

from .rows import create, plan, staged


def group(key, operation, **overrides):
    """A staged row of a group."""
    return staged(
        key,
        update_type="update_groups",
        update_operation=operation,
        monday_item_id=None,
        **{"update_fields": '{"title":"x"}', "customer_batch": None, **overrides},
    )


def archive(key, *items, **overrides):
    """A staged row that archives a group with these items."""
    old = {"$state": "active", "$items": json.dumps([str(item) for item in items])}
    fields = {"update_fields": '{"$state":"archived"}', "old_fields": json.dumps(old)}
    return group(key, "ARCHIVE", group_id=key, item_name=key, **fields, **overrides)


def test_groups_come_before_items_and_leave_after_them():
    """Rows that depend on each other keep the order that they are staged with."""
    rows = [
        archive("old"),
        staged("A"),
        create("B"),
        group("n1", "CREATE", push_order=1),
        group("n2", "CREATE", push_order=0),
        group("b", "MOVE", push_order=1),
        group("a", "MOVE", push_order=2),
        group("c", "UPDATE"),
        staged("planning", update_type="update_boards", monday_item_id=None),
    ]
    assert [(entry.wave, entry.row.record_key) for entry in plan(rows).operations] == [
        (Wave.BOARD_CHANGES, "planning"),
        (Wave.GROUP_CHANGES, "c"),
        (Wave.GROUP_MOVES, "b"),
        (Wave.GROUP_MOVES, "a"),
        (Wave.NEW_GROUPS, "n2"),
        (Wave.NEW_GROUPS, "n1"),
        (Wave.NEW_ITEMS, "B"),
        (Wave.ITEM_CHANGES, "A"),
        (Wave.GROUP_REMOVALS, "old"),
    ]


def test_items_that_leave_a_group_before_do_not_go_with_it():
    """They are no part of what is archived, so that one that could not leave keeps its group."""
    move = staged("A", update_operation="MOVE", monday_item_id=7, group_id="new", update_fields='{"$group":"new"}')
    (_, archived) = plan([archive("old", 7, 8), move]).operations
    assert lying_in(archived) == ("8",)


def test_a_group_that_holds_items_needs_the_guard_lifted():
    """However few they are."""
    scale = Scale(items=900, subitems=0, hours=1.0, groups=5)
    found = plan([archive("old", 7, 8), archive("empty")], watch=Watch(scale=scale))
    assert [one.message for one in found.guards] == [
        "planning: 2 items would be archived with the 1 groups that they lie in (limit 0)"
    ]
    assert found.reasons
    assert not plan([archive("old", 7)], watch=Watch(scale=scale, lift=("group_items",))).reasons
    assert not plan([archive("empty")], watch=Watch(scale=scale)).guards


def test_items_wait_for_a_group_that_is_not_made():
    """And new subitems for their new parents that wait."""
    rows = [create("B", group_key="New"), staged("C", update_operation="MOVE", group_key="New", group_id=None)]
    waiting = plan(rows)
    assert (waiting.operations, len(waiting.orphans)) == ((), 2)
    sent = plan([*rows, group("New", "CREATE")])
    assert not sent.orphans


def test_an_item_bears_the_id_of_its_new_group_in_all_that_is_sent_and_kept():
    """Also in what a recovery reads later."""
    rows = [
        group("New", "CREATE"),
        staged("C", update_operation="MOVE", group_key="New", group_id=None, update_fields='{"$group":"New"}'),
    ]
    (_, move) = plan(rows).operations
    assert move.needs_group
    placed = in_group(move, "group_1")
    assert (placed.row.group_id, placed.row.source["group_id"], placed.new["$group"]) == ("group_1",) * 3
    assert not placed.needs_group
