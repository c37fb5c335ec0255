"""One token's way to monday: client, governor, and whose token it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from opus_sync.clock import Clock
from opus_sync.log import SILENT, Log
from opus_sync.monday.account import Account, read_account
from opus_sync.monday.answer import Api
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.governor import Governor
from opus_sync.push.origin import Actor, actor


@dataclass(frozen=True)
class Line:
    """An Api with the governor that all boards pushed with its token share, and the token's account."""

    api: Api
    governor: Governor
    account: Account

    def actor(self, project_dir: Path, login: str | None) -> Actor:
        """Return who pushes over this line from a project; `login` is how the warehouse knows us."""
        return actor(project_dir, login=login, monday_user=f"{self.account.user_id} {self.account.user_name}".strip())


def connect(api: Api, clock: Clock, log: Log = SILENT) -> Line:
    """Ask monday whose token this is; the answer also tells the governor the budget.

    Raises Stopped for a token that monday refuses, NotSent where it cannot be reached.
    """
    governor = Governor(clock)
    return Line(api, governor, read_account(GovernedApi(api, governor, clock, log=log)))
