"""Digests: what would be written, and where, as a hash that two builds of the same rows share."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from opus_sync.plan.staged import StagedRow


def row_digest(row: StagedRow) -> str:
    """Return a hash of all that sending the row would do, and of the values it would write over."""
    return _hash(
        [
            row.stg_id,
            row.update_type,
            row.update_operation,
            row.record_key,
            row.parent_key,
            row.monday_board_id,
            row.monday_item_id,
            row.parent_item_id,
            row.group_id,
            row.item_name,
            row.update_fields,
            row.old_fields,
            # Plans of before there were groups keep their digests.
            *(one for one in (row.group_key, row.push_order) if one is not None),
        ]
    )


def board_digest(endpoint: str, account_id: str, monday_board_id: int, rows: Iterable[StagedRow]) -> str:
    """Return a hash of the rows of a board in push order, and of where they go."""
    return _hash([endpoint, account_id, monday_board_id, *map(row_digest, rows)])


def content_digest(content: Mapping[str, Any]) -> str:
    """Return a hash of a JSON document, whatever the order of its keys and its white space."""
    return _hash(content)


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
