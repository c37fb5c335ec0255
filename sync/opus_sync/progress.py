"""Progress bars on a terminal, silence in a pipe."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Display

    from opus_sync.invocation import Progress


def progress_for(draws: bool) -> Progress:
    """Return bars, or nothing where nobody would see them."""
    return _Bars() if draws else _Silence()


class _Silence:
    @contextmanager
    def task(self, label: str, total: int | None) -> Iterator[Callable[[int], None]]:
        yield lambda steps: None


class _Bars:
    """One display for all tasks, since boards run side by side; it is there while a task is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._display: Display | None = None
        self._running = 0

    @contextmanager
    def task(self, label: str, total: int | None) -> Iterator[Callable[[int], None]]:
        display = self._open()
        task = display.add_task(label, total=total)
        try:
            yield lambda steps: display.advance(task, steps)
        finally:
            self._close()

    def _open(self) -> Display:
        with self._lock:
            if self._display is None:
                self._display = _display()
                self._display.start()
            self._running += 1
            return self._display

    def _close(self) -> None:
        with self._lock:
            self._running -= 1
            if self._display is not None and not self._running:
                self._display.stop()
                self._display = None


def _display() -> Display:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
