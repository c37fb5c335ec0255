"""dbt, loaded once: each build is a process of its own that starts with the project parsed.

`python -m storm.builder` in a project's folder reads the arguments of one dbt command a line, as JSON with the file for
what it says; it answers with the id of the process that carries it out, then with its exit code.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any


class Builder:
    """Runs dbt commands in a project, one after the other."""

    def __init__(self, project: Path, environment: Mapping[str, str], noise: Path) -> None:
        with noise.open("wb") as told:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "storm.builder"],
                cwd=project,
                env={**environment, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=told,
                text=True,
            )

    def run(self, arguments: tuple[str, ...], log: Path, begun: Callable[[int], None]) -> int:
        """Run one command and return its exit code; `begun` is told the id of its process, which may be killed."""
        inbox, outbox = self._pipes()
        inbox.write(json.dumps([str(log), *arguments]) + "\n")
        inbox.flush()
        begun(int(outbox.readline()))
        return int(outbox.readline())

    def close(self) -> None:
        """End."""
        inbox, outbox = self._pipes()
        inbox.close()
        self._process.wait()
        outbox.close()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError("opened with pipes")
        return self._process.stdin, self._process.stdout


def _serve() -> None:
    from dbt.cli.main import dbtRunner

    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    parsed = dbtRunner().invoke(["--quiet", "parse"])
    if not parsed.success:
        raise SystemExit(f"dbt cannot parse the project: {parsed.exception}")
    runner = dbtRunner(manifest=parsed.result)
    for line in sys.stdin:
        log, *arguments = json.loads(line)
        child = os.fork()
        if not child:
            os.setsid()
            _build(runner, Path(log), arguments)
        print(child, file=answers, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def _build(runner: Any, log: Path, arguments: list[str]) -> None:
    """Carry one command out and end this process."""
    with log.open("wb") as told:
        os.dup2(told.fileno(), 1)
        os.dup2(told.fileno(), 2)
    done = runner.invoke(["--no-use-colors", *arguments])
    sys.stdout.flush()
    os._exit(0 if done.success else 1)


if __name__ == "__main__":
    _serve()
