"""The quick reference: one printed page with every command, exit code, contract key and status."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest

from integration.support.browser import PICTURES, Browser, keep_picture

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "quick-reference.html"
_TERM = re.compile(r"<code>([^<]+)</code>")
_PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")


def test_every_command_exit_code_and_key_is_on_it() -> None:
    """Commands come from the command line, keys from the contract's schema, exit codes from its page."""
    terms = {term.replace("&lt;", "<").replace("&gt;", ">") for term in _TERM.findall(PAGE.read_text("utf-8"))}
    reference = runpy.run_path(str(ROOT / "docs" / "cli_reference.py"))
    schema = json.loads((ROOT / "boards" / "board.schema.json").read_text("utf-8"))["$defs"]
    codes = re.findall(r"^\| ([\d, ]+) \|", reference["HEAD"], re.M)
    wanted = {name for name, _ in reference["commands"]()} | {code for codes_ in codes for code in codes_.split(", ")}
    wanted |= schema["monday_model"]["properties"].keys() | schema["monday_column"]["properties"].keys()
    wanted |= {"CONFLICT", "FAILED_BEFORE", "HELD", "ROLLED_BACK", "INVALID", "PENDING"}
    assert wanted - terms == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_looks_right_and_prints_on_one_page(browser: Browser, scheme: str) -> None:
    """On A4 it is one page; on a screen, wide or narrow, nothing is wider than the window, and nothing is fetched."""
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for width in (1500, 420):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(PAGE.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        keep_picture(page, f"quick-reference-{scheme}-{width}")
    assert set(asked) == {PAGE.as_uri()}
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    (PICTURES / "quick-reference.pdf").write_bytes(printed)
    assert len(_PAGES.findall(printed)) == 1
    context.close()
