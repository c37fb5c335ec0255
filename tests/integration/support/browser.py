"""A headless browser that is on this machine, and the pictures that tests take with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from integration.support.workspace import REPOSITORY

PICTURES = REPOSITORY / "target" / "screenshots"
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def launched() -> Iterator[Browser]:
    """Start the machine's Chromium; without one the test is skipped, but in CI, which has to have it."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        why = f"no browser on the path ({', '.join(_PROGRAMS)})"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    with sync_playwright() as playwright:
        # Chromium refuses its own sandbox to root, as which containers run; the pages are ours.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def keep_picture(page: Page, name: str) -> Path:
    """Keep what the page shows, from top to bottom, in target/screenshots, where CI takes it from."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path


__all__ = ["Browser", "Page", "keep_picture", "launched"]
