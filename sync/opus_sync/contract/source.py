"""YAML files with the line of every key and list entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ..errors import Problem

PathKey = tuple[str | int, ...]

DEEPEST = 100

_FAST_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Source:
    """One file: its data, and the line on which each path into the data stands."""

    file: str
    data: Any
    lines: Mapping[PathKey, int]

    def line(self, *path: str | int) -> int:
        """Return the line of the path, of its nearest parent where the path itself is missing."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


@dataclass
class _Reading:
    file: str
    loader: Any
    lines: dict[PathKey, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, node: yaml.Node, what: str) -> None:
        self.problems.append(Problem(self.file, node.start_mark.line + 1, "", what))


def read_source(path: Path, file: str) -> tuple[Source | None, list[Problem]]:
    """Read a YAML file; the source is None when it cannot be read, and the problems say why.

    Duplicate keys, which YAML parsers let pass, are problems.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, [Problem(file, line, "", "the file is not UTF-8")]
    except OSError as error:
        return None, [Problem(file, 1, "", f"the file cannot be read: {error.strerror}")]
    try:
        return _parsed(text, file, _FAST_LOADER)
    except yaml.YAMLError:
        return _explained(text, file)


def _explained(text: str, file: str) -> tuple[Source | None, list[Problem]]:
    """Parse again with the pure Python parser, whose errors name line and cause."""
    try:
        return _parsed(text, file, yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return None, [Problem(file, line, "", f"character {chr(error.character)!r} is not allowed in YAML")]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = ", ".join(part for part in (error.context, error.problem) if part)
        return None, [Problem(file, mark.line + 1 if mark else 1, "", f"not valid YAML: {what}")]


def _parsed(text: str, file: str, loader_class: type[Any]) -> tuple[Source | None, list[Problem]]:
    too_deep = _too_deep(text, loader_class)
    if too_deep:
        return None, [Problem(file, too_deep, "", "not valid YAML: nested too deeply")]
    loader = loader_class(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return None, [Problem(file, 1, "", "the file is empty")]
        reading = _Reading(file, loader)
        data = _built(reading, root, (), ())
    finally:
        loader.dispose()
    return Source(file, data, reading.lines), reading.problems


def _too_deep(text: str, loader_class: type[Any]) -> int:
    """Return the line where nesting passes every sane limit, 0 where it does not.

    Composing recurses in C: deep nesting would end the process, not raise.
    """
    depth = 0
    for event in yaml.parse(text, Loader=loader_class):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return event.start_mark.line + 1 if event.start_mark else 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return 0


def _built(reading: _Reading, node: yaml.Node, path: PathKey, parents: tuple[yaml.Node, ...]) -> Any:
    if any(node is parent for parent in parents):
        raise yaml.MarkedYAMLError(problem="an alias contains itself", problem_mark=node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return _mapping(reading, node, path, (*parents, node))
    if isinstance(node, yaml.SequenceNode):
        entries = []
        for index, child in enumerate(node.value):
            reading.lines[(*path, index)] = child.start_mark.line + 1
            entries.append(_built(reading, child, (*path, index), (*parents, node)))
        return entries
    try:
        return reading.loader.construct_object(node)
    except ValueError as error:
        raise yaml.MarkedYAMLError(problem=str(error), problem_mark=node.start_mark) from None


def _mapping(
    reading: _Reading, node: yaml.MappingNode, path: PathKey, parents: tuple[yaml.Node, ...]
) -> dict[str, Any]:
    _report_duplicates(reading, node)
    reading.loader.flatten_mapping(node)
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = _built(reading, key_node, path, parents)
        if not isinstance(key, str):
            reading.problem(key_node, f"the key {key_node.value!r} is not text; write it in quotes")
            continue
        reading.lines[(*path, key)] = key_node.start_mark.line + 1
        mapping[key] = _built(reading, value_node, (*path, key), parents)
    return mapping


def _report_duplicates(reading: _Reading, node: yaml.MappingNode) -> None:
    seen: dict[str, int] = {}
    for key_node, _ in node.value:
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag == "tag:yaml.org,2002:merge":
            continue
        line = key_node.start_mark.line + 1
        if key_node.value in seen:
            reading.problem(key_node, f"key {key_node.value!r} stands already in line {seen[key_node.value]}")
        seen.setdefault(key_node.value, line)
