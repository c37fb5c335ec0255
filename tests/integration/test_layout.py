"""The runner's tables: made where they are missing, and nobody else's are touched."""

from __future__ import annotations

from integration.support.workspace import DATABASE, Workspace

FOREIGN = "create table opus_sync.mon_extract as select 'precious' as whose"


def test_a_foreign_table_of_one_of_our_names_stops_the_run(orders: Workspace) -> None:
    """It is named, it keeps its rows, and nothing is made beside it."""
    orders.change("drop schema opus_sync cascade")
    orders.change("create schema opus_sync")
    orders.change(FOREIGN)
    for done in (orders.dbt("run", "--select", "mon_sync_point"), orders.opus("pull")):
        assert done.code != 0
        assert "mon_extract exists and was not made by opus-sync: nothing was changed" in done.out + done.err
    tables = orders.rows("select table_name from information_schema.tables where table_schema = 'opus_sync'")
    assert tables == [("mon_extract",)]
    assert orders.rows("select whose from opus_sync.mon_extract") == [("precious",)]


def test_a_table_that_is_missing_is_made_and_the_others_keep_their_rows(orders: Workspace) -> None:
    """A dbt run puts a dropped table back."""
    before = orders.rows("select count(*) from opus_sync.mon_raw_item")
    orders.change("drop table opus_sync.mon_decision")
    assert orders.dbt("run", "--select", "mon_sync_point").code == 0
    assert orders.rows("select count(*) from opus_sync.mon_decision") == [(0,)]
    assert orders.rows("select count(*) from opus_sync.mon_raw_item") == before
    assert orders.rows("select count(*) - count(distinct object_name) from opus_sync.mon_layout") == [(0,)]


def test_a_schema_that_duckdb_cannot_tell_from_its_file_is_refused(orders: Workspace) -> None:
    """DuckDB names a database after its file; a schema of that name makes every statement ambiguous."""
    name = DATABASE.removesuffix(".duckdb")
    done = orders.dbt("run", "--select", "mon_sync_point", "--vars", f"{{opus_schema: {name}}}")
    assert done.code != 0
    assert f"cannot tell the file {name}.duckdb from a schema of that name" in done.out
