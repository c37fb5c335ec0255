"""What the board says before a row is sent, and after it got no answer."""

from dataclasses import replace

import pytest

from opus_sync.live.items import LiveItem
from opus_sync.plan.order import operation
from opus_sync.plan.staged import staged_row
from opus_sync.push.conflict import SEEN_AT, allowed
from opus_sync.push.look import Found
from opus_sync.push.outcome import Event, Outcome
from opus_sync.push.verdict import verdict

from .fake_board import KEY_COLUMN
from .world import World, board_push, new_item, new_subitem, staged, updates

AT = "2026-11-20T08:00:00Z"


def item(**more):
    """Item 11 as the staged row knows it, unless told otherwise."""
    cells = {"text_1": "old", "name": "Order"} | more.pop("cells", {})
    return LiveItem(**{"id": 11, "state": "active", "group_id": "topics", "updated_at": AT, "cells": cells} | more)


def row(**more):
    return operation(staged_row(staged(**more)))


def ruling(entry, found, rule="flag", parent=None):
    """What may be sent: its cells and what was read there, or the conflict's words."""
    said = allowed(entry, found, parent, lambda row, column: rule)
    if isinstance(said, Outcome):
        assert said.event is Event.CONFLICT
        return said.error_message
    return said.new, {column: text for column, text in said.old.items() if column != SEEN_AT}


BOTH = {"text_1": "new", "text_2": "new"}
TWO = {"update_fields": '{"text_1":"new","text_2":"new"}', "old_fields": '{"text_1":"old","text_2":null}'}


@pytest.mark.parametrize(
    ("there", "rule", "expected"),
    [
        ({"text_1": "old", "text_2": None}, "flag", (BOTH, {"text_1": "old", "text_2": None})),
        ({"text_1": "new", "text_2": ""}, "flag", (BOTH, {"text_1": "new", "text_2": ""})),
        ({"text_1": "theirs"}, "flag", "edited on the board: text_1 was old, is theirs"),
        ({"text_1": "theirs"}, "keep", ({"text_2": "new"}, {"text_2": None})),
        ({"text_1": "theirs"}, "overwrite", (BOTH, {"text_1": "theirs", "text_2": None})),
        ({"text_1": "a", "text_2": "b"}, "keep", "edited on the board: text_1 was old, is a; text_2 was empty, is b"),
    ],
    ids=["as it was", "there already", "flag", "keep", "overwrite", "keep all"],
)  # fmt: skip
def test_an_edited_cell_goes_to_its_on_conflict(there, rule, expected):
    """Flag holds the row, keep leaves the cell out, overwrite writes; old values are those that were read."""
    assert ruling(row(**TWO), Found(item(cells=there)), rule) == expected


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Found(None), "item 11 is no longer on the board"),
        (Found(item(state="archived")), "item 11 is archived"),
        (Found(item(board_id=999)), "item 11 was moved to board 999"),
    ],
)
def test_an_item_that_is_gone_is_a_conflict(found, words):
    """Somebody took it away: that is not ours to mend."""
    assert ruling(row(), found) == words


@pytest.mark.parametrize(("group", "goes"), [("topics", True), ("done", True), ("theirs", False)])
def test_a_move_goes_only_from_where_the_item_was(group, goes):
    """Or where it is to be already."""
    move = row(
        update_operation="MOVE", group_id="done", update_fields='{"$group":"done"}', old_fields='{"$group":"topics"}'
    )
    said = ruling(move, Found(item(group_id=group)))
    assert (said == ({"$group": "done"}, {"$group": group})) is goes


def test_an_item_that_was_made_is_archived_only_as_it_was_made():
    """A rollback compares every cell, the group, and that no subitem is left."""
    undo = row(
        update_operation="ARCHIVE",
        update_fields='{"$state":"archived"}',
        old_fields='{"$state":"active","$group":"topics","$subitems":null,"text_1":"old","text_2":null}',
    )
    assert isinstance(ruling(undo, Found(item(subitems=()))), tuple)
    assert ruling(undo, Found(item(cells={"text_2": "mine"}))) == "edited on the board: text_2 was empty, is mine"
    assert "$subitems was empty, is 1" in ruling(undo, Found(item(subitems=(item(),))))


def test_a_key_that_appeared_is_a_conflict_and_so_is_a_parent_that_went():
    """No second item is made."""
    new = operation(staged_row(new_item("A")))
    child = operation(staged_row(new_subitem("A", "S")))
    assert ruling(new, Found()) == ({"text_1": "new"}, {})
    assert "item 900" in ruling(new, Found(hits=(item(id=900),)))
    assert ruling(child, Found(parent=item()), parent=11) == ({"text_1": "new"}, {})
    assert ruling(child, Found(), parent=11) == "its parent, item 11, is no longer on the board"


