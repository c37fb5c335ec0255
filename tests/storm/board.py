"""The project of the storm: a board of jobs with subitems, on which every rule about edited cells stands once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from integration.support.small import GROUP, MOMENT, PROJECT, SHOP, item, variables_of
from integration.support.stand_in import StandIn
from integration.support.warehouses import Warehouse
from integration.support.workspace import TOKEN, Workspace, package

NAME = "jobs"
BOARD, BELOW = "9300", "9301"
KEY, SIZE = "text_key", "text_size"
GROUPS = (GROUP, "sewing", "packed")
FLAGGED, KEPT, OVERWRITTEN = "text_note", "text_colour", "numbers_qty"
NOTE, QTY = "text_remark", "numbers_cut"
SETTLE_SECONDS = 1.5

_ITEM_COLUMNS: Mapping[str, tuple[str, str, str]] = {
    KEY: ("Job", "text", "flag"),
    FLAGGED: ("Note", "text", "flag"),
    KEPT: ("Colour", "text", "keep"),
    OVERWRITTEN: ("Qty", "numbers", "overwrite"),
}
_SUBITEM_COLUMNS: Mapping[str, tuple[str, str, str]] = {
    SIZE: ("Size", "text", "flag"),
    NOTE: ("Remark", "text", "flag"),
    QTY: ("Cut", "numbers", "flag"),
}
COLUMNS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {"items": _ITEM_COLUMNS, "subitems": _SUBITEM_COLUMNS}
"""Entity -> column id -> title, type, on_conflict."""

ITEM_TABLE = {KEY: "Job", "group": "group_id", FLAGGED: "Note", KEPT: "Colour", OVERWRITTEN: "Qty"}
SUBITEM_TABLE = {"parent": "parent_key", SIZE: "Size", NOTE: "Remark", QTY: "Cut"}
"""Field -> column of the shop's table."""


def seed(items: Iterable[tuple[int, str, str, Mapping[str, str]]]) -> dict[str, Any]:
    """Return the account with these items: id, name, group, cells."""
    return {
        "account": {
            "id": "7001",
            "name": "Acme",
            "slug": "acme",
            "first_day_of_the_week": "monday",
            "plan": "standard",
        },
        "users": [{"id": "101", "name": "Ada", "email": "ada@example.com", "kind": "member"}],
        "teams": [],
        "tags": [],
        "boards": [
            {
                "id": BOARD,
                "name": NAME,
                "subitem_board": BELOW,
                "groups": [{"id": group, "title": group.title()} for group in GROUPS],
                "columns": _columns("items"),
                "items": [{**item(number, name, cells), "group": group} for number, name, group, cells in items],
            },
            {
                "id": BELOW,
                "name": f"Subitems of {NAME}",
                "parent_board": BOARD,
                "created_at": MOMENT,
                "groups": [{"id": "subitems", "title": "Subitems"}],
                "columns": _columns("subitems"),
                "items": [],
            },
        ],
    }


def workspace(root: Path, stand_in: StandIn, warehouse: Warehouse) -> Workspace:
    """Write the project; its commands talk to the stand-in."""
    package(root, warehouse)
    variables = {
        "opus_boards": {NAME: ["items", "subitems"]},
        **variables_of(warehouse),
        # As many rows in a request as there are instants worth a kill between the requests of a push.
        "opus": {"settle_seconds": SETTLE_SECONDS, "max_batch_size": 6, "max_retries": 2, "failure_share": 1.0},
    }
    _write(root / "dbt_project.yml", yaml.safe_dump({**PROJECT, "vars": variables}, sort_keys=False))
    _write(root / "boards" / f"{NAME}.yml", yaml.safe_dump(_contract(), sort_keys=False))
    for name, sql in _models().items():
        _write(root / "models" / f"{name}.sql", sql + "\n")
    return Workspace(root, {"MONDAY_API_URL": stand_in.url, "MONDAY_API_TOKEN": TOKEN}, warehouse)


def _columns(entity: str) -> list[dict[str, Any]]:
    return [{"id": column, "title": title, "type": kind} for column, (title, kind, _) in COLUMNS[entity].items()]


def _contract() -> dict[str, Any]:
    off = dict.fromkeys(("creates", "changes", "removals", "cleared_cells", "extract_age"), "off")
    items = {"entity": "items", "board_id": int(BOARD), "key": "Job", "on_new": "create", "on_missing": "archive"}
    below = {"entity": "subitems", "key": "Size", "on_new": "create", "on_missing": "archive"}
    return {
        "version": 2,
        "models": [
            _model(f"mon_{NAME}", {**items, "guards": off}, "items"),
            _model(f"mon_{NAME}_subitems", below, "subitems"),
        ],
    }


def _model(name: str, monday: Mapping[str, Any], entity: str) -> dict[str, Any]:
    return {
        "name": name,
        "config": {"meta": {"monday": dict(monday)}},
        "columns": [
            {
                "name": title,
                "config": {
                    "meta": {"monday": {"id": column, "type": kind, "direction": "push", "on_conflict": on_conflict}}
                },
            }
            for column, (title, kind, on_conflict) in COLUMNS[entity].items()
        ],
    }


def _models() -> dict[str, str]:
    own, items, below = f"board='{NAME}'", f"mon_{NAME}", f"mon_{NAME}_subitems"
    wanted, wanted_below = (f"desired=[ref('desired_{NAME}_{entity}')]" for entity in ("items", "subitems"))
    folder = f"monday/{NAME}"
    calls = {
        items: f"opus_current_items({own}, items=ref('mon_items'))",
        f"{items}_base": f"opus_base({own}, entity='items', current=ref('{items}'), {wanted})",
        f"staged_{NAME}_items": (
            f"opus_staged_items({own}, current=ref('{items}'), base=ref('{items}_base'), {wanted})"
        ),
        below: f"opus_current_subitems({own}, items=ref('mon_items'))",
        f"{below}_base": (
            f"opus_base({own}, entity='subitems', current=ref('{below}'), {wanted_below}, parents=ref('{items}'))"
        ),
        f"staged_{NAME}_subitems": (
            f"opus_staged_subitems({own}, current=ref('{below}'), base=ref('{below}_base'), {wanted_below}, "
            f"parents=ref('{items}'), staged_parents=ref('staged_{NAME}_items'))"
        ),
    }
    return {
        f"desired/desired_{NAME}_items": f"select * from {SHOP}.{NAME}",
        f"desired/desired_{NAME}_subitems": f"select * from {SHOP}.{NAME}_sizes",
        **{f"{folder}/{name}": f"{{{{ {call} }}}}" for name, call in calls.items()},
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def fill(space: Workspace, items: Sequence[Mapping[str, Any]], sizes: Sequence[Mapping[str, Any]]) -> None:
    """Replace the tables of the shop by rows of field -> value."""
    for table, columns, rows in ((NAME, ITEM_TABLE, items), (f"{NAME}_sizes", SUBITEM_TABLE, sizes)):
        types = dict.fromkeys(columns.values(), "text")
        space.table(table, types, [[row.get(field) for field in columns] for row in rows])
