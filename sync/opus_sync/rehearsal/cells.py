"""Cells in the sandbox's seed format: writable types as they are written, others as they read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from opus_sync.columns import ColumnLabels, EncodeError
from opus_sync.contract import Column

# Types whose cells do not follow from their text; None stands for those that the sandbox works out itself.
_READ_ONLY: Mapping[str, Callable[[str], Any] | None] = MappingProxyType(
    {
        "mirror": lambda text: {"display_value": text},
        "formula": lambda text: {"display_value": text},
        "time_tracking": lambda text: {"value": {"duration": int(text)}},
        "vote": lambda text: {"value": {"votersIds": list(range(1, int(text) + 1))}},
        "subtasks": None,
        "creation_log": None,
        "last_updated": None,
        "item_id": None,
        "group": None,
        "button": None,
        "auto_number": None,
        "item_assignees": None,
    }
)


class NotCopied(Exception):
    """A cell that has no form in a seed, such as one whose label is no longer a label of its column."""


def seed_cell(column: Column, text: str | None, labels: ColumnLabels) -> Any:
    """Return a cell as a seed holds it, None for one that it leaves out; raises NotCopied."""
    if text is None or column.type == "name":
        return None
    if column.column_type.writable:
        try:
            return column.column_type.encode(text, labels)
        except EncodeError as error:
            raise NotCopied from error
    read_only = _READ_ONLY.get(column.type, _as_text)
    return None if read_only is None else read_only(text)


def _as_text(text: str) -> Any:
    return {"value": None, "text": text}
