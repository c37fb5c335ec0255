"""Walks through a page as its reader would: every block of shell, from top to bottom."""

from __future__ import annotations

from pathlib import Path

from integration.support.stand_in import StandIn
from pages.blocks import DOCS, PAGES, Block, blocks
from pages.shell import shell
from pages.states import NAMES, USUAL, States

_WITH_SHELL = [page for page in PAGES if any(block.language == "sh" for block in blocks(page))]
_FIRST = (DOCS.parent / "README.md", DOCS / "quickstart.md", DOCS / "first-board.md", DOCS / "registry.md")
FIRST_PAGES = [page for page in _WITH_SHELL if page in _FIRST]
"""The pages that people begin with; they take as long as all others together."""
FURTHER_PAGES = [page for page in _WITH_SHELL if page not in _FIRST]


def walk(page: Path, states: States, stand_in: StandIn) -> None:
    """Run the blocks of a page in the state that it begins in, each line ending well or as its mark says."""
    parts: list[tuple[str, list[Block]]] = []
    for block in (block for block in blocks(page) if block.language == "sh"):
        state = next((name for name in NAMES if name in block.told("run").split(", ")), "")
        if state or not parts:
            parts.append((state or USUAL, []))
        parts[-1][1].append(block)
    for state, told in parts:
        with shell(states.fresh(state), stand_in) as opened:
            for block in told:
                opened.run(block)
