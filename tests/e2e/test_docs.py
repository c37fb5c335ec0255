"""What the pages show is what the commands say, and what they name is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click import Group

from integration.support.kinds import on
from integration.support.workspace import REPOSITORY
from opus_sync.cli import main
from pages.blocks import ALL_PAGES, PAGES, Block, blocks, of_language, page_name, without_blocks
from pages.shell import NOT_HERE
from pages.states import NAMES, USUAL, States
from pages.words import in_block, page_commands, wrong_with

README = (REPOSITORY / "README.md").read_text("utf-8")
_LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)]+))?\)")
_MODEL = re.compile(r"-- (models/\S+/(\w+)\.sql)\n")


def _anchors(page: Path) -> set[str]:
    """Return what GitHub calls the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(page), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", ALL_PAGES, ids=page_name)
def test_every_command_line_is_one(page: Path) -> None:
    """No command or option that a page names, in a block or in a sentence, is misspelt or gone."""
    told = page_commands(page)
    wrong = {f"{place} {shlex.join(words)}": wrong_with(words, whole=whole) for place, words, whole in told}
    assert {line: what for line, what in wrong.items() if what} == {}


@pytest.mark.parametrize("beginning", NOT_HERE)
def test_what_is_not_run_is_on_a_page(beginning: str) -> None:
    """The list of lines that are not run holds nothing for later, and nothing of our own commands."""
    lines = [line.strip() for block in of_language("sh") for line in block.lines]
    assert any(re.match(beginning, line) for line in lines)
    assert not re.match(beginning, "opus-sync pull") and not re.match(beginning, "dbt build")


def test_a_misspelt_command_line_is_found() -> None:
    """The parsers that the pages are held against are strict."""
    assert wrong_with(["opus-sync", "plna"], whole=True)
    assert wrong_with(["opus-sync", "push", "--life"], whole=False)
    assert wrong_with(["opus-sync", "plan", "--output", "yaml"], whole=False)
    assert wrong_with(["opus-sync", "rollback", "--batch"], whole=True)
    assert wrong_with(["dbt", "build", "--slect", "x"], whole=True)
    assert not wrong_with(["opus-sync", "verify", "--plan"], whole=False)


@pytest.mark.parametrize("block", of_language("powershell", ALL_PAGES), ids=lambda block: block.name)
def test_powershell_says_the_same(block: Block) -> None:
    """A block of PowerShell stands beside one of the shell, and both have the same commands with the same words."""
    page = blocks(block.page)
    at = page.index(block)
    beside = [other for other in page[max(at - 1, 0) : at + 2] if other.language == "sh"]
    assert beside, "no block of shell directly before or after"
    commands = [words for _, words in in_block(block)]
    assert commands in [[words for _, words in in_block(other)] for other in beside]


@on("duckdb")
@pytest.mark.parametrize(
    "block", [block for page in PAGES for block in blocks(page) if block.told("output")], ids=lambda block: block.name
)
def test_shown_output_is_real(states: States, block: Block) -> None:
    """Each run of lines between two ellipses stands in the command's own output, in that order."""
    told = block.told("output")
    state = next((name for name in NAMES if told.startswith(f"{name}, ")), USUAL)
    command = told.removeprefix(f"{state}, ").removeprefix("opus-sync ")
    said = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8765", states.fresh(state).opus(*shlex.split(command)).out)
    at = 0
    for part in block.text.split("…\n"):
        found = said.find(part, at)
        assert found >= 0, f"not in the output of opus-sync {command}:\n{part}\nwhich is\n{said}"
        at = found + len(part)


@on("duckdb")
def test_models_that_pages_show_are_built(states: States) -> None:
    """Every block of SQL that names its file is a model: written into the demo, all are built together."""
    shown = [(found, block) for block in of_language("sql") if (found := _MODEL.match(block.text))]
    workspace = states.fresh(USUAL)
    for found, block in shown:
        path = workspace.root / found[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
    assert len({found[2] for found, _ in shown}) == len(shown), "two blocks bear one name"
    done = workspace.build("--select", *(found[2] for found, _ in shown))
    assert "Completed" in done.out


@pytest.mark.parametrize("page", ALL_PAGES, ids=page_name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of this project has its file, and one to a heading its heading."""
    links = [(link, anchor) for link, anchor in _LINK.findall(without_blocks(page)) if "://" not in link]
    assert [link for link, _ in links if not (page.parent / link).exists()] == []
    named = [(link, anchor) for link, anchor in links if anchor and (link or page.name).endswith(".md")]
    assert [(link, anchor) for link, anchor in named if anchor not in _anchors(page.parent / (link or page.name))] == []


def test_every_command_is_in_the_readme() -> None:
    """The table of commands leaves none out."""
    verbs = [
        f"{name} {sub}" for name, group in main.commands.items() if isinstance(group, Group) for sub in group.commands
    ] + [name for name, command in main.commands.items() if not isinstance(command, Group)]
    assert [verb for verb in verbs if f"`opus-sync {verb}`" not in README] == []
