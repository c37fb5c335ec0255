"""`opus-sync push`: sends the staged rows with `--live`, says what it would send without."""

from __future__ import annotations

from pathlib import Path

from opus_sync.clock import SystemClock
from opus_sync.commands.live import at_work
from opus_sync.commands.planning import Wish, command_line, dry_run, read, refuse, said
from opus_sync.commands.resume import resume
from opus_sync.errors import UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.plan.board_plan import BoardPlan, Selection
from opus_sync.project import load_project, plan_file_needed
from opus_sync.push.plan_file import read_plan_file
from opus_sync.push.session import Manner


def run(
    invocation: Invocation,
    *,
    live: bool = False,
    promote: bool = True,
    plan: Path | None = None,
    batch_key: str | None = None,
    key: str | None = None,
    limit: int | None = None,
    lift: tuple[str, ...] = (),
    sequential: bool = False,
    fail_fast: bool = False,
    resume_only: bool = False,
    show: int = 10,
) -> Result:
    """Push the selected boards, or what a plan file holds; without `live` this is the plan.

    Exits 0, 1 where rows failed or are invalid or the push ended early, 130 or 143 where it was interrupted.
    Raises Refused where nothing may be sent. `resume_only` sends nothing: it ends what an earlier push left open.
    """
    rows: dict[str, object] = {"batch_key": batch_key, "key": key, "limit": limit}
    narrowed = [f"--{name.replace('_', '-')}" for name, value in rows.items() if value is not None]
    if resume_only:
        if live or plan or narrowed:
            raise UsageError("--resume sends nothing, so it goes with no --live, --plan or selection of rows")
        return resume(invocation)
    if plan is None:
        selection = Selection(batch_key, key, limit)
        wish = Wish(command_line(invocation, "push", rows), lambda project, board: selection, lift)
    else:
        if narrowed:
            raise UsageError(f"--plan takes no {' and '.join(narrowed)}", "A plan file is pushed as it was approved.")
        sealed = read_plan_file(plan)
        wish = Wish(
            command_line(invocation, "push", {"plan": plan}),
            lambda project, board: Selection(sealed=sealed.boards[board.name].rows),
            lift,
            sealed,
        )
    manner = Manner(sequential=sequential, fail_fast=fail_fast)
    return carry_out(invocation, wish, manner, live=live, promote=promote, show=show)


def carry_out(invocation: Invocation, wish: Wish, manner: Manner, *, live: bool, promote: bool, show: int) -> Result:
    """Push what is wished for; without `live` say what that would do."""
    project = load_project(invocation)
    if not live:
        return dry_run(project, wish, SystemClock().now(), show)[1]
    boards = wish.boards(project)
    if wish.sealed is None:
        plan_file_needed(project)
    with at_work(project, boards) as work:
        work.recover()
        plan = read(project, boards, wish, work.clock.now(), work.account_ids)
        refuse(plan.reasons)
        if not plan.operations:
            return said(invocation, plan, show=0)

        def manner_of(board: BoardPlan) -> Manner:
            return manner.having(plan_id=wish.sealed.plan_id if wish.sealed else None, lifted=board.lifted)

        return work.result(plan, work.push(plan, manner_of, promote=promote))
