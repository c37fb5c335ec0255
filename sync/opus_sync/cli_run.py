"""Runs a command for the command line: the only place that prints and exits."""

from __future__ import annotations

import json
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import click

from opus_sync import __version__
from opus_sync.errors import OpusError
from opus_sync.invocation import Invocation, Result
from opus_sync.progress import progress_for


def run(verb: str, options: dict[str, Any]) -> None:
    """Run a command on a project, print its result and exit."""
    debug = options.pop("debug")
    output = options["output"]

    def carry_out() -> Result:
        result = command(verb)(_invocation(options), **options)
        _write_results(project_dir, verb, result.exit_code, result.data)
        return result

    project_dir = options["project_dir"]
    finish(
        debug,
        carry_out,
        output,
        lambda error: _write_results(
            project_dir,
            verb,
            error.exit_code,
            {
                "error": error.message,
                "hint": error.hint,
            },
        ),
    )


def command(verb: str) -> Callable[..., Result]:
    """Return what carries a command out; it is imported here, so that the others cost no time."""
    return import_module(f"opus_sync.commands.{verb.replace(' ', '_')}").run  # type: ignore[no-any-return]


def _invocation(options: dict[str, Any]) -> Invocation:
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
    return Invocation(progress=progress_for(sys.stderr), log=log, variables=variables, **taken)


def finish(
    debug: bool,
    carry_out: Callable[[], Result],
    output: str = "text",
    on_error: Callable[[OpusError], None] = lambda error: None,
) -> None:
    signal.signal(signal.SIGTERM, _terminate)
    try:
        result = carry_out()
    except (Exception, KeyboardInterrupt) as found:
        error = _explained(found)
        if debug:
            traceback.print_exc()
        on_error(error)
        log(f"Error: {error}")
        sys.exit(error.exit_code)
    click.echo(json.dumps(result.data, indent=2, default=str) if output == "json" else _printable(result.text))
    sys.exit(result.exit_code)


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


def _write_results(project_dir: Path, verb: str, exit_code: int, data: Mapping[str, Any]) -> None:
    """Leave target/opus_sync_run_results.json, however the command ended; what is no project gets none."""
    results = {"command": verb, "version": __version__, "exit_code": exit_code, "result": dict(data)}
    target = project_dir / "target"
    if not (project_dir / "dbt_project.yml").is_file():
        return
    try:
        target.mkdir(exist_ok=True)
        (target / "opus_sync_run_results.json").write_text(json.dumps(results, indent=2, default=str), encoding="utf-8")
    except OSError as error:
        log(f"Warning: target/opus_sync_run_results.json was not written: {error.strerror}")


def log(message: str) -> None:
    click.echo(_printable(message), err=True)


def _printable(text: str) -> str:
    """Return the text without control characters: what stands on a board may hold terminal codes."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
