"""The ways to the boards that are verified: nothing is ever sent over them but queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from opus_sync.clock import Clock, SystemClock
from opus_sync.contract import Board
from opus_sync.live.items import ItemReader
from opus_sync.live.structure import StructureReader
from opus_sync.monday.account import Account, read_account
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.hub import Hub
from opus_sync.project import Project
from opus_sync.warehouse.origin import refuse_other_origin


@dataclass
class Reading:
    """One command that reads boards of a project."""

    project: Project
    _hub: Hub
    _accounts: dict[str | None, Account] = field(default_factory=dict)

    def api(self, board: Board) -> GovernedApi:
        """Return an Api for one board."""
        retries = self.project.settings_for(board).max_retries
        return self._hub.open(board.account, max_retries=retries, board=board.name)

    def reader(self, board: Board) -> ItemReader:
        """Return what reads its single items."""
        return ItemReader(self.api(board), board, self.board_id(board))

    def structure(self, board: Board) -> StructureReader:
        """Return what reads its groups, and its own name and description."""
        return StructureReader(self.api(board), self.board_id(board))

    def board_id(self, board: Board) -> int:
        """Return the board's id on this target."""
        return board.board_id(self.project.target_name)

    def account(self, board: Board) -> Account:
        """Return the account of the board's token; raises Refused where the tables belong to another."""
        if board.account not in self._accounts:
            found = self._accounts[board.account] = read_account(self.api(board))
            siblings = self.project.of_account(board.account)
            refuse_other_origin(self.project.warehouse, self._hub.endpoint, found.id, siblings)
        return self._accounts[board.account]


@contextmanager
def reading(project: Project, clock: Clock | None = None) -> Iterator[Reading]:
    """Open the ways; they are closed when the block ends."""
    timeout, log = project.settings.request_timeout, project.invocation.log
    with Hub(project.endpoint, project.token, clock or SystemClock(), timeout=timeout, log=log) as hub:
        yield Reading(project, hub)
