"""How many calls the account has left of the day, as far as monday tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opus_sync.monday.answer import Rejected, Stopped
from opus_sync.monday.documents import document
from opus_sync.monday.governed import GovernedApi


@dataclass(frozen=True)
class DailyCalls:
    """The calls of one UTC day: how many the account may make, how many it has made."""

    limit: int
    used: int

    def left(self, reserve: float) -> int:
        """Return what may still be called when that share of the day is left to others."""
        return max(0, int(self.limit * (1 - reserve)) - self.used)


def read_daily_calls(api: GovernedApi, today: date) -> DailyCalls | None:
    """Ask for the calls of the day; None where the token may not see them or the account has no limit."""
    try:
        told = api.read(document("daily_calls"), {}).data.get("platform_api") or {}
    except (Rejected, Stopped):
        return None
    limit = (told.get("daily_limit") or {}).get("total")
    if not limit:
        return None
    days = (told.get("daily_analytics") or {}).get("by_day") or ()
    used = sum(int(day["usage"]) for day in days if str(day["day"])[:10] == today.isoformat())
    return DailyCalls(int(limit), used)
