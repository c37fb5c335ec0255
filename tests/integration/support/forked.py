"""Runs command lines in forks of one process that has imported them: half of a short command is imports.

A fork has its own folder, environment, arguments and streams, and ends as a process of its own does.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

AVAILABLE = hasattr(os, "fork") and sys.platform != "darwin"
_REQUEST_BYTES = 1 << 20


class ForkServer:
    """A process that forks for each command, alive as long as the tests are."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="opus-forks-"))
        self._address = str(self._folder / "socket")
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(self._address)
        listening.listen(64)
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(listening.fileno())],
            pass_fds=[listening.fileno()],
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        listening.close()
        atexit.register(self._end)

    def run(
        self, command: Sequence[str], cwd: Path, env: Mapping[str, str], timeout: float
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, as `subprocess.run` does."""
        with tempfile.TemporaryDirectory(dir=self._folder) as place:
            out, err = Path(place) / "out", Path(place) / "err"
            request = {"command": list(command), "cwd": str(cwd), "env": dict(env), "out": str(out), "err": str(err)}
            with socket.socket(socket.AF_UNIX) as link:
                link.connect(self._address)
                link.sendall(json.dumps(request).encode())
                link.shutdown(socket.SHUT_WR)
                pid = int(link.recv(64).decode())
                link.settimeout(timeout)
                try:
                    code = int(link.recv(64).decode())
                except TimeoutError:
                    os.kill(pid, signal.SIGKILL)
                    raise subprocess.TimeoutExpired(list(command), timeout) from None
            texts = [path.read_text(encoding="utf-8", errors="replace") for path in (out, err)]
        return subprocess.CompletedProcess(list(command), code, *texts)

    def _end(self) -> None:
        self._process.terminate()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


@cache
def fork_server() -> ForkServer:
    """Return the server of this test process."""
    return ForkServer()


def _serve(listening: socket.socket) -> None:
    """Fork for each request, and tell its caller the process id and then the exit code. Returns in the forks only."""

    import opus_sync.cli
    import opus_sync.commands.plan
    import opus_sync.commands.pull
    import opus_sync.commands.push  # noqa: F401

    woken, wake = socket.socketpair()
    wake.setblocking(False)
    woken.setblocking(False)
    signal.set_wakeup_fd(wake.fileno())
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    links: dict[int, socket.socket] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(listening, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in selector.select()}
            if woken in ready:
                woken.recv(4096)
                _report(links)
            if listening not in ready:
                continue
            link, _ = listening.accept()
            request = json.loads(b"".join(iter(lambda link=link: link.recv(_REQUEST_BYTES), b"")))
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                for other in (listening, woken, wake, link, *links.values()):
                    other.close()
                _become(request)
                return
            links[pid] = link
            link.sendall(str(pid).encode())


def _report(links: dict[int, socket.socket]) -> None:
    for pid in list(links):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            with links.pop(pid) as link:
                link.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def _become(request: Mapping[str, object]) -> None:
    """Take on the folder, the environment, the arguments and the streams of a command."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(str(request["cwd"]))
    os.environ.clear()
    os.environ.update(request["env"])  # type: ignore[call-overload]
    sys.argv = list(request["command"])  # type: ignore[call-overload]
    for stream, name in ((1, "out"), (2, "err")):
        opened = os.open(str(request[name]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, stream)
        os.close(opened)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
    if Path(sys.argv[0]).name == "dbt":
        from dbt.cli.main import cli

        sys.exit(cli())
    from opus_sync.cli import main

    sys.exit(main())
