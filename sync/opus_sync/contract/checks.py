"""Checks that JSON Schema cannot express, within one contract."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from zoneinfo import ZoneInfo, available_timezones

from ..columns import TYPES
from ..errors import Problem
from .board import TITLE
from .columns import column_problems
from .draft import MONDAY, ModelDraft
from .guards import guard_problems
from .schema import shown
from .source import Source
from .suggest import did_you_mean, suggestion

# "mon_<board>_subitems" has to fit the 63 bytes of a PostgreSQL name, also behind "staged_".
_BOARD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_COLUMN_RULES = ("batch_by", "size_label", "order_qty")
_SUFFIXES = ("_subitems", "_base")
_STRUCTURE = ("groups", "board")
_PACKAGE_MODELS = """
    batch_event batch_processing boards build_event conflicts decision drift extract groups items layout operation_event
    operation_status quarantine rollback_request service_levels sync_point update_audit update_audit_log
"""


def name_problems(name: str, file: str) -> Iterator[Problem]:
    """Yield what is wrong with a board's name, which is its file's."""
    if not _BOARD_NAME.fullmatch(name):
        what = f"the file name {shown(name)!r} must be 1 to 40 of a-z, 0-9 and _, a letter first"
        yield Problem(file, 1, "", what)
    elif name in _PACKAGE_MODELS.split() or name.startswith("raw_") or name.endswith(_SUFFIXES):
        what = f"the file name would make the model mon_{name}, which means something else; choose another"
        yield Problem(file, 1, "", what)


def contract_problems(
    name: str,
    source: Source,
    models: Collection[ModelDraft],
    known_settings: Collection[str],
) -> Iterator[Problem]:
    """Yield what is wrong with the models of one file."""
    yield from name_problems(name, source.file)
    yield from _entities(name, source, models)
    yield from _structure(models)
    items = next((model for model in models if model.entity == "items"), None)
    for model in models:
        yield from column_problems(model)
        yield from _key(model)
        for rule in _COLUMN_RULES:
            yield from _names_column(model, rule)
    if items:
        yield from _timezone(items)
        yield from _settings(items, known_settings)
        yield from guard_problems(items)


def _entities(name: str, source: Source, models: Collection[ModelDraft]) -> Iterator[Problem]:
    expected = {"items": f"mon_{name}"} | {kind: f"mon_{name}_{kind}" for kind in ("subitems", *_STRUCTURE)}
    first: dict[str, ModelDraft] = {}
    for model in models:
        entity = model.entity
        if entity not in expected:
            continue
        if first.setdefault(entity, model) is not model:
            yield model.problem(f"a second {entity} model; a board has one", "entity")
        elif model.name and model.name != expected[entity]:
            yield model.problem(f"the {entity} model must be named {expected[entity]!r}, as the file is")
    if models and "items" not in first and all(model.entity in expected for model in models):
        yield Problem(source.file, source.line("models"), "", "no model has entity: items")


def _structure(models: Collection[ModelDraft]) -> Iterator[Problem]:
    """Groups and boards have attributes of their own, no columns of monday's."""
    for model in models:
        for column in model.columns if model.entity in _STRUCTURE else ():
            yield column.problem(f"the {model.entity} model has no columns of monday's; leave config.meta.monday out")


def _key(model: ModelDraft) -> Iterator[Problem]:
    names = model.names()
    creates = model.text("on_new") == "create"
    for key in model.key_names():
        column = names.get(key.casefold())
        if key.casefold() == TITLE.casefold():
            continue
        if column is None:
            known = [TITLE, *(column.name for column in model.columns)]
            yield model.problem(f"key names no column of the model: {key!r}{did_you_mean(key, known)}", "key")
            continue
        if column.monday.get("missing") is True:
            yield model.problem(f"key names a column that is no longer on the board: {shown(key)!r}", "key")
            continue
        kind = TYPES.get(column.text("type") or "")
        if not creates or kind is None:
            continue
        # Subitems are found through their parent, so any column that is written with them can be their key.
        if not (kind.create and (kind.by_values or model.entity == "subitems")):
            yield model.problem(
                f"on_new: create needs a key that can be looked up on monday;"
                f" {shown(key)!r} of type {kind.name} cannot",
                "key",
            )
        elif column.text("direction") != "push":
            yield column.problem(
                "on_new: create writes the key of a new row; the key column needs direction: push", "id"
            )
    if not model.key_names() and "key" not in model.monday and model.entity not in _STRUCTURE:
        for rule in ("on_new", "on_missing"):
            value = model.text(rule)
            if value and value != "ignore":
                yield model.problem(f"{rule}: {value} needs a key", rule)


def _names_column(model: ModelDraft, rule: str) -> Iterator[Problem]:
    wanted = model.text(rule)
    if wanted and wanted.casefold() not in model.names():
        known = [column.name for column in model.columns]
        what = f"{rule} names no column of the model: {wanted!r}{did_you_mean(wanted, known)}"
        yield model.problem(what, rule)
    elif wanted and model.names()[wanted.casefold()].monday.get("missing") is True:
        yield model.problem(f"{rule} names a column that is no longer on the board: {shown(wanted)!r}", rule)


def _timezone(items: ModelDraft) -> Iterator[Problem]:
    zone = items.text("timezone")
    # UTC works on a machine without a time zone database.
    if zone is None or zone == "UTC":
        return
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        known = available_timezones()
        why = did_you_mean(zone, known) if known else "; this machine has no time zone database (tzdata)"
        yield items.problem(f"unknown timezone {zone!r}{why}", "timezone")


def _settings(items: ModelDraft, known: Collection[str]) -> Iterator[Problem]:
    entries = items.monday.get("settings")
    for entry in entries if isinstance(entries, dict) else ():
        if entry not in known:
            place = items.source.line(*items.path, *MONDAY, "settings", entry)
            problem = items.problem(f"unknown setting {entry!r}{suggestion(entry, known)}")
            yield Problem(problem.file, place, problem.where, problem.what)
