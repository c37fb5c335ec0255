"""What every command gets and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from opus_sync.log import Log


class Progress(Protocol):
    """Shows how far a task is; draws nothing where nobody watches."""

    def task(self, label: str, total: int | None) -> AbstractContextManager[Callable[[int], None]]:
        """Open a task; the yielded function advances it by so many steps."""


@dataclass(frozen=True)
class Invocation:
    """The options that all commands share, as dbt names them."""

    project_dir: Path
    progress: Progress
    log: Log
    profiles_dir: Path | None = None
    profile: str | None = None
    target: str | None = None
    select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    threads: int | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    output: str = "text"


@dataclass(frozen=True)
class Result:
    """What a command says on stdout (`text`, or `data` as JSON) and its exit code."""

    exit_code: int
    text: str
    data: Mapping[str, Any] = field(default_factory=dict)
