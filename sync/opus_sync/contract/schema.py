"""The JSON Schema check of a contract, told in the reader's words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from ..errors import Problem
from .source import PathKey, Source
from .suggest import did_you_mean, suggestion

_TYPE_WORDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping",
    "array": "a list",
    "null": "empty",
}


def schema_problems(source: Source) -> Iterator[Problem]:
    """Yield what `board.schema.json` finds, each with the line of the key in question."""
    seen = set()
    for error in _validator().iter_errors(source.data):
        for path, what in _findings(error):
            problem = Problem(source.file, source.line(*path), where(source.data, path), what)
            if problem not in seen:
                seen.add(problem)
                yield problem


def where(data: Any, path: PathKey) -> str:
    """Return what a person calls the place: `columns.<name>`, the model's name, or the bare key."""
    if len(path) < 2 or path[0] != "models":
        return ""
    model = data["models"][path[1]]
    if len(path) > 3 and path[2] == "columns":
        column = _named(model["columns"][path[3]], "")
        return f"columns.{column}" if column else f"columns[{path[3]}]"
    return _named(model, f"models[{path[1]}]")


def _named(entry: Any, otherwise: str) -> str:
    name = entry.get("name") if isinstance(entry, Mapping) else None
    return shown(name) if isinstance(name, str) and name else otherwise


def shown(name: str) -> str:
    """Return a name on one line, escaped where it holds what cannot be printed."""
    return name if name.isprintable() else repr(name)


@cache
def _validator() -> Draft202012Validator:
    text = resources.files(__package__).joinpath("board.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text))


def _findings(error: ValidationError) -> Iterator[tuple[PathKey, str]]:
    path = tuple(error.absolute_path)
    key = next((step for step in reversed(path) if isinstance(step, str)), "the file")
    value: Any = error.instance
    rule: Any = error.validator_value
    schema: Any = error.schema
    if error.validator == "additionalProperties":
        for name in value:
            if name not in schema["properties"]:
                yield (*path, name), f"unknown key {name!r}{suggestion(name, schema['properties'])}"
    elif error.validator == "required":
        for name in rule:
            if name not in value:
                yield path, f"{name!r} is missing{did_you_mean(name, [*value])}"
    elif error.validator == "not":
        yield (*path, value), f"{value} {schema['notErrorMessage']}"
    elif error.validator == "enum":
        said = schema.get("enumErrorMessage")
        unknown = f"unknown {key} {value!r}{suggestion(value, map(str, rule))}"
        yield path, f"{key} {said}, not {value!r}" if said else unknown
    elif error.validator == "type":
        yield path, _wrong_type(key, value, [rule] if isinstance(rule, str) else rule)
    else:
        yield path, _SENTENCES.get(str(error.validator), _other)(key, value, schema)


def _wrong_type(key: str, value: Any, expected: list[str]) -> str:
    wanted = " or ".join(_TYPE_WORDS[name] for name in expected)
    if "string" in expected and isinstance(value, (bool, int, float, date)):
        return f"{key} must be {wanted}; write it in quotes"
    if value is None:
        return f"{key} is empty; it must be {wanted}"
    if isinstance(value, str) and "{{" in value:
        return f"{key} must be {wanted}; Jinja is not rendered here"
    kind = "a mapping" if isinstance(value, Mapping) else "a list" if isinstance(value, list) else repr(value)
    return f"{key} must be {wanted}, not {kind}"


def _other(key: str, value: Any, schema: Any) -> str:
    return f"{key} does not fit the schema: {value!r}"


_SENTENCES: Mapping[str, Any] = {
    "pattern": lambda key, value, schema: f"{key} {value!r} {schema['patternErrorMessage']}",
    "const": lambda key, value, schema: f"{key} must be {schema['const']!r}, not {value!r}",
    "minimum": lambda key, value, schema: f"{key} must be {schema['minimum']} or more, not {value}",
    "maximum": lambda key, value, schema: f"{key} must be {schema['maximum']} or less, not {value}",
    "minLength": lambda key, value, schema: f"{key} is empty",
    "minItems": lambda key, value, schema: f"{key} is an empty list",
    "minProperties": lambda key, value, schema: f"{key} is an empty mapping",
    "uniqueItems": lambda key, value, schema: f"{key} names an entry twice",
}
