"""Rules on the shape of queries, by the syntax tree: names, orders, groups and where a WITH may stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from tsql.lint.functions import RESERVED
from tsql.lint.rule import Rule
from tsql.lint.statement import Statement

_QUERIES = (exp.Select, exp.SetOperation)


def shown(node: exp.Expression) -> str:
    """A node as short text, for a finding."""
    text = node.sql(dialect="tsql")
    return text if len(text) <= 100 else text[:97] + "..."


def _unwrapped(node: Any) -> Any:
    while isinstance(node, (exp.Subquery, exp.Paren)):
        node = node.this
    return node


def _branches(query: Any) -> list[exp.Select]:
    """The selects that a UNION or the like joins, from the first on."""
    query = _unwrapped(query)
    if isinstance(query, exp.SetOperation):
        return _branches(query.this) + _branches(query.expression)
    return [query] if isinstance(query, exp.Select) else []


def _named_queries(statement: Statement) -> Iterator[Any]:
    """The queries whose columns need names: CTEs, derived tables and views, but for those whose alias names them."""
    if statement.in_view:
        yield from (tree for tree in statement.trees if isinstance(tree, _QUERIES))
    for node in statement.every(exp.CTE, exp.Subquery, exp.Create):
        if isinstance(node, exp.Create):
            if node.args.get("kind") == "VIEW":
                yield node.expression
        elif isinstance(node, exp.CTE) or isinstance(node.parent, (exp.From, exp.Join, exp.Lateral)):
            alias = node.args.get("alias") or (
                node.parent.args.get("alias") if isinstance(node.parent, exp.Lateral) else None
            )
            if not (isinstance(alias, exp.TableAlias) and alias.columns):
                yield node.this


def _name(column: Any) -> str:
    return str(column.alias_or_name) if isinstance(column, (exp.Alias, exp.Column)) else ""


def _unnamed_columns(statement: Statement) -> Iterator[str]:
    for query in _named_queries(statement):
        for select in _branches(query)[:1]:
            for column in select.expressions:
                if not _name(column) and not column.is_star:
                    yield shown(column)


def _repeated_columns(statement: Statement) -> Iterator[str]:
    for query in _named_queries(statement):
        for select in _branches(query)[:1]:
            names = [_name(column).lower() for column in select.expressions if not column.is_star]
            yield from sorted({name for name in names if name and names.count(name) > 1})


def _untyped_nulls(statement: Statement) -> Iterator[str]:
    for query in _named_queries(statement):
        for select in _branches(query)[:1]:
            for column in select.expressions:
                if isinstance(column.unalias(), exp.Null):
                    yield shown(column)


def _inner_orders(statement: Statement) -> Iterator[str]:
    for order in statement.every(exp.Order):
        query = order.parent
        if (
            not isinstance(query, _QUERIES)
            or query.args.get("limit")
            or query.args.get("offset")
            or query.args.get("for_")
        ):
            continue
        if query.parent is not None or statement.in_view:
            yield shown(order)


def _tables_without_alias(statement: Statement) -> Iterator[str]:
    for node in statement.every(exp.Subquery, exp.Values):
        if isinstance(node.parent, (exp.From, exp.Join)) and not node.alias:
            yield shown(node)
    for lateral in statement.every(exp.Lateral):
        if isinstance(lateral.this, exp.Subquery) and not lateral.alias:
            yield shown(lateral)


def _bare_values(statement: Statement) -> Iterator[str]:
    for node in statement.every(exp.Values):
        if node.alias == "_values":  # the alias that sqlglot gives to a VALUES that stands alone
            yield shown(node)


def _long_values(statement: Statement) -> Iterator[str]:
    for node in statement.every(exp.Values):
        if len(node.expressions) > 1000:
            yield f"{len(node.expressions)} rows"


def _groups(statement: Statement) -> Iterator[str]:
    for group in statement.every(exp.Group):
        select = group.parent
        aliases = {column.alias.lower(): column.this for column in select.expressions if isinstance(column, exp.Alias)}
        for expression in group.expressions:
            meant = (
                aliases.get(expression.name.lower())
                if isinstance(expression, exp.Column) and not expression.table
                else None
            )
            if not expression.find(exp.Column):
                yield f"{shown(expression)} is no column"
            elif expression.find(exp.Select):
                yield f"{shown(expression)} holds a subquery"
            elif meant is not None and expression.name.lower() not in {
                column.name.lower() for column in meant.find_all(exp.Column)
            }:
                yield f"{expression.name} is an alias"


def _inner_withs(statement: Statement) -> Iterator[str]:
    for node in statement.every(exp.With):
        owner = node.parent
        if owner is None or owner.parent is None:
            continue
        in_view = isinstance(owner.parent, exp.Create) and owner.parent.args.get("kind") in (
            "VIEW",
            "PROCEDURE",
            "FUNCTION",
        )
        if not in_view and not isinstance(owner.parent, (exp.Block, exp.IfBlock)):
            yield shown(node)


def _bare_reserved(statement: Statement) -> Iterator[str]:
    for node in statement.every(exp.Identifier):
        if not node.args.get("quoted") and node.name.upper() in RESERVED:
            yield node.name


def _long_lists(statement: Statement) -> Iterator[str]:
    for node in statement.every(exp.In):
        if len(node.expressions) > 5000:
            yield f"a list of {len(node.expressions)}"


def _foreign_clauses(statement: Statement) -> Iterator[str]:
    for join in statement.every(exp.Join):
        if join.args.get("using"):
            yield shown(join)
    for node in statement.every(exp.Filter, exp.Extract):
        yield shown(node)
    for select in statement.every(exp.Select):
        for window in select.args.get("windows") or []:
            yield shown(window)


SHAPE_RULES = (
    Rule(
        "ORDER BY in a view, CTE or subquery",
        "only with TOP or OFFSET, for a table has no order",
        _inner_orders,
        (
            "with a as (select b from t order by b) select b from a", "select a from (select b as a from t order by b) as c",
            "create view v as select a from t order by a",
        ),
        (
            "select a from t order by a", "with a as (select top 1 b from t order by b) select b from a",
            "with a as (select row_number() over (order by b) as c from t) select c from a",
            "with a as (select string_agg(cast(b as nvarchar(max)), ',') within group (order by b) as c from t) select c from a",
        ),
    ),
    Rule(
        "a column without a name",
        "views, CTEs and derived tables need one each",
        _unnamed_columns,
        ("with a as (select max(b) from t) select * from a", "select * from (select 1) as a", "create view v as select a + 1 from t"),
        ("select max(a) from t", "with a as (select max(b) as b, t.c, d = 1 from t union all select 1, 2, 3) select * from a", "select b from (select 1) as a (b)"),
    ),
    Rule(
        "a name that two columns bear",
        "views, CTEs and derived tables need each column once",
        _repeated_columns,
        ("with a as (select b, c as b from t) select * from a",),
        ("with a as (select b, c as d from t) select * from a",),
    ),
    Rule(
        "a NULL without a type",
        "it makes an int of the column, and text beside it is then read as a number: cast it",
        _untyped_nulls,
        ("with a as (select null as b) select b from a",),
        ("with a as (select cast(null as nvarchar(450)) as b union all select null) select b from a", "insert into t (a) select null"),
    ),
    Rule(
        "a derived table or VALUES without an alias",
        "each needs one",
        _tables_without_alias,
        ("select a from (select 1 as a)", "select * from (values (1))"),
        ("select a from (select 1 as a) as b", "select a from (values (1)) as b (a)"),
    ),
    Rule("VALUES as a query", "write select, or select ... from (values ...) as v (a)", _bare_values, ("with a as (values (1)) select * from a",), ("insert into t (a) values (1)", "select a from (values (1)) as b (a)")),
    Rule(
        "VALUES of more than 1,000 rows",
        "1,000 are taken",
        _long_values,
        ("select a from (values " + ", ".join(["(1)"] * 1001) + ") as b (a)",),
        ("select a from (values " + ", ".join(["(1)"] * 1000) + ") as b (a)",),
    ),
    Rule(
        "GROUP BY an alias, a position, a constant or a subquery",
        "it takes expressions over columns",
        _groups,
        ("select a as b, count(*) as c from t group by 1", "select lower(a) as b from t group by b", "select a from t group by a, 'x'"),
        ("select lower(a) as a, b from t group by lower(a), b", "select t.a as b from t group by t.a", "select lower(a) as a from t group by a"),
    ),
    Rule(
        "WITH inside a subquery, a CTE or behind INSERT",
        "it starts a statement",
        _inner_withs,
        ("select a from (with b as (select 1 as a) select a from b) as c", "insert into t (a) with b as (select 1 as a) select a from b"),
        ("with b as (select 1 as a) select a from b", "create view v as with b as (select 1 as a) select a from b"),
    ),
    Rule(
        "a reserved word as a name",
        "quote it or take another",
        _bare_reserved,
        ("select a as plan from t", "select t.open from t", "select a as percent from t"),
        ("select a as [plan], b as groups, c as value, d as status from t",),
    ),
    Rule("a list of more than 5,000 values in IN", "thousands end in error 8623 or 8632: use a table", _long_lists, ("select a from t where a in (" + ", ".join(["1"] * 5001) + ")",), ("select a from t where a in (1, 2)",)),
    Rule(
        "USING, FILTER, EXTRACT or a WINDOW clause",
        "write on, a case in the aggregate, datepart, and the window where it is used",
        _foreign_clauses,
        (
            "select a from t inner join u using (a)", "select max(a) filter (where b = 1) as c from t",
            "select extract(year from a) as b from t", "select sum(a) over w as b from t window w as (order by a)",
        ),
        ("select max(case when b = 1 then a end) as c from t inner join u on t.a = u.a",),
    ),
)  # fmt: skip
