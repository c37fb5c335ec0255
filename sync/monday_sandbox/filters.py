"""Rules of `query_params` as predicates on items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from monday_sandbox.columns.codec import View
from monday_sandbox.errors import invalid_argument
from monday_sandbox.facets import FACETS, Facet, is_empty, plain_number, plain_text
from monday_sandbox.model import Board, Column, Item
from monday_sandbox.options import Options
from monday_sandbox.periods import KEYWORDS, Span, week_of
from monday_sandbox.store import Store
from monday_sandbox.view import view
from monday_sandbox.writes import column_of

Predicate = Callable[[Item], bool]
NAME_OPERATORS = {"any_of", "not_any_of", "contains_text", "not_contains_text", "contains_terms"}
PSEUDO = {"__last_updated__": "last_updated", "__creation_log__": "creation_log"}


@dataclass(frozen=True)
class Setting:
    """Where a filter is evaluated."""

    store: Store
    options: Options
    board: Board
    now: float

    def today(self) -> date:
        """Return the day in the timezone of the token's user."""
        return datetime.fromtimestamp(self.now, ZoneInfo(self.options.timezone)).date()

    def column(self, column_id: str) -> Column:
        """Return a column of the board or one of the pseudo columns."""
        if column_id in PSEUDO:
            return Column(column_id, "", PSEUDO[column_id])
        return column_of(self.board, column_id)


def predicate(query: Mapping[str, Any], setting: Setting) -> Predicate:
    """Return the test that an ItemsQuery or one of its groups makes."""
    tests = [_rule(rule, setting) for rule in query.get("rules") or ()]
    tests += [predicate(group, setting) for group in query.get("groups") or ()]
    if not tests:
        return lambda item: True
    if query.get("operator") == "or":
        return lambda item: any(test(item) for test in tests)
    return lambda item: all(test(item) for test in tests)


def _rule(rule: Mapping[str, Any], setting: Setting) -> Predicate:
    column = setting.column(rule["column_id"])
    operator, given = rule.get("operator") or "any_of", rule["compare_value"]
    values = given if isinstance(given, list) else [given]
    if column.type == "name":
        return _name_rule(operator, values)
    facet = FACETS.get(column.type)
    if facet is None or operator not in facet.operators:
        raise invalid_argument(
            f"operator {operator} is not supported for column type {column.type}", column_id=column.id
        )
    test = _test(facet, column, operator, values, rule.get("compare_attribute"), setting)
    return lambda item: test(view(setting.store, setting.options, item, column))


def _name_rule(operator: str, values: list[Any]) -> Predicate:
    if operator not in NAME_OPERATORS:
        raise invalid_argument(f"operator {operator} is not supported for column type name", column_id="name")
    compare = _text_tests(operator, values)
    if compare is not None:
        return lambda item: compare(item.name.casefold())
    wanted = {str(value).casefold() for value in values}
    return lambda item: (item.name.casefold() in wanted) == (operator == "any_of")


def _text_tests(operator: str, values: list[Any]) -> Callable[[str], bool] | None:
    """Return the test of a text operator, None for other operators."""
    text = str(values[0] if values else "").casefold()
    words = text.split()
    tests: dict[str, Callable[[str], bool]] = {
        "contains_text": lambda shown: text in shown,
        "not_contains_text": lambda shown: text not in shown,
        "contains_terms": lambda shown: all(word in shown for word in words),
        "starts_with": lambda shown: shown.startswith(text),
        "ends_with": lambda shown: shown.endswith(text),
    }
    return tests.get(operator)


def _test(
    facet: Facet, column: Column, operator: str, values: list[Any], attribute: str | None, setting: Setting
) -> Callable[[View], bool]:
    if operator == "is_empty":
        return is_empty
    if operator == "is_not_empty":
        return lambda cell: not is_empty(cell)
    compare = _text_tests(operator, values)
    if compare is not None:
        return lambda cell: compare(plain_text(cell))
    by_day = facet.days and attribute != "CREATED_BY" and not _people_values(column, values)
    if column.type == "creation_log" and operator != "between":
        by_day = False
    if by_day:
        return _days_test(column, operator, values, attribute, setting)
    if operator in ("any_of", "not_any_of"):
        wanted = _wanted(column, values, setting)
        tokens = _updaters if column.type == "last_updated" else facet.tokens
        return lambda cell: (not tokens(cell).isdisjoint(wanted)) == (operator == "any_of")
    return _number_test(operator, values)


