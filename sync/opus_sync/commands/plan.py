"""`opus-sync plan`: what a push would do; it writes nowhere and needs no token."""

from __future__ import annotations

import json
from pathlib import Path

from opus_sync.contract import Board
from opus_sync.errors import OpusError
from opus_sync.invocation import Invocation, Result
from opus_sync.plan.board_plan import BoardPlan, Plan, Selection
from opus_sync.plan.cost import Pace
from opus_sync.plan.document import as_document
from opus_sync.plan.markdown import render_markdown
from opus_sync.plan.text import render_text
from opus_sync.project import Project, load_project
from opus_sync.push.staged_set import read_plan

REFUSED, CHANGES = 3, 2


def run(
    invocation: Invocation,
    *,
    detailed_exitcode: bool = False,
    out: Path | None = None,
    batch_key: str | None = None,
    key: str | None = None,
    limit: int | None = None,
    show: int = 10,
) -> Result:
    """Plan the selected boards; `show` bounds the rows listed in each section of the text.

    Exits 0, 1 where rows are invalid, 3 where a push would be refused; with `detailed_exitcode` 0 for nothing
    to do, 2 for changes, 1 for a refusal.
    """
    project = load_project(invocation)
    plan = read(project, project.boards(), Selection(batch_key, key, limit))
    document = as_document(plan)
    if out is not None:
        _write(out, document)
        invocation.log(f"plan written to {out}")
    render = render_markdown if invocation.output == "markdown" else render_text
    return Result(_exit_code(plan, detailed_exitcode), render(plan, show), document)


def read(
    project: Project,
    boards: tuple[Board, ...],
    selection: Selection,
    account_ids: dict[str, str] | None = None,
) -> Plan:
    """Plan boards from the warehouse; `account_ids` holds board -> account of the token that pushes it."""
    known = account_ids or {}
    plans = tuple(_board(project, board, selection, known.get(board.name)) for board in boards)
    select = "".join(f" --select {name}" for name in project.invocation.select)
    return Plan(plans, f"opus-sync push{select} --live")


def _board(project: Project, board: Board, selection: Selection, account_id: str | None) -> BoardPlan:
    return read_plan(
        project.warehouse,
        board,
        target=project.target_name,
        endpoint=project.endpoint,
        account_id=account_id,
        selection=selection,
        pace=Pace(project.settings_for(board).max_batch_size),
    )


def _exit_code(plan: Plan, detailed: bool) -> int:
    if detailed:
        return 1 if plan.reasons else CHANGES if plan.operations else 0
    if plan.reasons:
        return REFUSED
    return 1 if plan.invalid else 0


def _write(out: Path, document: dict[str, object]) -> None:
    try:
        out.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise OpusError(f"the plan cannot be written to {out}: {error.strerror}") from error
