"""Guards: when a plan passes a limit, what is said, and what lifts it."""

import json
from dataclasses import replace

import pytest

from opus_sync.contract import GUARDS, AgeLimit, Guards, Limit
from opus_sync.paint import unpainted
from opus_sync.plan import text as rendering
from opus_sync.plan.board_plan import Plan, Selection
from opus_sync.plan.document import as_document
from opus_sync.plan.guards import Scale, Watch
from opus_sync.plan.markdown import render_markdown

from .rows import create, plan, staged, subitem


def plain_text(*given, **more):
    """What a terminal without colours shows."""
    return unpainted(rendering.render_text(*given, **more))


LIMIT = Limit(share=0.3, count=100, base=20)


def archives(number, operation="ARCHIVE"):
    return [
        staged(f"X{at}", update_operation=operation, monday_item_id=at, update_fields='{"$state":"archived"}')
        for at in range(1, number + 1)
    ]


def changes(number, fields='{"text_1":"12"}', **more):
    return [staged(f"K{at}", monday_item_id=at, update_fields=fields, **more) for at in range(1, number + 1)]


def watched(rows, items=100, subitems=0, hours=1.0, lift=(), guards=None, selection=None):
    """A plan of these rows on a board of so many items."""
    limits = guards or Guards(LIMIT, LIMIT, LIMIT, LIMIT, AgeLimit(24))
    watch = Watch(limits, Scale(items, subitems, hours), lift)
    return plan(rows, watch=watch, **({"selection": selection} if selection else {}))


def tripped(rows, **more):
    return [one.guard for one in watched(rows, **more).guards]


@pytest.mark.parametrize(
    ("rows", "guard", "said"),
    [
        (archives(31), "removals", "31 of 100 items would be archived or deleted (31.0 %, limit 30 %)"),
        (archives(31, "DELETE"), "removals", "31 of 100 items would be archived or deleted (31.0 %, limit 30 %)"),
        (changes(31), "changes", "31 of 100 items would be changed (31.0 %, limit 30 %)"),
        (
            [create(f"N{at}") for at in range(31)],
            "creates",
            "31 items would be created, the board has 100 (31.0 %, limit 30 %)",
        ),
        (
            changes(16, '{"text_1":null,"text_2":null,"text_3":"x"}'),
            "cleared_cells",
            "32 cells of items would be cleared, the board has 100 items (32.0 %, limit 30 %)",
        ),
    ],
    ids=lambda value: value if value in GUARDS else "",
)
def test_a_share_over_its_limit_refuses_with_the_numbers(rows, guard, said):
    """The way out names the command that lifts the guard."""
    found = watched(rows)
    assert [one.guard for one in found.guards] == [guard]
    (reason,) = found.reasons
    assert reason.message == f"planning: {said}"
    assert reason.way_out == (
        f"look at the plan; if it is meant, `opus-sync push --lift {guard} --live`; nothing was sent"
    )


@pytest.mark.parametrize(
    ("rows", "items", "trips"),
    [
        (archives(5), 8, False),  # up to the base the share does not count
        (archives(20), 21, False),
        (archives(21), 70, False),  # 30 % is not over 30 %
        (archives(21), 69, True),
        (archives(100), 100_000, False),
        (archives(101), 100_000, True),  # however large the board
    ],
)
def test_a_share_counts_above_the_base_and_a_count_always(rows, items, trips):
    """Small boards may change; large ones are not emptied by a small share."""
    assert bool(tripped(rows, items=items)) is trips


def test_a_board_that_is_filled_is_judged_by_count_alone():
    """On an empty board, and on one with no more items than the base, a share of creates says nothing."""
    new = [create(f"N{at}") for at in range(90)]
    assert tripped(new, items=0) == tripped(new, items=20) == []
    assert tripped(new, items=21) == ["creates"]
    found = watched([create(f"N{at}") for at in range(101)], items=0)
    assert found.reasons[0].message == "planning: 101 items would be created, the board has 0 (limit 100)"


def test_both_limits_are_named_where_both_are_passed():
    assert watched(archives(150), items=200).reasons[0].message == (
        "planning: 150 of 200 items would be archived or deleted (75.0 %, limits 30 % and 100)"
    )


