"""A dbt project of one's own on the package."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from opus_sync.contract.project import PROJECT_FILE
from opus_sync.errors import UsageError
from opus_sync.project import BOARDS_DIR
from opus_sync.registry.package import FOLDER, refresh
from opus_sync.registry.templates import rendered

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SCHEMA = "board.schema.json"
_FILES = {
    PROJECT_FILE: "project/dbt_project.yml",
    "profiles.yml": "project/profiles.yml",
    ".gitignore": "project/gitignore",
    "README.md": "project/README.md",
}
_FOLDERS = ("models/desired", "models/monday", "macros", "seeds")


def write_project(root: Path, name: str | None, *, force: bool = False) -> list[tuple[str, str]]:
    """Write a new project, or bring the package in one that is there up to date; returns files and what became of them.

    Raises UsageError where its name cannot be a dbt project's, Refused where the copy was changed by hand.
    """
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is a file", "name a folder")
    new = not (root / PROJECT_FILE).exists()
    chosen = name or re.sub(r"[^a-z0-9_]+", "_", root.resolve().name.casefold()).strip("_")
    if new and (not _NAME.fullmatch(chosen) or chosen == "opus"):
        raise UsageError(f"{chosen!r} cannot be the name of a dbt project", "give another with --name: a-z, 0-9 and _")
    done: list[tuple[str, str]] = [(f"{FOLDER}/", refresh(root, force=force))]
    schema = resources.files("opus_sync.contract").joinpath(_SCHEMA).read_text("utf-8")
    done.append((f"{BOARDS_DIR}/{_SCHEMA}", _write(root / BOARDS_DIR / _SCHEMA, schema, ours=True)))
    if new:
        for file, template in _FILES.items():
            done.append((file, _write(root / file, rendered(template, name=chosen, package=FOLDER))))
        for folder in _FOLDERS:
            (root / folder).mkdir(parents=True, exist_ok=True)
    return done


def lacking(root: Path) -> str:
    """Return what the project file of a project that was there before has to say of the package, "" for nothing."""
    there = FOLDER in (root / PROJECT_FILE).read_text("utf-8", errors="replace")
    return "" if there else rendered("project/_paths.yml", package=FOLDER)


def _write(path: Path, text: str, *, ours: bool = False) -> str:
    """Write a file; one that is there stays, unless it is `ours` and no person's."""
    there = path.read_text("utf-8") if path.exists() else None
    if there == text:
        return "unchanged"
    if there is not None and not ours:
        return "kept"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return "wrote" if there is None else "updated"
