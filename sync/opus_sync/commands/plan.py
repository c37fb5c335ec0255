"""`opus-sync plan`: what a push would do; it writes nowhere and needs no token."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from pathlib import Path

from opus_sync.clock import SystemClock
from opus_sync.commands.planning import Wish, command_line, dry_run
from opus_sync.errors import OpusError
from opus_sync.invocation import Invocation, Result
from opus_sync.machine import os_user
from opus_sync.plan.board_plan import Plan, Selection
from opus_sync.plan.document import Stamp, sealed_document
from opus_sync.project import load_project

CHANGES = 2


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

    With `out` the plan is sealed in a file that can be approved and pushed as it is. Exits 0, 1 where rows are
    invalid, 3 where a push would be refused; with `detailed_exitcode` 0 for nothing to do, 2 for changes, 1 for a
    refusal.
    """
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
    return replace(result, exit_code=_detailed(plan)) if detailed_exitcode else result


def _detailed(plan: Plan) -> int:
    return 1 if plan.reasons else CHANGES if plan.operations else 0


def _write(out: Path, document: dict[str, object]) -> None:
    try:
        out.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise OpusError(f"the plan cannot be written to {out}: {error.strerror}") from error
