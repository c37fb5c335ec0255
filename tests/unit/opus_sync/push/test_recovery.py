"""Ending what was left open, and what is recorded of it."""

from dataclasses import replace

import pytest

from opus_sync.monday.governed import GovernedApi
from opus_sync.push.look import Look
from opus_sync.push.recovery import Recovery

from .world import World, board_push, contract, new_item, new_subitem, tools_for, updates


class Killed(BaseException):
    """The process is gone."""


def killed(rows, at=2, **more):
    """A push whose process dies before it records what became of a request; the answers were on their way."""
    world = World()
    push = board_push(world, rows, **more)
    appends = iter(range(1, 99))

    def die(_):
        if next(appends) == at:
            raise Killed

    world.before_append = die
    with pytest.raises(Killed):
        push.run()
    world.before_append = lambda rows: None
    return world


def recovery(world, board=None, **more):
    """Whoever comes next."""
    tools = tools_for(world, first_seq=1000, **more)
    look = Look(board or contract(), GovernedApi(world, tools.governor, world.clock))
    return Recovery("planning", world, world, look, tools.recorder, world.clock, 65.0)


def batches(world):
    """(event, succeeded) of each batch event."""
    return [(row["event"], row["successful_records"]) for row in world.tables["mon_batch_event"]]


def test_a_batch_that_was_whole_waits_for_its_promotion_and_another_is_closed():
    """The first push had sent all its rows, the second only some."""
    whole, partly = killed(updates(3)), killed(updates(30), max_batch_size=10)
    assert recovery(whole).run().events == {"SUCCEEDED": 3}
    assert batches(whole) == [("STARTED", 0), ("ITEMS_CREATED", 3)]
    recovery(partly).run()
    assert batches(partly) == [("STARTED", 0), ("FAILED", 10)]
    assert "20 of 30 not written" in partly.tables["mon_batch_event"][-1]["error_summary"]


def test_nothing_is_sent_and_nothing_is_done_twice():
    """A second recovery finds nothing open."""
    world = killed(updates(3))
    sent, waited = len(world.posts), world.clock.seconds
    assert recovery(world).run().anything
    assert (len(world.posts), world.clock.seconds) == (sent, waited + 65.0)
    rows = {table: len(lines) for table, lines in world.tables.items()}
    assert not recovery(world).run().anything
    assert {table: len(lines) for table, lines in world.tables.items()} == rows


def test_what_the_batch_was_begun_for_stays_on_record():
    """Plan, guards and the batch that is undone are those of the push that began it."""
    world = killed(updates(3))
    world.tables["mon_batch_event"][0].update(plan_id="plan-1", guard_lifted="creates", rollback_of_batch="b-0")
    recovery(world).run()
    last = world.tables["mon_batch_event"][-1]
    assert (last["plan_id"], last["guard_lifted"], last["rollback_of_batch"]) == ("plan-1", "creates", "b-0")


@pytest.mark.parametrize(
    "changed",
    [
        replace(contract(), subitems=None),
        replace(contract(), subitems=replace(contract().subitems, key=("text_key", "text_1"))),
    ],
    ids=["no subitems any more", "another key"],
)
def test_a_row_that_the_contract_no_longer_finds_is_left_to_a_person(changed):
    """The board is not blocked by it: it ends SUPERSEDED, with the reason."""
    world = killed([new_item("A"), new_subitem("A", "S")], at=4)
    found = recovery(world, changed).run()
    assert found.events == {"SUPERSEDED": 1}
    assert "no longer says how to find" in world.tables["mon_operation_event"][-1]["error_message"]
