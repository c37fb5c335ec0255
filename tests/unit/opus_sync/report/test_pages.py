"""The page of a plan: what it says, in which order, and that data stays data."""

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from opus_sync.errors import OpusError
from opus_sync.plan.board_plan import Plan
from opus_sync.plan.guards import Scale, Watch
from opus_sync.plan.preconditions import Reason
from opus_sync.report.appearance import Appearance, label_colors
from opus_sync.report.files import as_csv, write_page
from opus_sync.report.planned import plan_page, summary
from opus_sync.report.render import render
from unit.opus_sync.plan.rows import create, plan, staged
from unit.opus_sync.report.pages import HOSTILE, NOON, hostile, looks, many, mixed, page_of


class _Elements(HTMLParser):
    """Counts elements, and gathers what could run or load something."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.active = {}, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.active += [name for name, _ in attributes if name.startswith("on") or name in ("src", "href", "style")]


def test_a_manager_reads_what_would_happen():
    """In one sentence, with the rows that need somebody, the requests and the time."""
    assert summary(Plan((mixed(),))) == (
        "1 item and 1 subitem would be created, 1 item would change, 1 item would be moved, 1 item would be archived, "
        "2 rows need a person, 5 requests, 0.0 minutes."
    )
    assert summary(Plan((plan([]),))) == "Nothing would be sent."


def test_what_needs_a_person_comes_first_and_removals_before_changes():
    """Then what is new, moved, changed."""
    (board,) = page_of(mixed()).boards
    assert [section.kind.name for section in board.sections] == [
        "invalid", "held", "archive", "create", "move", "update",
    ]  # fmt: skip


def test_a_row_shows_old_and_new_where_they_differ_with_labels_groups_and_names():
    """A new item shows what it will hold; the name it has and the group it lies in come from the board."""
    html = render(page_of(mixed(), looks()))
    assert "<del>10</del> → <ins><b class=k0>12</b></ins>" in html
    assert ".k0{background:#00c875;color:#000}" in html
    assert "<del>Open</del> → <ins><b class=k1>Done</b></ins>" in html
    assert "Order eleven" in html
    (new,) = (section for section in page_of(mixed(), looks()).boards[0].sections if section.kind.name == "create")
    assert [table.entity for table in new.tables] == ["item", "subitem"]
    assert [table.columns for table in new.tables] == [("ORDER QTY",), ("Size qty",)], "no column that its rows say"


def test_the_columns_that_change_most_come_first():
    """The others as on the board; those of new items all as on the board."""
    titles = {("update_items", name): name.upper() for name in ("a", "b", "c")}
    cells = ('{"a":"1","c":"1"}', '{"c":"1","b":"1"}', '{"c":"1"}')
    rows = [staged(f"K{at}", update_fields=text, old_fields="{}") for at, text in enumerate(cells)]
    rows += [create(f"N{at}", update_fields=text) for at, text in enumerate(cells)]
    (board,) = page_of(plan(rows), Appearance(titles)).boards
    assert [section.tables[0].columns for section in board.sections] == [("A", "B", "C"), ("C", "A", "B")]


def test_a_refusal_stands_before_everything_else():
    """With the way out, before the counts."""
    refused = plan([staged("A")], reason=Reason("the staged rows are stale", "run `dbt build`"))
    html = render(page_of(refused))
    assert html.index("A push would be refused: the staged rows are stale") < html.index('class="summary"')
    assert "run `dbt build`" in html and "what the refusal says; nothing was sent" in html


def test_each_guard_says_where_the_plan_stands():
    """Those that pass, that trip, that are lifted and that are off."""
    watch = Watch(scale=Scale(items=30, subitems=0, hours=30.0))
    rows = [staged(f"K{at}", monday_item_id=at) for at in range(60)]
    (board,) = page_of(plan(rows, watch=watch)).boards
    guards = {(guard.name, guard.entity): guard for guard in board.guards}
    changes, age = guards["changes", "items"], guards["extract_age", "board"]
    assert (changes.found, changes.active, changes.verdict) == ("60", "30", "trips")
    assert (age.found, age.limit, age.verdict) == ("30.0 hours", "24 hours", "trips")
    assert guards["removals", "items"].verdict == "passes"
    off = replace(watch, guards=replace(watch.guards, extract_age=None), lift=("changes",))
    (board,) = page_of(plan(rows, watch=off)).boards
    verdicts = {(guard.name, guard.entity): guard.verdict for guard in board.guards}
    assert (verdicts["changes", "items"], verdicts["extract_age", "board"]) == ("lifted", "off")
    assert "Guard changes is lifted" in board.troubles[0].message


def test_data_never_becomes_markup():
    """Keys, titles, values, batches and messages that ask for trouble add no element, attribute or style."""
    bad, tame = hostile(), many(2 * len(HOSTILE), len(HOSTILE))
    html = render(page_of(bad))
    found = _Elements(html)
    assert (found.active, found.tags["script"], found.tags["style"], found.tags.get("img")) == ([], 1, 1, None)
    assert _Elements(render(page_of(tame))).tags.keys() >= found.tags.keys() - {"p", "h4", "i", "option", "div"}
    assert "\x1b" not in html and "\x00" not in html and "\u202e" not in html
    assert "👩‍👩‍👧 清" in html, "joined emoji stay whole"
    style = html[html.index("<style>") + 7 : html.index("</style>")]
    assert "<" not in style and "body{display:none}" not in style
    assert html.count("x" * 10_000) > 1, "a long value is whole"


def test_the_page_allows_itself_nothing_but_its_own_style_and_script():
    """Whatever came into it by mistake would not run."""
    html = render(page_of(mixed()))
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    assert "http" not in policy


def test_rows_beyond_the_page_go_into_a_file_beside_it(tmp_path):
    """Those that need a person stay; the file is for a spreadsheet, and runs nothing in it."""
    page = page_of(hostile(), limit=len(HOSTILE))
    (board,) = page.boards
    assert [section.kind.name for section in board.sections] == ["invalid", "update"]
    assert [(section.shown, section.total) for section in board.sections] == [(9, 9), (0, 9)]
    written = write_page(page, tmp_path / "deep" / "plan.html")
    assert [path.name for path in written] == ["plan.html", "plan.csv"]
    assert "in <code>plan.csv</code> beside it" in written[0].read_text("utf-8")
    raw = written[1].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfboard,kind,entity,")
    lines = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len({line["record"] for line in lines}) == len(HOSTILE)
    assert {line["new"] for line in lines} >= {"'" + HOSTILE[7], HOSTILE[6]}
    assert not [text for line in lines for text in line.values() if text[:1] in ("=", "+", "-", "@", "\t")]


def test_the_file_of_the_rest_goes_with_its_page_and_no_other_is_touched(tmp_path):
    """A shorter plan takes its own away; somebody else's is refused, and nothing is written."""
    path, rest = tmp_path / "plan.html", tmp_path / "plan.csv"
    write_page(page_of(many(3), limit=2), path)
    assert rest.is_file()
    write_page(page_of(many(3)), path)
    assert not rest.exists()
    rest.write_text("mine,own\n", "utf-8")
    write_page(page_of(many(3)), path)
    before = path.read_text("utf-8")
    with pytest.raises(OpusError, match="was not written by opus-sync"):
        write_page(page_of(many(3), limit=2), path)
    assert (path.read_text("utf-8"), rest.read_text("utf-8")) == (before, "mine,own\n")
    with pytest.raises(OpusError, match="cannot be written to"):
        write_page(page_of(many(3)), tmp_path)


