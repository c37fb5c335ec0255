"""The runner's tables: made where they are missing, and nobody else's are touched."""

from __future__ import annotations

import pytest

from integration.support.kinds import on
from integration.support.workspace import DATABASE, Workspace
from opus_sync.warehouse.layout import LAYOUT_VERSION

pytestmark = on("duckdb")

FOREIGN = "create table opus_sync.mon_extract as select 'precious' as whose"

ADDED = {
    1: {"mon_operation_event": ("sent_fields", "seen_fields"), "mon_batch_event": ("rollback_of_batch",)},
    2: {"mon_layout": ("schema_name",)},
    3: {
        "mon_extract": ("reading", "monday_time"),
        "mon_operation_event": ("group_id",),
        "mon_update_audit_log": ("group_id",),
    },
}
"""Version -> the columns of which it was the last to do without."""
PREVIOUS = LAYOUT_VERSION - 1


def test_a_foreign_table_of_one_of_our_names_stops_the_run(orders: Workspace) -> None:
    """It is named, it keeps its rows, and nothing is made beside it."""
    orders.change("drop schema opus_sync cascade")
    orders.change("create schema opus_sync")
    orders.change(FOREIGN)
    for done in (orders.dbt("run", "--select", "mon_sync_point"), orders.opus("pull")):
        assert done.code != 0
        assert (
            '"opus_sync"."mon_extract" (table) exists and was not made by opus-sync: nothing was changed'
            in done.out + done.err
        )
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


def take_back(workspace: Workspace, version: int) -> None:
    """Take the tables back to an older layout, which listed no models."""
    workspace.change("delete from opus_sync.mon_layout where object_type <> 'table'")
    for table, columns in [entry for at, tables in ADDED.items() if at >= version for entry in tables.items()]:
        for column in columns:
            workspace.change(f"alter table opus_sync.{table} drop column {column}")
    workspace.change("drop table opus_sync.mon_verification")
    workspace.change("delete from opus_sync.mon_layout where object_name = 'mon_verification'")
    workspace.change(f"update opus_sync.mon_layout set layout_version = {version}")


@pytest.mark.parametrize("version", [1, PREVIOUS])
@pytest.mark.parametrize("command", [("dbt", "run", "--select", "mon_sync_point"), ("opus", "pull")])
def test_tables_of_an_older_layout_get_what_they_lack(
    orders: Workspace, command: tuple[str, ...], version: int
) -> None:
    """Columns are added and rows stay; each table's new version is appended, once; what was built stays ours."""
    kept = {table: columns for table, columns in ADDED[1].items() if version == 1}
    for table in ADDED[1]:
        orders.change(f"insert into opus_sync.{table} (seq, board, batch_id) values (1, 'elsewhere', 'kept')")
    take_back(orders, version)
    for _ in range(2):
        done = getattr(orders, command[0])(*command[1:])
        assert done.code == 0, done.out + done.err
    for table in ADDED[1]:
        columns = kept.get(table, ())
        found = orders.rows(f"select {', '.join(('batch_id', *columns))} from opus_sync.{table}")
        assert found == [("kept", *[None] * len(columns))]
    versions = orders.rows(
        "select object_name, layout_version, schema_name from opus_sync.mon_layout where object_type = 'table'"
    )
    tables = {table for table, _, _ in versions}
    assert {*ADDED[1], *ADDED[2]} < tables
    # Rows of layout 2 and before say no schema; what is new in this layout has no former version.
    former = (version, "opus_sync" if version > 2 else None)
    added = [(table, LAYOUT_VERSION, "opus_sync") for table in tables]
    expected = added + [(table, *former) for table in tables - {"mon_verification"}]
    assert sorted(versions, key=repr) == sorted(expected, key=repr)


def test_tables_of_a_newer_layout_are_refused(orders: Workspace) -> None:
    """A package that is older than its tables leaves them alone and names both versions."""
    orders.change("update opus_sync.mon_layout set layout_version = 99 where object_name = 'mon_extract'")
    before = orders.fingerprint()
    for done in (orders.dbt("run", "--select", "mon_sync_point"), orders.opus("pull")):
        assert done.code != 0
        assert "of layout version 99" in done.out or "of version 99" in done.err, done.out + done.err
        assert f"knows {LAYOUT_VERSION}" in done.out + done.err
    assert orders.fingerprint() == before
