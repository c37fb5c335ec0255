"""A board is deployed, and deployed again: what is new comes in, and what a person wrote stays."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
import yaml

from opus_sync.errors import ConfigurationError, OpusError, Refused, UsageError
from unit.opus_sync.registry.conftest import BOARD_ID, Registry

Columns = list[dict[str, Any]]
FILES = {
    "boards/orders.yml",
    "models/desired/desired_orders.yml",
    "models/desired/desired_orders_items.sql",
    "models/desired/desired_orders_subitems.sql",
    *(
        f"models/monday/orders/{name}.sql"
        for model in ("mon_orders", "mon_orders_subitems")
        for name in (model, f"{model}_base", f"stg_{model}", f"err_{model}")
    ),
    "models/monday/orders/staged_orders_items.sql",
    "models/monday/orders/staged_orders_subitems.sql",
    "models/monday/orders/_models.yml",
    "models/monday/orders/_exposure.yml",
}


def _gone(columns: Columns) -> None:
    columns[:] = [column for column in columns if column["id"] != "numbers_1"]


def test_a_board_is_deployed(registry: Registry) -> None:
    """Contract, models, desired models and an exposure; the board is listed, and only read."""
    before = registry.files().keys()
    done = registry.deploy()
    assert registry.files().keys() - before == FILES
    assert yaml.safe_load(registry.files()["dbt_project.yml"])["vars"]["opus_boards"] == {
        "orders": ["items", "subitems"]
    }
    assert registry.column("text_1")["config"]["meta"]["monday"]["direction"] == "push"
    assert "direction" not in registry.column("progress_1")["config"]["meta"]["monday"]
    (exposure,) = yaml.safe_load(registry.files()["models/monday/orders/_exposure.yml"])["exposures"]
    assert exposure["url"].endswith("/boards/9001")
    assert registry.stand_in.metrics()["mutations"] == 0
    assert done.data["requests"] == registry.stand_in.metrics()["requests"] == 2


def test_what_a_person_says_at_first_stays(registry: Registry) -> None:
    """Name, key, house name, schema and database are written where dbt and the runner look for them."""
    options = {"name": "own", "key": ("order",), "table": "OrderBook", "schema": "book", "database": "dms"}
    registry.deploy(**options)
    files = registry.files()
    items, subitems = yaml.safe_load(files["boards/own.yml"])["models"]
    assert items["config"]["meta"]["monday"]["key"] == "Order"
    assert {(model["config"]["schema"], model["config"]["database"]) for model in (items, subitems)} == {
        ("book", "dms")
    }
    others = yaml.safe_load(files["models/monday/own/_models.yml"])["models"]
    assert {(model["config"]["schema"], model["config"]["database"]) for model in others} == {("book", "dms")}
    assert "opus_house_name('MON_OrderBook')" in files["models/monday/own/mon_own.sql"]
    assert "opus_house_name('ERR_MON_OrderBook_Subitems')" in files["models/monday/own/err_mon_own_subitems.sql"]

    registry.deploy()
    assert registry.files() == files


def test_again_without_changes(registry: Registry) -> None:
    """Nothing is written."""
    registry.deploy()
    before = registry.files()
    done = registry.deploy()
    assert {one["action"] for one in done.data["files"]} == {"unchanged"}
    assert registry.files() == before


def test_what_a_contract_says_of_groups_stays_listed(registry: Registry) -> None:
    """Groups and the board's own name are described by hand; a deploy lists them with the rest."""
    registry.deploy()
    line = "  - name: mon_orders_{0}\n    config: {{meta: {{monday: {{entity: {0}}}}}}}\n"
    with registry.contract.open("a", encoding="utf-8") as file:
        file.write(line.format("groups") + line.format("board"))
    registry.deploy()
    listed = yaml.safe_load(registry.files()["dbt_project.yml"])["vars"]["opus_boards"]
    assert listed == {"orders": ["items", "subitems", "groups", "board"]}


