"""`opus-sync plan`: what a push would do; it writes nowhere and needs no token."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from opus_sync.clock import SystemClock
from opus_sync.commands.planning import Wish, command_line, dry_run
from opus_sync.errors import OpusError, UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.machine import os_user
from opus_sync.plan.board_plan import Plan, Selection
from opus_sync.plan.document import Stamp, sealed_document
from opus_sync.project import Project, load_project
from opus_sync.push.staged_set import present_of
from opus_sync.report.appearance import Appearance
from opus_sync.report.files import write_page
from opus_sync.report.page import Finding, Page
from opus_sync.report.planned import plan_page
from opus_sync.report.reading import read_appearance, read_findings

CHANGES = 2


def run(
    invocation: Invocation,
    *,
    detailed_exitcode: bool = False,
    out: Path | None = None,
    page: Path | None = None,
    batch_key: str | None = None,
    key: str | None = None,
    limit: int | None = None,
    show: int = 10,
) -> Result:
    """Plan the selected boards; `show` bounds the rows listed in each section of the text.

    With `out` the plan is sealed in a file that can be approved and pushed as it is, `page` is where it is written as
    HTML. Exits 0, 1 where rows are
    invalid, 3 where a push would be refused; with `detailed_exitcode` 0 for nothing to do, 2 for changes, 1 for a
    refusal.
    """
    if page and invocation.output != "html":
        raise UsageError("--page is the file of a page", "Give it with --output html.")
    project = load_project(invocation)
    now = SystemClock().now()
    selection = Selection(batch_key, key, limit)
    narrowed: dict[str, object] = {"plan": out} if out else {"batch_key": batch_key, "key": key, "limit": limit}
    command = command_line(invocation, "push", narrowed)
    plan, result = dry_run(project, Wish(command, lambda project, board: selection), now, show)
    if out is not None:
        stamp = Stamp(str(uuid.uuid4()), now, os_user(), project.target_name, project.endpoint)
        _write(out, sealed_document(plan, selection, stamp))
        invocation.log.note(f"plan written to {out}")
    if invocation.output == "html":
        written = write_page(_page(project, plan, now), page or project.root / "target" / "plan.html")
        result = replace(result, text="\n".join(map(str, written)))
    return replace(result, exit_code=_detailed(plan)) if detailed_exitcode else result


def _page(project: Project, plan: Plan, now: datetime) -> Page:
    """Return the plan as a page, with what the warehouse knows of the boards beside it."""
    contracts = {board.name: board for board in project.boards()}
    looks: dict[str, Appearance] = {}
    findings: dict[str, list[Finding]] = {}
    for board in plan.boards:
        name, board_id = board.target.board, board.target.monday_board_id
        extract_id = present_of(project.warehouse, name).extract_id
        looks[name] = read_appearance(
            project.warehouse, contracts[name], board_id, extract_id, items=bool(board.staged)
        )
        findings[name] = list(read_findings(project.warehouse, name, project.target_name, looks[name]))
    return plan_page(plan, looks, findings, now)


def _detailed(plan: Plan) -> int:
    return 1 if plan.reasons else CHANGES if plan.operations else 0


def _write(out: Path, document: dict[str, object]) -> None:
    try:
        out.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise OpusError(f"the plan cannot be written to {out}: {error.strerror}") from error
