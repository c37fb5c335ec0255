"""Compares contracts with the boards on monday: columns with the contract, labels with the last extract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opus_sync.contract import Board, Entity
from opus_sync.errors import OpusError
from opus_sync.monday.documents import document
from opus_sync.monday.governed import GovernedApi
from opus_sync.pull.live_board import LiveBoard, label_rows, live_board
from opus_sync.registry.drift import STALE, Difference, differences
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.errors import MissingTable

_AT_ONCE = 20
Labels = Mapping[tuple[int, str], Mapping[str, str]]


@dataclass(frozen=True)
class LabelChange:
    """The labels of a column that came, went or were renamed since the last extract."""

    entity: str
    column: str
    new: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        parts = [
            *([f"new: {', '.join(self.new)}"] if self.new else []),
            *([f"gone: {', '.join(self.gone)}"] if self.gone else []),
            *([f"renamed: {', '.join(f'{was} → {now}' for was, now in self.renamed)}"] if self.renamed else []),
        ]
        return f"{self.entity} column {self.column!r} has other labels than the last extract; {'; '.join(parts)}"


@dataclass(frozen=True)
class Compared:
    """One board: `problem` where it cannot be read, else what differs."""

    board: Board
    problem: str = ""
    columns: Sequence[Difference] = ()
    labels: Sequence[LabelChange] = ()
    new_subitems: bool = False

    @property
    def stale(self) -> bool:
        """Whether the contract has to change."""
        return bool(self.problem) or any(one.kind in STALE for one in self.columns)


def compare(api: GovernedApi, boards: Sequence[Board], target: str, warehouse: Warehouse) -> Iterator[Compared]:
    """Compare boards of one account; reads up to twenty of them in a request, and as many subitem boards."""
    for at in range(0, len(boards), _AT_ONCE):
        some = boards[at : at + _AT_ONCE]
        answered = _read(api, [board.board_id(target) for board in some])
        found: dict[str, LiveBoard | OpusError] = {}
        for board in some:
            try:
                found[board.name] = live_board(answered, board.board_id(target), board.file)
            except OpusError as error:
                found[board.name] = error
        ids = [live.subitem_board_id() for live in found.values() if isinstance(live, LiveBoard)]
        below = {int(one["id"]): LiveBoard(one) for one in _read(api, [number for number in ids if number]) if one}
        for board in some:
            live = found[board.name]
            if isinstance(live, OpusError):
                yield Compared(board, problem=live.message)
            else:
                yield _compared(board, live, below.get(live.subitem_board_id() or 0), _last_labels(warehouse, board))


def _read(api: GovernedApi, ids: Sequence[int]) -> Sequence[Mapping[str, Any]]:
    if not ids:
        return ()
    variables = {"ids": [str(one) for one in ids], "limit": len(ids)}
    boards: Sequence[Mapping[str, Any]] = (
        api.read(document("boards") + document("board_facts"), variables).data["boards"] or ()
    )
    return boards


def _compared(board: Board, live: LiveBoard, below: LiveBoard | None, last: Labels | None) -> Compared:
    columns: list[Difference] = []
    labels: list[LabelChange] = []
    for entity, place in ((board.items, live), (board.subitems, below)):
        if entity and place:
            columns += differences(entity, place.columns)
            labels += [] if last is None else _label_changes(entity, place, last)
    return Compared(board, "", columns, labels, below is not None and board.subitems is None)


def _last_labels(warehouse: Warehouse, board: Board) -> Labels | None:
    """Return (board, column) -> label id -> label of the active extract, without inactive ones; None without one."""
    try:
        events = warehouse.query("status_extracts", board=board.name)
        active = [event["extract_id"] for event in events if event["status"] == "ACTIVE"]
        rows = warehouse.query("push_labels", extract_id=active[-1]) if active else None
    except MissingTable:
        return None
    if rows is None:
        return None
    labels: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    for row in rows:
        if not row["is_deactivated"]:
            labels[(int(row["monday_board_id"]), row["column_id"])][str(row["label_id"])] = row["label"] or ""
    return labels


def _label_changes(entity: Entity, live: LiveBoard, last: Labels) -> Iterator[LabelChange]:
    now: dict[str, dict[str, str]] = defaultdict(dict)
    for row in label_rows(live):
        if not row["is_deactivated"]:
            now[row["column_id"]][row["label_id"]] = row["label"] or ""
    for column in entity.columns:
        before, present = last.get((live.id, column.id), {}), now[column.id]
        if before == present or column.missing:
            continue
        yield LabelChange(
            entity.kind,
            column.name,
            tuple(label for one, label in present.items() if one not in before),
            tuple(label for one, label in before.items() if one not in present),
            tuple((before[one], label) for one, label in present.items() if before.get(one, label) != label),
        )
