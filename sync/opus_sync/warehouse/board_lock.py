"""A lock file that says who holds it; the operating system lets go of it when its process dies."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from opus_sync.errors import OpusError, Refused
from opus_sync.machine import host, os_user


@contextmanager
def board_lock(path: Path, board: str) -> Iterator[None]:
    """Hold the lock at `path`; its holder is described beside it in `<path>.json`.

    Raises Refused at once when another process or thread holds it.
    """
    lock = FileLock(path, timeout=0)
    note = path.with_name(path.name + ".json")
    try:
        lock.acquire()
    except Timeout:
        raise Refused(
            f"board {board!r} is locked by {_described(note)}; nothing was done",
            "wait for it to end, or end it: its lock goes with it",
        ) from None
    except OSError as error:
        raise OpusError(f"the lock file {path} cannot be opened: {error.strerror}") from None
    try:
        note.write_text(json.dumps(_holder()), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            note.unlink()
        lock.release()


def _holder() -> dict[str, Any]:
    return {
        "user": os_user(),
        "host": host(),
        "pid": os.getpid(),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]),
        "since": datetime.now(timezone.utc).isoformat(sep=" ", timespec="seconds"),
    }


def _described(note: Path) -> str:
    try:
        holder = json.loads(note.read_text(encoding="utf-8"))
        return "{user} on {host} (process {pid}, {command}) since {since}".format(**holder)
    except (OSError, ValueError, KeyError):
        return "another process"