def test_a_number_below_zero_and_an_empty_cell_in_the_file():
    """What begins as a formula does is kept from being one, and a row without cells has its line all the same."""
    rows = [staged("A", update_fields='{"text_1":"-5"}', old_fields='{"text_1":null}'),
            staged("B", update_operation="ARCHIVE", update_fields="{}")]  # fmt: skip
    lines = list(csv.DictReader(io.StringIO(as_csv(page_of(plan(rows), limit=0).rest).lstrip("\ufeff"))))
    assert {(line["record"], line["column"], line["old"], line["new"]) for line in lines} == {
        ("A", "ORDER QTY", "", "'-5"), ("B", "", "", ""),
    }  # fmt: skip


def test_a_smaller_board_is_not_pushed_out_by_a_large_one():
    """Of rows of one kind those of the board with fewer come first."""
    large, small = many(10), many(2)
    small = replace(
        small,
        target=replace(small.target, board="small"),
        operations=tuple(replace(one, row=replace(one.row, board="small")) for one in small.operations),
    )
    looked = {"planning": looks(), "small": looks()}
    page = plan_page(Plan((large, small)), looked, {}, NOON, limit=5)
    assert [board.sections[0].shown for board in page.boards] == [3, 2]


def test_label_colors_come_from_the_settings_of_columns():
    """What is no color, or no settings, is none."""
    settings = '{"labels":[{"label":"Done","hex":"#00C875"},{"label":"Odd","hex":"red;}"},{"label":"None"}, 5]}'
    rows = [
        {"monday_board_id": 1, "column_id": "s", "settings": settings},
        {"monday_board_id": 2, "column_id": "t", "settings": settings},
        {"monday_board_id": 1, "column_id": "u", "settings": "[not json"},
        {"monday_board_id": 1, "column_id": "v", "settings": None},
    ]
    assert label_colors(rows, 1) == {
        ("update_items", "s"): {"Done": "#00c875"},
        ("update_subitems", "t"): {"Done": "#00c875"},
    }
