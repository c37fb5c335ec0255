"""A plan as Markdown: bounded, in whole rows, with the mark of its comment."""

import json
from dataclasses import replace

import pytest

from opus_sync.plan.board_plan import Plan
from opus_sync.plan.markdown import MOST, marker, render_markdown
from opus_sync.plan.preconditions import Reason

from .rows import TARGET, invalid, plan, staged

REFUSED = Reason("the staged rows are stale", "run `dbt build`")


def board(at, rows, **more):
    """A plan of one of several boards."""
    made = plan(rows, **more)
    return replace(made, target=replace(TARGET, board=f"board_{at:04}"))


def wide(key):
    """A row of 40 long cells, which does not fit into a fifth of the room."""
    cells = {f"column {at}": "<*|wide|*>" * 30 for at in range(40)}
    return staged(key, update_fields=json.dumps(cells), old_fields=json.dumps(cells))


def test_the_first_line_tells_one_selection_from_another():
    """Nothing in it ends the comment early."""
    assert marker("opus-sync push --live") == "<!-- opus-sync plan: push -->"
    assert marker("opus-sync push --target ci --select a --live") == "<!-- opus-sync plan: push target ci select a -->"
    for hostile in ("a-->b", "a--->b", "--!>", "a\n-->\n# b", "-" * 9 + ">"):
        line = marker(f"opus-sync push --key '{hostile}' --live")
        assert line.count("-->") == 1 and line.endswith(" -->") and "\n" not in line and "--!>" not in line
    text = render_markdown(Plan((plan([staged("A")]),), "opus-sync push --select planning --live"))
    assert text.startswith("<!-- opus-sync plan: push select planning -->\nWould write to: ")
    assert render_markdown(Plan(())).splitlines()[1:] == ["No board is selected."]


@pytest.mark.parametrize(
    "boards",
    [
        [board(0, [wide(f"K{at}") for at in range(50)])],
        [board(0, [invalid(f"K{at}", "<bad> " * 500) for at in range(3_000)])],
        [board(at, [staged("A"), wide("B"), invalid("C")]) for at in range(40)],
        [board(at, [staged("A")], reason=REFUSED) for at in range(600)],
        [board(0, [staged(f"K{at}") for at in range(2_000)])],
    ],
    ids=["wide rows", "invalid rows", "boards", "many boards", "many rows"],
)
def test_a_plan_of_any_size_fits_in_whole_rows(boards):
    """No table is begun and not ended; how much is not shown is said."""
    text = render_markdown(Plan(tuple(boards)), show=5_000)
    assert len(text) <= MOST
    cells = [line for line in text.splitlines() if line.startswith("| update")]
    assert {line.replace("\\|", "").count("|") for line in cells} <= {6}
    assert "Cost: " in text.splitlines()[-1]
    assert "more row" in text or "more board" in text or "not shown" in text


def test_counts_refusals_and_findings_stay_when_rows_have_to_go():
    """Rows of single changes are the first to give way."""
    large = [wide(f"K{at}") for at in range(30)] + [invalid(f"I{at}") for at in range(20)]
    text = render_markdown(Plan((board(0, large, reason=REFUSED), board(1, [staged("Z")]))), most=6_000)
    assert len(text) <= 6_000
    assert "A push would be refused: the staged rows are stale. run \\`dbt build\\`" in text
    assert "| items | 0 | 30 | 0 | 0 | 0 |" in text
    assert all(f"- I{at}: " in text for at in range(20))
    assert "### Changed cells (30 rows)\n\n30 rows, not shown." in text
    assert "| update item | Z | ORDER QTY | 10 | 12 |" in text


def test_what_a_push_is_refused_for_comes_before_boards_that_are_well():
    """Where there is no room for every board, the rest is summed up."""
    boards = [board(at, [staged("A")]) for at in range(200)]
    boards[150] = board(150, [staged("A")], reason=REFUSED)
    text = render_markdown(Plan(tuple(boards)), most=20_000)
    assert len(text) <= 20_000
    assert "## board\\_0150\n\n> A push would be refused" in text
    left = 200 - text.count("\n## ")
    assert f"And {left} more boards: {left} rows to send, 0 invalid; 0 would be refused." in text
