"""Who pushes, from where, to where: what every appended row and every batch says of itself."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from opus_sync import __version__
from opus_sync.machine import host, os_user


@dataclass(frozen=True)
class Actor:
    """Who runs this push, on which machine, with which code."""

    os_user: str
    host: str
    git_commit: str | None = None
    login: str | None = None
    monday_user: str | None = None
    version: str = __version__


@dataclass(frozen=True)
class Origin:
    """Where the rows go and what they were computed from; `settings` is JSON text.

    `plan_id` is set for a sealed plan, `guard_lifted` names the guards that were lifted, `rollback_of_batch` the
    batch that is undone.
    """

    board: str
    monday_board_id: int
    endpoint: str
    account_id: str
    target: str
    update_batch_id: str | None
    settings: str
    actor: Actor
    plan_id: str | None = None
    guard_lifted: str | None = None
    rollback_of_batch: str | None = None


def actor(project_dir: Path, *, login: str | None = None, monday_user: str | None = None) -> Actor:
    """Ask the operating system and git who and what runs."""
    return Actor(
        os_user=os_user(),
        host=host(),
        git_commit=_git_commit(project_dir),
        login=login,
        monday_user=monday_user,
    )


def _git_commit(project_dir: Path) -> str | None:
    """Return the commit of the project's work tree, None where there is no git or no commit."""
    try:
        found = subprocess.run(
            ["git", "-C", str(project_dir), "rev-parse", "--verify", "HEAD"],
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip() or None if found.returncode == 0 else None
