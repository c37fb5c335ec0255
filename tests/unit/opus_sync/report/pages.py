"""Plans and pages for the tests of this folder."""

import json
from dataclasses import replace
from datetime import datetime, timezone

from opus_sync.plan.board_plan import Plan, plan_board
from opus_sync.plan.cost import Pace
from opus_sync.report.appearance import Appearance
from opus_sync.report.page import Value
from opus_sync.report.planned import plan_page
from unit.opus_sync.plan.rows import TARGET, create, invalid, plan, staged, subitem

NOON = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
HOSTILE = (
    "</script><script>document.title='hacked'</script>",
    '"><img src=x onerror="document.title=\'hacked\'">',
    "</style><style>body{display:none}",
    "{{ 7*7 }}{% raw %}",
    "\u202egnp.exe\x1b[31m\x00",
    "مرحبا بالعالم",
    "👩‍👩‍👧 清",
    '=HYPERLINK("http://example.com")',
    "x" * 10_000,
)


def page_of(plan_, looks=None, **more):
    """The page of one plan."""
    name = plan_.target.board
    return plan_page(Plan((plan_,)), {name: looks or Appearance(plan_.target.titles)}, {}, NOON, **more)


def mixed():
    """A plan with a row of many kinds."""
    return plan(
        [
            create("N", customer_batch="ACME"),
            subitem("N", "S"),
            staged("A"),
            staged("M", update_operation="MOVE", update_fields='{"$group":"g2"}', old_fields='{"$group":"g1"}'),
            invalid("B", "'Dne' is no label"),
            staged("C", hold_reason="CONFLICT"),
            staged("X", update_operation="ARCHIVE", update_fields='{"$state":"archived"}', old_fields='{}'),
        ]
    )  # fmt: skip


def looks():
    """How the board of `mixed` looks: a label in color, groups, an item with a name."""
    return Appearance(
        TARGET.titles,
        colors={("update_items", "text_1"): {"12": "#00c875"}},
        groups={"g1": Value("Open"), "g2": Value("Done", "#fdab3d")},
        items={11: ("Order eleven", "g1")},
    )


def hostile():
    """A plan of which keys, titles, values, batches and messages are all hostile."""
    titles = {("update_items", f"c{at}"): text for at, text in enumerate(HOSTILE)}
    rows = [
        staged(
            text,
            stg_id=f"stg-{at}",
            customer_batch=text,
            update_fields=json.dumps({f"c{place}": value for place, value in enumerate(HOSTILE)}),
            old_fields=json.dumps({f"c{at}": text}),
        )
        for at, text in enumerate(HOSTILE)
    ]
    rows += [invalid(text, text, stg_id=f"bad-{at}") for at, text in enumerate(HOSTILE)]
    return plan_board(replace(TARGET, titles=titles), rows, Pace(100))


def many(number, columns=3):
    """A plan of so many changed items."""
    titles = {("update_items", f"c{at}"): f"COLUMN {at:02}" for at in range(columns)}
    rows = [
        staged(
            f"K{key:05}",
            monday_item_id=key,
            customer_batch=f"Customer {key % 7}",
            update_fields=json.dumps({f"c{at}": f"new {key}" for at in range(columns)}),
            old_fields=json.dumps({f"c{at}": "old" for at in range(columns)}),
        )
        for key in range(1, number + 1)
    ]
    return plan_board(replace(TARGET, titles=titles), rows, Pace(100))
