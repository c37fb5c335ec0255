"""What `hold` and `release` share: find the rows, append the decision under the board's lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from opus_sync.clock import SystemClock
from opus_sync.commands.planning import Wish, read
from opus_sync.contract import Board
from opus_sync.errors import UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.plan.board_plan import BoardPlan
from opus_sync.plan.staged import StagedRow
from opus_sync.project import load_project
from opus_sync.push.decisions import Scope, numbered
from opus_sync.warehouse.sequence import next_seq

Decide = Callable[[Scope, Sequence[StagedRow], BoardPlan], list[dict[str, Any]]]


def decide(
    invocation: Invocation, word: str, decisions: Decide, *, key: str | None, batch_key: str | None, column: str | None
) -> Result:
    """Append what `decisions` makes of the staged rows in scope; raises UsageError for a scope that is not clear."""
    if (key is None) == (batch_key is None) or (column and key is None):
        raise UsageError("name one scope", "Give --key KEY, perhaps with --column TITLE, or --batch-key KEY.")
    project = load_project(invocation)
    board = _one(project.boards())
    warehouse = project.warehouse
    with warehouse.lock(board.name) as lock:
        now = SystemClock().now()
        (plan,) = read(project, (board,), Wish(), now).boards
        scope = Scope(batch_key, key, _column_id(board, column))
        rows = [row for row in plan.staged if scope.admits(row)]
        found = decisions(scope, rows, plan)
        appended = numbered(found, board.name, count(next_seq(warehouse, board.name)), now)
        lock.append({"mon_decision": appended})
    what = f"{key or batch_key} of {board.name}"
    return Result(
        0,
        f"{word} {what}; `dbt build --select mon_sync_point+` takes it up",
        {"board": board.name, "decision": word, "staged_rows": len(rows), "appended": len(appended)},
    )


def _one(boards: Sequence[Board]) -> Board:
    if len(boards) != 1:
        names = ", ".join(board.name for board in boards)
        raise UsageError("a decision is about one board", f"Name it with --select: {names}.")
    return boards[0]


def _column_id(board: Board, column: str | None) -> str | None:
    """Return the id of a column named by title or id."""
    if column is None:
        return None
    for entity in board.entities:
        for known in entity.columns:
            if column in (known.id, known.name):
                return known.id
    raise UsageError(f"{board.name} has no column {column!r}", f"Columns are listed in {board.file}.")
