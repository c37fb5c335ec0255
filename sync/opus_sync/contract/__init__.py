"""Board contracts: what `boards/*.yml` says, checked."""

from .board import TITLE, Board, Column, Entity, Structure
from .guards import GUARDS, AgeLimit, Guards, Limit
from .load import load_boards
from .names import STAGING_COLUMNS, SYSTEM_COLUMNS, safe_name, safe_names, safe_text, title_names
from .select import select_boards

__all__ = [
    "GUARDS",
    "STAGING_COLUMNS",
    "SYSTEM_COLUMNS",
    "TITLE",
    "AgeLimit",
    "Board",
    "Column",
    "Entity",
    "Guards",
    "Limit",
    "Structure",
    "load_boards",
    "safe_name",
    "safe_names",
    "safe_text",
    "select_boards",
    "title_names",
]
