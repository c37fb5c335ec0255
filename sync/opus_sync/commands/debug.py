"""`opus-sync debug`: is each part good to go, and what to do where it is not?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from opus_sync import __version__
from opus_sync.clock import Clock, SystemClock
from opus_sync.contract import Board
from opus_sync.errors import OpusError
from opus_sync.health import configured, reached, stored
from opus_sync.health.check import Check, Verdict, blocked, checked
from opus_sync.health.text import render_text
from opus_sync.invocation import Invocation, Result
from opus_sync.project import Project, load_project

Setting = tuple[str, Any, str, str]


def run(invocation: Invocation) -> Result:
    """Look at project, contracts, warehouse, tables, tokens and extracts; sends and keeps nothing.

    Exits 1 where a part is not good. A part that is broken keeps none of the others from being looked at.
    """
    clock = SystemClock()
    loaded: list[Project] = []
    checks = [checked("project", partial(_project, invocation, loaded))]
    if not loaded:
        root = invocation.project_dir.absolute()
        checks.append(checked("contracts", partial(configured.contracts_alone, root)))
        checks += [blocked(part, "project") for part in ("warehouse", "tables", "token", "writes")]
        return _result(checks, {})
    project = loaded[0]
    checks.append(checked("contracts", partial(configured.contracts, project)))
    boards = project.boards() if checks[-1].verdict is Verdict.GOOD else ()
    checks += _warehouse(project, boards, clock)
    for account in dict.fromkeys(board.account for board in boards) or (None,):
        part = "token" if account is None else f"token of {account}"
        checks.append(checked(part, partial(reached.token, project, account, clock)))
    checks.append(checked("writes", partial(configured.writes, project)))
    return _result(checks, _settings(project, boards))


def _project(invocation: Invocation, loaded: list[Project]) -> str:
    from dbt.version import __version__ as dbt_version

    project = load_project(invocation)
    loaded.append(project)
    rehearses = f", which rehearses {project.rehearsed}" if project.rehearsed else ""
    profile = project.dbt.profiles_dir / "profiles.yml"
    return f"opus-sync {__version__}, dbt {dbt_version}, target {project.target_name}{rehearses} of {profile}"


def _warehouse(project: Project, boards: Sequence[Board], clock: Clock) -> list[Check]:
    found = [checked("warehouse", lambda: stored.warehouse(project, clock.now()))]
    rest: dict[str, Callable[[], str]] = {"tables": lambda: stored.tables(project)}
    rest |= {f"board {board.name}": partial(stored.metadata, project, board, clock.now()) for board in boards}
    for part, look in rest.items():
        broken = next((check.part for check in found if check.verdict is not Verdict.GOOD and part != check.part), None)
        by = broken if broken in ("warehouse", "tables") else None
        found.append(blocked(part, by) if by else checked(part, look))
    return found


def _settings(project: Project, boards: Sequence[Board]) -> dict[str, Sequence[Setting]]:
    """Return the project's settings, and those of boards that are not the project's."""
    whole = project.settings.described()
    found: dict[str, Sequence[Setting]] = {"": whole}
    for board in boards:
        try:
            own = [entry for entry in project.settings_for(board).described() if entry not in whole]
        except OpusError:
            continue
        if own:
            found[f" of {board.name}"] = own
    return found


def _result(checks: Sequence[Check], settings: Mapping[str, Sequence[Setting]]) -> Result:
    good = all(check.verdict is Verdict.GOOD for check in checks)
    data = {
        "good": good,
        "checks": [
            {"part": check.part, "verdict": check.verdict.value, "found": check.found, "todo": check.todo}
            for check in checks
        ],
        "settings": [
            {
                "board": about.removeprefix(" of ") or None,
                "name": name,
                "value": value,
                "origin": origin,
                "meaning": what,
            }
            for about, listed in settings.items()
            for name, value, origin, what in listed
        ],
    }
    return Result(0 if good else 1, render_text(checks, dict(settings)), data)
