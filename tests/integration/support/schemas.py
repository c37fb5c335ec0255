"""The published JSON Schemas, and whether what a command said holds them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "schemas"
_LONGEST = 50
"""Entries of a list that are looked at: the schema of the others is the same, and a plan may have thousands."""


def schema_file(command: str) -> Path:
    """Return where the schema of a command is published."""
    return FOLDER / f"{command.replace(' ', '_')}.schema.json"


def problems(name: str, data: Any) -> list[str]:
    """Return what breaks a schema in so many words; [] where data holds it."""
    found = _validator(name).iter_errors(_cut(json.loads(json.dumps(data))))
    return [f"{name}: {error.json_path}: {error.message[:400]}" for error in found]


def command_of(arguments: Sequence[str]) -> str:
    """Return the command of a command line: the words that name it."""
    words = [word for word in arguments[:2] if not word.startswith("-")]
    return " ".join(words) if words and words[0] in ("board", "db", "sandbox") else words[0] if words else ""


@cache
def _validator(name: str) -> Draft202012Validator:
    path = schema_file(name)
    assert path.is_file(), f"docs/schemas has no schema of {name!r}"
    return Draft202012Validator(json.loads(path.read_text("utf-8")), registry=_registry())


@cache
def _registry() -> Registry[Any]:
    schemas = [json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.schema.json")]
    return Registry().with_resources((schema["$id"], Resource.from_contents(schema)) for schema in schemas)


def _cut(value: Any) -> Any:
    if isinstance(value, list):
        return [_cut(one) for one in value[:_LONGEST]]
    return {name: _cut(one) for name, one in value.items()} if isinstance(value, dict) else value
