"""Rules on collations: values and keys are compared by bytes, and no column bears a collation of its own.

A column counts as a value or key unless its name says that it is an id, a number or a closed word of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from tsql.lint.rule import Rule
from tsql.lint.shapes import shown
from tsql.lint.statement import Statement

_EXACT = "Latin1_General_100_BIN2"
# Of these no two differ in case alone; `member` is a name in a JSON object, hence a column's id, and `key` is one of
# OPENJSON, which is binary. A title and settings stand beside the id of their column.
_NO_VALUE = re.compile(
    r"(\w*_)?ids?|item id|member|key|fingerprint|rollback_of|board|entity|kind|level|scope|title|settings|position|seq|place|attribute|(\w+_)?rank"
    r"|update_(type|operation)|batch_type|hold_reason|(\w+_)?status",
    re.I,
)
_COMPARISONS = (exp.EQ, exp.NEQ, exp.Like, exp.In)
_PLACES = (*_COMPARISONS, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.Ordered, exp.Group, exp.Window)
# What gives no text, whatever collation its arguments have.
_NO_TEXT = (exp.Length, exp.StrPosition, exp.Count, exp.SHA2, exp.SHA, exp.MD5)
_NO_TEXT_CALLS = (
    "DATALENGTH",
    "CHARINDEX",
    "PATINDEX",
    "LEN",
    "HASHBYTES",
    "ISJSON",
    "CHECKSUM",
    "BINARY_CHECKSUM",
    "UNICODE",
)


def _gives_no_text(node: Any) -> bool:
    if isinstance(node, exp.Cast):
        return not node.to.is_type(*exp.DataType.TEXT_TYPES)
    return isinstance(node, _NO_TEXT) or (isinstance(node, exp.Anonymous) and node.name.upper() in _NO_TEXT_CALLS)


def _is_exact(node: Any) -> bool:
    return isinstance(node, exp.Collate) and node.expression.name.lower() == _EXACT.lower()


def _exact_columns(statement: Statement) -> Iterator[str]:
    for collate in statement.every(exp.Collate):
        if not _is_exact(collate):
            continue
        node = collate.parent
        while node is not None and not isinstance(node, (*_PLACES, exp.Collate)) and not _gives_no_text(node):
            if isinstance(node, exp.Select):
                yield shown(collate)
                break
            node = node.parent


def _texts(node: Any) -> Iterator[Any]:
    """The columns whose text an expression gives, through functions, but not what conditions and counts look at."""
    if isinstance(node, (*_PLACES, exp.Is, exp.Exists)) or _gives_no_text(node):
        return
    if isinstance(node, (exp.Select, exp.SetOperation)):
        for column in node.selects:
            yield from _texts(column)
    elif isinstance(node, exp.Column):
        yield node
    else:
        for child in node.iter_expressions():
            yield from _texts(child)


def _values(node: Any) -> list[str]:
    """The names of the values and keys among those columns, none where there is an id."""
    names = [column.name for column in _texts(node)]
    return [] if any(_NO_VALUE.fullmatch(name) for name in names) else names


def _sides(node: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(node, exp.In):
        for other in [*node.expressions, *filter(None, [node.args.get("query")])]:
            yield node.this, other
    else:
        yield node.this, node.expression


def _bears_collation(node: Any) -> bool:
    return any(_is_exact(found) for found in node.find_all(exp.Collate))


def _blind_comparisons(statement: Statement) -> Iterator[str]:
    for comparison in statement.every(*_COMPARISONS):
        for left, right in _sides(comparison):
            is_blind = not (_bears_collation(left) or _bears_collation(right))
            if is_blind and _values(left) and _values(right) and not _assigns(comparison):
                yield shown(comparison)


def _assigns(node: Any) -> bool:
    return isinstance(node.parent, (exp.Update, exp.Set, exp.SetItem, exp.Select))


def _blind_groups(statement: Statement) -> Iterator[str]:
    for group in statement.every(exp.Group):
        yield from _blind(group.expressions)
    for window in statement.every(exp.Window):
        yield from _blind(window.args.get("partition_by") or [])
    for select in statement.every(exp.Select):
        if select.args.get("distinct"):
            yield from _blind(select.expressions)
    for union in statement.every(exp.SetOperation):
        if union.args.get("distinct") is not False:
            yield from _blind(union.selects)


def _blind_orders(statement: Statement) -> Iterator[str]:
    yield from _blind([order.this for order in statement.every(exp.Ordered)])


def _letters(statement: Statement) -> Iterator[str]:
    for node in statement.every(exp.Lower, exp.Upper):
        if not _bears_collation(node.this) and any(True for _ in _texts(node.this)):
            yield shown(node)


def _blind(expressions: list[Any]) -> Iterator[str]:
    for expression in expressions:
        if not _bears_collation(expression) and _values(expression):
            yield shown(expression)


COLLATION_RULES = (
    Rule(
        "a column with a collation of its own",
        "opus_exact stands in comparisons, groups and orders: such a column clashes with others in joins, concat and union",
        _exact_columns,
        (
            f"select a collate {_EXACT} as b from t", f"select max(a collate {_EXACT}) as b from t",
            f"select concat(a collate {_EXACT}, 'x') as b from t", f"select case when a = 1 then b collate {_EXACT} end as c from t",
        ),
        (
            f"select a from t where b collate {_EXACT} = c1 or b collate {_EXACT} in ('x') group by board, b collate {_EXACT}",
            f"select row_number() over (partition by a collate {_EXACT} order by b collate {_EXACT}) as c, len(a collate {_EXACT}) as d from t",
            f"select lower(a collate {_EXACT}) collate database_default as b, try_cast(a collate {_EXACT} as date) as c from t",
            f"select string_agg(cast(a as nvarchar(max)), ',') within group (order by a collate {_EXACT}) as b from t",
        ),
    ),
    Rule(
        "values or keys compared without opus_exact",
        "where case means nothing to the database, it sees no difference between Done and done",
        _blind_comparisons,
        (
            "select a from t inner join u on t.record_key = u.record_key", "select a from t where coalesce(c1, '') <> board_c1", "select a from t where group_name = any_name",
            "select a from t where new_value like old_value", "select a from t where token in (select b from u)",
        ),
        (
            f"select a from t inner join u on t.record_key = u.record_key collate {_EXACT} and t.board = u.board",
            "select a from t where c1 = '' and len(c1) = len(c2) and new_value in ('x') and item_id = token", "update t set value = new_value where seq = 1",
        ),
    ),
    Rule(
        "values or keys made unique without opus_exact",
        "where case means nothing to the database, Done and done become one: group by opus_exact",
        _blind_groups,
        (
            "select max(a) as b from t group by record_key", "select distinct token from t", "select entry from t union select entry from u",
            "select row_number() over (partition by match_key order by seq) as a from t",
        ),
        (
            f"select max(record_key) as b from t group by record_key collate {_EXACT}, kind",
            "select distinct board, kind from t union all select value, kind from u", "select sum(a) as b from t group by update_batch_id",
            "select max(quantity) as b from t group by case when len(token) = 1 then 1 else 0 end",
        ),
    ),
    Rule(
        "values or keys in an order without opus_exact",
        "each database sorts by a language of its own, and a list in another order is another value",
        _blind_orders,
        (
            "select row_number() over (order by record_key) as a from t",
            "select string_agg(cast(a as nvarchar(max)), ',') within group (order by entry) as b from t",
        ),
        (f"select row_number() over (order by record_key collate {_EXACT}, seq desc, monday_item_id) as a from t",),
    ),
    Rule(
        "LOWER or UPPER by the database's language",
        "write opus_lower or opus_upper: in Turkish, I is no i",
        _letters,
        ("select lower(a) as b from t", "select upper(concat(a, b)) as c from t"),
        ("select lower(convert(nvarchar(64), hashbytes('SHA2_256', a), 2)) as c from t", f"select lower(a collate {_EXACT}) collate database_default as b from t"),
    ),
)  # fmt: skip
