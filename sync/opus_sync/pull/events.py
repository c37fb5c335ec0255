"""The rows of `mon_extract` that tell the life of one extract."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from opus_sync.clock import Clock


@dataclass(frozen=True)
class Counts:
    """What an extract should hold and what was read; None for what was not reached."""

    items_expected: int | None = None
    items_read: int | None = None
    subitems_expected: int | None = None
    subitems_read: int | None = None
    api_calls: int | None = None
    complexity: int | None = None


@dataclass(frozen=True)
class Made:
    """How an extract came about: its mode, what was read and how, and when by monday's clock its items were."""

    mode: str | None = None
    reading: str | None = None
    monday_time: datetime | None = None


@dataclass
class ExtractEvents:
    """Makes the events of one extract, each with the board's next `seq`."""

    board: str
    board_id: int
    endpoint: str
    account_id: str
    seq: int
    clock: Clock
    extract_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def event(
        self,
        status: str,
        counts: Counts | None = None,
        reason: str | None = None,
        made: Made | None = None,
    ) -> Mapping[str, Any]:
        """Return the row of an event that happens now; until an extract is read nobody knows how it was made."""
        seq, self.seq = self.seq, self.seq + 1
        return {
            "extract_id": self.extract_id,
            "board": self.board,
            "monday_board_id": self.board_id,
            "endpoint": self.endpoint,
            "account_id": self.account_id,
            "status": status,
            **asdict(counts or Counts()),
            "reason": reason,
            "seq": seq,
            "recorded_at": self.clock.now(),
            **asdict(made or Made()),
        }