SEEN = {"text_1": "old", SEEN_AT: AT}


@pytest.mark.parametrize(
    ("found", "event"),
    [
        (Found(item(cells={"text_1": "new"}, updated_at="later")), "SUCCEEDED"),
        (Found(item()), "NOT_APPLIED"),
        (Found(item(updated_at="later")), "SUPERSEDED"),
        (Found(item(cells={"text_1": "theirs"})), "SUPERSEDED"),
        (Found(item(state="archived")), "SUPERSEDED"),
        (Found(None), "SUPERSEDED"),
    ],
    ids=["new values", "old values, untouched", "old values, touched", "other values", "archived", "gone"],
)
def test_what_became_of_an_update_stands_on_the_board(found, event):
    """Old values on an item that was touched since may have been put back by somebody."""
    assert verdict(replace(row(), old=SEEN), found, None).event.value == event


@pytest.mark.parametrize(
    ("hits", "event"),
    [
        ((), "NOT_APPLIED"),
        ((item(id=900, cells={"text_1": "new", "name": "Order A"}),), "SUCCEEDED"),
        ((item(id=900, cells={"text_1": "theirs", "name": "Order A"}),), "SUPERSEDED"),
        ((item(id=900, cells={"text_1": "new", "name": "Order A"}), item(id=901)), "SUPERSEDED"),
    ],
    ids=["none", "one exact", "one that differs", "two"],
)
def test_what_became_of_a_new_item_is_found_by_its_key(hits, event):
    """Exactly one exact hit is ours."""
    said = verdict(operation(staged_row(new_item("A"))), Found(hits=hits), None)
    assert said.event.value == event
    if event == "SUCCEEDED":
        assert said.item_id == 900


@pytest.mark.parametrize(
    ("operation_name", "found", "event"),
    [
        ("ARCHIVE", Found(item(state="archived")), "SUCCEEDED"),
        ("ARCHIVE", Found(item()), "NOT_APPLIED"),
        ("ARCHIVE", Found(None), "SUPERSEDED"),
        ("DELETE", Found(None), "SUCCEEDED"),
        ("DELETE", Found(item(state="deleted")), "SUCCEEDED"),
        ("DELETE", Found(item(state="archived")), "SUPERSEDED"),
    ],
)
def test_what_became_of_a_removal(operation_name, found, event):
    """Gone for good is deleted; archived is not."""
    entry = replace(row(update_operation=operation_name), old={"$state": "active", SEEN_AT: AT})
    assert verdict(entry, found, None).event.value == event


def test_a_request_takes_one_read_a_hundred_rows():
    """Twenty-five updates in three requests: three reads, each of the cells that are written."""
    world = World()
    report = board_push(world, updates(25), max_batch_size=10).run()
    assert (report.requests, report.reads) == (3, 3)
    assert all(variables["columns"] == ["text_1"] for _, variables in world.reads)


def test_a_look_that_grew_old_is_taken_again():
    """Time passes between the look and the record: the rows go back, nothing is sent on what was seen then."""
    world = World()
    slow = iter([11.0])

    def before_append(rows):
        world.clock.seconds += next(slow, 0.0)

    world.before_append = before_append
    report = board_push(world, updates(3)).run()
    assert (len(world.reads), len(world.posts), report.succeeded) == (2, 1, 3)
    assert world.events() == ["SENT"] * 6 + ["SUCCEEDED"] * 3


def test_a_look_is_as_old_as_its_question():
    """monday may have answered of a moment long before the answer came: nothing is recorded, and it is asked again."""
    world = World()
    push = board_push(world, updates(3))
    answer, slow = world.board.answer, iter([11.0])

    def slowly(document, variables):
        told = answer(document, variables)
        world.clock.seconds += next(slow, 0.0)
        return told

    world.board.answer = slowly
    report = push.run()
    assert (len(world.reads), len(world.posts), report.succeeded) == (2, 1, 3)
    assert world.events() == ["SENT"] * 3 + ["SUCCEEDED"] * 3


def test_a_new_row_is_looked_up_by_its_key_before_it_is_made():
    """And is not made where somebody was quicker."""
    world = World()
    push = board_push(world, [new_item("A"), new_item("B")])
    world.board.put(900, {KEY_COLUMN: "a"})
    report = push.run()
    assert (report.succeeded, report.conflicts) == (1, 1)
    assert world.events() == ["CONFLICT", "SENT", "SUCCEEDED"]
    assert [name for (aliases, _, _) in world.posts for _, name in aliases] == ["create_item"]
