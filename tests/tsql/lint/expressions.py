"""Rules on expressions, by the syntax tree: conditions are no values, and what aggregates and windows take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from tsql.lint.rule import Rule
from tsql.lint.shapes import shown
from tsql.lint.statement import Statement

_CONDITIONS = (
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Like, exp.ILike, exp.In,
    exp.Between, exp.Is, exp.Exists, exp.NullSafeEQ, exp.NullSafeNEQ, exp.RegexpLike,
)  # fmt: skip
_LOGIC = (exp.And, exp.Or, exp.Not, exp.Paren)
# Where `=` assigns, names or sets.
_ASSIGNS = (
    exp.Update, exp.Set, exp.SetItem, exp.Execute, exp.Property, exp.QueryOption, exp.Declare, exp.DeclareItem,
    exp.Properties, exp.Tuple,
)  # fmt: skip
_BITS = ("archived", "is_deactivated", "is_done")
_ORDERED = (exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue)


def _predicates(statement: Statement) -> Iterator[Any]:
    """The expressions that stand where a condition must."""
    for node in statement.every(exp.Where, exp.Having):
        yield node.this
    for join in statement.every(exp.Join):
        if join.args.get("on") is not None:
            yield join.args["on"]
    for choice in statement.every(exp.If):
        if not (isinstance(choice.parent, exp.Case) and choice.parent.this is not None):
            yield choice.this
    for case in statement.every(exp.When):
        if case.args.get("condition") is not None:
            yield case.args["condition"]
    for block in statement.every(exp.IfBlock):
        yield block.this
    for check in statement.every(exp.CheckColumnConstraint):
        yield check.this
    for merge in statement.every(exp.Merge):
        yield merge.args["on"]


def _leaves(node: Any) -> Iterator[Any]:
    """The conditions that AND, OR, NOT and parentheses join."""
    if isinstance(node, (exp.And, exp.Or)):
        yield from _leaves(node.left)
        yield from _leaves(node.right)
    elif isinstance(node, (exp.Not, exp.Paren)):
        yield from _leaves(node.this)
    elif node is not None:
        yield node


def _values_as_conditions(statement: Statement) -> Iterator[str]:
    for predicate in _predicates(statement):
        for leaf in _leaves(predicate):
            if not isinstance(leaf, _CONDITIONS):
                yield shown(leaf)


def _conditions_as_values(statement: Statement) -> Iterator[str]:
    allowed = {id(leaf) for predicate in _predicates(statement) for leaf in _leaves(predicate)}
    for node in statement.every(*_CONDITIONS):
        if isinstance(node.parent, (*_LOGIC, *_ASSIGNS)):
            continue  # told of with what it is part of
        if isinstance(node, exp.EQ) and isinstance(node.this, exp.Parameter) and isinstance(node.parent, exp.Select):
            continue  # select @name = value
        if not any(id(leaf) in allowed for leaf in _leaves(node)):
            yield shown(node)
    for paren in statement.every(exp.Paren):
        inner = paren.unnest()
        if not isinstance(inner, _CONDITIONS) or isinstance(paren.parent, (*_LOGIC, *_ASSIGNS)):
            continue
        if not any(id(leaf) in allowed for leaf in _leaves(inner)):
            yield shown(paren)


def _windows(statement: Statement) -> Iterator[str]:
    for window in statement.every(exp.Window):
        if isinstance(window.parent, exp.Select) and window.arg_key == "windows":
            continue
        if isinstance(window.this, _ORDERED) and not window.args.get("order"):
            yield shown(window)
        constants = [
            *(window.args.get("partition_by") or []),
            *(o.this for o in (window.args["order"].expressions if window.args.get("order") else [])),
        ]
        if any(isinstance(constant, exp.Literal) for constant in constants):
            yield shown(window)
        if window.this.find(exp.Distinct):
            yield shown(window)


def _aggregates(statement: Statement) -> Iterator[str]:
    for node in statement.every(exp.AggFunc):
        inner = [
            found
            for found in node.find_all(exp.Select, exp.AggFunc)
            if found is not node and not found.find_ancestor(exp.Window)
        ]
        if inner and not isinstance(node.parent, exp.Window):
            yield shown(node)


def _distinct_pairs(statement: Statement) -> Iterator[str]:
    for count in statement.every(exp.Count):
        if isinstance(count.this, exp.Distinct) and (
            len(count.this.expressions) > 1 or isinstance(count.this.expressions[0], exp.Tuple)
        ):
            yield shown(count)


def _orders_of_aggs(statement: Statement) -> Iterator[str]:
    for select in statement.every(exp.Select):
        orders = set()
        for node in select.find_all(exp.GroupConcat):
            if node.find_ancestor(exp.Select) is select and isinstance(node.this, exp.Order):
                orders.add(", ".join(order.sql(dialect="tsql") for order in node.this.expressions))
        if len(orders) > 1:
            yield " and ".join(sorted(orders))


def _aggregated_bits(statement: Statement) -> Iterator[str]:
    for node in statement.every(exp.Max, exp.Min, exp.Sum, exp.Avg):
        if isinstance(node.this, exp.Column) and node.this.name.lower() in _BITS:
            yield shown(node)


def _only_nulls(statement: Statement) -> Iterator[str]:
    for case in statement.every(exp.Case):
        results = [choice.args.get("true") for choice in case.args["ifs"]] + [case.args.get("default")]
        if all(result is None or isinstance(result, exp.Null) for result in results):
            yield shown(case)
    for node in statement.every(exp.Coalesce):
        if all(isinstance(part, exp.Null) for part in (node.this, *node.expressions)):
            yield shown(node)
    for nullif in statement.every(exp.Nullif):
        if isinstance(nullif.this, exp.Null):
            yield shown(nullif)


EXPRESSION_RULES = (
    Rule(
        "a condition as a value",
        "there is no logical type: case when ... then 1 else 0 end",
        _conditions_as_values,
        (
            "select a = 1 and b = 2 as c from t", "select (a > 1) as b from t", "select a is null as b from t", "select a in (1) as b from t",
            "select max(a like 'b') as c from t", "select case when a = 1 then b = 2 end as c from t", "select exists (select 1 as x) as a",
            "select not (a = 1) as b from t", "select case a when b > 1 then 1 end as c from t",
        ),
        (
            "select case when not (a = 1 or b in (2)) and exists (select 1 as x) then 1 end as c from t where a is null and (b > 1)",
            "select a = 1, iif(b = 2, 1, 0) as c from t inner join u on t.a = u.a and (t.b like 'x' or t.c between 1 and 2)",
            "update t set a = 1 where b = 2", "if not exists (select 1 as x from t where a = 1) exec sp_rename 'a', 'b'",
            "merge into t using s on t.a = s.a when matched and t.b <> s.b then update set b = s.b;",
            "select a from t option (label = 'x')", "select top (1) @a = b from t order by c", "select a from t group by a having count(*) > 1",
        ),
    ),
    Rule(
        "a value as a condition",
        "a bit is a number: compare it, archived = 1",
        _values_as_conditions,
        ("select case when archived then 1 end as a from t", "select a from t where not archived", "select a from t inner join u on 1", "select a from t where isjson(a)"),
        ("select case when archived = 1 then 1 end as a from t where not archived = 0 and isjson(a) = 1", "select case archived when 1 then 2 end as a from t"),
    ),
    Rule(
        "a window that SQL Server refuses",
        "ranking needs ORDER BY, constants do not order, DISTINCT has no place",
        _windows,
        ("select row_number() over () as a from t", "select row_number() over (partition by b) as a from t", "select sum(a) over (order by 1) as b from t", "select count(distinct a) over (partition by b) as c from t"),
        ("select row_number() over (partition by a order by b) as c, max(a) over (partition by b) as d, row_number() over (order by (select null)) as e from t",),
    ),
    Rule(
        "an aggregate over a subquery or an aggregate",
        "take the inner one in a step of its own",
        _aggregates,
        ("select max((select b as c from u)) as a from t", "select sum(max(a)) as b from t"),
        ("select max(a) as b, sum(case when a = 1 then 1 end) as c from t", "select sum(max(a)) over (partition by b) as c from t group by b"),
    ),
    Rule("COUNT(DISTINCT) of several columns", "it takes one", _distinct_pairs, ("select count(distinct a, b) as c from t",), ("select count(distinct a) as c from t",)),
    Rule(
        "two orders of STRING_AGG in one select",
        "error 8711: all have one order",
        _orders_of_aggs,
        ("select string_agg(a, ',') within group (order by a) as b, string_agg(a, ',') within group (order by c) as d from t",),
        ("select string_agg(cast(a as nvarchar(max)), ',') within group (order by c) as b, string_agg(cast(d as nvarchar(max)), ',') within group (order by c) as e from t",),
    ),
    Rule("an aggregate of a bit", "MIN, MAX, SUM and AVG take numbers: max(case when archived = 1 then 1 else 0 end)", _aggregated_bits, ("select max(archived) as a from t",), ("select max(case when archived = 1 then 1 else 0 end) as a from t",)),
    Rule(
        "a choice of nothing but NULLs",
        "CASE, COALESCE and NULLIF need a typed one: cast(null as ...)",
        _only_nulls,
        ("select case when a = 1 then null end as b from t", "select coalesce(null, null) as a", "select nullif(null, 'x') as a"),
        ("select case when a = 1 then cast(null as int) end as b, coalesce(null, 1) as c, nullif(a, '') as d from t",),
    ),
)  # fmt: skip
