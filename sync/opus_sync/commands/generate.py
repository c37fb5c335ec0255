"""`opus-sync generate`: workflow files for the boards of a project; reads files only, sends nothing."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from opus_sync.commands.planning import command_line
from opus_sync.contract import Board, load_boards, select_boards
from opus_sync.errors import UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.plan.markdown import marker
from opus_sync.project import token_variable
from opus_sync.settings import NAMES
from opus_sync.workflows.facts import Facts, board_flags, command_flags, read_facts
from opus_sync.workflows.files import write_generated
from opus_sync.workflows.render import render

_PR_TARGET, _PR_SCHEMA = "ci", "OPUS_PR_SCHEMA"
_PLACEHOLDER = "https://git.example.com/your/project.git"
_EXPRESSIONS = ("{{", "{%")
_NO_NAME = re.compile(r"[^a-z0-9_]+")


def run(invocation: Invocation, *, kind: str, out: Path | None = None, force: bool = False) -> Result:
    """Write the workflow file of a kind; a file that a person made or changed is refused without `force`.

    `out` is a folder, or a file where it ends in .yml or .yaml.
    """
    if kind == "github" and invocation.target is None:
        invocation = replace(invocation, target=_PR_TARGET)
    given = json.dumps([invocation.target, dict(invocation.variables)], ensure_ascii=False)
    if signs := [sign for sign in _EXPRESSIONS if sign in given]:
        raise UsageError(f"--target and --vars may not hold {signs[0]}: {kind} would read it as an expression")
    root = invocation.project_dir.absolute()
    facts = read_facts(
        root,
        profiles_dir=invocation.profiles_dir,
        profile=invocation.profile,
        target=invocation.target,
        variables=invocation.variables,
    )
    found = load_boards(root / "boards", variables=facts.variables, known_settings=NAMES)
    boards = select_boards(found, invocation.select, invocation.exclude)
    if not boards:
        raise UsageError("no board is selected", "a workflow needs at least one enabled contract in boards/")
    chosen = [board.name for board in boards] if invocation.select or invocation.exclude else []
    flow = _NO_NAME.sub("_", "_".join(["opus_sync", *chosen]).lower())
    values = {
        "flow": flow,
        "package": facts.package,
        "has_dependencies": facts.has_dependencies,
        "folder": facts.folder,
        "boards": board_flags(chosen),
        "models": _models(chosen),
        **_OWN[kind](replace(invocation, select=tuple(chosen), exclude=()), facts, boards),
    }
    path = _path(root, facts.folder, kind, flow, out)
    done = write_generated(path, kind, render(kind, **values), force=force)
    return Result(0, f"{path}: {done}", {"path": str(path), "done": done, "boards": [board.name for board in boards]})


def _kestra(invocation: Invocation, facts: Facts, boards: tuple[Board, ...]) -> dict[str, Any]:
    if facts.repository is None:
        invocation.log.warning(f"the repository is not known; write it in place of {_PLACEHOLDER}")
    accounts = sorted({board.account or "" for board in boards})
    given = shlex.quote(json.dumps(dict(invocation.variables))) if invocation.variables else None
    return {
        "tokens": [token_variable(account or None) for account in accounts],
        "secrets": facts.secrets,
        "repository": facts.repository or _PLACEHOLDER,
        "description": f"Keeps monday and the warehouse in step: {_about(invocation)}.",
        "flags": command_flags(facts.folder, invocation.target, given),
    }


def _github(invocation: Invocation, facts: Facts, boards: tuple[Board, ...]) -> dict[str, Any]:
    if facts.schema_source is None:
        invocation.log.warning(f"no profile was found; its target {invocation.target} has to build in ${_PR_SCHEMA}")
    elif _PR_SCHEMA not in facts.schema_source:
        wanted = f"{{{{ env_var('{_PR_SCHEMA}') }}}}"
        raise UsageError(
            f"the target {invocation.target} builds in the schema {facts.schema_source!r}, "
            "not in one of the pull request's own",
            f'write `schema: "{wanted}"` in profiles.yml; docs/scheduling.md has an example',
        )
    pull_request = "opus_pr_${{ github.event.number }}"
    schemas = {"opus_schema": pull_request, "opus_read_schema": facts.runner_schema}
    return {
        "name": f"Plan of {_about(invocation)}",
        "marker": marker(command_line(invocation, "push", {})),
        "schema": pull_request,
        "variables": json.dumps({**invocation.variables, **schemas}),
        "secrets": [name for name in facts.secrets if name != _PR_SCHEMA],
        "flags": command_flags(facts.folder, invocation.target, '"$OPUS_VARS"'),
    }


def _about(invocation: Invocation) -> str:
    return ", ".join(invocation.select) or "all boards"


def _models(chosen: list[str]) -> str:
    """Return dbt's selection of all that the boards' staged rows stand on, with their tests."""
    return "".join([" --select", *(f" {shlex.quote(f'+path:models/monday/{name}')}" for name in chosen)]) * bool(chosen)


def _path(root: Path, folder: str, kind: str, flow: str, out: Path | None) -> Path:
    """Return the file to write; GitHub looks for workflows at the root of the repository."""
    if out is not None and out.suffix in (".yml", ".yaml"):
        return out
    if kind == "kestra":
        return (out or root / "flows") / f"{flow}.yml"
    top = root.parents[len(Path(folder).parts) - 1] if folder else root
    return (out or top / ".github" / "workflows") / f"{flow}_plan.yml"


_OWN: Mapping[str, Callable[[Invocation, Facts, tuple[Board, ...]], dict[str, Any]]] = {
    "kestra": _kestra,
    "github": _github,
}
