"""One connection and one governor for each token, however many boards use it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from opus_sync.clock import Clock
from opus_sync.log import SILENT, Log
from opus_sync.monday.client import Monday
from opus_sync.monday.endpoint import Token
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.governor import Governor


class Hub:
    """Hands out the API by account. Close it when done; `token_of` looks an account's token up."""

    def __init__(
        self,
        endpoint: str,
        token_of: Callable[[str | None], Token],
        clock: Clock,
        *,
        timeout: float = 65.0,
        log: Log = SILENT,
    ) -> None:
        self.endpoint = endpoint
        self._token_of = token_of
        self._clock = clock
        self._timeout = timeout
        self._log = log
        self._guard = threading.Lock()
        self._lines: dict[Token, tuple[Monday, Governor]] = {}

    def open(self, account: str | None = None, *, max_retries: int = 3, board: str | None = None) -> GovernedApi:
        """Return an Api of its own counts, on the connection and the limits of the account's token.

        The log names the board that it is for.
        """
        token = self._token_of(account)
        with self._guard:
            line = self._lines.get(token)
            if line is None:
                client = Monday(self.endpoint, token, timeout=self._timeout)
                line = self._lines[token] = (client, Governor(self._clock))
        return GovernedApi(*line, self._clock, max_retries=max_retries, log=self._log.about(board=board))

    def close(self) -> None:
        """Close every connection."""
        with self._guard:
            for client, _ in self._lines.values():
                client.close()
            self._lines.clear()

    def __enter__(self) -> Hub:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
