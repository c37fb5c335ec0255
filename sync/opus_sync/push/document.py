"""Composes one GraphQL document out of many mutations, each with an alias and variables of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

COMPLEXITY = "complexity {\n  query\n  after\n  reset_in_x_seconds\n}"
compact_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
"""Turns a value into JSON text without blanks."""

_VARIABLE = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One root field of a request: the name of its template and the values of its variables."""

    name: str
    variables: Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    """A mutation's text, read from `<name>.graphql`: its variable definitions and its one root field."""

    definitions: str
    field: str


@cache
def template(name: str) -> Template:
    """Read the template of a mutation; the file is a whole document that stands by itself."""
    text = (files("opus_sync.monday") / "graphql" / "mutations" / f"{name}.graphql").read_text("utf-8")
    head, body = text.split("{", 1)
    return Template(
        definitions=" ".join(head[head.index("(") + 1 : head.rindex(")")].split()),
        field=" ".join(body.rsplit("}", 1)[0].split()),
    )


@lru_cache(maxsize=512)
def compose(names: tuple[str, ...]) -> str:
    """Return the document for a sequence of mutation names: aliases `m0`, `m1`, …; variables `$m0_…`."""
    definitions, fields = [], []
    for position, name in enumerate(names):
        part = template(name)
        own = rf"$m{position}_\1"
        definitions.append(_VARIABLE.sub(own, part.definitions))
        fields.append(f"m{position}: {_VARIABLE.sub(own, part.field)}")
    body = "\n".join([COMPLEXITY, *fields])
    return f"mutation ({' '.join(definitions)}) {{\n{body}\n}}"


def variables(mutations: Iterable[Mutation]) -> dict[str, Any]:
    """Return the variables of the composed document."""
    return {
        f"m{position}_{name}": value
        for position, mutation in enumerate(mutations)
        for name, value in mutation.variables.items()
    }
