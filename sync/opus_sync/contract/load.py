"""Reads every contract of a project."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import ConfigurationError, Problem, UsageError
from .board import TITLE, Board, Column, Entity, Structure
from .checks import contract_problems
from .draft import Draft, ModelDraft, model_drafts
from .guards import guards_of
from .project import listed_boards, repeated_board_ids, repeated_models
from .schema import schema_problems
from .source import read_source


def load_boards(
    boards_dir: Path,
    *,
    variables: Mapping[str, Any],
    known_settings: Collection[str],
) -> tuple[Board, ...]:
    """Return the boards of `boards/*.yml` by name, disabled ones included.

    `variables` are the project's dbt vars, of which `opus_boards` is held against the files. Names below
    `settings` must be known. Raises one ConfigurationError with the problems of all files, UsageError when the
    folder is missing.
    """
    if not boards_dir.is_dir():
        raise UsageError(
            f"there is no folder {boards_dir.name}/ in {boards_dir.parent}",
            "Run the command in the project's folder, or name it with --project-dir.",
        )
    contracts: dict[str, list[ModelDraft]] = {}
    problems: list[Problem] = []
    for path in sorted(boards_dir.glob("*.y*ml")):
        file = f"{boards_dir.name}/{path.name}"
        if path.suffix != ".yml":
            problems.append(Problem(file, 1, "", "contracts end in .yml; rename the file"))
            continue
        source, found = read_source(path, file)
        problems += found
        contracts[path.stem] = []
        if source is None:
            continue
        models = contracts[path.stem] = [*model_drafts(source)]
        problems += schema_problems(source)
        problems += contract_problems(path.stem, source, models, known_settings)
    problems += repeated_board_ids([model for models in contracts.values() for model in models])
    problems += repeated_models(contracts)
    entities = {
        name: {model.entity or "" for model in models} if _enabled(models) else set()
        for name, models in contracts.items()
    }
    problems += listed_boards(entities, variables, boards_dir)
    if problems:
        raise ConfigurationError(sorted(problems, key=lambda problem: (problem.file, problem.line)))
    return tuple(_board(name, models) for name, models in contracts.items())


def _enabled(models: Sequence[ModelDraft]) -> bool:
    return all(model.monday.get("enabled", True) is not False for model in models)


def _board(name: str, models: Sequence[ModelDraft]) -> Board:
    drafts = {model.entity: model for model in models}
    monday = drafts["items"].monday
    items = _entity(drafts["items"])
    ids = monday["board_id"]
    return Board(
        name=name,
        file=drafts["items"].source.file,
        board_ids={target: int(board_id) for target, board_id in ids.items()} if isinstance(ids, Mapping) else int(ids),
        items=items,
        subitems=_entity(drafts["subitems"]) if "subitems" in drafts else None,
        groups=_structure(drafts["groups"]) if "groups" in drafts else None,
        facts=_structure(drafts["board"]) if "board" in drafts else None,
        account=monday.get("account"),
        enabled=monday.get("enabled", True),
        batch_by=_declared(drafts["items"], monday["batch_by"]) if "batch_by" in monday else None,
        timezone=monday.get("timezone", "UTC"),
        guards=guards_of(monday.get("guards", {})),
        settings=monday.get("settings", {}),
        line=drafts["items"].line("board_id"),
    )


def _entity(model: ModelDraft) -> Entity:
    monday = model.monday
    return Entity(
        kind=monday["entity"],
        model=model.name,
        key=tuple(_declared(model, key) for key in model.key_names()),
        columns=tuple(_column(column) for column in model.columns),
        on_new=monday.get("on_new", "ignore"),
        on_missing=monday.get("on_missing", "ignore"),
        line=model.line(),
    )


def _structure(model: ModelDraft) -> Structure:
    monday = model.monday
    return Structure(
        kind=monday["entity"],
        model=model.name,
        on_conflict=monday.get("on_conflict", "flag"),
        on_new=monday.get("on_new", "ignore"),
        on_missing=monday.get("on_missing", "ignore"),
    )


def _declared(model: ModelDraft, name: str) -> str:
    """Return the name as the column is spelt; contracts may differ in case."""
    column = model.names().get(name.casefold())
    return column.name if column else TITLE


def _column(column: Draft) -> Column:
    monday = column.monday
    return Column(
        name=column.name,
        id=monday["id"],
        type=monday["type"],
        direction=monday.get("direction", "pull"),
        on_null=monday.get("on_null", "keep"),
        on_conflict=monday.get("on_conflict", "flag"),
        create_labels=monday.get("create_labels", False),
        missing=monday.get("missing", False),
        description=column.body.get("description") or "",
        line=column.line(),
    )
