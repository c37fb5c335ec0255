"""What a workflow file says of a project, read without dbt, a warehouse or the variables of its profile."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from opus_sync import __version__
from opus_sync.errors import UsageError

_ENV_VAR = re.compile(r"env_var\(\s*['\"](\w+)['\"]")
_EXTRAS = ("postgres", "sqlserver")
_DEPENDENCIES = ("packages.yml", "dependencies.yml")
_USERINFO = re.compile(r"(?<=://)[^/@]*@")


@dataclass(frozen=True)
class Facts:
    """A project as workflow files see it.

    `folder` is where it lies in its repository, "" for the root; `secrets` are the variables that its profile
    reads; `schema_source` is what the profile says of the target's schema, None where no profile was found.
    """

    variables: Mapping[str, Any]
    repository: str | None
    folder: str
    package: str
    has_dependencies: bool
    secrets: list[str]
    schema_source: str | None

    @property
    def runner_schema(self) -> str:
        """The schema of the runner's tables."""
        return str(self.variables.get("opus_schema", "opus"))


def read_facts(
    root: Path, *, profiles_dir: Path | None, profile: str | None, target: str | None, variables: Mapping[str, Any]
) -> Facts:
    """Read the facts of the project in a folder; raises UsageError where there is none, or the target is unknown."""
    project = _yaml(root / "dbt_project.yml")
    if not project:
        raise UsageError(
            f"there is no dbt_project.yml in {root}", "run this inside a dbt project, or give --project-dir"
        )
    declared = project.get("vars") or {}
    own = declared.get(project.get("name")) or {}
    output = _output(_profile(root, profiles_dir, profile or str(project.get("profile"))), target)
    prefix = _git(root, "rev-parse", "--show-prefix")
    extra = f"[{output['type']}]" if output and output.get("type") in _EXTRAS else ""
    return Facts(
        variables={**declared, **own, **variables},
        repository=_without_login(_git(root, "remote", "get-url", "origin")),
        folder=(prefix or "").rstrip("/"),
        package=f"opus-sync{extra}=={__version__}",
        has_dependencies=any((root / name).is_file() for name in _DEPENDENCIES),
        secrets=sorted(set(_ENV_VAR.findall(json.dumps(output)))),
        schema_source=None if output is None else str(output.get("schema", "")),
    )


def command_flags(folder: str, target: str | None, variables: str | None) -> str:
    """Return the options that dbt and opus-sync take alike; `variables` as the shell is to read them."""
    words = [f"--project-dir {shlex.quote(folder)}"] if folder else []
    words += [f"--target {shlex.quote(target)}"] if target else []
    words += [f"--vars {variables}"] if variables else []
    return "".join(f" {word}" for word in words)


def board_flags(boards: Sequence[str]) -> str:
    """Return a choice of boards as opus-sync takes it."""
    return "".join(f" --select {shlex.quote(name)}" for name in boards)


def _yaml(path: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return {}
    except yaml.YAMLError as error:
        raise UsageError(f"{path} is not YAML", str(error).replace("\n", " ")) from None
    return found if isinstance(found, dict) else {}


def _profile(root: Path, profiles_dir: Path | None, name: str) -> dict[str, Any] | None:
    """Return a profile as it is written, where dbt would find it in the project; None elsewhere."""
    found = _yaml((profiles_dir or root) / "profiles.yml").get(name)
    return found if isinstance(found, dict) else None


def _output(profile: Mapping[str, Any] | None, target: str | None) -> dict[str, Any] | None:
    """Return a target of a profile; raises UsageError where the profile has it not."""
    if profile is None:
        return None
    outputs = profile.get("outputs") or {}
    chosen = target or str(profile.get("target", "default"))
    if chosen not in outputs and target:
        raise UsageError(
            f"the profile has no target {target!r}, only {', '.join(map(str, outputs))}",
            "add it to profiles.yml, or choose another with --target; docs/scheduling.md has an example",
        )
    found = outputs.get(chosen)
    return dict(found) if isinstance(found, Mapping) else None


def _git(root: Path, *arguments: str) -> str | None:
    try:
        found = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip() or None if found.returncode == 0 else None


def _without_login(address: str | None) -> str | None:
    """Return the address of a repository without the token that may stand in it."""
    return None if address is None else _USERINFO.sub("", address)
