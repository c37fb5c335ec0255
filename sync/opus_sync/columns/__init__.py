"""Column types: API value to canonical text to write format."""

from .errors import EncodeError
from .labels import ColumnLabels, LabelMap
from .types import TYPES, ColumnType, Family, column_type, selection

__all__ = [
    "TYPES",
    "ColumnLabels",
    "ColumnType",
    "EncodeError",
    "Family",
    "LabelMap",
    "column_type",
    "selection",
]
