"""What the README and the docs show is what the commands say, and what they name is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click import Group

from integration.support.kinds import on
from integration.support.workspace import REPOSITORY, Workspace
from opus_sync.cli import main

README = (REPOSITORY / "README.md").read_text("utf-8")
BLOCK = re.compile(r"<!-- output: opus-sync (.+?) -->\n```\n(.+?)```", re.S)
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]


@on("duckdb")
@pytest.mark.parametrize(("command", "shown"), BLOCK.findall(README))
def test_output_in_the_readme_is_real(built_demo: Workspace, command: str, shown: str) -> None:
    """Each run of lines between two ellipses stands in the command's own output, in that order."""
    said = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8765", built_demo.opus(*shlex.split(command)).out)
    at = 0
    for part in shown.split("…\n"):
        found = said.find(part, at)
        assert found >= 0, f"not in the output of opus-sync {command}:\n{part}\nwhich is\n{said}"
        at = found + len(part)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of this project has its file."""
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_command_is_in_the_readme() -> None:
    """The table of commands leaves none out."""
    verbs = [
        f"{name} {sub}" for name, group in main.commands.items() if isinstance(group, Group) for sub in group.commands
    ] + [name for name, command in main.commands.items() if not isinstance(command, Group)]
    assert [verb for verb in verbs if f"`opus-sync {verb}`" not in README] == []


def test_every_setting_and_finding_has_its_words() -> None:
    """Settings in use stand in the contract page, reasons to hold and statuses in the page of findings."""
    findings = (REPOSITORY / "docs" / "findings.md").read_text("utf-8")
    for reason in ("CONFLICT", "FAILED_BEFORE", "HELD", "ROLLED_BACK", "INVALID", "PENDING"):
        section = findings.partition(f"## {reason}\n")[2].partition("\n## ")[0]
        assert "**Example.**" in section and "**How to fix.**" in section, reason
