"""Rules on words: constructs that are known by the tokens they are written with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlglot import Token, TokenType

from tsql.lint.functions import FUNCTIONS, TYPES
from tsql.lint.rule import Find, Rule
from tsql.lint.statement import Statement


def _phrase(*phrases: str) -> Find:
    """Finds words that follow each other; a word behind a dot or AS is a name."""
    wanted = [phrase.split() for phrase in phrases]

    def find(statement: Statement) -> Iterator[str]:
        words = statement.words
        for at in range(len(words)):
            if at and words[at - 1] in (".", "AS"):
                continue
            for phrase in wanted:
                if words[at : at + len(phrase)] == phrase:
                    yield statement.around(at, len(phrase))

    return find


def _limit(statement: Statement) -> Iterator[str]:
    for at, word in enumerate(statement.words):
        if word == "LIMIT" and statement.tokens[at + 1 : at + 2] and statement.tokens[at + 1].text[0].isdigit():
            yield statement.around(at, 1)


def _symbol(statement: Statement, *texts: str) -> Iterator[str]:
    for at, word in enumerate(statement.words):
        if word in texts and not (
            word == "::" and at and statement.words[at - 1] in ("SCHEMA", "OBJECT", "ROLE", "TYPE")
        ):
            yield statement.around(max(at - 1, 0), 2)


def _double_slash(statement: Statement) -> Iterator[str]:
    for at, (first, second) in enumerate(zip(statement.words, statement.words[1:], strict=False)):
        if first == "/" and second == "/":
            yield statement.around(at - 1, 3)


def _unknown_functions(statement: Statement) -> Iterator[str]:
    for call in statement.calls:
        if call.name not in FUNCTIONS and call.name not in TYPES:
            yield call.text


def _argument_counts(statement: Statement) -> Iterator[str]:
    for call in statement.calls:
        least, most = FUNCTIONS.get(call.name, (0, 10**6))
        if not least <= len(call.arguments) <= most:
            yield f"{call.name.lower()} with {len(call.arguments)} arguments: {call.text[:80]}"


def _quoted_date_parts(statement: Statement) -> Iterator[str]:
    for call in statement.calls:
        if call.name in ("DATEADD", "DATEDIFF", "DATEDIFF_BIG", "DATEPART", "DATENAME"):
            part = call.arguments[0] if call.arguments else ()
            if part and part[0].token_type in _TEXTS:
                yield call.text


_TEXTS = (TokenType.STRING, TokenType.NATIONAL_STRING)


def _agg_orders(statement: Statement) -> Iterator[str]:
    for call in statement.calls:
        if call.name == "STRING_AGG" and any(
            token.text.upper().startswith("ORDER") for token in _flat(call.arguments[-1:])
        ):
            yield call.text


def _trims(statement: Statement) -> Iterator[str]:
    for call in statement.calls:
        if (
            call.name == "TRIM"
            and call.arguments
            and call.arguments[0][0].text.upper() in ("LEADING", "TRAILING", "BOTH")
        ):
            yield call.text


def _translations(statement: Statement) -> Iterator[str]:
    for call in statement.calls:
        if call.name == "TRANSLATE" and len(call.arguments) == 3:
            sides = [
                argument[0]
                for argument in call.arguments[1:]
                if len(argument) == 1 and argument[0].token_type in _TEXTS
            ]
            if len(sides) == 2 and len(sides[0].text) != len(sides[1].text):
                yield call.text


def _narrow_aggs(statement: Statement) -> Iterator[str]:
    for call in statement.calls:
        if call.name == "STRING_AGG" and "MAX" not in {token.text.upper() for token in _flat(call.arguments[:1])}:
            yield call.text


def _typed_literals(statement: Statement) -> Iterator[str]:
    for at, (word, following) in enumerate(zip(statement.words, statement.tokens[1:], strict=False)):
        if (
            word in ("DATE", "TIME", "TIMESTAMP", "DATETIME")
            and following.token_type in _TEXTS
            and following.text[:1].isdigit()
        ):
            yield statement.around(at, 1)


def _narrow_literals(statement: Statement) -> Iterator[str]:
    for token in statement.tokens:
        if token.token_type == TokenType.STRING and not token.text.isascii():
            yield f"'{token.text}'"


def _long_names(statement: Statement) -> Iterator[str]:
    for token in statement.tokens:
        if token.token_type in (TokenType.IDENTIFIER, TokenType.VAR) and len(token.text) > 128:
            yield token.text


def _open_classes(statement: Statement) -> Iterator[str]:
    for at, (word, following) in enumerate(zip(statement.words, statement.tokens[1:], strict=False)):
        if word == "LIKE" and following.token_type in _TEXTS:
            pattern = following.text
            opening = pattern.find("[")
            if opening >= 0 and pattern.find("]", opening + 2) < 0:
                yield statement.around(at, 1)


def _flat(arguments: Iterable[tuple[Token, ...]]) -> list[Token]:
    return [token for argument in arguments for token in argument]


WORD_RULES = (
    Rule(
        "a logical literal",
        "there is none: write 1 and 0",
        _phrase("TRUE", "FALSE"),
        ("select case when a = 1 then true else false end as b from t",),
        ("select 'true' as b, [true] from t",),
    ),
    Rule(
        "||",
        "text is joined by + or concat before 2025",
        lambda statement: _symbol(statement, "||"),
        ("select a || b as c from t",),
        ("select concat(a, '||', b) as c from t",),
    ),
    Rule(
        "::",
        "a cast is written cast(... as ...)",
        lambda statement: _symbol(statement, "::"),
        ("select a::int as b from t",),
        ("grant select on schema::opus to reader",),
    ),
    Rule(
        "a backtick",
        "names are quoted by [ ] or \"",
        lambda statement: _symbol(statement, "`"),
        ("select `a` from t",),
        ("select [a`], '`' as b from t",),
    ),
    Rule("//", "there is no such operator", _double_slash, ("select a // b as c from t",), ("select '//' as c, a / b as d from t",)),
    Rule(
        "a function that SQL Server 2017 does not have",
        "see functions.py for those it has",
        _unknown_functions,
        (
            "select length(a) as b from t", "select substr(a, 1) as b from t", "select now() as a",
            "select date_trunc('day', a) as b from t", "select greatest(a, b) as c from t",
            "select json_object('a': b) as c from t", "select datetrunc(day, a) as b from t", "select nvl(a, b) as c from t",
            "select value from generate_series(1, 10)", "select md5(a) as b from t", "select mod(a, 2) as b from t",
            "select any_value(a) as b from t", "select strpos(a, 'b') as c from t", "select string_to_array(a, ',') as b from t",
            "select regexp_replace(a, 'b', 'c') as c from t", "select split_part(a, ',', 1) as b from t",
            "select lpad(a, 2, '0') as b from t", "select to_json(a) as b from t", "select random() as a",
            "select json_extract(a, '$.b') as c from t", "select least(a, b) as c from t", "select to_char(a, 'b') as c from t",
        ),
        (
            "select len(a) as b, isnull(c, d) as e, left(f, 1) as g, sysutcdatetime() as h from t",
            "with a (b) as (select 1) select b from a where b in (1) and exists (select 1 as c)",
            "insert into opus.t (a) select v.a from (values (1)) as v (a)",
        ),
    ),
    Rule(
        "a number of arguments that a function does not take",
        "CONCAT takes 2 to 254, CONCAT_WS 3 to 254, SUBSTRING three, and TRIM, LTRIM, RTRIM, ISJSON one before 2022",
        _argument_counts,
        (
            "select concat(a) as b from t", "select concat_ws(',', a) as b from t", "select substring(a, 2) as b from t",
            "select rtrim(a, '0') as b from t", "select coalesce(a) as b from t",
            "select value, ordinal from string_split(a, ',', 1)", "select concat(" + ", ".join(["a"] * 255) + ") as b from t",
        ),
        ("select concat(a, b) as c, rtrim(a) as d, concat(" + ", ".join(["a"] * 254) + ") as e, concat(left(a, 2), 3) as g from t",),
    ),
    Rule(
        "a date part in quotes",
        "it is a word: dateadd(day, ...)",
        _quoted_date_parts,
        ("select dateadd('day', 1, a) as b from t",),
        ("select dateadd(day, 1, a) as b, datename(weekday, '2026-01-05') as c from t",),
    ),
    Rule(
        "an ORDER BY within STRING_AGG's parentheses",
        "it stands behind them: within group (order by ...)",
        _agg_orders,
        ("select string_agg(cast(a as nvarchar(max)), ',' order by a) as b from t",),
        ("select string_agg(cast(a as nvarchar(max)), ',') within group (order by a) as b from t",),
    ),
    Rule(
        "a STRING_AGG of short text",
        "8,000 bytes end it in an error: cast what is joined to nvarchar(max)",
        _narrow_aggs,
        ("select string_agg(a, ',') as b from t",),
        ("select string_agg(cast(a as nvarchar(max)), ',') as b from t",),
    ),
    Rule(
        "TRIM with LEADING, TRAILING or BOTH",
        "not before 2022",
        _trims,
        ("select trim(leading '0' from a) as b from t",),
        ("select trim('0' from a) as b, trim(leading_zero) as c from t",),
    ),
    Rule(
        "TRANSLATE between texts of different length",
        "it is an error: each character has its counterpart",
        _translations,
        ("select translate(a, '0123', '') as b from t",),
        ("select translate(a, '[]', '()') as b from t",),
    ),
    Rule(
        "a typed literal",
        "write cast('...' as ...)",
        _typed_literals,
        ("select a from t where b = time '00:00:00'",),
        ("select cast('2026-01-05' as date) as date from t",),
    ),
    Rule(
        "a literal with letters beyond ASCII and without N",
        "it loses what the database's code page does not have",
        _narrow_literals,
        ("select 'Größe' as a",),
        ("select N'Größe' as a, 'size' as b",),
    ),
    Rule("a name of more than 128 characters", "SQL Server takes 128", _long_names, (f"select [{'a' * 129}] from t",), (f"select [{'a' * 128}] from t",)),
    Rule(
        "LIKE with an open bracket",
        "[ starts a set of characters: write [[]",
        _open_classes,
        ("select a from t where a like '[%'",),
        ("select a from t where a like '[[]%' or a not like '%[^0-9]%'",),
    ),
    Rule("LIMIT", "write top (n), or offset ... fetch", _limit, ("select a from t limit 10",), ("select top 10 a as limit from t",)),
    Rule("ILIKE", "compare lower(...)", _phrase("ILIKE"), ("select a from t where a ilike 'b'",), ("select a from t where lower(a) like 'b'",)),
    Rule(
        "IS DISTINCT FROM",
        "not before 2022: exists (select a except select b)",
        _phrase("IS DISTINCT", "IS NOT DISTINCT"),
        ("select a from t where a is distinct from b", "select a from t where a is not distinct from b"),
        ("select distinct a from t where exists (select a except select b)",),
    ),
    Rule("NULLS FIRST, NULLS LAST", "NULLs come first", _phrase("NULLS LAST", "NULLS FIRST"), ("select top 1 a from t order by a nulls last",), ("select top 1 nulls from t order by nulls",)),
    Rule("RETURNING", "write output", _phrase("RETURNING"), ("insert into t (a) values (1) returning a",), ("insert into t (a) output inserted.a values (1)",)),
    Rule("OR REPLACE", "write create or alter", _phrase("OR REPLACE"), ("create or replace view v as select 1 as a",), ("create or alter view v as select 1 as a",)),
    Rule(
        "IF NOT EXISTS of an object",
        "ask sys.schemas, sys.objects or object_id first",
        _phrase("SCHEMA IF NOT", "TABLE IF NOT", "VIEW IF NOT", "INDEX IF NOT", "ADD IF NOT"),
        ("create schema if not exists opus", "create table if not exists t (a int)"),
        ("drop table if exists t", "if not exists (select 1 as a from sys.schemas) select 1"),
    ),
    Rule("ADD COLUMN", "write add", _phrase("ADD COLUMN"), ("alter table t add column a int",), ("alter table t add a int",)),
    Rule("DISTINCT ON", "number the rows by row_number()", _phrase("DISTINCT ON"), ("select distinct on (a) a, b from t",), ("select distinct a from t",)),
    Rule("INTERVAL", "write dateadd(...)", _phrase("INTERVAL"), ("select a + interval '1 day' as b from t",), ("select dateadd(day, 1, t.interval) as b from t",)),
    Rule("LATERAL", "write cross apply", _phrase("LATERAL"), ("select a from t cross join lateral (select 1 as a) as b",), ("select b.a from t cross apply (select 1 as a) as b",)),
    Rule("NATURAL JOIN", "name the columns in ON", _phrase("NATURAL JOIN"), ("select a from t natural join u",), ("select a from t inner join u on t.a = u.a",)),
    Rule("QUALIFY", "filter an outer select", _phrase("QUALIFY"), ("select a from t qualify row_number() over (order by a) = 1",), ("select t.qualify from t",)),
)  # fmt: skip
