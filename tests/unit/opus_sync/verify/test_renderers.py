"""What a verification says, at 80 columns and in Markdown."""

from opus_sync.paint import unpainted
from opus_sync.verify import text as rendering
from opus_sync.verify.document import as_document
from opus_sync.verify.findings import CellFinding, Change, Findings, Gone, Subject, Unplanned, Verdict
from opus_sync.verify.markdown import render_markdown


def plain_text(*given, **more):
    """What a terminal without colours shows."""
    return unpainted(rendering.render_text(*given, **more))


HOSTILE = "<b>|`x`\x1b[31m\n" + "long " * 60
WHERE = "compared with plan 8f14 of 2026-11-20 12:00 UTC by dana: target prod, https://api.monday.com/v2"


def findings() -> Findings:
    """A board with cells of each verdict, and with other changes."""
    found = Findings("orders", 9001, of_plan=True)
    for number in range(14):
        subject = Subject("item", HOSTILE if number == 0 else f"K{number}", number)
        for column in ("Qty", HOSTILE):
            verdict = Verdict.DIFFERENT if number < 12 else Verdict.UNTOUCHED
            found.take(CellFinding(subject, "c", column, verdict, "1", HOSTILE, "2" if number else HOSTILE))
    found.take(
        CellFinding(Subject("item", "K20", None), "c", "Qty", Verdict.UNTOUCHED, None, "1", None, "no item bears it")
    )
    for _ in range(310):
        found.take(CellFinding(Subject("item", "", 1), "c", "Qty", Verdict.AS_MEANT, None, "1", "1"))
    other = Subject("subitem", HOSTILE, 99)
    found.unplanned = Unplanned(
        [Change(other, "c", HOSTILE, HOSTILE, None)], [Subject("item", "", 100)], [Gone(other, "archived")]
    )
    return found


def test_text_fits_a_terminal_and_is_bounded() -> None:
    """Numbers first, then so many items of each kind; control characters of the board stay out."""
    text = plain_text(WHERE, [findings()], show=10)
    lines = text.splitlines()
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in text
    assert lines[4] == "  as meant 310, untouched 5, different 24"
    words = "on the board but not in the plan: 1 cell on 1 item, 1 new item, 1 item gone"
    assert words in " ".join(text.split())
    assert "  different (12 items, 10 shown)" in lines
    assert "  untouched (3 items)" in lines
    assert "    item K20: no item bears it" in lines
    assert "    new item (no name) (100)" in lines
    assert "different (" not in plain_text(WHERE, [findings()], show=0)


def test_a_push_that_wrote_nothing() -> None:
    found = Findings("orders", 9001, "nothing was pushed yet")
    assert plain_text("read back", [found]).splitlines() == ["read back", "", "orders: nothing was pushed yet"]
    assert found.good


def test_a_cell_that_cannot_be_checked_is_not_as_meant() -> None:
    found = Findings("orders", 9001)
    found.take(CellFinding(Subject("item", "K", 1), "c", "c", Verdict.UNCHECKED, None, "1", None, "no such column"))
    assert not found.good
    assert "as meant 0, different 0, not checked 1" in plain_text("", [found])


def test_markdown_keeps_data_from_being_markup() -> None:
    text = render_markdown(WHERE, [findings()], show=5)
    assert "<b>" not in text
    assert "\\<b\\>\\|\\`x\\`" in text
    assert "### Not as meant (5 of 29 cells)" in text
    assert "### Not in the plan (3)" in text


def test_json_holds_every_cell() -> None:
    document = as_document([findings()])
    (board,) = document["boards"]
    assert not document["as_meant"]
    assert board["counts"] == {"as_meant": 310, "untouched": 5, "different": 24, "unchecked": 0}
    assert len(board["cells"]) == 29
    assert [len(board["not_in_the_plan"][name]) for name in ("cells", "new_items", "gone_items")] == [1, 1, 1]
