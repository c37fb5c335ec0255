"""The script for a DBA: run as it is, it makes what deploying makes, and gives each role what it needs and no more."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest
import yaml
from sqlfluff.core import FluffConfig, Linter

from integration.support.shops import KINDS, Shop, again, keep, new_shop, run_script
from opus_sync.warehouse.layout import LAYOUT_VERSION
from servers.postgres import Database
from tsql.lint import Statement, findings

BATCH = "insert into opus_sync.mon_batch_event (seq, board, batch_id) values (7, 'orders', 'b1')"


@pytest.fixture(scope="module")
def scripts() -> dict[str, str]:
    """Kind of warehouse -> its script, printed once."""
    return {}


@pytest.fixture(scope="module", params=KINDS)
def bare(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, scripts: dict[str, str]) -> Shop:
    """A project whose warehouse holds nothing, and its script."""
    shop = new_shop(request.param, tmp_path_factory.mktemp("bare") / "shop")
    shop.change("create schema if not exists main")
    keep(shop)
    printed = shop.opus("db", "script")
    assert printed.code == 0, printed.err
    scripts[request.param] = printed.out
    return shop


@pytest.fixture
def shop(bare: Shop, tmp_path: Path) -> Iterator[Shop]:
    yield again(bare, tmp_path / "shop")
    shutil.rmtree(tmp_path)


@pytest.fixture
def script(shop: Shop, scripts: dict[str, str]) -> str:
    return scripts["duckdb" if shop.database is None else "postgres"]


def test_the_script_makes_what_deploying_makes(shop: Shop, script: str) -> None:
    """Run twice: every object is there as validate wants it, and a run that may create nothing has all it needs."""
    assert run_script(shop, script) == run_script(shop, script) == ""
    validated = shop.opus("db", "validate", "--output", "json")
    assert validated.code == 0, validated.out
    assert {found["state"] for found in validated.data["objects"]} == {"present", "unbuilt"}
    listed = shop.rows("select object_name, object_type from opus_sync.mon_layout")
    assert len(listed) == len(set(listed))
    assert ("staged_orders_items", "model") in listed
    assert shop.dbt("run", "--select", "mon_sync_point", "--vars", "{opus_manage_ddl: false}").code == 0
    assert "nothing was missing" in shop.opus("db", "deploy").out


def test_the_script_brings_an_older_layout_up_to_date(shop: Shop, script: str) -> None:
    """Columns are added and rows stay; each version is listed."""
    run_script(shop, script)
    routines = "select prokind, proname from pg_proc where pronamespace = to_regnamespace('opus_sync')"
    for kind, name in [] if shop.database is None else shop.rows(routines):
        shop.change(f"drop {'procedure' if kind == 'p' else 'function'} opus_sync.{name}")
    shop.change(
        BATCH,
        "alter table opus_sync.mon_batch_event drop column rollback_of_batch",
        "delete from opus_sync.mon_layout where object_type <> 'table'",
        "update opus_sync.mon_layout set layout_version = 2",
        "alter table opus_sync.mon_layout drop column schema_name",
    )
    assert run_script(shop, script) == ""
    assert shop.rows("select batch_id, rollback_of_batch from opus_sync.mon_batch_event") == [("b1", None)]
    versions = "select layout_version from opus_sync.mon_layout where object_name = 'mon_batch_event' order by 1"
    assert shop.rows(versions) == [(2,), (LAYOUT_VERSION,)]


@pytest.mark.parametrize(
    ("before", "says"),
    [
        ("create table opus_sync.mon_extract as select 'precious' as whose", "mon_extract was not made by opus-sync"),
        ("create table opus_sync.mon_layout as select 'precious' as whose", "mon_layout was not made by opus-sync"),
        ("create view main.mon_items as select 'precious' as whose", "mon_items was not made by opus-sync"),
    ],
)
def test_the_script_leaves_no_trace_where_it_meets_what_is_not_ours(
    shop: Shop, script: str, before: str, says: str
) -> None:
    """The object is named and keeps its rows; nothing is made beside it."""
    shop.change("create schema opus_sync", before)
    there = {schema: shop.objects(schema) for schema in ("main", "opus_sync")}
    assert says in run_script(shop, script)
    assert {schema: shop.objects(schema) for schema in there} == there


def test_the_script_refuses_a_newer_layout(shop: Shop, script: str) -> None:
    run_script(shop, script)
    shop.change("update opus_sync.mon_layout set layout_version = 99 where object_name = 'mon_extract'")
    assert "layout version 99 is newer than this script" in run_script(shop, script)


def test_roles_may_do_what_they_are_for_and_no_more(shop: Shop, script: str) -> None:
    """The runner appends and removes nothing, the approver decides, the builder builds, the reader reads."""
    if shop.database is None:
        pytest.skip("DuckDB has no roles")
    assert run_script(shop, script) == ""
    login = {role: _login(shop.database, role) for role in ("reader", "approver", "builder", "runner")}
    decide = "insert into opus_sync.mon_decision (seq, board, decision) values (1, 'orders', 'HOLD')"
    appending = {"reader": (), "approver": (decide,), "builder": (), "runner": (decide, BATCH)}
    for role, as_role in login.items():
        as_role.run("select count(*) from opus_sync.mon_update_audit_log")
        for statement in (decide, BATCH):
            assert _may(as_role, statement) == (statement in appending[role]), f"{role}: {statement}"
        for never in ("delete from opus_sync.mon_batch_event", "update opus_sync.mon_decision set reason = 'x'"):
            assert not _may(as_role, never), f"{role}: {never}"
        assert not _may(as_role, "drop table opus_sync.mon_decision"), role
        assert _may(as_role, f"create table main.by_{role} (a int)") == (role in ("builder", "runner"))
        assert _may(as_role, "call opus_sync.sp_rollback_batch('b1', 'wrong')") == (role in ("approver", "runner"))


def test_the_builder_runs_dbt(shop: Shop, script: str) -> None:
    """With its rights alone dbt builds and records what it built."""
    if shop.database is None:
        pytest.skip("DuckDB has no roles")
    run_script(shop, script)
    builder = _login(shop.database, "builder")
    profiles = shop.workspace.root / "profiles.yml"
    profile = yaml.safe_load(profiles.read_text(encoding="utf-8"))
    profile["opus_sync"]["outputs"]["prod"] |= {"user": builder.user, "password": builder.password}
    profiles.write_text(yaml.safe_dump(profile), encoding="utf-8")
    done = shop.dbt("run", "--select", "mon_sync_point", "--vars", "{opus_manage_ddl: false}")
    assert done.code == 0, done.out
    assert shop.rows("select node_name, status from opus_sync.mon_build_event") == [("mon_sync_point", "success")]


def test_a_rollback_is_asked_for_by_procedure(shop: Shop, script: str) -> None:
    """The request bears who asked and the board's next seq; an unknown batch or an empty reason asks for nothing."""
    if shop.database is None:
        pytest.skip("DuckDB has no procedures")
    run_script(shop, script)
    shop.change(BATCH)
    approver = _login(shop.database, "approver")
    for call, says in (("('b2', 'x')", "there is no batch b2"), ("('b1', ' ')", "needs a batch_id and a reason")):
        with pytest.raises(psycopg2.Error, match=says):
            approver.run(f"call opus_sync.sp_rollback_batch{call}")
    assert shop.rows("select count(*) from opus_sync.mon_rollback_request") == [(0,)]
    approver.run("call opus_sync.sp_rollback_batch('b1', 'it''s wrong')")
    asked = shop.rows("select seq, board, batch_id, reason, requested_by from opus_sync.mon_rollback_request")
    assert asked == [(8, "orders", "b1", "it's wrong", approver.user)]


