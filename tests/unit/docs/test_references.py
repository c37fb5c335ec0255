"""The generated pages say what the code says, and leave nothing out."""

from __future__ import annotations

import json
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pages.words import wrong_with

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
PAGES = {"cli_reference.py": "cli.md", "contract_reference.py": "contract-reference.md"}


@pytest.mark.parametrize(("script", "name"), PAGES.items())
def test_a_generated_page_is_up_to_date(script: str, name: str) -> None:
    """`python docs/<script>` would not change it."""
    assert (DOCS / name).read_text("utf-8") == runpy.run_path(str(DOCS / script))["page"]()


def test_every_command_has_an_example_that_works() -> None:
    """Each example in the command line's page is a whole command line of that command."""
    reference = runpy.run_path(str(DOCS / "cli_reference.py"))
    for name, _ in reference["commands"]():
        for line in reference["EXAMPLES"][name]:
            assert line.startswith(f"opus-sync {name}"), name
            assert wrong_with(shlex.split(line), whole=True) == "", line


def test_every_key_of_a_contract_is_described() -> None:
    """No property of the contract's schema is without words."""
    schema = json.loads((ROOT / "boards" / "board.schema.json").read_text("utf-8"))
    assert [name for name, rest in _properties(schema) if not rest.get("description")] == []


def _properties(schema: Any) -> Iterator[tuple[str, Any]]:
    """Yield (name, schema) of every property, but for the conditions, which describe nothing."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for name, rest in schema.items():
            if name not in ("if", "then", "allOf"):
                yield from _properties(rest)
    elif isinstance(schema, list):
        for rest in schema:
            yield from _properties(rest)
