"""`opus-sync prune`: removes old extracts and requests. The macro decides which; this holds the boards meanwhile."""

from __future__ import annotations

from contextlib import ExitStack

from opus_sync.invocation import Invocation, Result
from opus_sync.project import load_project
from opus_sync.warehouse.macro_call import run_operation


def run(invocation: Invocation, *, confirm: bool = False) -> Result:
    """Remove what is older than each board's `retention_days`; without `confirm` say what that would be.

    Raises Refused where somebody is at work on one of the boards.
    """
    project = load_project(invocation)
    keep = {board.name: project.settings_for(board).retention_days for board in project.boards()}
    with ExitStack() as locks:
        if confirm:
            for board in sorted(keep):
                locks.enter_context(project.warehouse.lock(board))
        answer = run_operation(project.dbt, "opus_prune", keep=keep, confirm=confirm)
    return Result(answer.exit_code, "\n".join(answer.lines), answer.data)
