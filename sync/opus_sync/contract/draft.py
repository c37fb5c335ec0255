"""A contract as written, before it is known to be right: what the checks look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import Problem
from .schema import where
from .source import PathKey, Source

MONDAY = ("config", "meta", "monday")


@dataclass(frozen=True)
class Draft:
    """A model or a column with its place in the file; `monday` is {} where the contract has none."""

    source: Source
    path: PathKey
    name: str
    body: Mapping[str, Any]
    monday: Mapping[str, Any]

    def text(self, key: str) -> str | None:
        """Return a text below `monday`, None where it is missing or something else."""
        value = self.monday.get(key)
        return value if isinstance(value, str) else None

    def line(self, key: str = "") -> int:
        """Return the line of a key below `monday`, or of the model or column itself."""
        return self.source.line(*self.path, *MONDAY, key) if key else self.source.line(*self.path, "name")

    def problem(self, what: str, key: str = "") -> Problem:
        """Return a problem at a key below `monday`, or at the name."""
        return Problem(self.source.file, self.line(key), where(self.source.data, self.path), what)


@dataclass(frozen=True)
class ModelDraft(Draft):
    """A model with its columns: those of monday, and those without `monday` (system columns)."""

    columns: tuple[Draft, ...]
    others: tuple[Draft, ...]

    @property
    def entity(self) -> str | None:
        """Which kind of rows the model has."""
        return self.text("entity")

    def names(self) -> dict[str, Draft]:
        """Return monday's columns by case-folded name; the first of equal names counts."""
        return {column.name.casefold(): column for column in reversed(self.columns)}

    def key_names(self) -> tuple[str, ...]:
        """Return the key's columns as written."""
        key = self.monday.get("key")
        entries = key if isinstance(key, list) else [key]
        return tuple(entry for entry in entries if isinstance(entry, str))


def model_drafts(source: Source) -> Iterator[ModelDraft]:
    """Yield the models of a file whose shape allows to look into them."""
    for index, body in _mappings(source.data, "models"):
        path: PathKey = ("models", index)
        drafts = [_draft(source, (*path, "columns", place), column) for place, column in _mappings(body, "columns")]
        named = [draft for draft in drafts if draft.name]
        model = _draft(source, path, body)
        yield ModelDraft(
            **vars(model),
            columns=tuple(draft for draft in named if draft.monday),
            others=tuple(draft for draft in named if not draft.monday),
        )


def _draft(source: Source, path: PathKey, body: Mapping[str, Any]) -> Draft:
    name = body.get("name")
    monday: Any = body
    for step in MONDAY:
        monday = monday.get(step) if isinstance(monday, Mapping) else None
    return Draft(
        source,
        path,
        name if isinstance(name, str) else "",
        body,
        monday if isinstance(monday, Mapping) else {},
    )


def _mappings(parent: Any, key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    entries = parent.get(key) if isinstance(parent, Mapping) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, Mapping):
            yield index, entry
