"""A lint for T-SQL as SQL Server 2017 takes it: `findings(sql)` gives what it would refuse or read otherwise."""

from __future__ import annotations

from tsql.lint.expressions import EXPRESSION_RULES
from tsql.lint.rule import Rule
from tsql.lint.shapes import SHAPE_RULES
from tsql.lint.statement import Statement
from tsql.lint.words import WORD_RULES

RULES: tuple[Rule, ...] = (*WORD_RULES, *SHAPE_RULES, *EXPRESSION_RULES)

__all__ = ["RULES", "Rule", "Statement", "findings"]


def findings(statement: Statement) -> list[str]:
    """Each rule that the statement breaks, with the piece that does and the way out."""
    return [f"{rule.name}: {piece} ({rule.why})" for rule in RULES for piece in dict.fromkeys(rule.find(statement))]
