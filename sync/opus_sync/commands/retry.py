"""`opus-sync retry`: sends again what failed and is still staged; a dry run until `--live`."""

from __future__ import annotations

from opus_sync.commands.planning import Wish, command_line
from opus_sync.commands.push import carry_out
from opus_sync.contract import Board
from opus_sync.invocation import Invocation, Result
from opus_sync.plan.board_plan import Selection
from opus_sync.project import Project
from opus_sync.push.session import Manner


def run(
    invocation: Invocation,
    *,
    live: bool = False,
    promote: bool = True,
    batch: str | None = None,
    error_type: str | None = None,
    batch_key: str | None = None,
    key: str | None = None,
    limit: int | None = None,
    lift: tuple[str, ...] = (),
    sequential: bool = False,
    fail_fast: bool = False,
    show: int = 10,
) -> Result:
    """Push the rows that are staged now and whose last outcome is FAILED, perhaps of one batch or error type."""

    def failed(project: Project, board: Board) -> Selection:
        rows = project.warehouse.query("failed_operations", board=board.name)
        wanted = (row for row in rows if batch in (None, row["batch_id"]) and error_type in (None, row["error_type"]))
        return Selection(batch_key, key, limit, retry=frozenset(row["stg_id"] for row in wanted))

    options = {
        "batch": batch,
        "error_type": error_type,
        "batch_key": batch_key,
        "key": key,
        "limit": limit,
    }
    wish = Wish(command_line(invocation, "retry", options), failed, lift)
    return carry_out(invocation, wish, Manner(sequential, fail_fast), live=live, promote=promote, show=show)
