"""A lint for T-SQL as SQL Server 2017 takes it: `findings(statement)` gives what it would refuse or read otherwise."""

from __future__ import annotations

from tsql.lint.collations import COLLATION_RULES
from tsql.lint.expressions import EXPRESSION_RULES
from tsql.lint.rule import Rule
from tsql.lint.shapes import SHAPE_RULES
from tsql.lint.statement import Statement
from tsql.lint.types import TYPE_RULES
from tsql.lint.words import WORD_RULES

# COLLATION_RULES are for SQL of ours; a user's own compares as their database does.
SYNTAX_RULES: tuple[Rule, ...] = (*WORD_RULES, *TYPE_RULES, *SHAPE_RULES, *EXPRESSION_RULES)
RULES: tuple[Rule, ...] = (*SYNTAX_RULES, *COLLATION_RULES)

__all__ = ["COLLATION_RULES", "RULES", "SYNTAX_RULES", "Rule", "Statement", "findings"]


def findings(statement: Statement, rules: tuple[Rule, ...] = RULES) -> list[str]:
    """Each rule that the statement breaks, with the piece that does and the way out."""
    return [f"{rule.name}: {piece} ({rule.why})" for rule in rules for piece in dict.fromkeys(rule.find(statement))]
