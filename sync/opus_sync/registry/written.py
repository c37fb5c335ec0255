"""Writes files that people may change: one that somebody changed is left as it is.

The first line of each holds a checksum of the rest, as it was written.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from opus_sync.own_files import Mark, Standing

Action = Literal["wrote", "updated", "unchanged", "kept", "left out"]

_WORDS = "opus-sync wrote this, checksum"
_HEADING = f"{_WORDS} {{checksum:.16}}: once you change it, it is yours"
_PATTERN = re.compile(rf"(?:\{{# |# ){_WORDS} ([0-9a-f]{{16}})")
_SQL, _YAML = Mark(f"{{{{# {_HEADING} #}}}}", _PATTERN), Mark(f"# {_HEADING}", _PATTERN)


def write(path: Path, text: str, *, force: bool = False) -> Action:
    """Write a file; one that a person changed is kept unless forced, and so is one that was never ours."""
    mark = _SQL if path.suffix == ".sql" else _YAML
    marked = mark.marked(text)
    there = path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n") if path.exists() else None
    standing = mark.standing(there, marked)
    if standing is Standing.SAME:
        return "unchanged"
    if standing is Standing.THEIRS and not force:
        return "kept"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(marked, encoding="utf-8", newline="\n")
    return "wrote" if standing is Standing.ABSENT else "updated"


def replace_text(path: Path, text: str) -> Action:
    """Write a file that is a person's; its line ends stay what they were."""
    there = path.read_bytes() if path.exists() else None
    if there is not None and b"\r\n" in there:
        text = text.replace("\n", "\r\n")
    if there == text.encode():
        return "unchanged"
    path.write_bytes(text.encode())
    return "wrote" if there is None else "updated"
