"""`opus-sync hold`: keeps staged rows from being sent until they are released."""

from __future__ import annotations

from opus_sync.commands.decide import decide
from opus_sync.invocation import Invocation, Result
from opus_sync.push.decisions import hold


def run(invocation: Invocation, *, key: str | None, batch_key: str | None, column: str | None, reason: str) -> Result:
    """Hold a record, one of its columns, or a batch; it need not be staged yet."""
    return decide(
        invocation,
        "held",
        lambda scope, rows, plan: hold(scope, rows, reason),
        key=key,
        batch_key=batch_key,
        column=column,
    )
