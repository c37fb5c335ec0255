"""A copy of boards in the sandbox: another pull reads from it what the first one read from monday."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from integration.support.every_type import BOARD_ID, EVERY_TYPE, KEY, LABEL_MAP, TYPED, cells, column_id
from integration.support.every_type import seed as every_type
from integration.support.workspace import REPOSITORY
from monday_sandbox import load_seed, running
from opus_sync.columns import TYPES
from opus_sync.commands import sandbox_load
from opus_sync.errors import UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.log import SILENT
from unit.opus_sync.pull.boards import CONTRACT
from unit.opus_sync.pull.boards import seed as orders
from unit.opus_sync.pull.conftest import Shop
from unit.opus_sync.warehouse import runner_tables
from unit.opus_sync.warehouse.dbt_project import write_project

# What a sandbox says of itself, not of the boards.
_OWN = ("extract_id", "url")
TABLES = {
    "mon_raw_item": "monday_item_id",
    "mon_raw_board": "monday_board_id",
    "mon_raw_group": "monday_board_id, group_id",
    "mon_raw_column": "monday_board_id, column_id",
    "mon_raw_label": "monday_board_id, column_id, position, label_id",
    "mon_raw_user": "user_id",
    "mon_raw_team": "team_id",
    "mon_raw_tag": "tag_id",
}


def new_shop(root: Path, contracts: dict[str, str]) -> Shop:
    """Return a project with these boards that has pulled nothing."""
    root.mkdir()
    write_project(root, {"shop": {"opus_schema": "opus"}})
    runner_tables.create(root / "opus.duckdb")
    shop = Shop(root)
    for name, text in contracts.items():
        shop.write_contract(text, name)
    return shop


def pulled(shop: Shop) -> dict[str, list[tuple[Any, ...]]]:
    """Pull and return what was read, table by table."""
    result = shop.pull()
    assert result.exit_code == 0, (result.text, shop.notes)
    found = {}
    for table, order in TABLES.items():
        names = [row[0] for row in shop.rows(f"select column_name from (describe {table})")]
        wanted = ", ".join(name for name in names if name not in _OWN)
        found[table] = sorted(shop.rows(f"select {wanted} from {table} order by {order}"), key=repr)
    return found


def load(shop: Shop, port: int, **options: Any) -> Result:
    """Load the shop's boards into a sandbox."""
    invocation = Invocation(shop.root, shop.progress, SILENT, profiles_dir=shop.root, **options)
    return sandbox_load.run(invocation, port=port)


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Pull a seed, copy it into a sandbox, and pull that; return what each pull read and what the loading said."""
    monkeypatch.setenv("MONDAY_API_TOKEN", "secret-token")

    def go(seed: Any, contracts: dict[str, str]) -> tuple[Any, Any, Result]:
        original = new_shop(tmp_path / "original", contracts)
        with running(seed) as sandbox:
            monkeypatch.setenv("MONDAY_API_URL", sandbox.url)
            before = pulled(original)
        with running({"boards": []}) as sandbox:
            said = load(original, int(sandbox.base.rpartition(":")[2]))
            monkeypatch.setenv("MONDAY_API_URL", sandbox.url)
            return before, pulled(new_shop(tmp_path / "copy", contracts)), said

    return go


def test_boards_with_subitems_and_columns_of_all_kinds_are_copied_whole(both: Any) -> None:
    """The demo's two boards: cells of writable and read-only types, settings, labels, groups, people, tags."""
    contracts = {path.stem: path.read_text() for path in (REPOSITORY / "boards").glob("*.yml")}
    before, after, said = both(load_seed([REPOSITORY / "seeds" / "sandbox"]), contracts)
    assert said.data["left_out"] == []
    for table, rows in before.items():
        assert len(rows) > 0
        assert after[table] == rows, table


def test_every_value_of_every_writable_type_is_copied(both: Any) -> None:
    """Hostile texts, ranges, zones, linked items and lists arrive as they were."""
    items = [(3000 + at, f"Item {at}", {KEY: f"K{at:03}", **_written(at)}) for at in range(120)]
    before, after, said = both(every_type(items), {EVERY_TYPE.name: yaml.safe_dump(EVERY_TYPE.contract())})
    assert said.data == {"boards": [{"board": EVERY_TYPE.name, "items": 124}], "left_out": []}
    assert after["mon_raw_item"] == before["mon_raw_item"]


def test_items_of_boards_outside_the_copy_are_linked_to(both: Any) -> None:
    """A board that was not pulled stands in for itself by the ids that the copy links to."""
    seed = copy.deepcopy(EVERY_TYPE.seed([(3000, "Linking", {KEY: "K", "board_relation_1": {"item_ids": [777, 778]}})]))
    relation = next(column for column in seed["boards"][0]["columns"] if column["id"] == "board_relation_1")
    relation["settings"] = {"boardIds": [BOARD_ID, 4242]}
    other = {"id": "4242", "name": "Styles", "items": [{"id": one, "name": one} for one in ("777", "778")]}
    seed["boards"].append(other)
    before, after, _ = both(seed, {EVERY_TYPE.name: yaml.safe_dump(EVERY_TYPE.contract())})
    assert '"board_relation_1":"[\\"777\\",\\"778\\"]"' in before["mon_raw_item"][0][-1]
    assert after["mon_raw_item"] == before["mon_raw_item"]


def test_a_cell_without_its_label_is_left_out_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Monday keeps the text of a label that was deleted; a seed cannot."""
    monkeypatch.setenv("MONDAY_API_TOKEN", "secret-token")
    shop = new_shop(tmp_path / "shop", {"orders": CONTRACT})
    with running(orders(2)) as sandbox:
        monkeypatch.setenv("MONDAY_API_URL", sandbox.url)
        pulled(shop)
    shop.rows("update mon_raw_item set column_values = replace(column_values, 'Working', 'Gone')")
    with running({"boards": []}) as sandbox:
        said = load(shop, int(sandbox.base.rpartition(":")[2]))
        assert sandbox.sandbox.store.items["10000"].cells.keys() == {"text_1"}
    assert said.data["left_out"] == [{"board": "orders", "column": "status_1", "cells": 1}]
    assert "orders: 1 cell of column status_1 left out" in said.text


def test_a_board_that_was_never_pulled_is_refused_and_the_sandbox_left_alone(tmp_path: Path) -> None:
    """There is nothing to copy."""
    shop = new_shop(tmp_path / "shop", {"orders": CONTRACT})
    with running(orders(3)) as sandbox:
        with pytest.raises(UsageError, match="board 'orders' has no extract to copy"):
            load(shop, int(sandbox.base.rpartition(":")[2]))
        assert len(sandbox.sandbox.store.items) == 3


def _written(at: int) -> dict[str, Any]:
    drawn = cells(at)
    encoded = {column_id(name): TYPES[name].encode(drawn[name], LABEL_MAP.column(column_id(name))) for name in TYPED}
    return {column: value for column, value in encoded.items() if value is not None}
