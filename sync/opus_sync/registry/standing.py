"""How the boards of the registry stand, by the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from opus_sync.contract import Board
from opus_sync.contract.suggest import did_you_mean
from opus_sync.errors import ConfigurationError, UsageError
from opus_sync.project import Project
from opus_sync.shown import lasted, moment, plural
from opus_sync.status.facts import BoardStatus
from opus_sync.status.read import read_status
from opus_sync.warehouse.errors import MissingTable


@dataclass(frozen=True)
class Standing:
    """One board: `monday_board_id` is None where its contract names none for the target, `status` with it.

    A board that was never pulled has a status that holds nothing.
    """

    board: Board
    monday_board_id: int | None
    status: BoardStatus | None

    @property
    def last_push_at(self) -> datetime | None:
        """When the last push of the board began."""
        batches = self.status.last_push if self.status else ()
        return min((batch.started_at for batch in batches), default=None)

    @property
    def failures(self) -> int:
        """How many rows failed last and were not written since."""
        return sum(self.status.failures.values()) if self.status else 0

    def concerns(self, now: datetime) -> Iterator[str]:
        """Yield what somebody should look at."""
        status = self.status
        if status is None:
            yield "its contract names no board for this target"
            return
        if status.active is None:
            yield "it was never pulled"
        if status.newest and status.newest.status == "REJECTED":
            yield f"the newest pull, {moment(status.newest.began_at)}, was rejected"
        limit = self.board.guards.extract_age
        if status.active and limit and now - status.active.began_at > timedelta(hours=limit.hours):
            yield f"its extract is {lasted(now - status.active.began_at)} old, a push is refused"
        if status.open_rows:
            yield f"{plural(status.open_rows, 'row', 'rows')} without a known outcome"
        if self.failures:
            yield f"{plural(self.failures, 'row', 'rows')} failed last"
        if status.requests:
            yield f"{plural(len(status.requests), 'rollback', 'rollbacks')} asked for"


def read_standings(project: Project) -> list[Standing]:
    """Return how every board stands, removed ones included."""
    return [_standing(project, board) for board in project.known_boards()]


def read_standing(project: Project, name: str) -> Standing:
    """Return how one board stands; raises UsageError where there is none of that name."""
    return _standing(project, named_board(project, name))


def named_board(project: Project, name: str, *, listed: bool = True) -> Board:
    """Return the board of a name, removed or not; raises UsageError where there is none."""
    boards = {board.name: board for board in project.known_boards(listed=listed)}
    if name not in boards:
        known = f"boards: {', '.join(sorted(boards))}" if boards else "there is no contract in boards/ yet"
        raise UsageError(f"there is no board {name!r}{did_you_mean(name, boards)}", known)
    return boards[name]


def _standing(project: Project, board: Board) -> Standing:
    try:
        board_id = board.board_id(project.target_name)
    except ConfigurationError:
        return Standing(board, None, None)
    try:
        return Standing(board, board_id, read_status(project.warehouse, board.name, board_id))
    except MissingTable:
        return Standing(board, board_id, BoardStatus(board.name, board_id))
