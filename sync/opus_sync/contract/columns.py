"""Checks of a model's columns."""

from __future__ import annotations

from collections.abc import Iterator

from ..columns import TYPES
from ..errors import Problem
from .draft import Draft, ModelDraft
from .names import DESIRED_COLUMNS, NAME_BYTES, STAGING_COLUMNS, SYSTEM_COLUMNS, safe_name, taken_names
from .suggest import suggestion

LABELLED = ("status", "dropdown")


def column_problems(model: ModelDraft) -> Iterator[Problem]:
    """Yield what is wrong with the columns of a model, one by one and among each other."""
    yield from _repeated(model)
    for column in model.columns:
        yield from _name(model, column)
        yield from _type(column)
    system = SYSTEM_COLUMNS.get(model.entity or "")
    for column in model.others:
        if system and column.name not in system:
            yield column.problem(
                f"config.meta.monday with id and type is missing{suggestion(column.name, system)}"
                " (only system columns go without)"
            )


def _repeated(model: ModelDraft) -> Iterator[Problem]:
    names: dict[str, Draft] = {}
    ids: dict[str, Draft] = {}
    for column in sorted((*model.columns, *model.others), key=lambda column: column.path[-1]):
        first = names.setdefault(column.name.casefold(), column)
        if first is not column:
            yield column.problem(f"the name stands already in line {first.line()} (case does not count)")
        column_id = column.text("id")
        if column_id is None:
            continue
        first = ids.setdefault(column_id, column)
        if first is not column:
            yield column.problem(f"id {column_id!r} stands already in line {first.line('id')}", "id")


def _name(model: ModelDraft, column: Draft) -> Iterator[Problem]:
    column_id = column.text("id") or "id"
    taken = taken_names(model.entity or "")
    wanted = safe_name(column.name, column_id, taken)
    if wanted == column.name:
        return
    if len(column.name.encode(errors="replace")) > NAME_BYTES:
        why = f"the name is longer than {NAME_BYTES} bytes"
    elif column.name.casefold() in {name.casefold() for name in taken}:
        meaning = _meaning(column.name.casefold())
        why = f"the name has a meaning of its own in {meaning}"
    else:
        why = "the name holds quotes, brackets, Jinja, control characters or outer spaces"
    yield column.problem(f"{why}; write {wanted!r}")


def _meaning(name: str) -> str:
    if name in DESIRED_COLUMNS:
        return "desired models"
    return "the staging tables" if name in STAGING_COLUMNS else "the current tables"


def _type(column: Draft) -> Iterator[Problem]:
    kind = TYPES.get(column.text("type") or "")
    if kind is None:
        return
    if kind.name == "name":
        yield column.problem("the item's name is the system column Title; leave this column out", "type")
        return
    if column.text("direction") == "push" and not kind.writable:
        yield column.problem(f"direction is push, but type {kind.name} is read-only on monday", "direction")
    if column.monday.get("create_labels") is True and kind.name not in LABELLED:
        yield column.problem(f"create_labels is for {' and '.join(LABELLED)}, not for {kind.name}", "create_labels")
