"""A lock file that says who holds it; the operating system lets go of it when its process dies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from opus_sync.errors import OpusError
from opus_sync.warehouse.errors import Locked
from opus_sync.warehouse.holder import Holder, this_process


class LockFile:
    """A lock file that is held: the one that was locked, as long as it still stands at its path."""

    def __init__(self, path: Path, board: str) -> None:
        self._path = path
        self._board = board
        self._held = _identity(path)

    def check(self) -> None:
        """Raise OpusError where the file was removed or replaced: then another process may hold the board."""
        try:
            same = _identity(self._path) == self._held
        except OSError:
            same = False
        if not same:
            raise OpusError(
                f"the lock file {self._path} was removed while board {self._board!r} was at work; nothing more is sent",
                "leave lock files alone: their process lets go of them; run `dbt build` and push again",
            )


@contextmanager
def board_lock(path: Path, board: str) -> Iterator[LockFile]:
    """Hold the lock at `path`; its holder is described beside it in `<path>.json`.

    Raises Refused at once when another process or thread holds it.
    """
    lock = FileLock(path, timeout=0)
    note = _note(path)
    try:
        lock.acquire()
    except Timeout:
        raise Locked(board, _described(note)) from None
    except (OSError, NotImplementedError) as error:
        raise OpusError(
            f"the lock file {path} cannot be locked: {getattr(error, 'strerror', None) or error}",
            "keep the warehouse file on a file system that can lock files",
        ) from None
    try:
        note.write_text(json.dumps(_note_of(this_process())), encoding="utf-8")
        yield LockFile(path, board)
    finally:
        with suppress(OSError):
            note.unlink()
        lock.release()


def holder_of(path: Path) -> str | None:
    """Return who holds the lock at `path` and since when, None where nobody does: a note may outlive its process."""
    note = _note(path)
    if not note.exists():
        return None
    try:
        with FileLock(path, timeout=0):
            return None
    except Timeout:
        return _described(note)
    except (OSError, NotImplementedError):
        return None


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _note_of(holder: Holder) -> dict[str, Any]:
    return asdict(holder) | {"since": datetime.now(timezone.utc).isoformat(sep=" ", timespec="seconds")}


def _described(note: Path) -> str:
    try:
        found = json.loads(note.read_text(encoding="utf-8"))
        since = found.pop("since")
        return Holder(**found).described(since)
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
