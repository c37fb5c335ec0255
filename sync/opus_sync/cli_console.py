"""What the command line prints: results on stdout, what happens meanwhile on stderr, coloured where it is seen."""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TextIO

import click

from opus_sync import paint
from opus_sync.clock import SystemClock
from opus_sync.errors import OpusError
from opus_sync.log import Entry, Log

JSON = "json"


@dataclass(frozen=True)
class Console:
    """One run of a command, and the form of what it says.

    `colours` is what was asked for on the command line, None for nothing; with `debug` people see events without a
    message, too.
    """

    command: str
    log_format: str = "text"
    debug: bool = False
    colours: bool | None = None
    invocation_id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def log(self) -> Log:
        """The log of this run."""
        return Log(self._line if self.log_format == JSON else self._words)

    @property
    def draws(self) -> bool:
        """Whether somebody would see how far a task is."""
        return self.log_format != JSON and sys.stderr.isatty()

    def result(self, text: str) -> None:
        """Print a text for people."""
        self._print(text, sys.stdout)

    def document(self, data: Any) -> None:
        """Print data for programs."""
        click.echo(as_json(data, indent=2))

    def error(self, error: OpusError, trace: str) -> None:
        """Say what ended the command, and what to do; with `debug` also where it came from."""
        told = {"hint": error.hint or None, "exit_code": error.exit_code, "trace": trace if self.debug else None}
        self.log.event("error", error.message, **told)

    def _line(self, entry: Entry) -> None:
        """Print an entry as one line of JSON, whole in one write, as threads and signals come in between."""
        told = {
            "time": SystemClock().now().isoformat(timespec="milliseconds"),
            "level": entry.level,
            "event": entry.event,
            "command": self.command,
            "invocation_id": self.invocation_id,
            **entry.fields,
        }
        if entry.message:
            told["message"] = entry.message
        click.echo(as_json(told), err=True)

    def _words(self, entry: Entry) -> None:
        if entry.message:
            self._print(_PEOPLE.get(entry.event, _plain)(entry), sys.stderr)
        elif self.debug:
            facts = " ".join(f"{name}={value}" for name, value in entry.fields.items())
            self._print(paint.quiet(f"{SystemClock().now():%H:%M:%S} {entry.event} {facts}"), sys.stderr)

    def _print(self, text: str, stream: TextIO) -> None:
        """Print a text without control characters: what stands on a board may hold terminal codes."""
        shown = "".join(c if c.isprintable() or c == "\n" or paint.is_mark(c) else " " for c in text)
        colours = _coloured(self.colours, stream)
        click.echo(paint.coloured(shown) if colours else paint.unpainted(shown), file=stream, color=colours)


def as_json(data: Any, indent: int | None = None) -> str:
    """Return data as JSON, moments in ISO 8601."""
    return json.dumps(data, indent=indent, default=lambda one: one.isoformat() if isinstance(one, date) else str(one))


def _plain(entry: Entry) -> str:
    return entry.message


def _error(entry: Entry) -> str:
    return f"{entry.fields.get('trace', '')}" + _with_hint(f"{paint.bad('Error:')} {entry.message}", entry)


def _with_hint(said: str, entry: Entry) -> str:
    return f"{said}\n{entry.fields['hint']}" if entry.fields.get("hint") else said


_PEOPLE: Mapping[str, Callable[[Entry], str]] = {
    "error": _error,
    "warning": lambda entry: f"{paint.notice('Warning:')} {entry.message}",
    "board_refused": lambda entry: _with_hint(f"{entry.fields['board']}: {entry.message}", entry),
}


def _coloured(asked: bool | None, stream: TextIO) -> bool:
    """Tell whether a text is coloured: as asked, else as the environment says, else where a terminal shows it."""
    if asked is not None:
        return asked
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
