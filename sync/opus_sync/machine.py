"""The machine that this runs on, and who uses it."""

from __future__ import annotations

import getpass
import socket


def os_user() -> str:
    """Return the login name; a container may run as a user that has none, and Windows has no list of them to ask."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def host() -> str:
    """Return the machine's name."""
    return socket.gethostname()
