"""Writes files that people may change: one that somebody changed is left as it is.

The first line of each holds a checksum of the rest, as it was written.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Literal

Action = Literal["wrote", "updated", "unchanged", "kept", "left out"]

_MARK = "opus-sync wrote this, checksum"
_LINE = re.compile(rf"^(?:\{{# |# ){_MARK} ([0-9a-f]{{16}})")


def write(path: Path, text: str, *, force: bool = False) -> Action:
    """Write a file; one that a person changed is kept unless forced, and so is one that was never ours."""
    marked = _marked(path.suffix, text)
    if not path.exists():
        action: Action = "wrote"
    else:
        there = path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n")
        if there == marked:
            return "unchanged"
        if not (force or _as_written(there)):
            return "kept"
        action = "updated"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(marked, encoding="utf-8", newline="\n")
    return action


def replace_text(path: Path, text: str) -> Action:
    """Write a file that is a person's; its line ends stay what they were."""
    there = path.read_bytes() if path.exists() else None
    if there is not None and b"\r\n" in there:
        text = text.replace("\n", "\r\n")
    if there == text.encode():
        return "unchanged"
    path.write_bytes(text.encode())
    return "wrote" if there is None else "updated"


def _marked(suffix: str, text: str) -> str:
    said = f"{_MARK} {_checksum(text)}: once you change it, it is yours"
    return f"{{# {said} #}}\n{text}" if suffix == ".sql" else f"# {said}\n{text}"


def _as_written(there: str) -> bool:
    first, _, rest = there.partition("\n")
    found = _LINE.match(first)
    return found is not None and found.group(1) == _checksum(rest)


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
