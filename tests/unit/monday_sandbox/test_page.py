"""The page at /: what it is told of boards and activity, and what a person sees of it in a browser."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from integration.support.browser import Browser, keep_picture
from integration.support.workspace import REPOSITORY
from monday_sandbox import load_seed
from monday_sandbox.columns import TYPES
from monday_sandbox.page import boards
from unit.monday_sandbox.support import READ_ONLY, Client, build_seed

HOSTILE = '</script><img src=x onerror="alert(1)">{{7*7}}'
FILLED: dict[str, Any] = {
    "text": "hello",
    "long_text": {"text": "a longer text"},
    "numbers": "-1234567.50",
    "checkbox": {"checked": "true"},
    "rating": {"rating": 3},
    "hour": {"hour": 9, "minute": 5},
    "world_clock": {"timezone": "Europe/Berlin"},
    "color_picker": {"color": {"r": 255, "g": 136, "b": 0}},
    "status": {"index": 1},
    "dropdown": {"ids": [1, 2]},
    "date": {"date": "2020-12-01", "time": "14:30:00"},
    "timeline": {"from": "2026-11-01", "to": "2027-01-10"},
    "week": {"week": {"startDate": "2026-11-16", "endDate": "2026-11-22"}},
    "people": {"personsAndTeams": [{"id": 101, "kind": "person"}, {"id": 501, "kind": "team"}]},
    "person": {"id": 102},
    "team": {"team_id": 501},
    "tags": {"tag_ids": [301, 302]},
    "email": {"email": "a@example.com", "text": "Ada"},
    "phone": {"phone": "+12025550123", "countryShortName": "US"},
    "link": {"url": "https://example.com/x", "text": "A link"},
    "country": {"countryCode": "DE", "countryName": "Germany"},
    "location": {"lat": "1.5", "lng": "2.5", "address": "Somewhere"},
    "board_relation": {"item_ids": [2001]},
    "dependency": {"item_ids": ["1002"]},
}
SHOWN: dict[str, tuple[str, Any]] = {
    "text": ("text", "hello"),
    "long_text": ("text", "a longer text"),
    "numbers": ("number", "-$1,234,567.50"),
    "checkbox": ("check", True),
    "rating": ("stars", [3, 5]),
    "hour": ("text", "09:05 AM"),
    "world_clock": ("text", "Europe/Berlin"),
    "color_picker": ("color", "#ff8800"),
    "status": ("label", ["Done", "#00c875"]),
    "dropdown": ("chips", [["Cat", None], ["Dog", None]]),
    "date": ("date", "2020-12-01 14:30"),
    "timeline": ("span", ["2026-11-01", "2027-01-10"]),
    "week": ("span", ["2026-11-16", "2026-11-22"]),
    "people": ("people", [["Ada Lovelace", "person", "101"], ["Production", "team", "501"]]),
    "person": ("people", [["Bob", "person", "102"]]),
    "team": ("people", [["Production", "team", "501"]]),
    "tags": ("chips", [["urgent", "#ff0000"], ["late", "#579bfc"]]),
    "email": ("text", "Ada - a@example.com"),
    "phone": ("text", "+12025550123"),
    "link": ("link", ["https://example.com/x", "A link"]),
    "country": ("text", "Germany"),
    "location": ("text", "Somewhere"),
    "board_relation": ("chips", [["ACME", None]]),
    "dependency": ("chips", [["Second", None]]),
    "mirror": ("text", "Done, Stuck"),
    "creation_log": ("date", "2026-03-10 08:00:00 UTC"),
    "last_updated": ("date", "2026-03-11 09:30:00 UTC"),
    "item_id": ("text", "1001"),
    "group": ("text", "Now"),
    "file": ("chips", [["a.png", None]]),
    "doc": ("chips", [["MONDAY_DOC", None]]),
    "vote": ("text", "1"),
    "formula": ("text", "42"),
    "button": ("chips", [["Click me", "#00c875"]]),
    "progress": ("text", None),
    "time_tracking": ("text", "02:30:00"),
    "integration": ("text", None),
    "direct_doc": ("text", None),
    "unsupported": ("text", None),
}
# Shown in empty rows, too.
ALWAYS = {"creation_log", "last_updated", "item_id", "group", "button"}


def ask(client: Client, route: str, **parameters: str) -> Any:
    """Return the JSON that the page asks for."""
    return requests.get(f"{client.served.base}/_page/{route}", parameters, timeout=10).json()


def filled() -> dict[str, Any]:
    """A board whose first item has a value in a column of every type."""
    seed = build_seed()
    seed["boards"][0]["items"][0]["values"] = READ_ONLY | FILLED
    return seed


def board_of(seed: dict[str, Any], **cells: Any) -> dict[str, Any]:
    """Keep only some columns, in this order, with the first item's values; settings are shared with other seeds."""
    seed = copy.deepcopy(seed)
    columns = {column["id"]: column for column in seed["boards"][0]["columns"]}
    seed["boards"][0]["columns"] = [columns[name] for name in cells]
    seed["boards"][0]["items"][0]["values"] = cells
    return seed