def test_a_contract_is_merged(registry: Registry) -> None:
    """New columns come in, gone ones are marked; comments, order and whatever else a person wrote stay."""
    registry.deploy()
    registry.replace("models:", "models:  # ours\n  # the orders")
    registry.replace("type: status, direction: push", "type: status, direction: push, on_null: clear")
    registry.replace('      - name: "Paid"', '      # ask finance\n      - name: "Paid"')
    by_hand = registry.contract.read_text("utf-8")

    def change(columns: Columns) -> None:
        _gone(columns)
        columns.append({"id": "date_1", "title": "order", "type": "date"})

    registry.on_board(change)
    done = registry.deploy()
    after = registry.contract.read_text("utf-8")
    assert registry.column("numbers_1")["config"]["meta"]["monday"]["missing"] is True
    assert registry.column("date_1")["name"] == "order_date_1"
    assert [one["kind"] for one in done.data["differences"]] == ["deleted", "new"]
    said = " ".join(done.text.split())
    assert "marked `missing: true`" in said and "is new on the board, of type date: added" in said
    # A line of the old contract is there still, but for the one with the mark.
    changed = [line for line in by_hand.splitlines() if line not in after.splitlines()]
    assert len(changed) == 1 and "numbers_1" in changed[0]
    assert [line for line in after.splitlines() if line in by_hand.splitlines()] == [
        line for line in by_hand.splitlines() if line not in changed
    ]
    assert '"Not ours"' not in registry.files()["models/desired/desired_orders_items.sql"]

    registry.on_board(lambda columns: None)
    assert [one["kind"] for one in registry.deploy().data["differences"]] == ["back", "deleted"]
    assert registry.column("numbers_1")["config"]["meta"]["monday"]["missing"] is False


def test_line_ends_stay(registry: Registry) -> None:
    """A file that was saved on Windows is not rewritten as a whole."""
    registry.deploy()
    for path in (registry.contract, registry.root / "dbt_project.yml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    registry.on_board(_gone)
    registry.deploy()
    registry.remove()
    for path in (registry.contract, registry.root / "dbt_project.yml"):
        assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")
    assert registry.column("numbers_1")["config"]["meta"]["monday"]["missing"] is True


def test_a_key_that_is_gone_has_to_be_replaced(registry: Registry) -> None:
    """A board without its key is not brought up to date by itself."""
    registry.deploy(key=("Not ours",))
    before = registry.files()
    registry.on_board(_gone)
    with pytest.raises(ConfigurationError, match="key names a column that is no longer on the board: 'Not ours'"):
        registry.deploy()
    assert registry.files() == before


def test_renamed_and_retyped_columns_are_told(registry: Registry) -> None:
    """SQL names them, so the contract is left to a person."""
    registry.deploy()
    before = registry.files()

    def change(columns: Columns) -> None:
        columns[0]["title"] = "Order Number"
        next(column for column in columns if column["id"] == "numbers_1")["type"] = "text"

    registry.on_board(change)
    done = registry.deploy()
    assert registry.files() == before
    assert [one["kind"] for one in done.data["differences"]] == ["renamed", "retyped"]
    assert "'Order' (text_1) is called 'Order Number' on the board" in done.text
    assert "is of type text on the board, not numbers" in " ".join(done.text.split())


def test_files_that_a_person_changed_are_kept(registry: Registry) -> None:
    """Also one that was never written by us; --force writes over them."""
    registry.deploy()
    desired = registry.root / "models/desired/desired_orders_items.sql"
    base = registry.root / "models/monday/orders/mon_orders_base.sql"
    desired.write_text(desired.read_text("utf-8").replace('"Status"', "'Done' as \"Status\""), "utf-8")
    base.write_text("select 1", "utf-8")
    before = registry.files()
    done = registry.deploy()
    kept = [one["file"] for one in done.data["files"] if one["action"] == "kept"]
    assert sorted(kept) == ["models/desired/desired_orders_items.sql", "models/monday/orders/mon_orders_base.sql"]
    assert done.text.count("somebody changed it") == 2
    assert registry.files() == before

    registry.deploy(force=True)
    assert "'Done'" not in desired.read_text("utf-8")
    assert "opus_base" in base.read_text("utf-8")


def test_files_that_a_person_took_away_stay_away(registry: Registry) -> None:
    """Their words may stand elsewhere; --force writes them, and so does a deploy that finds none at all."""
    registry.deploy()
    taken = ("models/monday/orders/_exposure.yml", "models/desired/desired_orders_items.sql")
    for file in taken:
        (registry.root / file).unlink()
    done = registry.deploy()
    assert {one["file"] for one in done.data["files"] if one["action"] == "left out"} == {*taken}
    assert done.text.count("somebody took it away") == 2
    assert not registry.files().keys() & {*taken}
    registry.deploy(force=True)
    assert registry.files().keys() >= FILES

    shutil.rmtree(registry.root / "models")
    registry.deploy()
    assert registry.files().keys() >= FILES


def test_a_file_that_nobody_changed_follows_the_board(registry: Registry) -> None:
    """The desired model that was never touched takes a new column in."""
    registry.deploy()
    registry.on_board(lambda columns: columns.append({"id": "text_9", "title": "Added", "type": "text"}))
    registry.deploy()
    assert '"Added"' in registry.files()["models/desired/desired_orders_items.sql"]


def test_subitems_may_be_left_out(registry: Registry) -> None:
    """They are told later, and added when asked for."""
    registry.deploy(subitems=False)
    assert not any("_subitems" in file for file in registry.files())
    assert "--subitems adds them" in " ".join(registry.deploy().text.split())
    assert not any("_subitems" in file for file in registry.files())
    registry.deploy(schema="book")
    registry.deploy(subitems=True)
    assert registry.files().keys() >= FILES
    assert [model["config"]["schema"] for model in yaml.safe_load(registry.contract.read_text("utf-8"))["models"]] == [
        "book",
        "book",
    ]
    assert registry.column("numbers_2")["name"] == "Quantity"


def test_a_removed_board_comes_back(registry: Registry) -> None:
    """`remove` keeps files; the next deploy enables the board again."""
    registry.deploy()
    before = registry.files()
    registry.remove()
    after = registry.files()
    assert {file for file in before if before[file] != after[file]} == {"boards/orders.yml", "dbt_project.yml"}
    assert yaml.safe_load(after["boards/orders.yml"])["models"][0]["config"]["meta"]["monday"]["enabled"] is False
    assert yaml.safe_load(after["dbt_project.yml"])["vars"]["opus_boards"] == {}
    assert "enabled again" in registry.deploy().text
    assert yaml.safe_load(registry.files()["dbt_project.yml"])["vars"]["opus_boards"].keys() == {"orders"}


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"board_id": 4711}, OpusError, "board 4711 does not exist, or this token's user may not see it"),
        ({"board_id": 9002}, UsageError, "holds the subitems of another board"),
        ({"name": "Bad Name"}, UsageError, "1 to 40 of a-z"),
        ({"name": "items"}, UsageError, "means something else"),
        ({"key": ("Ordre",)}, UsageError, "did you mean 'Order'?"),
        ({"table": "x') }}"}, UsageError, "cannot be part of a table's name"),
        ({"schema": "a b"}, UsageError, "cannot be the name of a schema"),
        ({"account": "other"}, Refused, "set MONDAY_API_TOKEN__OTHER"),
    ],
)
def test_bad_input_writes_nothing(
    registry: Registry, options: dict[str, Any], error: type[OpusError], said: str
) -> None:
    """What is wrong is said in a line."""
    before = registry.files()
    with pytest.raises(error) as told:
        registry.deploy(**options)
    assert said in str(told.value)
    assert registry.files() == before


