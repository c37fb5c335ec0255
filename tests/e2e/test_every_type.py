"""Values of every writable type, from a table of the warehouse to the board and back, by the command lines alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from integration.support.every_type import (
    BOARD_ID,
    CREATABLE,
    EVERY_TYPE,
    KEY,
    LABEL_MAP,
    TYPED,
    cells,
    column_id,
    seed,
    values_of,
)
from integration.support.small import small_workspace
from integration.support.stand_in import StandIn
from integration.support.warehouses import Warehouse
from integration.support.workspace import Workspace
from opus_sync.columns import TYPES

EXISTING, NEW = 30, 20
Row = Mapping[str, "str | None"]
"""Column id -> value; `name` is the item's name."""


def row(at: int, types: tuple[str, ...] = TYPED) -> Row:
    """Return a name and a value of each type; another position, other values."""
    names, drawn = values_of("name"), cells(at)
    return {"name": names[at % len(names)], **{column_id(name): drawn[name] for name in types}}


BEFORE = {f"K{at:03}": row(at + 100) for at in range(EXISTING)}
WANTED = {
    **{f"K{at:03}": row(at) for at in range(EXISTING)},
    **{f"K{at:03}": row(at, CREATABLE) for at in range(EXISTING, EXISTING + NEW)},
}


def on_board(wanted: Row) -> dict[str, str | None]:
    """Return what the board holds of a row: an empty checkbox is an unchecked one."""
    whole = {**{column_id(name): None for name in TYPED}, **wanted}
    return {**whole, "checkbox_1": whole["checkbox_1"] or "false"}


def written(cells: Row) -> dict[str, Any]:
    """Return cells as a seed holds them."""
    encoded = {
        column_id(name): TYPES[name].encode(cells[column_id(name)], LABEL_MAP.column(column_id(name))) for name in TYPED
    }
    return {column: value for column, value in encoded.items() if value is not None}


def extracted(workspace: Workspace) -> dict[str, Row]:
    """Return what the last pull read of each item that has a key."""
    rows = workspace.rows(
        """
        select item_name, column_values from opus_sync.mon_raw_item where extract_id in (
            select extract_id from opus_sync.mon_extract
            where seq = (select max(seq) from opus_sync.mon_extract where status = 'ACTIVE')
        )
        """
    )
    found: dict[str, Row] = {}
    for name, text in rows:
        values = json.loads(text)
        if key := values.pop(KEY):
            found[key] = {"name": name, **values}
    return found


@pytest.fixture
def workspace(stand_in: StandIn, empty: Warehouse, tmp_path: Path) -> Workspace:
    """A project of a board with a column of each type, whose items have other values than wanted; pulled and built."""
    stand_in.start_over(
        seed(
            (3000 + at, cells["name"] or "", {KEY: key, **written(cells)})
            for at, (key, cells) in enumerate(BEFORE.items())
        )
    )
    workspace = small_workspace(EVERY_TYPE, tmp_path / "every_type", stand_in, empty)
    workspace.pull()
    EVERY_TYPE.order(workspace, [{KEY: key, **cells} for key, cells in WANTED.items()])
    workspace.build()
    return workspace


def test_values_of_every_type_make_the_whole_way(workspace: Workspace, stand_in: StandIn) -> None:
    """Created, changed and cleared cells: only what differs is staged, then pulled again as it was meant."""
    assert extracted(workspace) == {key: on_board(cells) for key, cells in BEFORE.items()}
    staged = EVERY_TYPE.staged(workspace)
    assert [one for one in staged if one["validation_status"] != "VALID" or one["hold_reason"]] == []
    assert {
        one["record_key"]: json.loads(one["update_fields"]) for one in staged if one["update_operation"] == "UPDATE"
    } == {
        key: {column: value for column, value in on_board(WANTED[key]).items() if value != on_board(before)[column]}
        for key, before in BEFORE.items()
    }

    push = workspace.opus("push", "--live", "--no-promote")
    assert push.code == 0, push.out + push.err
    workspace.build()
    assert EVERY_TYPE.staged(workspace) == []

    assert workspace.opus("pull").code == 0
    found = extracted(workspace)
    assert found.keys() == WANTED.keys()
    assert [
        (key, column, found[key][column], value)
        for key, cells in WANTED.items()
        for column, value in on_board(cells).items()
        if found[key][column] != value
    ] == []
    assert len(stand_in.items(BOARD_ID)) == 4 + EXISTING + NEW
