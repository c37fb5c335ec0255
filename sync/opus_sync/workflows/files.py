"""Writes generated files, and leaves alone what a person made or changed."""

from __future__ import annotations

import re
from pathlib import Path

from opus_sync.errors import OpusError, Refused
from opus_sync.own_files import Mark, Standing

_HEADING = (
    "# Made by `opus-sync generate {kind}`; change it as you like: it is not written over then. Digest {{checksum}}"
)
_PATTERN = re.compile(r"# Made by `opus-sync generate \w+`; .* Digest ([0-9a-f]{64})$")
_DONE = {
    Standing.ABSENT: "created",
    Standing.SAME: "unchanged",
    Standing.OURS: "renewed",
    Standing.THEIRS: "overwritten",
}


def write_generated(path: Path, kind: str, body: str, *, force: bool) -> str:
    """Write a file and return what was done: created, unchanged, renewed or overwritten.

    Raises Refused where a person made or changed what is there, and `force` is not given.
    """
    mark = Mark(_HEADING.format(kind=kind), _PATTERN)
    marked = mark.marked(body)
    try:
        standing = mark.standing(path.read_text(encoding="utf-8") if path.exists() else None, marked)
        if standing is Standing.THEIRS and not force:
            raise Refused(
                f"{path} was made or changed by somebody; it was left as it is",
                "name another file with --out, or write over it with --force",
            )
        if standing is not Standing.SAME:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(marked, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise OpusError(f"{path} cannot be written: {why}", "name another file with --out") from error
    return _DONE[standing]
