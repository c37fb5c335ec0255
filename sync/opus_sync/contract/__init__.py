"""Board contracts: what `boards/*.yml` says, checked."""

from .board import TITLE, Board, Column, Entity
from .load import load_boards
from .names import SYSTEM_COLUMNS, safe_name, safe_names
from .select import select_boards

__all__ = [
    "SYSTEM_COLUMNS",
    "TITLE",
    "Board",
    "Column",
    "Entity",
    "load_boards",
    "safe_name",
    "safe_names",
    "select_boards",
]
