"""Values of every writable type, from a table of the warehouse to the board and back, by the command lines alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from integration.support.every_type import (
    BOARD_ID,
    CREATABLE,
    EVERY_TYPE,
    KEY,
    TYPED,
    cells,
    column_id,
    seed,
    values_of,
)
from integration.support.small import small_workspace
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace

EXISTING, NEW = 24, 24
Rows = dict[str, dict[str, str | None]]
"""Key -> column id -> value; `name` is the item's name."""


def wanted(version: int) -> Rows:
    """Return what a version of the desired table says of each item."""
    rows: Rows = {}
    for at in range(EXISTING + NEW):
        names = values_of("name")
        types = CREATABLE if at >= EXISTING and version == 1 else TYPED
        drawn = cells(at + version * 100)
        rows[f"K{at:03}"] = {
            "name": names[(at + version * 100) % len(names)],
            **{column_id(name): drawn[name] for name in types},
        }
    return rows


def on_board(row: dict[str, str | None]) -> dict[str, str | None]:
    """Return what the board holds of a row: an empty checkbox is an unchecked one."""
    empty: dict[str, str | None] = {column_id(name): None for name in TYPED}
    cells = {**empty, **row}
    return {**cells, "checkbox_1": cells["checkbox_1"] or "false"}


def extracted(workspace: Workspace) -> Rows:
    """Return what the last pull read of each item that has a key."""
    rows = workspace.rows(
        """
        select item_name, column_values from opus_sync.mon_raw_item where extract_id = (
            select arg_max(extract_id, seq) from opus_sync.mon_extract where status = 'ACTIVE'
        )
        """
    )
    found: Rows = {}
    for name, text in rows:
        values = json.loads(text)
        if key := values.pop(KEY):
            found[key] = {"name": name, **values}
    return found


def differing(found: Rows, meant: Rows) -> list[tuple[str, str, str | None, str | None]]:
    """Return (key, column, found, meant) where two sets of rows differ."""
    assert found.keys() == meant.keys()
    return [
        (key, column, found[key].get(column), value)
        for key, row in meant.items()
        for column, value in row.items()
        if found[key].get(column) != value
    ]


def order(workspace: Workspace, rows: Rows) -> None:
    """Make rows the desired ones."""
    EVERY_TYPE.order(workspace, [{KEY: key, **row} for key, row in rows.items()])
    workspace.build()
    bad = [row for row in EVERY_TYPE.staged(workspace) if row["validation_status"] != "VALID" or row["hold_reason"]]
    assert [(row["record_key"], row["validation_errors"], row["hold_reason"]) for row in bad] == []


def push_and_pull(workspace: Workspace) -> None:
    """Write what is staged and read the board anew."""
    push = workspace.opus("push", "--live", "--no-promote")
    assert push.code == 0, push.out + push.err
    pull = workspace.opus("pull")
    assert pull.code == 0, pull.err


@pytest.fixture
def workspace(stand_in: StandIn, tmp_path: Path) -> Workspace:
    """A project of a board with a column of each type, pulled."""
    items = [(3000 + at, f"Item {at}", {KEY: f"K{at:03}"}) for at in range(EXISTING)]
    stand_in.start_over(seed(items))
    workspace = small_workspace(EVERY_TYPE, tmp_path / "every_type", stand_in)
    pull = workspace.opus("pull")
    assert pull.code == 0, pull.err
    return workspace


def test_values_of_every_type_make_the_whole_way(workspace: Workspace, stand_in: StandIn) -> None:
    """Created, changed and cleared cells are pulled again as they were meant; then only what differs is staged."""
    first = {key: on_board(row) for key, row in wanted(1).items()}
    second = {key: on_board(row) for key, row in wanted(2).items()}
    order(workspace, wanted(1))
    push_and_pull(workspace)
    assert differing(extracted(workspace), first) == []

    order(workspace, wanted(2))
    staged = {row["record_key"]: json.loads(row["update_fields"]) for row in EVERY_TYPE.staged(workspace)}
    assert staged == {
        key: {column: value for column, value in row.items() if value != first[key][column]}
        for key, row in second.items()
    }
    push_and_pull(workspace)
    assert differing(extracted(workspace), second) == []
    workspace.build()
    assert EVERY_TYPE.staged(workspace) == []
    assert len(stand_in.items(BOARD_ID)) == 4 + EXISTING + NEW