def test_every_type_says_how_it_is_drawn(serve_board: Any) -> None:
    board = ask(serve_board(filled()), "boards", board="10")["board"]
    drawn = {column["type"]: column["draw"] for column in board["columns"]}
    first, second = board["groups"][0]["rows"]
    cells = dict(zip(drawn, first["cells"], strict=True))
    assert {name: (drawn[name], cells[name]) for name in drawn} == SHOWN
    assert set(SHOWN) | boards.HIDDEN == set(TYPES)
    empty = dict(zip(drawn, second["cells"], strict=True))
    assert {name for name, value in empty.items() if value is not None} == ALWAYS


def test_subitems_stand_below_their_item_and_their_board_in_no_list(client: Client) -> None:
    client.ask('mutation { create_subitem(parent_item_id: 1001, item_name: "Sub") { id } }')
    data = ask(client, "boards", board="10")
    assert [board["name"] for board in data["boards"]] == ["Planning", "Customers", "Others"]
    assert [column["title"] for column in data["board"]["subcolumns"]] == ["Owner", "Status", "Date"]
    first = data["board"]["groups"][0]["rows"][0]
    assert [(child["name"], child["cells"]) for child in first["subitems"]] == [("Sub", [None, None, None])]


def test_long_boards_are_cut(serve_board: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = board_of(build_seed(), text="x")
    seed["boards"][0]["items"] = [{"id": str(n), "name": f"Row {n}", "group": "topics"} for n in range(4000, 4100)]
    seed["boards"][0]["items_limit"] = 200
    monkeypatch.setattr(boards, "CELLS_LIMIT", 60)
    group = ask(serve_board(seed), "boards", board="10")["board"]["groups"][0]
    assert (len(group["rows"]), group["count"]) == (60, 100)


def test_version_is_another_one_after_a_change_only(client: Client) -> None:
    before = ask(client, "now")
    client.ask("{ boards { id } }")
    after = ask(client, "now")
    assert after["version"] == before["version"] == ask(client, "boards", board="10")["version"]
    assert (before["requests"], before["calls"]) == ([0, 1000], [0, 1000])
    assert (after["requests"], after["calls"]) == ([1, 1000], [1, 1000])
    assert after["points"][0] > 0
    client.write({"text": "new"})
    assert ask(client, "now")["version"] != before["version"]


def test_activity_says_who_did_what_and_from_what_to_what(client: Client) -> None:
    client.write({"status": {"index": 1}, "checkbox": {"checked": "true"}})
    client.write({"name": "First of all"})
    client.admin("PATCH", "options", {"user": "102"})
    client.ask('mutation { move_item_to_group(item_id: 1001, group_id: "later") { id } }')
    client.ask('mutation { create_subitem(parent_item_id: 1001, item_name: "Sub") { id } }')
    client.ask("mutation { archive_item(item_id: 1002) { id } }")
    client.ask(
        'mutation { update_group(board_id: 10, group_id: "later", group_attribute: title, new_value: "B") { id }}'
    )
    client.ask('mutation { change_column_title(board_id: 10, column_id: "text", title: "T") { id } }')
    client.ask('mutation { create_item(board_id: 20, item_name: "Elsewhere") { id } }')
    entries = ask(client, "activity", board="10")
    told = [(entry["who"][0], entry["done"], entry["about"], entry["change"]) for entry in entries]
    assert told == [
        ("Bob", "changed column name", "T", None),
        ("Bob", "changed group", "B", None),
        ("Bob", "archived item", "Second", None),
        ("Bob", "created subitem", "Sub", None),
        ("Bob", "moved item", "First of all", ["Group", "Now", "Later"]),
        ("Ada Lovelace", "changed name of item", "First of all", ["Name", "First", "First of all"]),
        ("Ada Lovelace", "changed item", "First", ["Checkbox", "", "✓"]),
        ("Ada Lovelace", "changed item", "First", ["Status", "", "Done"]),
    ]
    assert {entry["board"] for entry in entries} == {"Planning"}
    everywhere = ask(client, "activity")
    assert (len(everywhere), everywhere[0]["about"], everywhere[0]["board"]) == (9, "Elsewhere", "Customers")


def test_activity_log_of_the_api_has_the_texts_before_and_after(client: Client) -> None:
    client.write({"numbers": "4"})
    client.write({"numbers": "5"})
    log = client.ask('{ boards(ids: [10]) { activity_logs(column_ids: ["numbers"]) { data } } }')
    data = json.loads(log["boards"][0]["activity_logs"][0]["data"])
    assert (data["previous_textual_value"], data["textual_value"]) == ("4", "5")


def test_page_takes_scripts_and_styles_from_its_own_files_only(client: Client) -> None:
    page = requests.get(f"{client.served.base}/", timeout=5)
    assert page.headers["Content-Type"].startswith("text/html")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    files = re.findall(r'(?:src|href)="(/[^"]*)"', page.text)
    for name in ("board.js", "cells.js", "activity.js"):
        files.append(f"/_page/files/{name}")
    for name in files:
        file = requests.get(client.served.base + name, timeout=5)
        assert file.status_code == 200
        assert not re.search(r"innerHTML|document\.write|@import|url\(|\beval\b", file.text), name
    for name in ("routes.py", "../routes.py", "..%2froutes.py", "page.html"):
        assert requests.get(f"{client.served.base}/_page/files/{name}", timeout=5).status_code == 404


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab on which no script fails and no dialog opens."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, timezone_id="UTC")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    # A board of ten thousand cells takes its time on a busy machine.
    expect.set_options(timeout=20_000)
    pace(page, 0.01)
    yield page
    page.close()
    assert wrong == []


def pace(page: Page, rate: float) -> None:
    """Let animations run slower, so that nothing fades before it is looked at, or faster."""
    session = page.context.new_cdp_session(page)
    session.send("Animation.enable")
    session.send("Animation.setPlaybackRate", {"playbackRate": rate})


def row(page: Page, name: str) -> Any:
    """The row of an item or subitem."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))


def test_board_looks_like_a_board(serve_board: Any, page: Page) -> None:
    client = serve_board(load_seed([REPOSITORY / "seeds" / "sandbox"]))
    page.goto(client.served.base)
    expect(page.get_by_role("link", name="Planning")).to_be_visible()
    expect(page.get_by_role("heading", name="Customer Master Schedule")).to_be_visible()
    group = page.get_by_role("button", name="FW26")
    expect(group).to_have_attribute("aria-expanded", "true")
    expect(page.locator("td.label[title='Harbor & Pine']").first).to_have_css("background-color", "rgb(0, 200, 117)")
    expect(page.locator(".avatar[title='Tomas Okafor']").first).to_have_text("TO")
    assert re.fullmatch(r"[A-Z][a-z]{2} \d{1,2}(, \d{4})?", page.locator("td.date[title]").first.inner_text())
    expect(page.get_by_role("columnheader", name="Subitem")).to_have_count(0)
    page.get_by_role("button", name="6 subitems of HAP-00502 Oxford Shirt / Sky").press("Enter")
    below = page.get_by_role("table", name="Subitems of HAP-00502 Oxford Shirt / Sky")
    expect(below.get_by_role("rowheader")).to_have_text(
        ["Size XS", "Size S", "Size M", "Size L", "Size XL", "Size XXL"]
    )
    keep_picture(page, "sandbox-light")
    page.emulate_media(color_scheme="dark")
    keep_picture(page, "sandbox-dark")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 900, "height": 800})
    page.get_by_role("button", name="Close the activity").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 900
    keep_picture(page, "sandbox-narrow")
    group.click()
    expect(page.get_by_role("rowheader", name="HAP-00502")).to_have_count(0)
    expect(group).to_contain_text("35 items")


def test_cells_look_like_those_of_monday(serve_board: Any, page: Page) -> None:
    page.goto(serve_board(filled()).served.base)
    first = row(page, "First")
    expect(first.locator("td.number")).to_have_text("-$1,234,567.50")
    expect(first.locator("td.number")).to_have_css("text-align", "right")
    expect(first.locator("td.date[title='2020-12-01 14:30']")).to_have_text("Dec 1, 2020, 14:30")
    expect(first.locator("td.span[title='2026-11-16 – 2026-11-22']")).to_contain_text("Nov 16")
    expect(first.locator("td.stars")).to_have_attribute("title", "3 of 5")
    expect(first.locator("td.check")).to_have_text("✓")
    expect(first.locator("td.chips[title='Cat, Dog'] .chip")).to_have_text(["Cat", "Dog"])
    expect(first.get_by_role("img", name="Ada Lovelace").first).to_have_text("AL")
    expect(first.get_by_role("link", name="A link")).to_have_attribute("href", "https://example.com/x")
    expect(first.locator("td.label")).to_have_css("color", "rgb(0, 0, 0)")
    assert row(page, "Second").locator("td").all_inner_texts().count("") == len(SHOWN) - len(ALWAYS)


def test_change_is_seen_without_a_reload_flashes_and_stands_in_the_activity(serve_board: Any, page: Page) -> None:
    client = serve_board(board_of(build_seed(), text="old", status={"index": 0}, numbers="1"))
    client.ask('mutation { create_subitem(parent_item_id: 1001, item_name: "Sub") { id } }')
    page.goto(client.served.base)
    page.get_by_role("button", name="1 subitem of First").click()
    later = page.get_by_role("button", name="Later")
    later.click()
    page.evaluate("window.loaded = document.querySelector('tbody')")
    client.write({"status": {"index": 1}})
    client.ask('mutation { move_item_to_group(item_id: 1002, group_id: "later") { id } }')
    made = client.ask('mutation { create_item(board_id: 10, item_name: "Brand new") { id } }')["create_item"]["id"]
    changed = row(page, "First").first.locator("td.flash")
    expect(changed).to_have_text(["Done"])
    expect(row(page, "Brand new").locator(".flash")).to_have_count(4)
    expect(later).to_have_class("flash")
    keep_picture(page, "sandbox-flash")
    entry = page.get_by_role("listitem").filter(has_text="changed item First")
    expect(entry).to_contain_text("Status: Working on it → Done")
    expect(entry).to_contain_text("Ada Lovelace")
    pace(page, 100)
    expect(changed).to_have_count(0)
    # What was there stays what it was: the row, the open subitems, the folded group.
    assert page.evaluate("window.loaded === document.querySelector('tbody')")
    expect(page.get_by_role("rowheader", name="Sub", exact=True)).to_be_visible()
    expect(later).to_have_attribute("aria-expanded", "false")
    client.ask(f"mutation {{ delete_item(item_id: {made}) {{ id }} }}")
    expect(row(page, "Brand new")).to_have_count(0)
    client.admin("POST", "load", {"account": {"id": "1", "name": "Empty"}, "boards": []})
    expect(page.get_by_text("No boards")).to_be_visible()


def test_entry_of_the_activity_leads_to_its_cell(serve_board: Any, page: Page) -> None:
    client = serve_board(filled())
    sub = client.ask('mutation { create_subitem(parent_item_id: 1003, item_name: "Sub") { id } }')["create_subitem"][
        "id"
    ]
    client.write({"rating": {"rating": 1}})
    client.ask('mutation { create_item(board_id: 20, item_name: "Elsewhere") { id } }')
    client.ask("mutation { archive_item(item_id: 1002) { id } }")
    page.goto(client.served.base)
    page.get_by_role("button", name="Now").click()
    stars = page.locator("td.stars[title='1 of 5']")
    expect(stars).to_be_hidden()
    page.get_by_role("listitem").filter(has_text="Rating").get_by_role("button", name="First").click()
    expect(stars).to_be_in_viewport()
    page.get_by_role("button", name="Sub", exact=True).click()
    expect(page.get_by_role("rowheader", name="Sub", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("button", name="Second")).to_have_count(0)
    entry = page.get_by_role("listitem").filter(has_text="created item Elsewhere")
    expect(entry).to_have_count(0)
    page.get_by_label("All boards").check()
    expect(entry).to_contain_text("Customers")
    entry.get_by_role("button").click()
    expect(page.get_by_role("heading", name="Customers")).to_be_visible()
    expect(row(page, "Elsewhere").locator(".flash")).to_be_in_viewport()
    assert ask(client, "activity", board="10")[-1]["where"] == {
        "board": "10",
        "item": sub,
        "parent": "1003",
        "column": None,
    }


def test_hostile_titles_stay_text(serve_board: Any, page: Page) -> None:
    seed = board_of(build_seed(), text=HOSTILE, status={"index": 1}, dropdown={"ids": [1]}, people=FILLED["people"])
    board = seed["boards"][0]
    board["name"] = board["description"] = board["groups"][0]["title"] = board["columns"][0]["title"] = HOSTILE
    board["groups"][0]["color"] = "red;background:url(//example.com)"
    board["columns"][1]["settings"]["labels"][1]["label"] = board["columns"][2]["settings"]["labels"][0]["label"] = (
        HOSTILE
    )
    board["items"][0]["name"] = seed["users"][0]["name"] = seed["account"]["name"] = HOSTILE
    client = serve_board(seed)
    client.write({"text": HOSTILE + "2"})
    page.goto(client.served.base)
    expect(page.get_by_role("heading", name=HOSTILE)).to_have_count(3)
    expect(row(page, HOSTILE).locator("td").first).to_have_text(HOSTILE + "2")
    expect(page.get_by_role("listitem").filter(has_text="changed item")).to_contain_text(f"{HOSTILE} → {HOSTILE}2")
    assert page.evaluate("document.querySelectorAll('img, body script').length") == 0


def test_page_asks_little_while_nothing_changes_and_nothing_while_nobody_looks(client: Client, page: Page) -> None:
    page.clock.install()
    page.goto(client.served.base)
    expect(page.get_by_role("rowheader", name="First")).to_be_visible()
    expect(page.locator("footer")).to_contain_text("stand-in")
    expect(page.locator("footer")).to_contain_text(client.url)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    client.ask("{ boards { id } }")
    page.clock.run_for(10_000)
    expect(page.locator("footer")).to_contain_text("1 of 1,000 requests")
    assert {url.split("/")[-1].rstrip("?") for url in sent} == {"now"}
    hide(page, True)
    client.write({"text": "while nobody looks"})
    sent.clear()
    page.clock.run_for(60_000)
    assert sent == []
    hide(page, False)
    expect(row(page, "First").locator("td.flash")).to_contain_text(["while nobody looks"])


def hide(page: Page, hidden: bool) -> None:
    """Put the tab into the background, or bring it back."""
    page.evaluate("hidden => Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })", hidden)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_page_says_when_the_sandbox_does_not_answer(client: Client, browser: Browser) -> None:
    page = browser.new_page()
    page.clock.install()
    page.goto(client.served.base)
    expect(page.get_by_role("rowheader", name="First")).to_be_visible()
    page.route("**/_page/now*", lambda route: route.abort())
    page.clock.run_for(5_000)
    expect(page.get_by_text("The sandbox does not answer")).to_be_visible()
    page.unroute("**/_page/now*")
    page.clock.run_for(10_000)
    expect(page.get_by_text("The sandbox does not answer")).to_be_hidden()
    page.close()
