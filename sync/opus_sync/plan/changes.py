"""Changed cells of a plan, named by monday's titles, for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opus_sync.plan.board_plan import BoardPlan
from opus_sync.plan.order import Operation
from opus_sync.plan.staged import BOARDS, GROUPS, ITEMS, SUBITEMS

_PSEUDO = {"name": "Title", "$group": "Group", "$parent": "parent", "$state": "state"}
_STRUCTURE = {"$after": "after", "$before": "before", "$items": "items", "$position": "position", "name": "name"}


@dataclass(frozen=True)
class CellChange:
    """One cell, old and new as canonical text; None is an empty cell."""

    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class RowChange:
    """One operation as a person reads it."""

    operation: str
    entity: str
    record: str
    monday_item_id: int | None
    batch: str | None
    cells: tuple[CellChange, ...]


def plain(text: str) -> str:
    """Return a list or a composite as its values alone, any other text as it is."""
    if text[:1] not in ("[", "{"):
        return text
    try:
        value = json.loads(text)
    except ValueError:
        return text
    parts = value.values() if isinstance(value, dict) else value
    return ", ".join(dict.fromkeys(str(part) for part in parts if part not in ("", None))) or text


ENTITIES = {ITEMS: "item", SUBITEMS: "subitem", GROUPS: "group", BOARDS: "board"}
"""Update type -> the word for one of its records."""


def row_change(plan: BoardPlan, entry: Operation) -> RowChange:
    """Describe one operation with column titles in place of ids."""
    row = entry.row
    titles = plan.target.titles
    cells = [
        CellChange(column_title(titles, row.update_type, column), entry.old.get(column), value)
        for column, value in entry.new.items()
    ]
    if row.update_type in (ITEMS, SUBITEMS) and row.update_operation == "CREATE" and "name" not in entry.new:
        cells.insert(0, CellChange(_PSEUDO["name"], None, row.item_name))
    return RowChange(
        operation=row.update_operation.lower(),
        entity=ENTITIES.get(row.update_type, row.update_type),
        record=row.label,
        monday_item_id=row.monday_item_id,
        batch=row.customer_batch,
        cells=tuple(cells),
    )


def shown_entities(plan: BoardPlan) -> dict[str, str]:
    """Return the kinds of records that a plan tells of: groups and the board only where one of them is staged."""
    staged = {kind for kind, _ in plan.counts}
    return {kind: word for kind, word in ENTITIES.items() if kind in (ITEMS, SUBITEMS) or kind in staged}


def column_title(titles: Mapping[tuple[str, str], str], update_type: str, column: str) -> str:
    """Return what people call a column, a pseudo column included; one that no contract names is called by its id."""
    if title := titles.get((update_type, column)):
        return title
    words = _PSEUDO if update_type in (ITEMS, SUBITEMS) else {**_PSEUDO, **_STRUCTURE}
    return words.get(column, column)


def samples(plan: BoardPlan, limit: int) -> Iterator[RowChange]:
    """Describe up to `limit` rows one of each kind of operation in turn."""
    kinds: dict[tuple[int, str], list[Operation]] = {}
    for entry in plan.operations:
        kinds.setdefault((entry.wave, entry.row.update_operation), []).append(entry)
    chosen: list[Operation] = []
    depth = 0
    while len(chosen) < min(limit, len(plan.operations)):
        chosen += [rows[depth] for rows in kinds.values() if depth < len(rows)]
        depth += 1
    picked = {id(entry) for entry in chosen[:limit]}
    for entry in plan.operations:
        if id(entry) in picked:
            yield row_change(plan, entry)
