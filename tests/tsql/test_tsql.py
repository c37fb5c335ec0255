"""All that dbt compiles and sends for SQL Server, without one: it parses as T-SQL and breaks no rule of the lint."""

from __future__ import annotations

import re

from sqlfluff.core import FluffConfig, Linter
from sqlglot.errors import ParseError

from tsql.conftest import Record
from tsql.lint import Statement, findings

# The second parser takes a second for some thousand characters; the macros of what is longer are in what is shorter.
_PARSED_TWICE = 12_000


def test_every_model_and_test_compiles_without_a_connection(record: Record) -> None:
    kinds = [node.split(".")[0] for node in record.offline]
    assert kinds.count("model") > 40
    assert kinds.count("test") > 30
    assert all(code.strip() for code in record.offline.values())


def test_a_base_is_compiled_as_a_first_build_and_as_a_later_one(record: Record) -> None:
    again = [node for node, code in record.incremental.items() if code != record.offline[node]]
    assert sorted(again) == sorted(node for node in record.offline if re.search(r"^model\..*_base$", node))


def test_hooks_and_operations_send_statements(record: Record) -> None:
    text = {command: "\n".join(statements) for command, statements in record.sent.items()}
    assert "create table [warehouse].[opus].[mon_layout]" in text["first run"]
    assert "alter table [warehouse].[opus].[mon_extract] add" in text["second run"]
    assert "insert into [warehouse].[opus].mon_build_event" in text["second run"]
    assert "insert into [warehouse].[opus].mon_rollback_request" in text["sp_rollback_batch"]


def test_compiled_code_is_understood(record: Record) -> None:
    assert [node for node, statement in record.code.items() if not _is_understood(statement)] == []


def test_code_breaks_no_rule(record: Record) -> None:
    assert _broken(record.code) == {}


def test_statements_break_no_rule(record: Record) -> None:
    assert _broken(record.ours) == {}


def test_another_parser_reads_code_and_statements(record: Record) -> None:
    linter = Linter(FluffConfig(overrides={"dialect": "tsql", "templater": "raw"}))
    read = {name: statement.sql for name, statement in {**record.code, **record.ours}.items()}
    problems = {
        name: [violation.desc()[:200] for violation in linter.parse_string(_without_gaps(sql)).violations]
        for name, sql in read.items()
        if len(sql) < _PARSED_TWICE
    }
    assert len(problems) > 60
    assert {name: found for name, found in problems.items() if found} == {}


def _without_gaps(sql: str) -> str:
    """sqlfluff knows neither `]]` within a name nor a column called precision; SQL Server knows both."""
    return sql.replace("]]", "_").replace(".precision", ".digits")


def _is_understood(statement: Statement) -> bool:
    try:
        return statement.is_understood
    except ParseError:
        return False


def _broken(statements: dict[str, Statement]) -> dict[str, list[str]]:
    broken = {name: findings(statement) for name, statement in statements.items()}
    return {name: found for name, found in broken.items() if found}
