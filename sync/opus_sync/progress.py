"""Progress bars on a terminal, silence in a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TextIO

from opus_sync.commands.invocation import Progress


def progress_for(stream: TextIO) -> Progress:
    """Return bars for a terminal, and nothing for anything else."""
    return _Bars() if stream.isatty() else _Silence()


class _Silence:
    @contextmanager
    def task(self, label: str, total: int | None) -> Iterator[Callable[[int], None]]:
        yield lambda steps: None


class _Bars:
    """One display for all tasks, since boards run side by side."""

    def __init__(self) -> None:
        self._display: AbstractContextManager[object] | None = None
        self._running = 0

    @contextmanager
    def task(self, label: str, total: int | None) -> Iterator[Callable[[int], None]]:
        display = self._open()
        task = display.add_task(label, total=total)
        try:
            yield lambda steps: display.advance(task, steps)
        finally:
            self._running -= 1
            if not self._running:
                display.stop()

    def _open(self):  # type: ignore[no-untyped-def]
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        if self._display is None or not self._running:
            self._display = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
            )
            self._display.start()
        self._running += 1
        return self._display
