"""`opus-sync approve`: records that somebody agrees to a plan file, as it stands."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from opus_sync.clock import SystemClock
from opus_sync.commands.planning import refuse
from opus_sync.invocation import Invocation, Result
from opus_sync.machine import os_user
from opus_sync.plan.objections import objections
from opus_sync.project import load_project
from opus_sync.push.decisions import approve, numbered
from opus_sync.push.plan_file import boards_of, circumstances, read_plan_file
from opus_sync.warehouse.base import BoardLock
from opus_sync.warehouse.sequence import next_seq


def run(invocation: Invocation, *, plan: Path, reason: str | None = None) -> Result:
    """Append an approval for each board of a plan file; raises Refused where it is expired, changed or used."""
    sealed = read_plan_file(plan)
    project = load_project(invocation)
    warehouse = project.warehouse
    boards = boards_of(sealed, project)
    now = SystemClock().now()
    agreed: list[tuple[BoardLock, list[dict[str, Any]]]] = []
    with ExitStack() as held:
        for board in boards:
            lock = held.enter_context(warehouse.lock(board.name))
            met = circumstances(project, board, sealed, now=now, account_id=None, approving=True)
            refuse(objections(sealed, met))
            decision = approve(sealed.plan_id, sealed.digest, reason)
            agreed.append((lock, numbered([decision], board.name, count(next_seq(warehouse, board.name)), now)))
        for lock, rows in agreed:
            lock.append({"mon_decision": rows})
    own = os_user().casefold() == sealed.created_by.casefold()
    says = "; where approval is required, that of its own author does not count" if own else ""
    return Result(
        0,
        f"approved: {sealed.words}, for {', '.join(board.name for board in boards) or 'no board'}{says}",
        {"plan_id": sealed.plan_id, "digest": sealed.digest, "boards": [board.name for board in boards]},
    )
