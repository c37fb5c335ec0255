"""A script's statements one by one, also those inside of blocks and those that it keeps in a text for EXEC."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import Token, TokenType

from tsql.lint.statement import tokens_of

_TEXTS = (TokenType.STRING, TokenType.NATIONAL_STRING)


def statements_of(sql: str) -> Iterator[str]:
    """Each statement of a batch; one that holds others comes first, then those."""
    tokens = tokens_of(sql)
    for piece in _pieces(tokens):
        yield _text(sql, piece)
        blocks, choice = _blocks(piece), _choice(piece)
        for block in blocks:
            yield from statements_of(_text(sql, block))
        if choice and not blocks:
            yield from statements_of(_text(sql, choice))
        elif [token.text.upper() for token in piece[:2]] in (["EXEC", "("], ["EXECUTE", "("]):
            yield from statements_of(piece[2].text)


def _text(sql: str, tokens: list[Token]) -> str:
    return sql[tokens[0].start : tokens[-1].end + 1]


def _pieces(tokens: list[Token]) -> Iterator[list[Token]]:
    depth, first, last = 0, 0, len(tokens) - 1
    for at, token in enumerate(tokens):
        depth += _opens(tokens, at) - _is_word(token, "END")
        if token.token_type == TokenType.SEMICOLON and depth == 0 and not _is_word(tokens[min(at + 1, last)], "ELSE"):
            if at > first:
                yield tokens[first:at]
            first = at + 1
    if first <= last:
        yield tokens[first:]


def _opens(tokens: list[Token], at: int) -> bool:
    """True at a CASE, and at a BEGIN that is no BEGIN TRANSACTION: both wait for an END."""
    following = tokens[at + 1 : at + 2]
    starts_block = _is_word(tokens[at], "BEGIN") and not (following and _is_word(following[0], "TRAN", "TRANSACTION"))
    return starts_block or _is_word(tokens[at], "CASE")


def _is_word(token: Token, *words: str) -> bool:
    return token.text.upper() in words and token.token_type not in (*_TEXTS, TokenType.IDENTIFIER)


def _blocks(tokens: list[Token]) -> list[list[Token]]:
    """What stands between each BEGIN and its END."""
    blocks, opened = [], []
    for at, token in enumerate(tokens):
        if _opens(tokens, at):
            opened.append(at)
        elif _is_word(token, "END"):
            begin = opened.pop()
            if not opened and _is_word(tokens[begin], "BEGIN"):
                blocks.append(tokens[begin + 1 : at])
    return blocks


def _choice(tokens: list[Token]) -> list[Token]:
    """What an IF without a block does, where a condition has no such word outside of parentheses."""
    depth = 0
    for at, token in enumerate(tokens if _is_word(tokens[0], "IF") else []):
        depth += (token.token_type == TokenType.L_PAREN) - (token.token_type == TokenType.R_PAREN)
        if depth == 0 and _is_word(token, "CREATE", "ALTER", "EXEC", "EXECUTE", "INSERT", "DROP", "COMMIT", "THROW"):
            return tokens[at:]
    return []