def _people_values(column: Column, values: list[Any]) -> bool:
    return column.type == "last_updated" and any(
        str(value) == "assigned_to_me" or str(value).startswith("person-") for value in values
    )


def _updaters(cell: View) -> set[str]:
    return {f"person-{cell.item.updater}"}


def _wanted(column: Column, values: list[Any], setting: Setting) -> set[str]:
    me = f"person-{setting.options.user or next(iter(setting.store.users))}"
    wanted = set()
    for value in values:
        text = me if value == "assigned_to_me" else str("" if value is None else value)
        if column.type == "numbers" and text:
            text = plain_number(text)
        wanted.add(text if column.type == "numbers" else text.casefold())
    return wanted


def _number_test(operator: str, values: list[Any]) -> Callable[[View], bool]:
    try:
        bound = float(values[0])
    except (IndexError, TypeError, ValueError):
        raise invalid_argument(f"compare_value {values!r} is not a number") from None

    def test(cell: View) -> bool:
        return cell.cell is not None and _compare(operator, float(cell.data), bound, bound)

    return test


COMPARE: Mapping[str, Callable[[Any, Any, Any], bool]] = {
    "greater_than": lambda found, low, high: found > high,
    "greater_than_or_equals": lambda found, low, high: found >= low,
    "lower_than": lambda found, low, high: found < low,
    "lower_than_or_equal": lambda found, low, high: found <= high,
    "any_of": lambda found, low, high: low <= found <= high,
    "not_any_of": lambda found, low, high: not low <= found <= high,
    "between": lambda found, low, high: low <= found <= high,
}


def _compare(operator: str, found: Any, low: Any, high: Any) -> bool:
    """Compare with a span; both ends are the same for a single value."""
    return COMPARE[operator](found, low, high)


def _days_test(
    column: Column, operator: str, values: list[Any], attribute: str | None, setting: Setting
) -> Callable[[View], bool]:
    blank = any(value in ("", "$$$blank$$$", None) for value in values)
    if column.type == "last_updated" and setting.options.last_updated_precision == "second":
        moment = _exact_moment(values)
        if moment is not None:
            return lambda cell: _compare(operator, _moment(cell.item.updated_at), moment, moment)
    spans = _spans(values, operator, setting)

    def test(cell: View) -> bool:
        found = _day_of(cell, attribute, setting)
        if found is None:
            return blank == (operator == "any_of") if operator in ("any_of", "not_any_of") else False
        if operator == "not_any_of":
            return all(_compare(operator, found, *span) for span in spans)
        return any(_compare(operator, found, *span) for span in spans)

    return test


def _spans(values: list[Any], operator: str, setting: Setting) -> list[Span]:
    first, today = setting.store.account.first_day_of_the_week, setting.today()
    named: dict[str, Span] = {name: span(today, first) for name, span in KEYWORDS.items()}
    start, end = week_of(today, first)
    named |= {"NEXT_WEEKS": (end, date.max), "PAST_WEEKS": (date.min, start)}
    texts = [str(value) for value in values if value not in ("EXACT", "", "$$$blank$$$", None)]
    spans = [named[text] if text in named else (_day(text), _day(text)) for text in texts]
    if operator == "between":
        if len(spans) != 2:
            raise invalid_argument("between takes two dates")
        return [(spans[0][0], spans[1][1])]
    return spans


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise invalid_argument(f"compare_value {text!r} is neither a date nor a known keyword") from None


def _moment(text: str) -> datetime:
    parsed = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)


def _exact_moment(values: list[Any]) -> datetime | None:
    texts = [str(value) for value in values if value != "EXACT"]
    try:
        return _moment(texts[0]) if texts and "T" in texts[0] else None
    except ValueError:
        return None


def _day_of(cell: View, attribute: str | None, setting: Setting) -> date | None:
    """Return the day that a date-like cell is compared by."""
    kind = cell.column.type
    if kind in ("last_updated", "creation_log"):
        text = cell.item.updated_at if kind == "last_updated" else cell.item.created_at
        return _moment(text).astimezone(ZoneInfo(setting.options.timezone)).date()
    if kind == "timeline":
        found = cell.part("to" if attribute == "END_DATE" else "from")
    elif kind == "week":
        found = cell.part("week", "startDate")
    else:
        found = cell.codec.fields["date"](cell)
    return None if found is None else date.fromisoformat(found)
