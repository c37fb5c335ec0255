"""Reads a board's staged set and all that decides whether it may be pushed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from opus_sync.contract import Board
from opus_sync.errors import OpusError
from opus_sync.plan.board_plan import BoardPlan, Selection, Target, plan_board
from opus_sync.plan.cost import Pace
from opus_sync.plan.guards import Scale, Watch
from opus_sync.plan.preconditions import BuildEvent, Facts, Present, Reason, build_event, newest, refusal
from opus_sync.warehouse.base import Warehouse

# Parameter of a query -> kind of staged model.
_STAGED = {"items": "items", "subitems": "subitems", "groups": "groups", "facts": "board"}


def read_plan(
    warehouse: Warehouse,
    board: Board,
    *,
    target: str,
    endpoint: str,
    account_id: str | None,
    selection: Selection,
    pace: Pace,
    now: datetime,
    lift: Collection[str] = (),
    command: str = "opus-sync push",
    objections: tuple[Reason, ...] = (),
) -> BoardPlan:
    """Plan a board from the warehouse alone; `account_id` is None where no token was asked for it.

    `lift` names guards, `command` is the push without --live, `objections` stand against its plan file.
    """
    present = present_of(warehouse, board.name)
    staged, around = _builds(warehouse, board, target)
    rows = [row for event in staged for row in _scan(warehouse, board, event)]
    facts = Facts(
        board=board.name,
        monday_board_id=board.board_id(target),
        endpoint=endpoint,
        account_id=account_id,
        present=present,
        staged=staged,
        around=around,
        points=frozenset((row.get("extract_id"), row.get("as_of_seq")) for row in rows),
    )
    where = Target(
        target=target,
        endpoint=endpoint,
        account_id=account_id or present.account_id or "",
        board=board.name,
        monday_board_id=board.board_id(target),
        titles=titles_of(board),
    )
    return plan_board(
        where,
        rows,
        pace,
        selection=selection,
        reason=refusal(facts),
        objections=objections,
        watch=Watch(board.guards, _scale(warehouse, board.name, present, now), lift, command),
    )


def present_of(warehouse: Warehouse, board: str) -> Present:
    """Return where a board stands by the runner's tables."""
    found = warehouse.query("plan_present", board=board)
    if not found:
        return Present()
    (counted,) = warehouse.query("status_open", board=board)
    return Present(**found[0], open_operations=counted["open_operations"])


def _scale(warehouse: Warehouse, board: str, present: Present, now: datetime) -> Scale | None:
    """Count what is on the board; clocks may differ, so an extract of the future is of now."""
    if present.extract_id is None:
        return None
    (active,) = warehouse.query("plan_active_items", board=board, extract_id=present.extract_id)
    began = present.extract_started_at
    hours = None if began is None else max(0.0, (now - began).total_seconds() / 3600)
    return Scale(max(0, int(active["items"])), max(0, int(active["subitems"])), hours, max(0, int(active["groups"])))


def _builds(warehouse: Warehouse, board: Board, target: str) -> tuple[tuple[BuildEvent, ...], tuple[BuildEvent, ...]]:
    """Return the newest events of the board's staged models, and of the nodes around them since then."""
    names = [f"staged_{board.name}_{kind}" for kind in board.kinds]
    asked = {
        place: f"staged_{board.name}_{kind}" if kind in board.kinds else names[0] for place, kind in _STAGED.items()
    }
    rows = warehouse.query("plan_build_events", board=board.name, target=target, **asked)
    events = newest(build_event(row) for row in rows).values()
    staged = tuple(event for event in events if event.node_name in names)
    return staged, tuple(event for event in events if event.node_name not in names)


def _scan(warehouse: Warehouse, board: Board, event: BuildEvent) -> Iterable[dict[str, Any]]:
    """Read the rows of a staged model; one that failed or was skipped has none that count."""
    if event.status != "success" or not event.relation_name:
        return ()
    try:
        return warehouse.scan(event.relation_name)
    except OpusError as error:
        raise OpusError(
            f"{board.name}: the staged table {event.relation_name} cannot be read: {error.message}",
            f"run `dbt build --select +{event.node_name}`",
        ) from error


def titles_of(board: Board) -> dict[tuple[str, str], str]:
    """Return the titles of a board's columns by update type and column id."""
    return {(f"update_{entity.kind}", column.id): column.name for entity in board.entities for column in entity.columns}
