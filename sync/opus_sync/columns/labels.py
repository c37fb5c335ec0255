"""Labels of status and dropdown columns: label text to the id that writes use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ColumnLabels:
    """What writing a cell needs of its column: the id, its labels, and whether a write may create labels."""

    column_id: str
    ids: Mapping[str, int] = field(default_factory=dict)
    create: bool = False


@dataclass(frozen=True)
class LabelMap:
    """Labels of a board: column id -> label text -> label id."""

    ids: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> LabelMap:
        """Read rows of `mon_raw_label` (column_id, label_id, label, is_deactivated).

        An active label wins over a deactivated one of the same text, then an exact text over a right-trimmed
        one, then the lower id.
        """
        spellings = sorted(
            (bool(row["is_deactivated"]), text != row["label"], int(row["label_id"]), row["column_id"], text)
            for row in rows
            if row["label"]
            for text in {row["label"], row["label"].rstrip(" ")}
            if text
        )
        ids: dict[str, dict[str, int]] = {}
        for _, _, label_id, column_id, text in spellings:
            ids.setdefault(column_id, {}).setdefault(text, label_id)
        return cls(ids)

    def column(self, column_id: str, *, create: bool = False) -> ColumnLabels:
        """Return the labels of one column; a column without labels has none."""
        return ColumnLabels(column_id, self.ids.get(column_id, {}), create)
