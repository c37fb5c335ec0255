"""A sealed plan: what `plan --out` wrote, to be approved and pushed as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from opus_sync.errors import Refused, UsageError
from opus_sync.plan.digests import content_digest

SCHEMA_VERSION = 2
DIGEST = "digest"


@dataclass(frozen=True)
class SealedRow:
    """One row of the plan: the digest of what it does, and its name for people."""

    digest: str
    name: str


@dataclass(frozen=True)
class SealedBoard:
    """One board of the plan; `rows` maps stg_id to row, `account_id` is "" where it was not known."""

    board: str
    monday_board_id: str
    account_id: str
    rows: Mapping[str, SealedRow]


@dataclass(frozen=True)
class Sealed:
    """A plan file that is whole. `digest` covers all of it; `file` is how the command line named it.

    `content` is the file as JSON values.
    """

    file: str
    plan_id: str
    created_at: datetime
    created_by: str
    target: str
    endpoint: str
    boards: Mapping[str, SealedBoard]
    digest: str
    content: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def words(self) -> str:
        """Return how people know the plan."""
        return f"plan {self.plan_id} of {self.created_at:%Y-%m-%d %H:%M} UTC by {self.created_by}"


def sealed(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document with the digest over all else that it holds."""
    return {**content, DIGEST: content_digest(content)}


def read_sealed(text: str, file: str) -> Sealed:
    """Read a plan file.

    Raises UsageError for a text that is no sealed plan of this version, Refused for one that was changed.
    """
    again = "write it again with `opus-sync plan --out FILE`"
    document = _document(text, file, again)
    version = document.get("schema_version")
    if version != SCHEMA_VERSION:
        raise UsageError(f"{file} has schema version {version}, this opus-sync reads {SCHEMA_VERSION}", again)
    if "plan_id" not in document or DIGEST not in document:
        raise UsageError(f"{file} has no plan_id and digest: only `plan --out` seals a plan", again)
    content = {name: value for name, value in document.items() if name != DIGEST}
    if content_digest(content) != document[DIGEST]:
        raise Refused(f"{file} was changed after it was written: its digest is another; nothing was sent", again)
    try:
        return _sealed(document, file)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{file} is no plan of opus-sync: {type(error).__name__}: {error}", again) from error


def _document(text: str, file: str, again: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file} is not JSON: {error}", again) from error
    if not isinstance(document, dict):
        raise UsageError(f"{file} holds no JSON object", again)
    return document


def _sealed(document: Mapping[str, Any], file: str) -> Sealed:
    created_at = datetime.fromisoformat(document["created_at"])
    if created_at.tzinfo is None:
        raise ValueError("created_at has no offset")
    boards = [
        SealedBoard(board["board"], board["monday_board_id"], board["account_id"], _rows(board["rows"]))
        for board in document["boards"]
    ]
    return Sealed(
        file=file,
        plan_id=str(document["plan_id"]),
        created_at=created_at,
        created_by=str(document["created_by"]),
        target=document["target"],
        endpoint=document["endpoint"],
        boards={board.board: board for board in boards},
        digest=document[DIGEST],
        content=document,
    )


def _rows(rows: Iterable[Mapping[str, Any]]) -> dict[str, SealedRow]:
    return {
        row["stg_id"]: SealedRow(row["digest"], f"{row['operation'].lower()} {row['entity']} {row['name']}")
        for row in rows
    }
