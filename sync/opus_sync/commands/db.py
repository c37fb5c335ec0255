"""`opus-sync db`: what opus-sync keeps in the warehouse. The macros decide; this calls them and relays."""

from __future__ import annotations

from contextlib import ExitStack

from opus_sync.invocation import Invocation, Result
from opus_sync.project import Project, load_project
from opus_sync.warehouse.macro_call import Answer, compile_inline, run_operation


def run(
    invocation: Invocation, *, verb: str, confirm: bool = False, backup: bool = True, force: bool = False
) -> Result:
    """Carry out one verb; exits 1 where `validate` finds something missing, different or foreign."""
    project = load_project(invocation)
    match verb:
        case "deploy":
            answer = run_operation(project.dbt, "opus_deploy")
        case "validate":
            answer = run_operation(project.dbt, "opus_db_validate")
        case "adopt":
            answer = run_operation(project.dbt, "opus_db_adopt", confirm=confirm)
        case "script":
            answer = compile_inline(project.dbt, "opus_db_script")
        case _:
            answer = _teardown(project, confirm=confirm, backup=backup, force=force)
    return Result(answer.exit_code, "\n".join(answer.lines), answer.data)


def _teardown(project: Project, *, confirm: bool, backup: bool, force: bool) -> Answer:
    """Tear down under the locks of all boards, so that no pull or push is under way."""
    with ExitStack() as locks:
        if confirm:
            for board in sorted(project.variables.get("opus_boards") or {}):
                locks.enter_context(project.warehouse.lock(board))
        return run_operation(project.dbt, "opus_db_teardown", confirm=confirm, backup=backup, force=force)
