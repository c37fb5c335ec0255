"""Record keys as values: how rows and live items are matched."""

from __future__ import annotations

import json
from collections.abc import Mapping

from opus_sync.contract import TITLE, Column, Entity

Key = tuple[str, ...]
"""The parts of a key without regard to case and outer space, as SQL matches them."""

NAME = Column(name=TITLE, id="name", type="name")


def key_columns(entity: Entity) -> tuple[Column, ...]:
    """Return the columns of an entity's key in its order; the item's name is the column `name`."""
    found = (NAME if name.casefold() == TITLE.casefold() else entity.column(name) for name in entity.key)
    return tuple(column for column in found if column is not None)


def key_parts(entity: Entity, record_key: str) -> tuple[str, ...]:
    """Return the texts of a record key, one for each key column; a subitem's is without its parent's."""
    if entity.kind == "subitems":
        return tuple(json.loads(record_key))[1:]
    return (record_key,) if len(entity.key) == 1 else tuple(json.loads(record_key))


def folded(parts: tuple[str, ...]) -> Key:
    """Return the form in which keys are compared."""
    return tuple(part.strip().lower() for part in parts)


def key_of(columns: tuple[Column, ...], cells: Mapping[str, str | None]) -> Key | None:
    """Return the key that an item's cells make up, None where one of them is empty."""
    parts = [cells.get(column.id) for column in columns]
    return None if any(part is None for part in parts) else folded(tuple(part or "" for part in parts))