def test_items_and_subitems_are_judged_by_themselves():
    """A share is of the items, or of the subitems."""
    new = [subitem(f"K{at}", "S", parent_item_id=at) for at in range(31)]
    assert tripped(new, items=1, subitems=104) == []
    found = watched(new, items=1000, subitems=100)
    assert found.reasons[0].message.startswith("planning: 31 subitems would be created, the board has 100 (31.0 %")


def test_an_item_that_is_moved_and_changed_is_one_item():
    moves = changes(20, update_operation="MOVE", group_id="done")
    assert tripped(changes(20) + moves, items=50) == []


def test_only_rows_that_would_be_sent_are_judged():
    """Held and invalid rows, and those outside of the selection, trip nothing."""
    assert tripped([row | {"hold_reason": "HELD"} for row in archives(50)]) == []
    assert tripped([row | {"validation_status": "INVALID"} for row in archives(50)]) == []
    assert tripped(archives(50), selection=Selection(limit=20)) == []
    assert tripped(archives(50), selection=Selection(batch_key="elsewhere")) == []


def test_a_lifted_guard_refuses_nothing_and_is_on_record():
    """One that did not trip is not; one that still trips is named together with those that are lifted."""
    found = watched(archives(50), lift=("removals", "creates"))
    assert (found.reasons, found.lifted) == ((), ("removals",))
    found = watched(archives(50) + changes(50), lift=("removals",))
    assert found.lifted == ("removals",)
    assert "--lift changes --lift removals --live" in found.reasons[0].way_out


def test_a_guard_that_is_off_never_trips():
    assert tripped(archives(5000), guards=Guards(removals=None)) == []


@pytest.mark.parametrize(("hours", "trips"), [(None, False), (0.0, False), (24.0, False), (30.55, True)])
def test_an_old_extract_refuses_and_the_way_out_is_a_pull(hours, trips):
    """Without a begin on record there is no age."""
    found = watched(changes(1), hours=hours)
    assert bool(found.reasons) is trips
    if trips:
        (reason,) = found.reasons
        assert reason.message == "planning: its extract began 30.6 hours ago (limit 24)"
        assert "opus-sync pull --select planning" in reason.way_out
        assert watched(changes(1), hours=hours, lift=("extract_age",)).reasons == ()


def test_without_an_extract_no_guard_can_trip():
    """Another reason refuses then."""
    assert plan(archives(5000)).guards == ()


def test_the_defaults_hold_removals_and_cleared_cells_short():
    defaults = Guards()
    assert tripped(changes(50), items=60, guards=defaults) == []
    assert tripped(archives(10), items=12, guards=defaults) == []
    assert tripped(archives(11), items=109, guards=defaults) == ["removals"]
    assert tripped(changes(21, '{"text_1":null}'), items=200, guards=defaults) == ["cleared_cells"]


def test_every_form_of_the_plan_shows_guards():
    """Refused or lifted, the rows are shown all the same."""
    refused, lifted = watched(archives(31)), watched(archives(31), lift=("removals",))
    said = "31 of 100 items would be archived or deleted (31.0 %, limit 30 %)"
    for render in (plain_text, render_markdown):
        text = " ".join(render(Plan((refused,))).replace(">", "").split())
        assert f"A push would be refused: planning: {said}".casefold() in text.casefold()
        assert "archive item X1" in text or r"archive item | X1" in text
        text = " ".join(render(Plan((lifted,))).split())
        assert f"is lifted: planning: {said}" in text
    (board,) = json.loads(json.dumps(as_document(Plan((refused,)))))["boards"]
    assert board["refused"][0]["message"] == f"planning: {said}"
    assert board["guards"]["limits"]["removals"] == {"share": 0.3, "count": 100, "base": 20}
    (one,) = board["guards"]["tripped"]
    assert (one["guard"], one["entity"], one["found"], one["active"], one["lifted"]) == (
        "removals",
        "items",
        31,
        100,
        False,
    )


def test_the_names_to_lift_are_those_of_the_contract():
    """Each is a field of the limits."""
    assert all(hasattr(Guards(), name) for name in GUARDS)
    assert replace(Guards(), **dict.fromkeys(GUARDS)) == Guards(None, None, None, None, None, None)
