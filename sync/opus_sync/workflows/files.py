"""Writes generated files, and leaves alone what a person made or changed.

The first line of a generated file holds a digest of all that follows, so that a change shows.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from opus_sync.errors import OpusError, Refused

_HEADING = (
    "# Made by `opus-sync generate {kind}`; change it as you like: it is not written over then. Digest {digest}\n"
)
_DIGEST = re.compile(r"^# Made by `opus-sync generate \w+`; .* Digest ([0-9a-f]{64})\n")


def write_generated(path: Path, kind: str, body: str, *, force: bool) -> str:
    """Write a file and return what was done: created, unchanged, renewed or overwritten.

    Raises Refused where a person made or changed what is there, and `force` is not given.
    """
    text = _HEADING.format(kind=kind, digest=_digest(body)) + body
    try:
        present = path.read_text(encoding="utf-8") if path.exists() else None
        if present == text:
            return "unchanged"
        if present is not None and not force and not _is_ours(present):
            raise Refused(
                f"{path} was made or changed by somebody; it was left as it is",
                "name another file with --out, or write over it with --force",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise OpusError(f"{path} cannot be written: {why}", "name another file with --out") from error
    if present is None:
        return "created"
    return "renewed" if _is_ours(present) else "overwritten"


def _is_ours(text: str) -> bool:
    """Whether a file stands as it was generated."""
    found = _DIGEST.match(text)
    return found is not None and found.group(1) == _digest(text[found.end() :])


def _digest(body: str) -> str:
    return sha256(body.encode()).hexdigest()
