"""One token's way to monday: client, governor, and whose token it is."""

from __future__ import annotations

from dataclasses import dataclass

from opus_sync.clock import Clock
from opus_sync.errors import OpusError
from opus_sync.monday.answer import Api
from opus_sync.monday.documents import document
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.governor import Governor


@dataclass(frozen=True)
class Account:
    """What monday says of a token; all boards pushed with it share the governor."""

    api: Api
    governor: Governor
    account_id: str
    user: str


def connect(api: Api, clock: Clock) -> Account:
    """Ask monday whose token this is; the answer also tells the governor the budget.

    Raises Stopped for a token that monday refuses, NotSent where it cannot be reached.
    """
    governor = Governor(clock)
    data = GovernedApi(api, governor, clock).read(document("account"), {}).data
    account, user = data.get("account"), data.get("me") or {}
    if not account:
        raise OpusError(
            "monday does not show this token its account", "the token needs the scope account:read"
        )
    return Account(
        api, governor, str(account["id"]), " ".join(str(user[key]) for key in ("id", "name") if key in user)
    )
