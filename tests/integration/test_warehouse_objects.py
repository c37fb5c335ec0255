"""Nothing of anyone else's is touched; what is ours is made, compared and taken away: on each warehouse."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from integration.support.shops import KINDS, Shop, again, keep, new_shop
from integration.support.workspace import DATABASE
from opus_sync.warehouse.board_lock import board_lock

FOREIGN = (
    "create table main.mon_sync_point as select 'precious' as whose",
    "create view main.mon_metadata as select 'seen' as whose",
    "create table main.mon_items__dbt_backup as select 'spare' as whose",
)
"""A table and a view of names that models of ours take, and one that dbt would drop while it builds a model of ours."""

BUILD = ("run", "--select", "mon_sync_point", "mon_metadata", "mon_groups", "mon_items")
MADE = {"mon_sync_point", "mon_metadata", "mon_groups", "mon_items"}
OPEN = "insert into opus_sync.mon_operation_event (seq, board, operation_id, event) values (1, 'orders', 'op1', 'SENT')"


@pytest.fixture(scope="module", params=KINDS)
def deployed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """A project whose runner's tables were made, and a schema for its models; nothing is built."""
    shop = new_shop(request.param, tmp_path_factory.mktemp("deployed") / "shop")
    done = shop.opus("db", "deploy")
    assert done.code == 0, done.err
    shop.change("create schema if not exists main")
    keep(shop)
    return shop


@pytest.fixture
def shop(deployed: Shop, tmp_path: Path) -> Iterator[Shop]:
    yield again(deployed, tmp_path / "shop")
    shutil.rmtree(tmp_path)


def refused(shop: Shop, *arguments: str) -> str:
    """Run an `opus-sync db` verb that refuses; return what it says, a line or two."""
    done = shop.opus("db", *arguments)
    assert done.code == 3, done.out + done.err
    assert 1 <= len(done.error_lines) <= 2, done.err
    return "\n".join(done.error_lines)


def test_foreign_objects_of_our_names_survive_build_adoption_and_teardown(shop: Shop) -> None:
    """The build stops before anything is made; adopted, they bear another name; torn down, they are what is left."""
    shop.change(*FOREIGN)
    before = shop.objects("main")
    for command in (BUILD, ("build", "--select", "mon_items")):
        stopped = shop.dbt(*command)
        assert stopped.code != 0
        assert "not made by opus-sync: nothing was changed. `opus-sync db adopt`" in stopped.out
    assert '"main"."mon_items__dbt_backup" (table)' in stopped.out
    assert shop.objects("main") == before
    assert [state["state"] for state in shop.opus("db", "validate", "--output", "json").data["objects"]].count(
        "foreign"
    ) == 3

    shown = shop.opus("db", "adopt")
    assert shown.code == 0
    assert "would rename view main.mon_metadata to mon_metadata_before_opus" in shown.out
    assert shop.objects("main") == before
    assert shop.opus("db", "adopt", "--confirm").code == 0
    assert set(shop.objects("main")) == {f"{name}_before_opus" for name in before}

    built = shop.dbt(*BUILD)
    assert built.code == 0, built.out
    assert set(shop.objects("main")) == {f"{name}_before_opus" for name in before} | MADE
    torn = shop.opus("db", "teardown", "--confirm", "--output", "json")
    assert torn.code == 0, torn.err
    assert set(shop.objects("main")) == {f"{name}_before_opus" for name in before}
    for name, whose in (("mon_sync_point", "precious"), ("mon_metadata", "seen"), ("mon_items__dbt_backup", "spare")):
        assert shop.rows(f"select whose from main.{name}_before_opus") == [(whose,)]
    assert shop.rows("select count(*) from information_schema.schemata where schema_name = 'opus_sync'") == [(0,)]
    backup = torn.data["backup"]
    assert set(shop.objects(backup["schema"])) == set(backup["rows"])
    for table in ("mon_layout", "mon_build_event"):
        assert shop.rows(f"select count(*) from {backup['schema']}.{table}") == [(backup["rows"][table],)]
        assert backup["rows"][table] > 0


