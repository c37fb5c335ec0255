"""Runs dbt as a process of its own, with the options of the runner's own invocation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opus_sync.errors import OpusError
from opus_sync.log import Log

# What `dbt` on the command line does, with the interpreter that runs this.
_MAIN = "from dbt.cli.main import cli; cli(prog_name='dbt')"
# PostgreSQL takes the joins of staged_rollback for tiny and loops over them for minutes; libpq alone reads this.
_PLANNER = {"PGOPTIONS": "-c enable_nestloop=off"}
_TAIL = 200
_SHOWN = 6
_TOKEN = "MONDAY_API_TOKEN"  # noqa: S105 (a variable's name)


@dataclass(frozen=True)
class Dbt:
    """dbt on one project and target; the log gets its output line by line.

    `profile` and `target` are those of the command line: naming a default would make dbt parse the project anew.
    The warehouse must not be open meanwhile: DuckDB lets one process at a time in.
    """

    root: Path
    profiles_dir: Path
    profile: str | None
    target: str | None
    variables: Mapping[str, Any]
    log: Log

    def run(self, *arguments: str, hear: Callable[[str], bool] = lambda line: False) -> None:
        """Run one dbt command, such as `run-operation opus_deploy`; a line that `hear` takes is not told to the log.

        Raises OpusError with the last lines that speak of errors when dbt fails.
        """
        command = [sys.executable, "-c", _MAIN, "--no-use-colors", *arguments, *self._options()]
        tail: deque[str] = deque(maxlen=_TAIL)
        self.log.event("dbt_started", arguments=" ".join(arguments))
        with subprocess.Popen(
            command,
            cwd=self.root,
            env={**_PLANNER, **_without_tokens(os.environ)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                tail.append(line.rstrip())
                if line.strip() and not hear(line.rstrip()):
                    self.log.event("dbt_output", line.rstrip())
        self.log.event("dbt_ended", exit_code=process.returncode)
        if process.returncode:
            raise OpusError(
                f"`dbt {' '.join(arguments)}` failed (exit {process.returncode}):\n" + "\n".join(_errors(tail)),
                f"the whole output is in {self.root / 'logs' / 'dbt.log'}",
            )

    def _options(self) -> list[str]:
        given = {
            "--project-dir": str(self.root),
            "--profiles-dir": str(self.profiles_dir),
            "--profile": self.profile,
            "--target": self.target,
            "--vars": json.dumps(dict(self.variables)) if self.variables else None,
        }
        return [word for option, value in given.items() if value is not None for word in (option, value)]


def _without_tokens(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.startswith(_TOKEN)}


def _errors(lines: deque[str]) -> list[str]:
    """Return the lines from the first error on, without empty ones; the last lines where none says so."""
    said = [line for line in lines if line.strip()]
    at = next((at for at, line in enumerate(said) if "error" in line.casefold()), max(0, len(said) - _SHOWN))
    return said[at : at + _SHOWN]
