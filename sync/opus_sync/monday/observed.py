"""Tells the log of each request as it leaves and as it is answered."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from opus_sync.clock import Clock
from opus_sync.errors import OpusError
from opus_sync.log import Log
from opus_sync.monday.answer import Answer, NoAnswer, NotSent


def observed(send: Callable[[], Answer], log: Log, clock: Clock, **about: Any) -> Answer:
    """Send a request and tell of it; `about` stands in each entry. What monday says in words may hold values: no part.

    Raises what `send` raises.
    """
    about["request_id"] = about.get("request_id") or str(uuid.uuid4())
    log.event("request_sent", **about)
    began = clock.monotonic()
    try:
        answer = send()
    except OpusError as error:
        log.event(
            "request_lost" if isinstance(error, (NotSent, NoAnswer)) else "request_refused",
            error_type=getattr(error, "code", "") or type(error).__name__,
            seconds=round(clock.monotonic() - began, 3),
            **about,
        )
        raise
    log.event(
        "request_answered",
        seconds=round(clock.monotonic() - began, 3),
        complexity=answer.complexity.query if answer.complexity else None,
        errors=len(answer.errors) or None,
        monday_request_id=answer.request_id or None,
        **about,
    )
    return answer
