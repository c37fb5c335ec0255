"""Pages in a real browser: they ask nothing of the network, filter quickly, and print."""

import re

import pytest
from playwright.sync_api import expect

from integration.support.browser import keep_picture
from opus_sync.report.files import write_page
from unit.opus_sync.report.pages import HOSTILE, hostile, looks, many, mixed, page_of


@pytest.fixture
def opened(browser):
    """Opens a page; fails where it asked for anything but itself, or said something on the console."""
    contexts = []

    def open_(path, **how):
        context = browser.new_context(**how)
        contexts.append(context)
        page = context.new_page()
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path.as_uri())
        contexts.append((asked, said, path.as_uri()))
        return page

    yield open_
    for one in contexts:
        if isinstance(one, tuple):
            asked, said, uri = one
            assert (asked, said) == ([uri], [])
        else:
            one.close()


def shows(page, number):
    """Wait until the page says that it shows so many rows."""
    expect(page.locator("output")).to_have_text(re.compile(rf"^{number} of "))


def rows(page):
    """How many rows can be seen."""
    return page.locator(".rows tbody tr:visible").count()


def test_hostile_values_stay_text_in_a_browser(opened, tmp_path):
    """Nothing of them runs; the longest is there, and the page no wider for it."""
    (path,) = write_page(page_of(hostile()), tmp_path / "plan.html")
    page = opened(path)
    assert page.title() == "What a push would do"
    assert page.locator("img").count() == 0
    assert page.locator("td").filter(has_text=HOSTILE[0]).count() > 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    keep_picture(page, "report_hostile")


def test_thousands_of_rows_are_filtered_at_once(opened, tmp_path):
    """Of 6,000 rows 5,000 are in the page; search, batch and column narrow them, and all come back."""
    write_page(page_of(many(6_000)), tmp_path / "plan.html")
    page = opened(tmp_path / "plan.html")
    count = page.locator("output")
    assert count.inner_text() == "5,000 of 5,000 rows"
    assert "The other 1,000 are in plan.csv beside it" in page.inner_text("header")
    assert len((tmp_path / "plan.csv").read_text("utf-8-sig").splitlines()) == 1 + 1_000 * 3
    page.fill("[name=search]", "k00123")
    shows(page, "1")
    assert rows(page) == 1
    page.fill("[name=search]", "")
    page.select_option("[name=batch]", "Customer 3")
    shows(page, "857")
    page.click("button")
    shows(page, "5,000")
    page.locator(".tall").evaluate("box => box.scrollTo(0, 100000)")
    assert page.locator(".tall thead").bounding_box()["y"] >= page.locator(".tall").bounding_box()["y"]


def test_sections_without_a_match_are_away_and_the_page_reads_without_script(opened, tmp_path):
    """By kind and by column; without JavaScript all rows are there and no filter is offered."""
    (path,) = write_page(page_of(mixed(), looks()), tmp_path / "plan.html")
    page = opened(path)
    assert rows(page) == 7
    page.select_option("[name=kind]", "New")
    shows(page, "2")
    assert page.locator("h3:visible").all_inner_texts() == ["New 2"]
    page.select_option("[name=column]", "Size qty")
    shows(page, "1")
    assert page.locator("h4:visible").all_inner_texts() == ["Subitems 1"]
    plain = opened(path, java_script_enabled=False)
    assert (rows(plain), plain.locator("form").is_visible()) == (7, False)
