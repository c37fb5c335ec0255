"""A sandbox in a process of its own, with the board of the bench's contract."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import requests
from tests.bench.staged_rows import FIRST_ITEM
from tests.bench.workspace import BOARD_ID, LABELLED, LABELS, SUBITEM_BOARD_ID

from monday_sandbox import Options, serve
from opus_sync.contract import Board, Entity

PLANNERS = 50
_WAIT = 30
_GROUPS = [{"id": "topics", "title": "Orders", "color": "#037f4c"}]


@dataclass(frozen=True)
class StandIn:
    """A sandbox that answers at `url`."""

    url: str

    def metrics(self) -> dict[str, Any]:
        """Return what it counted."""
        base = self.url.removesuffix("/v2")
        found: dict[str, Any] = requests.get(f"{base}/_sandbox/metrics", timeout=_WAIT).json()
        return found


@contextmanager
def stand_in(board: Board, items: int, options: Options) -> Iterator[StandIn]:
    """Serve the board with so many empty items while the block runs."""
    context = multiprocessing.get_context("spawn")
    inbox, outbox = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(_seed(board, items), options, outbox), daemon=True)
    process.start()
    try:
        if not inbox.poll(_WAIT):
            raise RuntimeError("the sandbox did not start")
        yield StandIn(inbox.recv())
    finally:
        process.terminate()
        process.join()


def _serve(seed: dict[str, Any], options: Options, outbox: Connection) -> None:
    serve(seed, options, announce=outbox.send)


def _seed(board: Board, items: int) -> dict[str, Any]:
    if board.subitems is None:
        raise AssertionError("the bench's contract has subitems")
    stamp = "2026-11-01T08:00:00Z"
    made = {"group": "topics", "parent": None, "created_at": stamp, "updated_at": stamp, "creator": "101"}
    return {
        "account": {
            "id": "7001",
            "name": "Bench",
            "slug": "bench",
            "first_day_of_the_week": "monday",
            "plan": "standard",
        },
        "users": [
            {
                "id": str(101 + n),
                "name": f"Planner {n}",
                "email": f"planner{n}@example.com",
                "kind": "member",
                "enabled": True,
            }
            for n in range(PLANNERS)
        ],
        "teams": [],
        "tags": [],
        "boards": [
            _board(board.items, BOARD_ID, parent=None, subitems=SUBITEM_BOARD_ID)
            | {"items": [{"id": str(FIRST_ITEM + n), "name": f"AAG-{n}", "values": {}} | made for n in range(items)]},
            _board(board.subitems, SUBITEM_BOARD_ID, parent=BOARD_ID, subitems=None),
        ],
    }


def _board(entity: Entity, board_id: int, parent: int | None, subitems: int | None) -> dict[str, Any]:
    return {
        "id": str(board_id),
        "name": entity.model,
        "description": "",
        "kind": "public",
        "items_limit": 100_000,
        "subitem_board": None if subitems is None else str(subitems),
        "parent_board": None if parent is None else str(parent),
        "groups": _GROUPS,
        "columns": [
            {
                "id": column.id,
                "title": column.name,
                "type": column.type,
                "description": "",
                "settings": _settings(column.type),
            }
            for column in entity.columns
        ],
        "items": [],
    }


def _settings(kind: str) -> dict[str, Any]:
    if kind not in LABELLED:
        return {}
    return {"labels": [{"id": label_id, "label": label} for label_id, label in LABELS.items()]}
