"""`opus-sync release`: lets held rows through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opus_sync.commands.decide import decide
from opus_sync.errors import UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.plan.board_plan import BoardPlan
from opus_sync.plan.staged import StagedRow
from opus_sync.push.decisions import Scope, release

_SHOWN = 5


def run(invocation: Invocation, *, key: str | None, batch_key: str | None, column: str | None, reason: str) -> Result:
    """Release a record, one of its columns, or a batch; raises UsageError where nothing of it is held."""

    def decisions(scope: Scope, rows: Sequence[StagedRow], plan: BoardPlan) -> list[dict[str, Any]]:
        held = [row for row in rows if row.hold_reason]
        if not held:
            known = [row.label for row in plan.held]
            more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
            raise UsageError(
                f"nothing of {key or batch_key} is held on {plan.target.board}",
                f"Held are: {', '.join(known[:_SHOWN]) or 'none'}{more}.",
            )
        return release(scope, held, reason)

    return decide(invocation, "released", decisions, key=key, batch_key=batch_key, column=column)
