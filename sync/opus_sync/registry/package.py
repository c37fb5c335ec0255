"""The dbt side of opus-sync: macros, and the models over all boards. A project holds a copy of it."""

from __future__ import annotations

import hashlib
import shutil
from importlib import resources
from pathlib import Path
from typing import Literal

from opus_sync.errors import Refused

FOLDER = "opus_package"
"""Where a project has its copy."""

PARTS = ("macros", "models/opus")
_UNIT_TESTS = "_unit_tests*.yml"
_CHECKSUM = "checksum.txt"


def refresh(project: Path, *, force: bool = False) -> Literal["wrote", "updated", "unchanged"]:
    """Bring a project's copy up to the installed version.

    Raises Refused where somebody changed the copy, unless forced.
    """
    there, source = project / FOLDER, _source()
    if there.exists():
        if _digest(there) == _digest(source):
            return "unchanged"
        noted = there / _CHECKSUM
        if not force and (not noted.is_file() or noted.read_text("utf-8").strip() != _digest(there)):
            raise Refused(
                f"somebody changed files in {FOLDER}/; nothing was written",
                "put your own macros into macros/, then use --force to take the installed version",
            )
        shutil.rmtree(there)
        action: Literal["wrote", "updated"] = "updated"
    else:
        action = "wrote"
    for part in PARTS:
        shutil.copytree(source / part, there / part, ignore=shutil.ignore_patterns(_UNIT_TESTS))
    (there / _CHECKSUM).write_text(f"{_digest(there)}\n", encoding="utf-8")
    return action


def _source() -> Path:
    """Return where the installed files are: inside the package, or beside it in a clone."""
    package = Path(str(resources.files("opus_sync")))
    installed = package / "dbt_package"
    return installed if installed.is_dir() else package.parents[1]


def _digest(folder: Path) -> str:
    """Return a digest of the files that make up a copy."""
    digest = hashlib.sha256()
    for part in PARTS:
        for path in sorted((folder / part).rglob("*")):
            if path.is_file() and not path.match(_UNIT_TESTS):
                content = path.read_bytes().replace(b"\r\n", b"\n")
                digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()
