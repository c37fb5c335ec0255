"""A T-SQL statement as the rules look at it: its tokens, its function calls and its syntax tree."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from sqlglot import ErrorLevel, Token, TokenType, exp, parse
from sqlglot.dialects.tsql import TSQL

logging.getLogger("sqlglot").setLevel(logging.ERROR)


class _Tokenizer(TSQL.Tokenizer):
    # What follows END or SHOW is one text to sqlglot; here it is words.
    COMMANDS: ClassVar[set[TokenType]] = set()


def tokens_of(sql: str) -> list[Token]:
    """The tokens of SQL text."""
    return list(_Tokenizer().tokenize(sql))


# Words that may stand before a parenthesis without being a function.
_NO_CALL = frozenset(
    [
        "ADD", "ALL", "AND", "ANY", "APPLY", "AS", "BETWEEN", "BY", "CASE", "CHECK", "CLUSTERED", "CONSTRAINT",
        "CROSS", "DEFAULT", "DISTINCT", "ELSE", "END", "EXCEPT", "EXEC", "EXECUTE", "EXISTS", "FILTER", "FOR",
        "FROM", "FULL", "GROUP", "HAVING", "IDENTITY", "IF", "IN", "INCLUDE", "INNER", "INSERT", "INTERSECT",
        "INTO", "IS", "JOIN", "KEY", "LIKE", "NONCLUSTERED", "NOT", "ON", "OPTION", "OR", "ORDER", "OUTER",
        "OUTPUT", "OVER", "PARTITION", "PRIMARY", "REFERENCES", "RETURN", "ROWS", "SELECT", "SET", "SOME",
        "TABLE", "THEN", "TOP", "UNION", "UNIQUE", "UPDATE", "USING", "VALUES", "WHEN", "WHERE", "WHILE",
        "WITH",
    ]
)  # fmt: skip
# What sqlglot reads as something else, or not at all; the words are looked at all the same.
_SCRIPTS = ("IF", "BEGIN", "COMMIT", "DECLARE", "EXEC", "EXECUTE", "GRANT", "DENY", "SET", "THROW", "WHILE")


@dataclass(frozen=True)
class Call:
    """A function call: its name in upper case and the tokens of each argument."""

    name: str
    arguments: tuple[tuple[Token, ...], ...]
    at: int

    @property
    def text(self) -> str:
        shown = ", ".join(" ".join(token.text for token in argument) for argument in self.arguments)
        return f"{self.name.lower()}({shown})"


@dataclass(frozen=True)
class Statement:
    """SQL text; `in_view` where it is the body of a view, as the code of a dbt model or test is."""

    sql: str
    in_view: bool = False

    @cached_property
    def tokens(self) -> list[Token]:
        return tokens_of(self.sql)

    @cached_property
    def trees(self) -> list[exp.Expression]:
        """A tree a statement, none of a script; raises sqlglot's ParseError where it is no T-SQL."""
        if self.is_script:
            return []
        parsed: list[Any] = parse(self.sql, dialect="tsql", error_level=ErrorLevel.RAISE)
        return [tree for tree in parsed if tree is not None]

    @cached_property
    def words(self) -> list[str]:
        """The tokens in upper case; quoted names and strings are '' so that they are never taken for words."""
        return ["" if _is_quoted(token) else token.text.upper() for token in self.tokens]

    @cached_property
    def calls(self) -> list[Call]:
        return [
            Call(self.words[at], tuple(_arguments(self.tokens, at + 1)), at)
            for at, following in enumerate(self.tokens[1:])
            if following.token_type == TokenType.L_PAREN and self._is_call(at)
        ]

    @property
    def is_script(self) -> bool:
        """True for a step of a procedure, which holds statements or none, and for a procedure."""
        return self.words[:1] != [] and (self.words[0] in _SCRIPTS or "PROCEDURE" in self.words[:4])

    def every(self, *kinds: type[Any]) -> Iterator[Any]:
        """All nodes of the given kinds."""
        for kind, nodes in self._nodes.items():
            if issubclass(kind, kinds):
                yield from nodes

    @cached_property
    def _nodes(self) -> dict[type, list[Any]]:
        found: dict[type, list[Any]] = {}
        for tree in self.trees:
            for node in tree.walk():
                found.setdefault(type(node), []).append(node)
        return found

    def around(self, at: int, after: int = 4) -> str:
        """The text from a token on, for a finding."""
        last = self.tokens[min(at + after, len(self.tokens) - 1)]
        return self.sql[self.tokens[at].start : last.end + 1]

    def _is_call(self, at: int) -> bool:
        word, before = self.words[at], self.words[at - 1] if at else ""
        if not word or not (word[0].isalpha() or word[0] == "_") or word.split()[0] in _NO_CALL:
            return False
        if before in ("AS", "INTO", "TABLE", "INDEX", "@") or (at and self.tokens[at - 1].token_type in _NAME_ENDS):
            return False  # an alias with columns, or a name
        return not _is_cte(self.tokens, at)


_NAME_ENDS = (TokenType.DOT, TokenType.R_PAREN, TokenType.IDENTIFIER, TokenType.PARAMETER)


def _is_quoted(token: Token) -> bool:
    return token.token_type in (TokenType.IDENTIFIER, TokenType.STRING, TokenType.NATIONAL_STRING)


def closing(tokens: list[Token], opening: int) -> int:
    """The position of the parenthesis that closes the one at `opening`."""
    depth = 0
    for at in range(opening, len(tokens)):
        kind = tokens[at].token_type
        depth += (kind == TokenType.L_PAREN) - (kind == TokenType.R_PAREN)
        if depth == 0:
            return at
    return len(tokens) - 1


def _is_cte(tokens: list[Token], at: int) -> bool:
    end = closing(tokens, at + 1)
    following = [token.text.upper() for token in tokens[end + 1 : end + 3]]
    return following == ["AS", "("]


def _arguments(tokens: list[Token], opening: int) -> Iterator[tuple[Token, ...]]:
    end, depth, start = closing(tokens, opening), 0, opening + 1
    if end == start:
        return
    for at in range(start, end):
        kind = tokens[at].token_type
        depth += (kind == TokenType.L_PAREN) - (kind == TokenType.R_PAREN)
        if depth == 0 and kind == TokenType.COMMA:
            yield tuple(tokens[start:at])
            start = at + 1
    yield tuple(tokens[start:end])
