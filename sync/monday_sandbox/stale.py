"""Reads that lag behind writes, for clients that must bear it."""

from __future__ import annotations

import copy
from collections import deque

from monday_sandbox.lookup import Lookups
from monday_sandbox.store import Store


class StaleReads:
    """Keeps the states of the last seconds; costs a copy of everything per mutation, so small boards only."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._past: deque[tuple[float, Store]] = deque()

    def before_write(self, store: Store, now: float) -> None:
        """Keep the state as it is before a mutation."""
        if self._seconds > 0:
            kept = copy.deepcopy(store)
            kept.lookups = Lookups()
            self._past.append((now, kept))

    def seen(self, store: Store, now: float) -> Store:
        """Return the state that a query sees: the present one, or one `seconds` old."""
        while self._past and self._past[0][0] <= now - self._seconds:
            self._past.popleft()
        return self._past[0][1] if self._past else store
