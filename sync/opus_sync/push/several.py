"""Pushes several boards side by side, each with one request in flight."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from opus_sync.errors import OpusError
from opus_sync.push.engine import BoardPush
from opus_sync.push.report import Report


def push_all(pushes: Sequence[BoardPush], threads: int) -> list[Report]:
    """Run every push; a board that fails does not stop the others."""
    with ThreadPoolExecutor(max_workers=max(1, min(threads, len(pushes) or 1))) as pool:
        return list(pool.map(_run, pushes))


def _run(push: BoardPush) -> Report:
    try:
        return push.run()
    except OpusError as error:
        push.report.halted, push.report.hint = error.message, error.hint
    except Exception as error:  # What other boards have done must be told all the same.
        push.report.halted = f"unexpected {type(error).__name__}: {error}"
        push.report.hint = "this is a defect of opus-sync: please report it"
    return push.report
