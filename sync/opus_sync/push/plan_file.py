"""Plan files: read from disk, and held against what the warehouse knows of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from opus_sync.contract import Board
from opus_sync.errors import UsageError
from opus_sync.machine import os_user
from opus_sync.plan.objections import Circumstances
from opus_sync.plan.sealed import Sealed, read_sealed
from opus_sync.project import Project


def read_plan_file(path: Path) -> Sealed:
    """Read a plan file; raises UsageError where it cannot be read, Refused where it was changed."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(
            f"the plan file {path} cannot be read: {why}", "`opus-sync plan --out FILE` writes one"
        ) from None
    return read_sealed(text, str(path))


def boards_of(sealed: Sealed, project: Project) -> tuple[Board, ...]:
    """Return the boards of a plan file that the invocation selects, all of them without --select.

    Raises UsageError for a board that the one or the other does not know.
    """
    selected = {board.name: board for board in project.boards()}
    if project.invocation.select:
        unknown, why = [name for name in selected if name not in sealed.boards], "is not in"
    else:
        excluded = project.invocation.exclude
        unknown = [] if excluded else [name for name in sealed.boards if name not in selected]
        why = "has no enabled contract, but is in"
    if unknown:
        raise UsageError(f"{', '.join(unknown)} {why} the plan", f"it holds {', '.join(sealed.boards) or 'no board'}")
    return tuple(board for name, board in selected.items() if name in sealed.boards)


def circumstances(
    project: Project, board: Board, sealed: Sealed, *, now: datetime, account_id: str | None, approving: bool = False
) -> Circumstances:
    """Gather what a plan file meets on a board; whoever is `approving` it needs no approval."""
    asked = project.target_name in project.require_approval and not approving
    return Circumstances(
        board=board.name,
        now=now,
        plan_hours=project.settings_for(board).plan_hours,
        target=project.target_name,
        endpoint=project.endpoint,
        account_id=account_id or "",
        monday_board_id=board.board_id(project.target_name),
        os_user=os_user(),
        uses=_uses(project, board.name, sealed),
        approvers=_approvers(project, board.name, sealed) if asked else None,
    )


def _uses(project: Project, board: str, sealed: Sealed) -> tuple[str, ...]:
    rows = project.warehouse.query("plan_uses", board=board, plan_id=sealed.plan_id)
    return tuple(f"batch {row['batch_id']} by {row['os_user']}, {row['first_at']:%Y-%m-%d %H:%M} UTC" for row in rows)


def _approvers(project: Project, board: str, sealed: Sealed) -> Collection[str]:
    rows = project.warehouse.query("plan_approvals", board=board, plan_id=sealed.plan_id, digest=sealed.digest)
    return [row["decided_by"] for row in rows]
