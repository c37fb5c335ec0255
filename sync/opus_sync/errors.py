"""Every error a person can meet, each with what happened, where, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class OpusError(Exception):
    """Says what went wrong in `message` and what to do in `hint`; `exit_code` is the command's."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class UsageError(OpusError):
    """The command line or a setting is wrong."""

    exit_code = 2


class Refused(OpusError):
    """The command was refused before anything was sent."""

    exit_code = 3


@dataclass(frozen=True)
class Problem:
    """One finding in a configuration file, shown as `file:line where: what`."""

    file: str
    line: int
    where: str
    what: str

    def __str__(self) -> str:
        where = f" {self.where}" if self.where else ""
        return f"{self.file}:{self.line}{where}: {self.what}"


class ConfigurationError(OpusError):
    """Carries every problem of the project's files at once."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem], hint: str = "") -> None:
        super().__init__("\n".join(str(problem) for problem in problems), hint)
        self.problems = tuple(problems)