def test_foreign_objects_in_the_runners_schema_are_named_and_kept(shop: Shop) -> None:
    """Tables and views alike; adopting makes room, and tearing down leaves them and their schema."""
    shop.change(
        "drop table opus_sync.mon_decision",
        "drop table opus_sync.mon_raw_tag",
        "delete from opus_sync.mon_layout where object_name in ('mon_decision', 'mon_raw_tag')",
        "create table opus_sync.mon_decision as select 'precious' as whose",
        "create view opus_sync.mon_raw_tag as select 'seen' as whose",
        "create table opus_sync.elsewhere as select 'apart' as whose",
    )
    said = refused(shop, "deploy")
    assert '"opus_sync"."mon_decision" (table)' in said
    assert '"opus_sync"."mon_raw_tag" (view)' in said
    assert shop.opus("db", "adopt", "--confirm").code == 0
    assert shop.opus("db", "deploy").code == 0
    assert shop.opus("db", "teardown", "--confirm", "--no-backup").code == 0
    kept = ["elsewhere", "mon_decision_before_opus", "mon_raw_tag_before_opus"]
    assert shop.objects("opus_sync") == kept
    assert [shop.rows(f"select whose from opus_sync.{name}") for name in kept] == [
        [("apart",)], [("precious",)], [("seen",)],
    ]  # fmt: skip


def test_adopting_takes_no_name_that_is_taken(shop: Shop) -> None:
    """All objects are renamed or none."""
    shop.change(*FOREIGN, "create table main.mon_sync_point_before_opus as select 'older' as whose")
    before = shop.objects("main")
    assert "main.mon_sync_point_before_opus exists; nothing was renamed" in refused(shop, "adopt", "--confirm")
    assert shop.objects("main") == before


def test_adopted_objects_keep_their_grants(shop: Shop) -> None:
    """Whoever could read the old table still can."""
    if shop.database is None:
        pytest.skip("DuckDB has no grants")
    clerk = shop.database.role("clerk")
    shop.change(
        FOREIGN[0],
        f"grant usage on schema main to {clerk.user}",
        f"grant select on main.mon_sync_point to {clerk.user}",
    )
    assert shop.opus("db", "adopt", "--confirm").code == 0
    assert clerk.run("select whose from main.mon_sync_point_before_opus") == [("precious",)]


def test_a_name_that_differs_in_case_alone_is_kept(shop: Shop) -> None:
    """DuckDB does not tell Mon_Sync_Point from mon_sync_point; PostgreSQL does, and there dbt itself stops."""
    shop.change("create table main.\"Mon_Sync_Point\" as select 'precious' as whose")
    done = shop.dbt("run", "--select", "mon_sync_point")
    assert done.code != 0
    assert ("not made by opus-sync" in done.out) == (shop.database is None), done.out
    assert shop.rows('select whose from main."Mon_Sync_Point"') == [("precious",)]


@pytest.mark.parametrize("deployed", ["duckdb"], indirect=True)
def test_a_build_that_was_killed_does_not_lock_itself_out(shop: Shop) -> None:
    """A claimed name stays ours, whatever the run left behind under it."""
    assert shop.dbt("run", "--select", "mon_sync_point").code == 0
    shop.change("delete from opus_sync.mon_build_event", FOREIGN[2].replace("mon_items", "mon_sync_point"))
    assert shop.dbt("run", "--select", "mon_sync_point").code == 0


def test_what_was_built_before_models_were_listed_is_ours(shop: Shop) -> None:
    """mon_build_event says so: projects of an older layout go on without adoption."""
    assert shop.dbt(*BUILD).code == 0
    shop.change("delete from opus_sync.mon_layout where object_type = 'model'")
    done = shop.dbt(*BUILD)
    assert done.code == 0, done.out
    assert {
        name for (name,) in shop.rows("select object_name from opus_sync.mon_layout where object_type = 'model'")
    } == MADE


