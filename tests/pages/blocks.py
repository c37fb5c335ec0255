"""The pages of the documentation, and the blocks in them: what is to be run, what is shown, what is linked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from integration.support.workspace import REPOSITORY

DOCS = REPOSITORY / "docs"
PAGES = (REPOSITORY / "README.md", *sorted(DOCS.glob("**/*.md")))
"""Every page for the people who use this; what is told to run there is run."""
ALL_PAGES = (*PAGES, *sorted(REPOSITORY.glob("[!R]*.md")), REPOSITORY / "tests" / "README.md")
"""Also those for the people who work on it."""

_BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>(?:run|output): [^\n]+?) -->\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$", re.S | re.M
)
_CONTINUED = {"powershell": "`\n"}


@dataclass(frozen=True)
class Block:
    """A fenced block; `mark` is what the comment on the line before it says, as `run: pushed`."""

    page: Path
    line: int
    language: str
    text: str
    mark: str = ""

    @property
    def name(self) -> str:
        """Return where it stands, as `docs/registry.md:7`."""
        return f"{page_name(self.page)}:{self.line}"

    @property
    def lines(self) -> list[str]:
        """Return the lines, those that go on in the next one joined to it."""
        return self.text.replace(_CONTINUED.get(self.language, "\\\n"), " ").splitlines()

    def told(self, kind: str) -> str:
        """Return what the mark tells of a kind, `run` or `output`; "" for nothing."""
        found, _, told = self.mark.partition(": ")
        return told if found == kind else ""


def page_name(page: Path) -> str:
    """Return a page's path in the project."""
    return page.relative_to(REPOSITORY).as_posix()


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page, from top to bottom."""
    text = page.read_text("utf-8")
    return [
        Block(page, text.count("\n", 0, found.start()) + 1, found["language"], found["text"], found["mark"] or "")
        for found in _BLOCK.finditer(text)
    ]


def of_language(language: str, pages: tuple[Path, ...] = PAGES) -> Iterator[Block]:
    """Yield the blocks of a language on all pages."""
    return (block for page in pages for block in blocks(page) if block.language == language)


def without_blocks(page: Path) -> str:
    """Return the prose of a page, on lines of the same numbers."""
    return _BLOCK.sub(lambda found: "\n" * found.group().count("\n"), page.read_text("utf-8"))
