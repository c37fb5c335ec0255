"""Whom an account holds: read once in a pull, however many boards it has."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opus_sync.monday.account import Account, read_account
from opus_sync.monday.documents import document
from opus_sync.monday.governed import GovernedApi

_USERS_PAGE = 200
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Directory:
    """People, teams and tags of an account, as rows without extract id."""

    users: Rows
    teams: Rows
    tags: Rows

    def rows(self, extract_id: str) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of the runner's tables."""
        tables = {"mon_raw_user": self.users, "mon_raw_team": self.teams, "mon_raw_tag": self.tags}
        return {table: [{"extract_id": extract_id, **row} for row in found] for table, found in tables.items()}


class AccountReader:
    """Reads an account at most once; boards of it may ask from threads of their own."""

    def __init__(self, open_api: Callable[[str], GovernedApi]) -> None:
        self._open_api = open_api
        self._guard = threading.Lock()
        self._account: Account | None = None
        self._directory: Directory | None = None

    def open_api(self, board: str) -> GovernedApi:
        """Return an Api for one board, with counts of its own."""
        return self._open_api(board)

    def account(self, api: GovernedApi) -> Account:
        """Return the account."""
        with self._guard:
            if self._account is None:
                self._account = read_account(api)
            return self._account

    def directory(self, api: GovernedApi) -> Directory:
        """Return its people, teams and tags."""
        with self._guard:
            if self._directory is None:
                self._directory = _read_directory(api)
            return self._directory


def _read_directory(api: GovernedApi) -> Directory:
    first = api.read(document("directory"), {"limit": _USERS_PAGE}).data
    return Directory(
        users=[
            {
                "user_id": str(user["id"]),
                "user_name": user["name"],
                "email": user["email"],
                "kind": user["kind"],
                "status": user["status"],
            }
            for user in _users(api, first["users"] or [])
        ],
        teams=[{"team_id": str(team["id"]), "team_name": team["name"]} for team in first["teams"] or ()],
        tags=[{"tag_id": str(tag["id"]), "tag_name": tag["name"]} for tag in first["tags"] or ()],
    )


def _users(api: GovernedApi, users: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the users of all pages, of which the first is given."""
    found = list(users)
    page = 1
    while len(users) == _USERS_PAGE:
        page += 1
        users = api.read(document("users"), {"limit": _USERS_PAGE, "page": page}).data["users"] or []
        found += users
    return found
