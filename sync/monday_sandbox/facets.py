"""What filters, orders and key look-ups see of a cell: a table by column type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from monday_sandbox.columns.codec import View, text_of
from monday_sandbox.columns.labels import status_label
from monday_sandbox.columns.links import linked
from monday_sandbox.columns.people import names

ANY = frozenset({"any_of", "not_any_of"})
EMPTY = frozenset({"is_empty", "is_not_empty"})
TEXT = frozenset({"contains_text", "not_contains_text"})
ORDER = frozenset({"greater_than", "greater_than_or_equals", "lower_than", "lower_than_or_equal"})
BLANK = "$$$blank$$$"

Tokens = Callable[[View], set[str]]


def shown(view: View) -> str:
    """Return the text of a cell, "" when it is empty."""
    return text_of(view) or ""


def _whole(view: View) -> set[str]:
    return {shown(view).casefold()}


def _with_blank(tokens: Callable[[View], set[str]], blank: str = "") -> Tokens:
    return lambda view: tokens(view) or {blank}


def _number(view: View) -> set[str]:
    return {plain_number(view.data) if view.cell is not None else BLANK}


def plain_number(text: Any) -> str:
    """Return a number in one form, so that 4.50 finds 4.5; other text unchanged."""
    try:
        return repr(float(text))
    except (TypeError, ValueError):
        return str(text)


def _status(view: View) -> set[str]:
    return {str(view.part("index")) if view.cell is not None else "5"}


def _people(view: View) -> set[str]:
    return {f"{entry['kind']}-{entry['id']}" for entry in view.part("personsAndTeams") or ()}


def _hour_bucket(view: View) -> set[str]:
    if view.cell is None:
        return {""}
    hour = view.part("hour")
    spans = ((4, 7, "early morning"), (7, 12, "morning"), (12, 20, "afternoon"), (20, 23, "evening"))
    return {next((name for start, end, name in spans if start <= hour < end), "night")}


def _voters(view: View) -> set[str]:
    return {str(voter) for voter in view.part("value", "votersIds") or ()}


def _running(view: View) -> set[str]:
    return {"2" if str(view.part("value", "running")).lower() == "true" else "1"}


def _part(*path: str) -> Tokens:
    return lambda view: {str(view.part(*path) or "").casefold()}


def _label_text(view: View) -> set[str]:
    label = status_label(view)
    return {str(label["label"]).casefold() if label else ""}


def _dropdown_texts(view: View) -> set[str]:
    named = {entry["id"]: entry["label"] for entry in view.column.settings.get("labels", ())}
    return {str(named.get(entry, "")).casefold() for entry in view.part("ids") or ()} or {""}


def _people_texts(view: View) -> set[str]:
    ids = {str(entry["id"]) for entry in view.part("personsAndTeams") or ()}
    return ids | {name.casefold() for name in names(view)} or {""}


def _checkbox_texts(view: View) -> set[str]:
    return {"v", "true"} if view.cell is not None else {""}


@dataclass(frozen=True)
class Facet:
    """How one type is filtered: its operators, what any_of compares with, and the texts that are a key.

    `keys` None: the type cannot be used in items_page_by_column_values.
    """

    operators: frozenset[str]
    tokens: Tokens = _whole
    keys: Tokens | None = _whole
    days: bool = False


FACETS: Mapping[str, Facet] = MappingProxyType(
    {
        "text": Facet(ANY | EMPTY | TEXT),
        "long_text": Facet(ANY | EMPTY | TEXT),
        "numbers": Facet(ANY | EMPTY | ORDER, _number, _number),
        "status": Facet(ANY | EMPTY | {"contains_terms"}, _status, _label_text),
        "dropdown": Facet(
            ANY | EMPTY | TEXT,
            _with_blank(lambda view: {str(entry) for entry in view.part("ids") or ()}),
            _dropdown_texts,
        ),
        "date": Facet(ANY | EMPTY | ORDER, days=True),
        "timeline": Facet(ANY | EMPTY | ORDER | {"between"}, days=True),
        "week": Facet(ANY | EMPTY, days=True),
        "hour": Facet(ANY | EMPTY, _hour_bucket),
        "world_clock": Facet(ANY),
        "checkbox": Facet(EMPTY, keys=_checkbox_texts),
        "people": Facet(
            ANY | EMPTY | TEXT | {"contains_terms", "starts_with", "ends_with"},
            _with_blank(_people, "person-0"),
            _people_texts,
        ),
        "email": Facet(ANY | EMPTY | TEXT),
        "phone": Facet(ANY | EMPTY | TEXT, _part("countryShortName")),
        "link": Facet(ANY | EMPTY | TEXT),
        "country": Facet(ANY | EMPTY | TEXT, _part("countryCode")),
        "rating": Facet(ANY, _with_blank(lambda view: {str(view.part("rating") or 0)}), None),
        "board_relation": Facet(ANY | EMPTY | TEXT, lambda view: {item.id for item in linked(view)}, None),
        "dependency": Facet(ANY | EMPTY, lambda view: {item.id for item in linked(view)}, None),
        "creation_log": Facet(ANY | {"between"}, lambda view: {view.item.creator}, None, days=True),
        "last_updated": Facet(ANY | ORDER | {"between"}, keys=None, days=True),
        "vote": Facet(ANY | EMPTY, _with_blank(_voters, "no votes"), None),
        "time_tracking": Facet(ANY, _running, None),
        "person": Facet(frozenset(), keys=_whole),
        "team": Facet(frozenset(), keys=_whole),
    }
)


def plain_text(view: View) -> str:
    """Return the text that contains_text and the like look at, folded."""
    if view.column.type == "board_relation":
        return ", ".join(item.name for item in linked(view)).casefold()
    return shown(view).casefold()


def is_empty(view: View) -> bool:
    """Say whether a filter takes the cell for blank."""
    if view.column.type in ("board_relation", "dependency"):
        return not linked(view)
    if view.column.type == "vote":
        return not _voters(view)
    return view.cell is None or (view.column.type == "status" and not shown(view))


def sort_key(view: View) -> tuple[bool, Any]:
    """Return what order_by sorts by; blank cells come last in ascending order."""
    if view.cell is None:
        return (True, "")
    if view.column.type == "numbers":
        return (False, float(view.data))
    if view.column.type == "rating":
        return (False, view.part("rating"))
    if view.column.type == "status":
        label = status_label(view)
        return (False, label.get("index", 0) if label else 0)
    if view.column.type == "hour":
        return (False, (view.part("hour"), view.part("minute")))
    return (False, shown(view).casefold())
