"""The rule on types: those of casts, conversions, tables, OPENJSON and variables."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import Token, TokenType

from tsql.lint.functions import TYPES
from tsql.lint.rule import Rule
from tsql.lint.statement import Statement, closing


def _types(statement: Statement) -> Iterator[str]:
    for at in _type_positions(statement):
        token = statement.tokens[at]
        word = statement.words[at]
        if not word or word == "." or (statement.words[at + 1 : at + 2] == ["."]):
            continue  # a type of somebody's own
        sizes = _sizes(statement, at)
        if word not in TYPES or statement.words[at + 1 : at + 2] == ["["]:
            yield f"{token.text} is no type here"
            continue
        limits = TYPES[word]
        if limits and not sizes:
            yield f"{token.text} without a size"
        elif limits and sizes[0] != "MAX" and not limits[0] <= int(sizes[0]) <= limits[1]:
            yield f"{token.text}({sizes[0]}) is out of range"
        elif word in ("VARCHAR", "CHAR") and (sizes[0] == "MAX" or int(sizes[0]) > _TECHNICAL):
            yield f"{token.text}({sizes[0]}) loses what is not in the code page"


_TECHNICAL = 64  # a date, a number, a hash in hex


def _sizes(statement: Statement, at: int) -> list[str]:
    if statement.words[at + 1 : at + 2] != ["("]:
        return []
    end = closing(statement.tokens, at + 1)
    return [word for word in statement.words[at + 2 : end] if word != ","]


def _type_positions(statement: Statement) -> Iterator[int]:
    """Where a type stands: in casts, conversions, column lists, OPENJSON's WITH, ALTER TABLE ADD and DECLARE."""
    words, tokens = statement.words, statement.tokens
    for call in statement.calls:
        if call.name in ("CAST", "TRY_CAST"):
            end = closing(tokens, call.at + 1)
            depths = _depths(tokens, call.at + 1, end)
            yield from (at + 1 for at in range(call.at + 2, end) if words[at] == "AS" and depths[at - call.at - 1] == 1)
        elif call.name in ("CONVERT", "TRY_CONVERT"):
            yield call.at + 2
        elif call.name == "OPENJSON":
            end = closing(tokens, call.at + 1)
            if words[end + 1 : end + 3] == ["WITH", "("]:
                yield from _column_types(statement, end + 2)
    for at, word in enumerate(words):
        if word == "TABLE" and at and words[at - 1] == "CREATE":
            opening = next((n for n in range(at + 1, len(words)) if words[n] in ("(", "AS", "SELECT")), None)
            if opening is not None and words[opening] == "(":
                yield from _column_types(statement, opening)
        elif word == "ADD" and "ALTER" in words[:at] and not {*words[at + 1 : at + 2]} & _NO_COLUMN:
            yield at + 2
        elif word == "DECLARE" and words[at + 1 : at + 2] == ["@"]:
            yield at + 3 + (words[at + 3 : at + 4] == ["AS"])


_NO_COLUMN = {"CONSTRAINT", "PRIMARY KEY", "MEMBER", "COLUMN", "("}


def _depths(tokens: list[Token], opening: int, end: int) -> list[int]:
    depths, depth = [], 0
    for token in tokens[opening : end + 1]:
        depth += (token.token_type == TokenType.L_PAREN) - (token.token_type == TokenType.R_PAREN)
        depths.append(depth)
    return depths


def _column_types(statement: Statement, opening: int) -> Iterator[int]:
    end = closing(statement.tokens, opening)
    depths = _depths(statement.tokens, opening, end)
    for at in range(opening, end):
        starts = at == opening or (statement.words[at] == "," and depths[at - opening] == 1)
        if starts and statement.words[at + 1] not in ("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "INDEX"):
            yield at + 2


TYPE_RULES = (
    Rule(
        "a type that SQL Server does not have or that loses something",
        "nvarchar(n) for text (varchar only for dates, numbers and hashes), always with a size; decimal with its digits;"
        " timestamp is a row version there",
        _types,
        (
            "select cast(a as boolean) as b from t", "select cast(a as varchar) as b from t", "select cast(a as nvarchar) as b from t",
            "select try_cast(a as timestamp) as b from t", "select convert(text, a) as b from t", "select cast(a as decimal) as b from t",
            "create table t (a serial, b jsonb)", "alter table t add a json", "select cast(a as varchar(200)) as b from t",
            "select b from t cross apply openjson(a) with (b text '$.b') as c", "select cast(cast(a as int) as string) as b from t",
            "declare @a uuid; select @a as b", "select cast(a as nvarchar(8000)) as b from t",
        ),
        (
            "select cast(a as nvarchar(max)) as b, try_cast(c as decimal(38, 10)) as d, convert(varchar(64), e, 2) as f from t",
            "create table t (a nvarchar(450), b bit, constraint c primary key (a)); alter table t add d datetime2(6)",
            "select b from t cross apply openjson(a) with (b nvarchar(max) '$.b', c int) as d", "alter table t add primary key (a)",
            "select cast(case when a = 1 then b end as bigint) as text from t",
        ),
    ),
)  # fmt: skip
