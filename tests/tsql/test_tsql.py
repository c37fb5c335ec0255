"""All that dbt compiles and sends for SQL Server, without one: it parses as T-SQL and breaks no rule of the lint."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlfluff.core import FluffConfig, Linter
from sqlglot import exp
from sqlglot.errors import ParseError

from tsql.conftest import Record
from tsql.lint import RULES, SYNTAX_RULES, Rule, Statement, findings

# The second parser takes a second for some thousand characters; the macros of what is longer are in what is shorter.
_PARSED_TWICE = 8_000


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
    assert "create index [ix_AAG ORDER NUMBER]" in text["second run"]
    assert "insert into [warehouse].[opus].mon_build_event" in text["second run"]
    assert "insert into [warehouse].[opus].mon_rollback_request" in text["sp_rollback_batch"]
    assert "sp_rename N'[opus].[mon_items]', N'mon_items_before_opus'" in text["opus_db_adopt"]
    assert "delete from [warehouse].[opus].mon_raw_item where extract_id in (" in text["opus_prune"]
    assert "drop table [opus].[mon_operation_event]" in text["opus_db_teardown"]
    assert all(text[command].endswith("commit transaction") for command in text if command != "first run")


def test_every_statement_is_read(record: Record) -> None:
    assert [node for node, statement in record.code.items() if not _is_read(statement, exp.Command)] == []
    assert [name for name, statement in record.ours.items() if not _is_read(statement)] == []


def test_our_code_breaks_no_rule(record: Record) -> None:
    assert _broken(record.code, RULES) == {}


def test_statements_and_what_users_write_break_no_rule(record: Record) -> None:
    # Names of objects, and values in a user's own SQL, are compared as the database compares them.
    assert _broken({**record.desired, **record.ours}, SYNTAX_RULES) == {}


def test_another_parser_reads_code_and_statements(record: Record) -> None:
    linter = Linter(FluffConfig(overrides={"dialect": "tsql", "templater": "raw"}))
    # Statements that differ in names and texts only are read once.
    read = {_shape(sql): (name, sql) for name, sql in _texts(record) if len(sql) < _PARSED_TWICE}
    problems = {
        name: [violation.desc()[:200] for violation in linter.parse_string(_without_gaps(sql)).violations]
        for name, sql in read.values()
    }
    assert len(problems) > 60
    assert {name: found for name, found in problems.items() if found} == {}


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    for name, statement in {**record.code, **record.desired, **record.ours}.items():
        yield name, statement.sql


def _shape(sql: str) -> str:
    return re.sub(r"\[[^\]]*\]|'[^']*'|\d+", "_", sql)


def _without_gaps(sql: str) -> str:
    """sqlfluff knows neither `]]` within a name nor a column called precision; SQL Server knows both."""
    return re.sub(r"\[[^\]'\n]*(?:\]\][^\]'\n]*)+\]", "[name]", sql).replace(".precision", ".digits")


def _is_read(statement: Statement, *but: type[exp.Expression]) -> bool:
    """True where sqlglot takes the statement, and makes of it nothing of the kinds that are not wanted."""
    try:
        return not any(statement.every(*but)) and (bool(statement.trees) or statement.is_script)
    except ParseError:
        return False


def _broken(statements: dict[str, Statement], rules: tuple[Rule, ...]) -> dict[str, list[str]]:
    broken = {name: findings(statement, rules) for name, statement in statements.items()}
    return {name: found for name, found in broken.items() if found}