def test_validate_says_what_is_missing_and_what_differs(shop: Shop) -> None:
    """A table, a column that is gone, one of another type, one too many; exit code 1 until it is mended."""
    assert shop.opus("db", "validate").code == 0
    assert shop.dbt("run", "--select", "mon_sync_point").code == 0
    shop.change(
        "drop table opus_sync.mon_raw_tag",
        "drop table main.mon_sync_point",
        "alter table opus_sync.mon_decision drop column value_seen",
        "alter table opus_sync.mon_extract alter column items_read type integer",
        "alter table opus_sync.mon_raw_team add colour integer",
    )
    done = shop.opus("db", "validate", "--output", "json")
    assert done.code == 1, done.err
    wrong = {found["name"]: found for found in done.data["objects"] if found["state"] not in ("present", "unbuilt")}
    assert {name: found["state"] for name, found in wrong.items()} == {
        "mon_raw_tag": "missing", "mon_sync_point": "missing",
        "mon_decision": "different", "mon_extract": "different", "mon_raw_team": "different",
    }  # fmt: skip
    assert wrong["mon_decision"]["differences"] == ["column value_seen is missing"]
    assert wrong["mon_extract"]["differences"] == ["column items_read is integer, not bigint"]
    assert wrong["mon_raw_team"]["differences"] == ["column colour is extra"]
    text = shop.opus("db", "validate")
    assert text.code == 1
    assert "different  opus_sync.mon_decision: column value_seen is missing" in text.out
    assert "5 of " in text.out.splitlines()[-1]

    assert "mon_decision: 1 columns added" in shop.opus("db", "deploy").out
    as_operation = shop.dbt("run-operation", "opus_db_validate")
    assert as_operation.code != 0
    assert "value_seen" not in as_operation.out


@pytest.mark.parametrize("deployed", ["duckdb"], indirect=True)
def test_a_teardown_is_asked_for_twice_and_waits_for_the_outcome_of_every_operation(shop: Shop) -> None:
    """Without --confirm, with an operation open, or under another's lock, everything stays."""
    assert shop.dbt("run", "--select", "mon_sync_point").code == 0
    before = {schema: shop.objects(schema) for schema in ("main", "opus_sync")}
    shown = shop.opus("db", "teardown")
    assert shown.code == 0
    assert "would drop table main.mon_sync_point" in shown.out
    assert "nothing was dropped; --confirm drops" in shown.out
    shop.change(OPEN)
    assert "1 operations are open" in refused(shop, "teardown", "--confirm")
    assert {schema: shop.objects(schema) for schema in before} == before
    assert shop.opus("db", "teardown", "--confirm", "--force").code == 0
    assert shop.objects("main") == shop.objects("opus_sync") == []


@pytest.mark.parametrize("deployed", ["duckdb"], indirect=True)
def test_a_teardown_waits_for_who_is_at_work(shop: Shop) -> None:
    """The lock of a board is a push or a pull under way."""
    with board_lock(shop.workspace.root / f"{DATABASE}.orders.lock", "orders"):
        assert "board 'orders' is locked by" in refused(shop, "teardown", "--confirm")
    assert "mon_layout" in shop.objects("opus_sync")


def test_where_runs_may_not_create_they_say_what_is_missing(shop: Shop) -> None:
    """With opus_manage_ddl: false neither a run nor a pull makes a table; both name the script."""
    never = ("--vars", "{opus_manage_ddl: false}")
    assert shop.dbt("run", "--select", "mon_sync_point", *never).code == 0
    shop.change("drop table opus_sync.mon_decision", "alter table opus_sync.mon_extract drop column reason")
    done = shop.dbt("run", "--select", "mon_sync_point", *never)
    assert done.code != 0
    assert "mon_extract.reason, mon_decision missing in" in done.out
    assert "opus_manage_ddl is false: nothing was created. `opus-sync db script` prints" in done.out
    assert "mon_decision" not in shop.objects("opus_sync")


@pytest.mark.parametrize("deployed", ["duckdb"], indirect=True)
@pytest.mark.parametrize(
    ("macro", "arguments", "says"),
    [
        ("opus_db_teardown", "{confirm: maybe}", "opus_db_teardown: confirm is 'maybe', it can be true or false"),
        ("opus_db_validate", "{output: xml}", "opus_db_validate: output is 'xml', it can be text or json"),
    ],
)
def test_arguments_that_are_wrong_are_named(shop: Shop, macro: str, arguments: str, says: str) -> None:
    done = shop.dbt("run-operation", macro, "--args", arguments)
    assert done.code != 0
    assert says in done.out
