"""Does a push fit what is left of the day's calls? Asked before it starts, for half a push helps nobody."""

from __future__ import annotations

from collections.abc import Iterable

from opus_sync.monday.daily_calls import DailyCalls
from opus_sync.plan.board_plan import BoardPlan
from opus_sync.plan.cost import total
from opus_sync.plan.preconditions import Reason


def too_many_calls(plans: Iterable[BoardPlan], day: DailyCalls | None, reserve: float) -> Reason | None:
    """Return why the boards of one token cannot be pushed today; None where they fit or monday does not tell."""
    if day is None:
        return None
    cost = total(plan.cost for plan in plans)
    needed, left = cost.requests + cost.reads, day.left(reserve)
    if needed <= left:
        return None
    kept = f", {reserve:.0%} of them kept for others" if reserve else ""
    return Reason(
        f"the push takes about {needed:,} calls, and {left:,} are left of today's "
        f"({day.used:,} of {day.limit:,} are used{kept})",
        "push a part with --limit or --batch-key, lower daily_call_reserve, or push after 00:00 UTC; nothing was sent",
    )
