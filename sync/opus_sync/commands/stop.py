"""`opus-sync stop`: lets a running push end after its request in flight."""

from __future__ import annotations

from typing import Any

from opus_sync.clock import SystemClock
from opus_sync.errors import UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.machine import os_user
from opus_sync.project import load_project
from opus_sync.warehouse.sequence import next_seq


def run(invocation: Invocation, *, reason: str) -> Result:
    """Append the wish to stop for each selected board that somebody is at work on; takes no lock, the push has it.

    Exits 1 where nobody is at work on one of them.
    """
    if not invocation.select:
        raise UsageError("stop needs the board", "Name it with --select BOARD.")
    project = load_project(invocation)
    warehouse = project.warehouse
    lines: list[str] = []
    asked: list[dict[str, Any]] = []
    boards = project.boards()
    for board in boards:
        holder = warehouse.lock_holder(board.name)
        if holder is None:
            lines.append(f"{board.name}: nobody is at work, there is nothing to stop")
            continue
        warehouse.append({"mon_decision": [_wish(board.name, next_seq(warehouse, board.name), reason)]})
        lines += [f"{board.name}: at work is {holder}", "  asked to stop: a push ends after its request in flight"]
        asked.append({"board": board.name, "holder": holder})
    return Result(0 if len(asked) == len(boards) else 1, "\n".join(lines), {"reason": reason, "asked": asked})


def _wish(board: str, seq: int, reason: str) -> dict[str, Any]:
    return {
        "seq": seq,
        "board": board,
        "decision": "STOP",
        "scope": "board",
        "decided_by": os_user(),
        "reason": reason,
        "recorded_at": SystemClock().now(),
    }
