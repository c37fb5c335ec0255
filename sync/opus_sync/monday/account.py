"""Whose token this is."""

from __future__ import annotations

from dataclasses import dataclass

from opus_sync.errors import OpusError
from opus_sync.monday.documents import document
from opus_sync.monday.governed import GovernedApi


@dataclass(frozen=True)
class Account:
    """The account that a token belongs to; `user_id` and `user_name` are the token's own."""

    id: str
    first_day_of_week: str
    user_id: str
    user_name: str


def read_account(api: GovernedApi) -> Account:
    """Ask monday whose token this is; raises OpusError where the token may not see its account."""
    data = api.read(document("account"), {}).data
    account = data.get("account")
    if not account:
        raise OpusError("monday does not show this token its account", "the token needs the scope account:read")
    user = data.get("me") or {}
    return Account(
        id=str(account["id"]),
        first_day_of_week=account["first_day_of_the_week"],
        user_id=str(user.get("id") or ""),
        user_name=str(user.get("name") or ""),
    )
