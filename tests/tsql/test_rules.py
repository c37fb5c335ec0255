"""Each rule of the lint catches what it is for, and nothing else."""

from __future__ import annotations

import pytest

from tsql.lint import RULES, Rule, Statement, findings

BAD = [pytest.param(rule, sql, id=f"{rule.name}: {sql[:60]}") for rule in RULES for sql in rule.bad]
GOOD = [pytest.param(sql, id=f"{rule.name}: {sql[:60]}") for rule in RULES for sql in rule.good]


@pytest.mark.parametrize(("rule", "sql"), BAD)
def test_a_rule_catches_what_it_is_for(rule: Rule, sql: str) -> None:
    assert list(rule.find(Statement(sql))), sql


@pytest.mark.parametrize("sql", GOOD)
def test_good_statements_break_no_rule(sql: str) -> None:
    assert findings(Statement(sql)) == []
