"""Read by each command of the storm when Python starts: another clock, or no look before a write."""

import os
from datetime import timedelta

_skew = float(os.environ.get("STORM_SKEW") or 0)
if _skew:
    from opus_sync.clock import SystemClock

    _now = SystemClock.now
    SystemClock.now = lambda self: _now(self) + timedelta(seconds=_skew)  # type: ignore[method-assign]

if os.environ.get("STORM_BLIND"):
    from opus_sync.push import engine

    vars(engine)["allowed"] = lambda entry, found, parent, rule: entry