@pytest.mark.parametrize("state", ["archived", "deleted"])
def test_a_board_that_is_not_active(registry: Registry, state: str) -> None:
    """It is said what it is."""

    def change(data: dict[str, Any]) -> None:
        data["boards"][0]["state"] = state

    with registry.stand_in.tampering(change), pytest.raises(OpusError, match=f"board 9001 is {state}"):
        registry.deploy()


def test_a_multi_level_board(registry: Registry) -> None:
    """Its items are deployed; that its subitems are not read is said."""

    def change(data: dict[str, Any]) -> None:
        data["boards"][0]["hierarchy_type"] = "multi_level"

    with registry.stand_in.tampering(change):
        done = registry.deploy()
    assert "a multi-level board" in done.text
    assert not any("_subitems" in file for file in registry.files())


def test_a_name_that_is_taken(registry: Registry) -> None:
    """By another board, or by this board's own contract under another name."""
    registry.deploy()
    registry.replace(f"board_id: {BOARD_ID}", "board_id: 4711")
    before = registry.files()
    with pytest.raises(Refused, match="the contract of another board"):
        registry.deploy()
    registry.replace("board_id: 4711", f"board_id: {BOARD_ID}")
    with pytest.raises(UsageError, match=r"has a contract already: boards/orders\.yml"):
        registry.deploy(name="other")
    registry.replace(f"board_id: {BOARD_ID}", "board_id: 4711")
    assert registry.files() == before


def test_a_contract_that_is_nonsense(registry: Registry) -> None:
    """All problems come with their lines, and nothing is written."""
    registry.deploy()
    registry.replace("entity: items", "entity: itmes")
    registry.replace("type: text", "type: txt")
    before = registry.files()
    with pytest.raises(ConfigurationError) as told:
        registry.deploy()
    assert "unknown entity 'itmes', did you mean 'items'?" in str(told.value)
    assert "boards/orders.yml:" in str(told.value)
    assert registry.files() == before


def test_a_contract_that_cannot_be_changed_safely(registry: Registry) -> None:
    """What to write by hand is said, and nothing is written."""
    registry.deploy(subitems=False)
    text = registry.contract.read_text("utf-8")
    registry.contract.write_text(yaml.safe_dump(yaml.safe_load(text), default_flow_style=True), "utf-8")
    registry.on_board(lambda columns: columns.append({"id": "text_9", "title": "Added", "type": "text"}))
    before = registry.files()
    with pytest.raises(OpusError) as told:
        registry.deploy()
    assert 'name: "Added"' in str(told.value)
    assert registry.files() == before
