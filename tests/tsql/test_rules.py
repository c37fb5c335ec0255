"""Each rule of the lint catches what it is for, and nothing else."""

from __future__ import annotations

import pytest

from tsql.lint import COLLATION_RULES, RULES, SYNTAX_RULES, Rule, Statement, findings
from tsql.lint.script import statements_of

BAD = [pytest.param(rule, sql, id=f"{rule.name}: {sql[:60]}") for rule in RULES for sql in rule.bad]
GOOD = [
    pytest.param(sql, rules, id=f"{rule.name}: {sql[:60]}")
    for rules in (SYNTAX_RULES, COLLATION_RULES)
    for rule in rules
    for sql in rule.good
]


@pytest.mark.parametrize(("rule", "sql"), BAD)
def test_a_rule_catches_what_it_is_for(rule: Rule, sql: str) -> None:
    assert list(rule.find(Statement(sql))), sql


@pytest.mark.parametrize(("sql", "rules"), GOOD)
def test_good_statements_break_no_rule(sql: str, rules: tuple[Rule, ...]) -> None:
    assert findings(Statement(sql), rules) == []


@pytest.mark.parametrize(
    ("script", "inner"),
    [
        ("select case when 1 = 1 then ';' end; select 2", ["select case when 1 = 1 then ';' end", "select 2"]),
        ("if a = 1 begin exec b; end else begin exec c; end; select 1", ["exec b", "exec c", "select 1"]),
        ("if a = 1 exec b; else exec c; select 1", ["exec b; else exec c", "select 1"]),
        ("if schema_id(N'a') is null exec(N'create schema [a]')", ["create schema [a]"]),
        ("exec (N'begin transaction; select N''x;y'' as z')", ["begin transaction", "select N'x;y' as z"]),
        ("create procedure a as begin set nocount on; select 1 as b; end", ["set nocount on", "select 1 as b"]),
    ],
)  # fmt: skip
def test_a_script_is_taken_apart(script: str, inner: list[str]) -> None:
    assert [statement for statement in statements_of(script) if statement in inner] == inner
