"""The 43 column types of API version 2026-10 as one table: how each is read, compared and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from . import canonical, composites, read, write
from .errors import EncodeError
from .labels import ColumnLabels

Family = Literal["scalar", "list", "composite"]
_UNKNOWN = "unsupported"


@dataclass(frozen=True)
class ColumnType:
    """One column type.

    `decode` turns a cell of `column_values` (for `name`: the item) into canonical text or None, reading only
    what `read_fragment` selects; `canonicalise` brings text into the same form and gives back unchanged what
    it cannot read. `create` and `multiple` say which mutations may write it, `by_values` whether
    `items_page_by_column_values` finds items by it, `restless` whether its cells can change while their item
    does not: those that show other items, or are worked out.
    """

    name: str
    family: Family
    graphql_type: str | None
    fields: str
    decode: Callable[[Mapping[str, Any]], str | None]
    canonicalise: Callable[[str | None], str | None]
    writer: write.Writer | None = None
    create: bool = False
    multiple: bool = False
    clearable: bool = False
    by_values: bool = False
    restless: bool = False

    @property
    def writable(self) -> bool:
        """Whether a change of an item can write it."""
        return self.multiple

    @property
    def read_fragment(self) -> str:
        """The GraphQL fragment inside `column_values`; "" where the API returns no such value."""
        return f"... on {self.graphql_type} {{ {self.fields} }}" if self.graphql_type else ""

    def encode(self, text: str | None, labels: ColumnLabels) -> Any:
        """Return the value for `column_values` of a mutation; None clears the cell.

        Raises EncodeError where the type is read-only, cannot be emptied, or the text is not canonical.
        """
        if self.writer is None:
            raise EncodeError(labels.column_id, text, f"cannot be written: type {self.name} is read-only")
        if text is None:
            if self.clearable:
                return None
            raise EncodeError(labels.column_id, text, f"cannot be written: a {self.name} is never empty")
        try:
            return self.writer(text, labels)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise EncodeError(labels.column_id, text, f"is not a value of type {self.name}") from None


def _scalar(name: str, graphql_type: str | None, field: str, form: Any = canonical.trimmed, **more: Any) -> ColumnType:
    return ColumnType(name, "scalar", graphql_type, field, read.scalar(field, form), form, **more)


def _list(name: str, graphql_type: str, fields: str, decode: Any, **more: Any) -> ColumnType:
    return ColumnType(name, "list", graphql_type, fields, decode, canonical.listed, **more)


def _composite(
    name: str, graphql_type: str, fields: str, build: composites.Build, keys: str, **more: Any
) -> ColumnType:
    decode = read.composite(build, *fields.split())
    form = composites.canonicaliser(build, *keys.split())
    return ColumnType(name, "composite", graphql_type, fields, decode, form, **more)


_FULL: Mapping[str, Any] = {"create": True, "multiple": True, "clearable": True}
_FOUND: Mapping[str, Any] = {**_FULL, "by_values": True}
_CHANGED: Mapping[str, Any] = {"multiple": True, "clearable": True}
_RESTLESS: Mapping[str, Any] = {"restless": True}

_ROWS = (
    # The item's name: never part of column_values, always set.
    _scalar("name", None, "name", writer=write.plain, create=True, multiple=True, by_values=True),
    _scalar("text", "TextValue", "text", writer=write.plain, **_FOUND),
    _scalar("long_text", "LongTextValue", "text", writer=write.keyed("text"), **_FOUND),
    # `text` keeps all digits, the typed `number` is a float.
    _scalar("numbers", "NumbersValue", "text", canonical.number, writer=write.plain, **_FOUND),
    _scalar("status", "StatusValue", "text", writer=write.status, **_FOUND),
    _scalar("world_clock", "WorldClockValue", "timezone", writer=write.keyed("timezone"), **_FOUND),
    _scalar("checkbox", "CheckboxValue", "checked", canonical.checkbox, writer=write.checkbox, **_FOUND),
    _scalar("rating", "RatingValue", "rating", canonical.rating, writer=write.whole_number("rating"), **_FULL),
    _scalar("color_picker", "ColorPickerValue", "color", canonical.color, writer=write.color, **_FULL),
    # `value` is UTC; `text` and the typed time are in the zone of the token's user.
    ColumnType("date", "scalar", "DateValue", "value", read.date, canonical.moment, writer=write.date, **_FOUND),
    ColumnType(
        "country",
        "scalar",
        "CountryValue",
        "country { code }",
        read.country,
        canonical.country,
        writer=write.country,
        **_FOUND,
    ),
    _list("dropdown", "DropdownValue", "values { label }", read.dropdown, writer=write.dropdown, **_FOUND),
    _list("people", "PeopleValue", "persons_and_teams { id kind }", read.people, writer=write.people, **_FOUND),
    _list("tags", "TagsValue", "tag_ids", read.ids("tag_ids"), writer=write.integers("tag_ids"), **_FULL),
    _list(
        "board_relation",
        "BoardRelationValue",
        "linked_item_ids",
        read.ids("linked_item_ids"),
        writer=write.integers("item_ids"),
        restless=True,
        **_FULL,
    ),
    _list(
        "dependency",
        "DependencyValue",
        "linked_item_ids",
        read.ids("linked_item_ids"),
        writer=write.texts("item_ids"),
        restless=True,
        **_FULL,
    ),
    # Deprecated in favour of people.
    _list(
        "person",
        "PersonValue",
        "person_id",
        read.one_of("person", "person_id"),
        writer=write.one_of("person", "id"),
        **_CHANGED,
    ),
    _list(
        "team",
        "TeamValue",
        "team_id",
        read.one_of("team", "team_id"),
        writer=write.one_of("team", "team_id"),
        **_CHANGED,
    ),
    _composite(
        "timeline",
        "TimelineValue",
        "from to",
        composites.timeline,
        "from to",
        writer=write.members("from", "to"),
        **_FOUND,
    ),
    _composite(
        "week",
        "WeekValue",
        "start_date end_date",
        composites.week,
        "startDate endDate",
        writer=write.week,
        **_FOUND,
    ),
    _composite(
        "hour",
        "HourValue",
        "hour minute",
        composites.hour,
        "hour minute",
        writer=write.members("hour", "minute"),
        **_FOUND,
    ),
    _composite(
        "email",
        "EmailValue",
        "email label",
        composites.email,
        "email text",
        writer=write.members("email", "text"),
        **_FOUND,
    ),
    _composite(
        "link",
        "LinkValue",
        "url url_text",
        composites.link,
        "url text",
        writer=write.members("url", "text"),
        **_FOUND,
    ),
    _composite(
        "phone",
        "PhoneValue",
        "phone country_short_name",
        composites.phone,
        "phone countryShortName",
        writer=write.members("phone", "countryShortName"),
        **_FOUND,
    ),
    _composite(
        "location",
        "LocationValue",
        "lat lng address",
        composites.location,
        "lat lng address",
        writer=write.members("lat", "lng", "address"),
        **_FULL,
    ),
    # From here on read-only.
    _list("subtasks", "SubtasksValue", "subitems_ids", read.ids("subitems_ids"), **_RESTLESS),
    _scalar("mirror", "MirrorValue", "display_value", **_RESTLESS),
    _scalar("formula", "FormulaValue", "display_value", **_RESTLESS),
    _scalar("creation_log", "CreationLogValue", "created_at", canonical.moment),
    _scalar("last_updated", "LastUpdatedValue", "updated_at", canonical.moment, **_RESTLESS),
    _scalar("item_id", "ItemIdValue", "item_id"),
    _scalar("button", "ButtonValue", "label", **_RESTLESS),
    _scalar("file", "FileValue", "text", **_RESTLESS),
    _scalar("doc", "DocValue", "text", **_RESTLESS),
    _scalar("direct_doc", "DirectDocValue", "text", **_RESTLESS),
    _scalar("integration", "IntegrationValue", "text", **_RESTLESS),
    _scalar("group", "GroupValue", "text", **_RESTLESS),
    _scalar("progress", "ProgressValue", "text", **_RESTLESS),
    _scalar(_UNKNOWN, "UnsupportedValue", "text", **_RESTLESS),
    _scalar("time_tracking", "TimeTrackingValue", "duration", canonical.whole, **_RESTLESS),
    _scalar("vote", "VoteValue", "vote_count", canonical.whole, **_RESTLESS),
    # In the enum, but the API returns no value for them.
    _scalar("auto_number", None, "text", **_RESTLESS),
    _scalar("item_assignees", None, "text", **_RESTLESS),
)

TYPES: Mapping[str, ColumnType] = {row.name: row for row in _ROWS}


def column_type(name: str) -> ColumnType:
    """Return the type, `unsupported` for one that this table does not know."""
    return TYPES.get(name) or TYPES[_UNKNOWN]


def selection(types: Iterable[str]) -> str:
    """Return the fields to select inside `column_values { … }` so that cells of these types can be decoded.

    A type that the table does not know adds the plain `text`, which every value has.
    """
    wanted = {column_type(name).name for name in types}
    fragments = [TYPES[name].read_fragment for name in TYPES if name in wanted and name != _UNKNOWN]
    return " ".join(["id text" if _UNKNOWN in wanted else "id", *filter(None, fragments)])
