"""The rows of `mon_verification`: what each verification came to, for the service levels."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from opus_sync.verify.findings import Findings, Verdict


def verification_rows(
    boards: Sequence[Findings], *, plan_id: str | None, by: str, endpoint: str, at: datetime
) -> Iterator[dict[str, Any]]:
    """Yield a row for each board of which cells were judged; `plan_id` is None for what was read back."""
    verification_id = str(uuid.uuid4())
    for board in boards:
        if board.counts:
            yield {
                "verification_id": verification_id,
                "board": board.board,
                "monday_board_id": board.monday_board_id,
                "plan_id": plan_id,
                "cells": board.counts.total(),
                **{f"{verdict.value}_cells": board.counts[verdict] for verdict in Verdict},
                "verified_by": by,
                "endpoint": endpoint,
                "recorded_at": at,
            }
