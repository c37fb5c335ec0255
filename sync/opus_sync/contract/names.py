"""Safe names: monday's titles as column names that dbt, Jinja and every warehouse take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

NAME_BYTES = 63
"""PostgreSQL's limit, the smallest of the warehouses."""

SYSTEM_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "items": ("Title", "Item ID", "Group", "UpdateDate", "group_id", "column_values"),
    "subitems": (
        "parent_item_id",
        "subitem_id",
        "subitem_board_id",
        "Title",
        "UpdateDate",
        "group_id",
        "column_values",
    ),
}
"""Columns of the current tables that no monday column may be named like, by entity."""

DESIRED_COLUMNS = ("monday_item_id", "group_id", "group_title", "item_name", "parent_key")
"""Columns with a meaning of their own in desired models, where a monday column could not be named so."""

STAGING_COLUMNS = (
    "update_operation",
    "update_fields",
    "source_table",
    "source_query",
    "update_batch_id",
    "validation_status",
    "validation_errors",
    "stg_id",
    "stg_batch_id",
    "stg_parent_stg_id",
    "stg_customer_batch",
    "stg_status",
    "stg_monday_item_id",
    "stg_monday_subitem_id",
    "stg_monday_subitem_board_id",
    "stg_error_message",
    "stg_created_date",
    "stg_processed_date",
)
"""Columns that the house's staging tables have beside those of a board."""

# dbt renders properties files as Jinja: an opener in a title would be code. Line separators, surrogates and
# non-characters cannot stand in YAML.
_JINJA = r"\{\{|\{%|\{#|\}\}|%\}|#\}"
_CONTROLS = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]"
_UNSAFE = re.compile(rf"{_JINJA}|[\"'`\[\]\\]|{_CONTROLS}")
_UNSAFE_TEXT = re.compile(rf"{_JINJA}|{_CONTROLS}")


def taken_names(entity: str) -> tuple[str, ...]:
    """Return the names that are taken before the first column of an entity is named."""
    return SYSTEM_COLUMNS.get(entity, ()) + DESIRED_COLUMNS + STAGING_COLUMNS


def safe_name(title: str, column_id: str, taken: Collection[str] = ()) -> str:
    """Return monday's title as a column name.

    Unicode NFC; Jinja openers and closers, quotes, brackets, backslashes and control characters become "_"
    each; outer white space goes; an empty title becomes the column id. A name over 63 UTF-8 bytes is cut to
    make room for "_<column id>"; a name equal to one of `taken` without regard to case gets the same suffix.
    """
    used = {name.casefold() for name in taken}
    base = _UNSAFE.sub("_", unicodedata.normalize("NFC", title)).strip() or column_id
    name = base if len(base.encode()) <= NAME_BYTES else _suffixed(base, column_id)
    count = 1
    while name.casefold() in used:
        name = _suffixed(base, column_id if count == 1 else f"{column_id}_{count}")
        count += 1
    return name


def safe_names(columns: Iterable[tuple[str, str]], entity: str) -> dict[str, str]:
    """Return column id -> safe name for the (id, title) pairs of a board, in the board's order."""
    names: dict[str, str] = {}
    taken = [*taken_names(entity)]
    for column_id, title in columns:
        names[column_id] = safe_name(title, column_id, taken)
        taken.append(names[column_id])
    return names


def safe_text(text: str) -> str:
    """Return a text of monday's on one line, without what dbt would take for Jinja."""
    return " ".join(_UNSAFE_TEXT.sub(" ", text).split())


def title_names(title: str, column_id: str, entity: str) -> tuple[str, ...]:
    """Return the names that a column of this title may bear, by itself and beside another of the same name."""
    name = safe_name(title, column_id, taken_names(entity))
    return name, safe_name(title, column_id, [*taken_names(entity), name])


def _suffixed(base: str, suffix: str) -> str:
    room = NAME_BYTES - len(suffix.encode()) - 1
    return f"{base.encode()[: max(room, 0)].decode(errors='ignore')}_{suffix}"