SQLSERVER = {
    "type": "sqlserver", "driver": "ODBC Driver 18 for SQL Server", "server": "nowhere.invalid", "database": "shop",
    "schema": "main", "user": "nobody", "password": "none",
}  # fmt: skip


@pytest.fixture(scope="module")
def tsql(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script for SQL Server, of which there is none."""
    shop = new_shop("duckdb", tmp_path_factory.mktemp("sqlserver") / "shop")
    profile = {"opus_sync": {"target": "prod", "outputs": {"prod": SQLSERVER}}}
    (shop.workspace.root / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    printed = shop.opus("db", "script")
    assert printed.code == 0, printed.err
    return printed.out


def test_the_script_for_sql_server_is_one_batch_of_t_sql(tsql: str) -> None:
    """It needs no connection; an error ends it whole; what it runs late parses and passes the lint as well."""
    assert tsql.rstrip().endswith("commit transaction;\nGO")
    assert tsql.count("\nGO") == 1
    assert "set xact_abort on" in tsql
    late = [text.replace("''", "'") for text in re.findall(r"exec \(N'((?:[^']|'')*)'\)", tsql)]
    assert any("create or alter procedure [opus_sync].[SP_RollbackBatch]" in text for text in late)
    linter = Linter(FluffConfig(overrides={"dialect": "tsql", "templater": "raw"}))
    # Those that list an object are one statement with another name in it.
    for text in (tsql, *{text[:60]: text for text in late}.values()):
        assert [violation.desc() for violation in linter.parse_string(text).violations] == []
        # The lint's own parser knows neither GO nor THROW.
        plain = re.sub(r"\bthrow 50000, (.+), 1\b", r"select \1 as thrown", text.replace("\nGO", ""))
        assert findings(Statement(plain)) == []
    for role in ("reader", "approver", "builder", "runner"):
        assert f"if database_principal_id(N'opus_sync_{role}') is null create role [opus_sync_{role}]" in tsql


def _login(database: Database, role: str) -> Database:
    """Return the database as somebody who has a role of the script's and nothing else."""
    somebody = database.role(role)
    database.run(f"grant opus_sync_{role} to {somebody.user}")
    return replace(database, user=somebody.user, password=somebody.password)


def _may(database: Database, statement: str) -> bool:
    """Try a statement, take it back, and return whether it was allowed."""
    connection = database.connect()
    connection.autocommit = False
    try:
        connection.cursor().execute(statement)
    except psycopg2.errors.InsufficientPrivilege:
        return False
    except psycopg2.errors.RaiseException:
        return True
    finally:
        connection.close()
    return True
