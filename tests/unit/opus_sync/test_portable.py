"""What only POSIX has is not needed: with it taken away, as on Windows, everything imports and a command runs."""

from __future__ import annotations

import subprocess
import sys

# dbt, DuckDB and the like look for themselves; they come first, so that only what is ours goes without.
_AS_ON_WINDOWS = """
import asyncio, os, pkgutil, signal, sys
from importlib import import_module
import aiohttp.web, click.testing, dbt.cli.main, duckdb, filelock, psycopg2, rich.progress, yaml
for module in ("fcntl", "grp", "pwd", "resource", "termios", "tty", "pty"):
    sys.modules[module] = None
for name in ("fork", "getuid", "geteuid", "getpgid", "setsid", "killpg", "uname", "register_at_fork", "statvfs"):
    delattr(os, name)
for name in ("SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGQUIT", "SIGTSTP"):
    delattr(signal, name)
def lacking(*_):
    raise NotImplementedError
asyncio.unix_events._UnixSelectorEventLoop.add_signal_handler = lacking
import opus_sync, monday_sandbox
for package in (opus_sync, monday_sandbox):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        import_module(module.name)
from opus_sync.cli import main
from opus_sync.machine import host, os_user
for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
    os.environ.pop(name, None)
print(os_user(), bool(host()))
from monday_sandbox import serving
import threading
def announce(url):
    print("serves")
    threading.Timer(0.1, os.kill, [os.getpid(), signal.SIGTERM]).start()
empty = serving.Sandbox({"account": {"id": "1", "name": "Empty"}, "boards": []})
asyncio.run(serving._serve(empty, "127.0.0.1", 0, announce))
print("ended")
"""


def test_windows_has_what_is_needed() -> None:
    """Every module imports, a user without a name is told so, and the sandbox serves until it is asked to end."""
    command = [sys.executable, "-c", _AS_ON_WINDOWS]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout.split("\n")) == (0, ["unknown True", "serves", "ended", ""]), done.stderr
