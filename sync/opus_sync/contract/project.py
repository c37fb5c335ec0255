"""Checks between contracts, and between contracts and the project's variables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import Problem
from .draft import ModelDraft
from .schema import shown
from .suggest import did_you_mean

BOARDS_VARIABLE = "opus_boards"
PROJECT_FILE = "dbt_project.yml"


def repeated_board_ids(models: Sequence[ModelDraft]) -> Iterator[Problem]:
    """Yield boards that two contracts claim for the same dbt target."""
    claimed: list[tuple[str | None, int, ModelDraft, int]] = []
    for model in models:
        for target, board_id in _board_ids(model):
            steps = ("board_id", target) if target else ("board_id",)
            line = model.source.line(*model.path, "config", "meta", "monday", *steps)
            for other_target, other_id, other, other_line in claimed:
                if other_id == board_id and other is not model and _overlap(target, other_target):
                    what = f"board {board_id} has a contract already: {other.source.file}:{other_line}"
                    yield Problem(model.source.file, line, model.name, what)
                    break
            claimed.append((target, board_id, model, line))


def repeated_models(contracts: Mapping[str, Sequence[ModelDraft]]) -> Iterator[Problem]:
    """Yield models that two contracts name alike: the items of `plan_groups` would be the groups of `plan`."""
    first: dict[str, ModelDraft] = {}
    for models in contracts.values():
        for model in models:
            other = first.setdefault(model.name, model)
            if other.source is not model.source:
                yield model.problem(
                    f"the model stands in {other.source.file}:{other.line()} too; choose another file name"
                )


def _overlap(target: str | None, other: str | None) -> bool:
    """Whether both hold for one dbt target; None holds for all."""
    return target is None or other is None or target == other


def _board_ids(model: ModelDraft) -> Iterator[tuple[str | None, int]]:
    value = model.monday.get("board_id")
    entries = value.items() if isinstance(value, Mapping) else [(None, value)]
    for target, board_id in entries:
        if isinstance(board_id, int) and not isinstance(board_id, bool):
            yield target, board_id


def listed_boards(
    contracts: Mapping[str, Collection[str]], variables: Mapping[str, Any], boards_dir: Path
) -> Iterator[Problem]:
    """Yield differences between the var `opus_boards` and the contracts (name -> entities if enabled)."""
    if BOARDS_VARIABLE not in variables:
        return
    listed: Any = variables[BOARDS_VARIABLE]
    line = _variable_line(boards_dir.parent / PROJECT_FILE)

    def problem(what: str) -> Problem:
        return Problem(PROJECT_FILE, line, f"vars.{BOARDS_VARIABLE}", what)

    if not isinstance(listed, Mapping) or not all(isinstance(entry, list) for entry in listed.values()):
        yield problem("must map each board to its entities, as `planning: [items, subitems]`")
        return
    for name in listed:
        if name not in contracts:
            yield problem(f"there is no {boards_dir.name}/{shown(name)}.yml{did_you_mean(name, contracts)}")
    for name, entities in contracts.items():
        if entities and name not in listed:
            yield problem(f"board {name!r} is not listed; models over all boards would leave it out")
        elif entities and sorted(map(str, listed[name])) != sorted(entities):
            yield problem(f"board {name!r} lists {listed[name]}, its contract has {sorted(entities)}")


def _variable_line(project_file: Path) -> int:
    """Return the line of the variable in dbt_project.yml; 1 where it comes from the command line."""
    try:
        lines = project_file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return 1
    named = re.compile(rf"\s*['\"]?{BOARDS_VARIABLE}['\"]?\s*:")
    return next((number for number, line in enumerate(lines, 1) if named.match(line)), 1)
