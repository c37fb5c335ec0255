"""Runs a command for the command line: the only place that prints and exits."""

from __future__ import annotations

import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import click

from opus_sync import __version__
from opus_sync.cli_console import Console, as_json
from opus_sync.clock import SystemClock
from opus_sync.errors import OpusError
from opus_sync.invocation import Invocation, Result
from opus_sync.paint import unpainted
from opus_sync.progress import progress_for

Keep = Callable[[int, Result | OpusError], None]


def run(verb: str, options: dict[str, Any]) -> None:
    """Run a command on a project, print its result and exit."""
    console = console_of(options)
    project_dir = options["project_dir"]
    began, clock = SystemClock().now(), time.monotonic()

    def keep(exit_code: int, ended: Result | OpusError) -> None:
        """Leave target/opus_sync_run_results.json, however the command ended; what is no project gets none."""
        error = {"message": ended.message, "hint": ended.hint or None} if isinstance(ended, OpusError) else None
        results = {
            "command": console.command,
            "version": __version__,
            "invocation_id": console.invocation_id,
            "started_at": began.isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - clock, 3),
            "exit_code": exit_code,
            "error": error,
            "result": dict(ended.data) if isinstance(ended, Result) else None,
        }
        _write_results(project_dir, results, console)

    output = options["output"]
    finish(console, lambda: command(verb)(_invocation(options, console), **options), output, keep)


def command(verb: str) -> Callable[..., Result]:
    """Return what carries a command out; it is imported here, so that the others cost no time."""
    return import_module(f"opus_sync.commands.{verb.replace(' ', '_')}").run  # type: ignore[no-any-return]


def console_of(options: dict[str, Any]) -> Console:
    """Take the options about what is printed out of `options`; the command is the one that click runs."""
    words = click.get_current_context().command_path.split()[1:]
    return Console(
        " ".join(words), options.pop("log_format"), debug=options.pop("debug"), colours=options.pop("use_colors")
    )


def _invocation(options: dict[str, Any], console: Console) -> Invocation:
    """Take the shared options out of `options`."""
    import yaml

    from opus_sync.errors import UsageError

    try:
        variables = yaml.safe_load(options.pop("variables")) or {}
    except yaml.YAMLError as error:
        raise UsageError("--vars is not YAML", 'Write it as --vars "{name: value}".') from error
    if not isinstance(variables, Mapping):
        raise UsageError("--vars is not a mapping", 'Write it as --vars "{name: value}".')
    taken = {
        name: options.pop(name)
        for name in (
            "project_dir",
            "profiles_dir",
            "profile",
            "target",
            "select",
            "exclude",
            "threads",
            "output",
        )
        if name in options
    }
    return Invocation(progress=progress_for(console.draws), log=console.log, variables=variables, **taken)


def finish(
    console: Console,
    carry_out: Callable[[], Result],
    output: str = "text",
    keep: Keep = lambda exit_code, ended: None,
) -> None:
    """Carry a command out, print what it says, keep its result and exit."""
    signal.signal(signal.SIGTERM, _terminate)
    console.log.event("command_started")
    began = time.monotonic()
    try:
        result = carry_out()
        keep(result.exit_code, result)
    except (Exception, KeyboardInterrupt) as found:
        error = _explained(found)
        keep(error.exit_code, error)
        console.error(error, traceback.format_exc())
        code = error.exit_code
    else:
        console.document(result.data) if output == "json" else console.result(
            result.text if output == "text" else unpainted(result.text)
        )
        code = result.exit_code
    console.log.event("command_ended", exit_code=code, seconds=round(time.monotonic() - began, 3))
    sys.exit(code)


def _explained(error: BaseException) -> OpusError:
    """Return the error for a person; what nobody foresaw is a defect."""
    if isinstance(error, OpusError):
        return error
    if isinstance(error, KeyboardInterrupt):
        told = OpusError("interrupted", "Run it again.")
        told.exit_code = 143 if isinstance(error, _Terminated) else 130
        return told
    told = OpusError(f"{type(error).__name__}: {error}", "This is a defect; run again with --debug and report it.")
    told.exit_code = 2
    return told


class _Terminated(KeyboardInterrupt):
    """SIGTERM, which ends a command as Ctrl-C does, so that temporary files go with it."""


def _terminate(number: int, frame: FrameType | None) -> None:
    raise _Terminated


def _write_results(project_dir: Path, results: Mapping[str, Any], console: Console) -> None:
    target = project_dir / "target"
    if not (project_dir / "dbt_project.yml").is_file():
        return
    try:
        target.mkdir(exist_ok=True)
        (target / "opus_sync_run_results.json").write_text(as_json(results, indent=2), encoding="utf-8")
    except OSError as error:
        console.log.warning(f"target/opus_sync_run_results.json was not written: {error.strerror}")
