"""A plan for people and for programs."""

import json

from opus_sync.paint import unpainted
from opus_sync.plan import text as rendering
from opus_sync.plan.board_plan import Plan
from opus_sync.plan.document import as_document
from opus_sync.plan.markdown import render_markdown
from opus_sync.plan.preconditions import Reason

from .rows import create, invalid, plan, staged, subitem


def plain_text(*given, **more):
    """What a terminal without colours shows."""
    return unpainted(rendering.render_text(*given, **more))


EXPECTED = """\
would write to: target dev, http://127.0.0.1:8080/v2, board planning
  (8709134353)

planning
               create   update     move  archive   delete
  items             1        1        -        1        -
  subitems          1        -        -        -        -
  to send: 4 in 1 batch
  not sent: 1 invalid, 2 held
  changed (4)
    create item N
      Title: Order N
      ORDER QTY: 12
    update item A
      ORDER QTY: 10 → 12
    create subitem N / S
      Title: S
      Size qty: 12
    archive item X
      state: active → archived
  invalid (1)
    update item B
      STATUS: 'Dne' is unknown
  held (2)
    1 CONFLICT: somebody edited the cell on monday since it was last in step
      update item C
        ORDER QTY: 10 → 12
    1 HELD: held by a decision
      update item D
        ORDER QTY: 10 → 12
    to let one through: opus-sync release --select planning --key KEY --reason
      WHY

cost: 4 requests, 4 reads before, 120,156 complexity points, 0.0 minutes at the
  budget, 0.8% of the 1,000 calls of a Standard plan's day

next: opus-sync push --live"""


def mixed():
    """A plan with a row of many kinds."""
    return plan(
        [
            create("N"),
            subitem("N", "S"),
            staged("A"),
            invalid("B", "'Dne' is unknown"),
            staged("C", hold_reason="CONFLICT"),
            staged("D", hold_reason="HELD"),
            staged(
                "X",
                update_operation="ARCHIVE",
                update_fields='{"$state":"archived"}',
                old_fields='{"$state":"active"}',
            ),
        ]
    )


def test_the_text_says_where_what_and_how_to_go_on():
    """First where it would write, then counts, cells, what stays, cost and the next step."""
    assert plain_text(Plan((mixed(),))) == EXPECTED


def test_the_text_fits_eighty_columns_whatever_the_data():
    """Long keys, values and titles are cut, line breaks and terminal codes are taken out."""
    wild = json.dumps({"text_1": "\x1b[31m" + "wörd " * 100, "x" * 60: "y" * 500})
    rows = [create("K" * 300, update_fields=wild), invalid("L" * 300, "m " * 200)]
    text = plain_text(Plan((plan(rows),)))
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "\x1b" not in text


def test_lists_and_composites_show_their_values():
    """Only for the eye: the document keeps the canonical text."""
    row = staged(
        "A",
        update_fields=json.dumps({"text_1": '["S","XL"]', "week": '{"startDate":"2026-11-16","endDate":""}'}),
        old_fields='{"text_1":"[not json","week":null}',
    )
    text = plain_text(Plan((plan([row]),)))
    assert "ORDER QTY: [not json → S, XL" in text
    assert "week: (empty) → 2026-11-16" in text


def test_the_text_shows_some_rows_of_each_kind():
    """A thousand updates do not hide the one archive."""
    rows = [staged(f"K{n:04}") for n in range(1000)] + [staged("X", update_operation="ARCHIVE")]
    text = plain_text(Plan((plan(rows),)), show=4)
    assert "changed (4 of 1,001)" in text
    assert "archive item X" in text
    assert text.count("update item") == 3


def test_a_refusal_stands_first_and_the_plan_prints_all_the_same():
    """The way out is the next step."""
    refused = plan([staged("A")], reason=Reason("the staged rows are stale", "run `dbt build`"))
    text = plain_text(Plan((refused,)))
    assert "a push would be refused: the staged rows are stale" in text
    assert "update item A" in text
    assert text.endswith("next: what the refusal above says; nothing was sent")


def test_an_empty_plan_says_so():
    """The next step is none."""
    assert plain_text(Plan((plan([]),))).endswith("nothing to push")


def test_the_document_holds_every_row():
    """Plain JSON, with column titles, messages and hold reasons."""
    document = json.loads(json.dumps(as_document(Plan((mixed(),)))))
    (board,) = document["boards"]
    assert (document["operations"], document["invalid"]) == (4, 1)
    assert board["digest"] == mixed().digest
    assert board["rows"][1]["cells"] == [{"column": "ORDER QTY", "old": "10", "new": "12"}]
    assert board["invalid"][0]["messages"] == ["STATUS: 'Dne' is unknown"]
    assert [row["hold_reason"] for row in board["held"]] == ["CONFLICT", "HELD"]
    assert board["held_reasons"] == {"CONFLICT": 1, "HELD": 1}


def test_markdown_escapes_what_stands_on_the_board():
    """A value is never read as markup."""
    row = staged("A|B", update_fields=json.dumps({"text_1": "<b>*x*</b>\n| y"}))
    text = render_markdown(Plan((plan([row]),)))
    assert r"| update item | A\|B | ORDER QTY | 10 | \<b\>\*x\*\</b\> \| y |" in text
