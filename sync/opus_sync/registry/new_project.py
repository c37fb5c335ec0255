"""A dbt project of one's own on the package."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from opus_sync.errors import UsageError
from opus_sync.project import BOARDS_DIR
from opus_sync.registry.package import FOLDER, refresh
from opus_sync.registry.templates import rendered

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SCHEMA = "board.schema.json"
_FILES = {
    "dbt_project.yml": "project/dbt_project.yml",
    "profiles.yml": "project/profiles.yml",
    ".gitignore": "project/gitignore",
    "README.md": "project/README.md",
}
_FOLDERS = ("models/desired", "models/monday", "macros", "seeds")


def write_project(root: Path, name: str | None, *, force: bool = False) -> list[tuple[str, str]]:
    """Write what a project lacks, and bring its copy of the package up to date; returns files and what became of them.

    Raises UsageError where its name cannot be a dbt project's, Refused where the copy was changed by hand.
    """
    chosen = name or re.sub(r"[^a-z0-9_]+", "_", root.resolve().name.casefold()).strip("_")
    if not _NAME.fullmatch(chosen) or chosen == "opus":
        raise UsageError(f"{chosen!r} cannot be the name of a dbt project", "give another with --name: a-z, 0-9 and _")
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is a file", "name a folder")
    done: list[tuple[str, str]] = [(f"{FOLDER}/", refresh(root, force=force))]
    for file, template in _FILES.items():
        done.append((file, _write(root / file, rendered(template, name=chosen, package=FOLDER))))
    (root / BOARDS_DIR).mkdir(exist_ok=True)
    schema = resources.files("opus_sync.contract").joinpath(_SCHEMA).read_text("utf-8")
    done.append((f"{BOARDS_DIR}/{_SCHEMA}", _write(root / BOARDS_DIR / _SCHEMA, schema, ours=True)))
    for folder in _FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    return done


def _write(path: Path, text: str, *, ours: bool = False) -> str:
    """Write a file; one that is there stays, unless it is `ours` and no person's."""
    there = path.read_text("utf-8") if path.exists() else None
    if there == text:
        return "unchanged"
    if there is not None and not ours:
        return "kept"
    path.write_text(text, encoding="utf-8", newline="\n")
    return "wrote" if there is None else "updated"
