"""The staged row: one mutation that dbt asks for, as the staged models give it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from operator import itemgetter
from typing import Any

from opus_sync.errors import OpusError

Cells = Mapping[str, "str | None"]
"""Column id (or `name`, `$group`, `$parent`, `$state`) -> canonical text, None for an empty cell."""

ITEMS = "update_items"
SUBITEMS = "update_subitems"
GROUPS = "update_groups"
BOARDS = "update_boards"

NO_CELLS: Cells = {}


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One row of a staged model; `source` is the row as it was read.

    `group_key` is the record key of the new group that an item belongs to; rows that depend on each other go by
    `push_order`.
    """

    stg_id: str
    board: str
    update_type: str
    update_operation: str
    record_key: str | None
    parent_key: str | None
    monday_board_id: int | None
    monday_item_id: int | None
    parent_item_id: int | None
    group_id: str | None
    item_name: str | None
    update_fields: str | None
    old_fields: str | None
    update_batch_id: str | None
    customer_batch: str | None
    extract_id: str | None
    as_of_seq: int | None
    validation_status: str
    validation_errors: str | None
    hold_reason: str | None
    group_key: str | None
    push_order: int | None
    source: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def status(self) -> str:
        """Return `valid`, `invalid`, `pending` or `held`; only valid rows may be sent."""
        if self.validation_status != "VALID":
            return self.validation_status.lower()
        return "held" if self.hold_reason else "valid"

    @property
    def label(self) -> str:
        """Return the words by which a person knows the row."""
        named = self.item_name if self.update_type == GROUPS else None
        return named or _readable(self.record_key) or self.item_name or self.subject

    @property
    def subject(self) -> str:
        """Return what the row changes, by its id on monday."""
        if self.update_type == BOARDS:
            return f"board {self.monday_board_id}"
        if self.update_type == GROUPS:
            return f"group {self.group_id or '?'}"
        return f"item {self.monday_item_id or '?'}"


def _readable(record_key: str | None) -> str | None:
    """Return a key of several parts, which is a JSON array, as a person writes it: `A / B`."""
    if record_key is None or not record_key.startswith("["):
        return record_key
    try:
        parts = json.loads(record_key)
    except ValueError:
        return record_key
    return " / ".join(map(str, parts)) if isinstance(parts, list) else record_key


_COLUMNS = tuple(f.name for f in fields(StagedRow) if f.name != "source")
_pick = itemgetter(*_COLUMNS)
_build: Callable[..., StagedRow] = StagedRow


def staged_row(row: Mapping[str, Any]) -> StagedRow:
    """Build a staged row from what the warehouse returned; raises OpusError for a missing column."""
    try:
        return _build(*_pick(row), row)
    except KeyError as error:
        raise OpusError(
            f"the staged table has no column {error}",
            "build it with this version's `staged_items` macro: `dbt build`",
        ) from error


def recorded_row(text: str) -> StagedRow:
    """Build a staged row from the JSON that the runner's tables keep of it, of an older version perhaps."""
    return staged_row({"group_key": None, "push_order": None, **json.loads(text)})


def cells(text: str | None, stg_id: str) -> Cells:
    """Read `update_fields` or `old_fields`; raises OpusError where the text is not a JSON object."""
    if not text:
        return NO_CELLS
    try:
        value = json.loads(text)
    except ValueError as error:
        raise OpusError(f"staged row {stg_id}: its cells are no JSON: {error}") from error
    if not isinstance(value, dict):
        raise OpusError(f"staged row {stg_id}: its cells are no JSON object")
    return value


def messages(row: StagedRow) -> tuple[str, ...]:
    """Return what is wrong with an invalid row, one sentence per finding."""
    try:
        findings = json.loads(row.validation_errors or "[]")
    except ValueError:
        return (row.validation_errors or "",)
    return tuple(_message(finding) for finding in findings)


def _message(finding: Any) -> str:
    if not isinstance(finding, dict):
        return str(finding)
    said = str(finding.get("message") or finding.get("code") or "not valid")
    column = finding.get("column")
    return f"{column}: {said}" if column and str(column) not in said else said
