"""Plans and batches as pages, from the real command line, read in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, expect

from integration.support.browser import Page, keep_picture
from integration.support.kinds import on
from integration.support.orders import CREATES, UPDATES
from integration.support.stand_in import StandIn
from integration.support.workspace import REPOSITORY, TOKEN, Workspace

QUICK = ("--vars", "{opus: {settle_seconds: 1}}")
SCHEMA = json.loads((REPOSITORY / "docs" / "schemas" / "report.schema.json").read_text("utf-8"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may ask for nothing but files."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    assert asked and all(url.startswith("file:///") for url in asked), asked
    context.close()


def shown(page: Page) -> tuple[str, int]:
    """Return what the page says of its rows, and how many can be seen."""
    return page.locator("output").inner_text(), page.locator(".rows tbody tr:visible").count()


def search(page: Page, text: str, number: int) -> None:
    page.fill("[name=search]", text)
    expect(page.locator("output")).to_have_text(re.compile(rf"^{number} of "))


@on("duckdb")
def test_the_plan_of_the_demo_as_a_page(demo: Workspace, page: Page) -> None:
    """A manager's sentence, tables as the boards show them, filters; light, dark, narrow and on paper."""
    refused = demo.opus("plan", "--page", "here.html")
    assert (refused.code, "--output html" in refused.err) == (2, True)
    done = demo.opus("plan", "--output", "html", "--select", "planning")
    assert (done.code, done.out) == (1, f"{demo.root / 'target' / 'plan.html'}\n"), done.err
    page.goto(Path(done.out.strip()).as_uri())
    assert page.inner_text(".summary") == "39 items would change, 2 rows need a person, 1 request, 0.1 minutes."
    assert shown(page) == ("41 of 41 rows", 41)
    row = page.locator("tbody tr", has_text="HAP-00502")
    assert "In Production → Closed" in row.inner_text()
    assert row.locator("ins b").first.evaluate("chip => getComputedStyle(chip).backgroundColor") == "rgb(0, 126, 181)"
    keep_picture(page, "plan_light")
    page.emulate_media(color_scheme="dark")
    keep_picture(page, "plan_dark")
    page.set_viewport_size({"width": 420, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    keep_picture(page, "plan_narrow")
    page.set_viewport_size({"width": 1400, "height": 1000})
    search(page, "awaiting lab dip", 1)
    expect(page.locator(".rows h3:visible")).to_have_text(["Invalid rows 2"])
    search(page, "", 41)
    page.select_option("[name=column]", "SEASON")
    expect(page.locator("output")).not_to_have_text("41 of 41 rows")
    assert 0 < shown(page)[1] < 41
    page.click("button[type=reset]")
    expect(page.locator("output")).to_have_text("41 of 41 rows")
    page.emulate_media(media="print", color_scheme="light")
    page.set_viewport_size({"width": 1032, "height": 730})
    assert not page.locator("form").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1032, "nothing is cut off on A4"
    keep_picture(page, "plan_print")
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")

    both = demo.opus("plan", "--output", "html", "--page", "out/both.html", "--detailed-exitcode")
    assert (both.code, both.out) == (2, "out/both.html\n"), both.err
    page.emulate_media(media="screen")
    page.goto((demo.root / "out" / "both.html").as_uri())
    page.select_option("[name=board]", "cust_master_schedule")
    expect(page.locator("h2:visible")).to_have_text(["cust_master_schedule 4755559751"])
    assert demo.holders_of(TOKEN) == []


@on("duckdb")
def test_a_batch_that_was_pushed_as_a_page(orders: Workspace, stand_in: StandIn, page: Page) -> None:
    """What failed comes first, with what monday said; charts tell of outcomes, retries and time."""
    nothing = orders.opus("report", "--batch", "b-0")
    assert (nothing.code, "nothing was pushed" in nothing.err) == (1, True)
    stand_in.edit(9001, 1002, numbers_1="9")
    stand_in.configure(
        faults=[
            {"kind": "poison", "scope": "alias", "item_id": "1003", "code": "ColumnValueException"},
            {"kind": "server_error", "count": 1},
        ]
    )
    assert orders.opus("push", "--live", "--no-promote", *QUICK).code == 1
    unknown = orders.opus("report", "--batch", "b-0")
    (batch,) = {row[0] for row in orders.rows("select batch_id from opus_sync.mon_batch_event")}
    assert (unknown.code, batch in unknown.err) == (1, True), unknown.err

    told = orders.opus("report", "--batch", batch, "--output", "json")
    assert told.code == 0, told.err
    Draft202012Validator(SCHEMA).validate(told.data)
    total = UPDATES + CREATES
    assert told.data["outcomes"] == {"SUCCEEDED": total - 2, "FAILED": 1, "CONFLICT": 1}
    assert (told.data["errors"], told.data["host"]) == ({"ColumnValueException": 1}, told.data["host"])
    assert max(entry["attempts"] for entry in told.data["attempts"]) > 1
    (failed,) = (row for row in told.data["rows"] if row["outcome"] == "FAILED")
    assert failed["cells"] == [{"column": "Qty", "column_id": "numbers_1", "old": "1", "new": "2"}]
    assert "--output" in orders.opus("report", "--batch", batch, "--output", "json", "--page", "x.html").err

    done = orders.opus("report", "--batch", batch)
    assert (done.code, done.out) == (0, f"{orders.root / 'target' / f'report_{batch}.html'}\n"), done.err
    page.goto(Path(done.out.strip()).as_uri())
    assert f"{total} rows: {total - 2} written, 1 failed, 1 held back by a conflict" in page.inner_text(".summary")
    assert page.locator(".rows h3").all_inner_texts() == ["Failed 1", "Conflicts 1", f"Written {total - 2}"]
    (row,) = page.locator("section[data-kind=Failed] tbody tr").all()
    assert all(text in row.inner_text() for text in ("K003", "ColumnValueException", "1 → 2"))
    charts = page.locator("figure figcaption").all_inner_texts()
    assert charts[1:] == ["What became of the rows", "Failed rows by error type", "How often rows were sent"]
    assert charts[0].startswith("Outcomes in each ")
    labels = [chart.get_attribute("aria-label") for chart in page.locator("figure svg").all()]
    assert f"What became of the rows: written {total - 2}, failed 1, held back by a conflict 1" == labels[1]
    assert page.locator("figure svg rect").count() >= 6
    search(page, "k003", 1)
    search(page, "", total)
    keep_picture(page, "report_light")
    page.emulate_media(color_scheme="dark")
    keep_picture(page, "report_dark")
