"""Who holds a lock: the words in which one process tells another."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from opus_sync.machine import host, os_user

_LABEL = re.compile(r"(?P<user>\S+)@(?P<host>\S+) (?P<pid>\d+) (?P<command>.+)")


@dataclass(frozen=True)
class Holder:
    """A process on some machine. Its `label` is what a server shows of its sessions."""

    user: str
    host: str
    pid: int
    command: str

    def label(self, size: int) -> str:
        """Return it in at most so many plain characters, the command last: that is cut off first."""
        user, machine = (_plain(text)[: size // 3] for text in (self.user, self.host))
        return f"{user}@{machine} {self.pid} {_plain(self.command, ' ')}"[:size]

    def described(self, since: str | None) -> str:
        """Return it as a person reads it."""
        return f"{self.user} on {self.host} (process {self.pid}, {self.command})" + (f" since {since}" if since else "")


def this_process() -> Holder:
    """Return this process."""
    return Holder(os_user(), host(), os.getpid(), " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]))


def labelled(label: str | None) -> Holder | None:
    """Return the holder that a label tells of, None where it is no label of ours."""
    found = _LABEL.fullmatch((label or "").strip())
    return Holder(found["user"], found["host"], int(found["pid"]), found["command"]) if found else None


def _plain(text: str, space: str = "_") -> str:
    return re.sub(r"\s", space, text).encode("ascii", "replace").decode("ascii")
