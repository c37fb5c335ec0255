"""Whether a board still has the columns that its contract names."""

from __future__ import annotations

from opus_sync.columns import column_type
from opus_sync.contract import Board, Entity
from opus_sync.live.cells import NAME_TYPE
from opus_sync.pull.live_board import LiveBoard


def column_problems(board: Board, entity: Entity, live: LiveBoard) -> list[str]:
    """Return a line for each column of the contract that the board lacks or has with another type."""
    there = {column["id"]: column for column in live.columns if not column["archived"]}
    problems = []
    for column in entity.present:
        if column.type == NAME_TYPE:
            continue
        where = f"{board.file}:{column.line} column {column.name!r} ({column.id})"
        found = there.get(column.id)
        if found is None:
            problems.append(
                f"{where} is not on board {live.id}: restore it in monday, take it out of the contract, "
                "or let `opus-sync board deploy` mark it there as missing"
            )
        elif column_type(found["type"]).name != column.type:
            problems.append(
                f"{where} is of type {found['type']!r} on board {live.id}, not {column.type!r}: "
                "change the type in the contract"
            )
    return problems
