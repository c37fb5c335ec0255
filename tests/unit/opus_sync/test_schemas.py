"""The published JSON Schemas: one for each command that speaks JSON, every property described, all of them listed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from integration.support.schemas import FOLDER, problems, schema_file
from opus_sync.cli import main
from opus_sync.log import LEVELS

FILES = sorted(FOLDER.glob("*.schema.json"))
OTHERS = {"run_results", "log_event"}


def _commands(group: click.Group, *words: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, *words, name)
        else:
            yield " ".join((*words, name)), command


SPEAKING = [name for name, command in _commands(main) if any("--output" in option.opts for option in command.params)]


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_each_command_that_speaks_json_has_a_schema_and_none_is_left_over() -> None:
    assert {schema_file(name).name for name in (*SPEAKING, *OTHERS)} == {path.name for path in FILES}


def test_the_results_file_knows_each_of_them() -> None:
    known = {one["if"]["properties"]["command"]["const"] for one in _read(schema_file("run_results"))["allOf"]}
    assert set(SPEAKING) <= known


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_schema_is_one_and_describes_every_property(path: Path) -> None:
    """An object of ours allows nothing that is not in it."""
    schema = _read(path)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(f"/{path.name}")
    assert schema["title"] and schema["description"]
    for place, node in _nodes(schema, path.name):
        for name, value in node.get("properties", {}).items() if "/if" not in place and "/then" not in place else ():
            if "/oneOf/" in place and path.name.startswith("run_results"):
                continue
            assert value.get("description"), f"{place}: {name} is not described"
        if node.get("type") == "object" and "properties" in node:
            assert node["additionalProperties"] is False, f"{place} is open"


def _nodes(node: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield place, node
        for name, value in node.items():
            yield from _nodes(value, f"{place}/{name}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _nodes(value, f"{place}/{number}")


def test_a_log_event_is_of_the_closed_list() -> None:
    assert _read(schema_file("log_event"))["properties"]["event"]["enum"] == list(LEVELS)


def test_what_no_schema_knows_is_found() -> None:
    """Deep in a document, behind a reference, and where a property is missing."""
    pulled = {"boards": [], "failures": [{"board": "orders", "message": "lost", "hint": ""}]}
    assert problems("pull", pulled) == []
    assert problems("pull", {**pulled, "more": 1})
    assert problems("pull", {"boards": []})
    step = {
        "name": "pull", "exit_code": 1, "boards": [], "left_out": {}, "error": "", "hint": "", "seconds": 1.0,
        "result": pulled, "outcome": "failed",
    }  # fmt: skip
    assert problems("sync", {"live": False, "steps": [step]}) == []
    pulled["failures"][0]["else"] = "x"  # type: ignore[index]
    assert problems("sync", {"live": False, "steps": [step]})


def test_every_schema_is_on_the_page() -> None:
    page = (FOLDER.parent / "json.md").read_text("utf-8")
    assert [path.name for path in FILES if f"schemas/{path.name}" not in page] == []
