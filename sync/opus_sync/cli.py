"""The command line: the only place that prints and exits."""

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
from opus_sync.options import BOARDS, DECISION, PORT, PROJECT, ROWS, SENDING, shared
from opus_sync.progress import progress_for


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="opus-sync")
def main() -> None:
    """Keep monday.com boards and a SQL warehouse in step, the dbt way.

    Nothing is sent to monday unless a command is given --live.
    """


@main.command()
@PROJECT
@BOARDS
@click.option("--full", is_flag=True, help="Read every item, also those that did not change.")
@click.option("--metadata", is_flag=True, help="Read columns, labels, groups and people only, in a few calls.")
def pull(**options: Any) -> None:
    """Extract boards into the warehouse."""
    _run("pull", options)


@main.command()
@PROJECT
@BOARDS
@ROWS
@click.option("--detailed-exitcode", is_flag=True, help="0 nothing to do, 1 error, 2 changes.")
@click.option("--out", type=click.Path(path_type=Path), help="Also seal the plan in this file, to be pushed as it is.")
def plan(**options: Any) -> None:
    """Show what a push would do; reads the warehouse only."""
    _run("plan", options)


@main.command()
@PROJECT
@BOARDS
@ROWS
@SENDING
@click.option("--plan", type=click.Path(path_type=Path), help="Send what this plan file holds, if it still holds.")
@click.option("--resume", "resume_only", is_flag=True, help="Send nothing: end what an earlier push left open.")
def push(**options: Any) -> None:
    """Send staged rows to monday; a dry run until --live."""
    _run("push", options)


@main.command()
@PROJECT
@BOARDS
@SENDING
def sync(**options: Any) -> None:
    """Pull boards, build and test their models, push them: in one go; a dry run until --live."""
    _run("sync", options)


@main.command()
@PROJECT
@BOARDS
@ROWS
@SENDING
@click.option("--batch", metavar="BATCH_ID", help="Only what failed in this batch.")
@click.option("--error-type", metavar="TYPE", help="Only what failed with this error type.")
def retry(**options: Any) -> None:
    """Send again what failed and is still staged; a dry run until --live."""
    _run("retry", options)


@main.command()
@PROJECT
@BOARDS
@click.option("--batch", metavar="BATCH_ID", help="The batch to take back.")
@click.option("--reason", help="Why; it is kept with every cell that is taken back.")
@click.option("--pending", is_flag=True, help="Carry out what was asked for in SQL with sp_rollback_batch.")
@click.option("--live", is_flag=True, help="Send to monday; without it this is a dry run.")
def rollback(**options: Any) -> None:
    """Take back what a batch wrote, where nobody has touched it since; a dry run until --live."""
    _run("rollback", options)


@main.command()
@PROJECT
@BOARDS
@DECISION
def hold(**options: Any) -> None:
    """Keep staged rows from being sent until they are released."""
    _run("hold", options)


@main.command()
@PROJECT
@BOARDS
@DECISION
def release(**options: Any) -> None:
    """Let held rows through; a conflict over the value that the board holds now."""
    _run("release", options)


@main.command()
@PROJECT
@BOARDS
@click.option("--plan", type=click.Path(path_type=Path), required=True, help="The plan file.")
@click.option("--reason", help="Why; it is kept with the approval.")
def approve(**options: Any) -> None:
    """Approve a plan file as it stands, for targets that send only approved plans."""
    _run("approve", options)


@main.command()
@PROJECT
@BOARDS
@ROWS
@click.option("--batch", metavar="BATCH_ID", help="Read back this batch, not those of the last push.")
@click.option("--plan", type=click.Path(path_type=Path), help="Compare with this plan file, whoever carried it out.")
@click.option("--show", type=click.IntRange(0), default=10, show_default=True, help="Items listed in each section.")
def verify(**options: Any) -> None:
    """Read the boards back: do they hold what was written, or planned? Writes nowhere."""
    _run("verify", options)


@main.command()
@PROJECT
@BOARDS
def status(**options: Any) -> None:
    """Say who is at work, what was pulled and pushed, and what waits; reads the warehouse only."""
    _run("status", options)


@main.command()
@PROJECT
@BOARDS
def debug(**options: Any) -> None:
    """Say of each part whether it is good to go, and what to do; sends and keeps nothing."""
    _run("debug", options)


@main.command()
@PROJECT
@BOARDS
@click.option("--reason", required=True, help="Why; the push says it when it ends.")
def stop(**options: Any) -> None:
    """Let a running push of a board end after the request in flight."""
    _run("stop", options)


_confirm = click.option("--confirm", is_flag=True, help="Do it; without it this only shows what would be done.")


@main.command()
@PROJECT
@BOARDS
@_confirm
def prune(**options: Any) -> None:
    """Remove extracts and requests older than retention_days; audit rows stay."""
    _run("prune", options)


@main.command()
@PROJECT
@BOARDS
@click.argument("kind", type=click.Choice(["kestra", "github"]))
@click.option("--out", type=click.Path(path_type=Path), help="Folder or file to write; by default where it belongs.")
@click.option("--force", is_flag=True, help="Write over a file that somebody made or changed.")
def generate(**options: Any) -> None:
    """Write a workflow file: a Kestra flow, or a GitHub check that shows a pull request's plan."""
    _run("generate", options)


@main.group()
def sandbox() -> None:
    """A local stand-in for monday.com."""


@sandbox.command("serve")
@click.option("--project-dir", type=click.Path(path_type=Path), default=Path(), help="dbt project.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any free one.")
@click.option("--seed", type=click.Path(path_type=Path), help="Folder of boards; seeds/sandbox when left out.")
@click.option("--empty", is_flag=True, help="Start without boards.")
@click.option("--state", type=click.Path(path_type=Path), help="Keep the boards in this file between runs.")
@click.option("--option", "settings", multiple=True, metavar="NAME=VALUE", help="A limit, latency or fault.")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def sandbox_serve(**options: Any) -> None:
    """Serve boards at http://127.0.0.1:PORT/v2 until interrupted."""
    debug = options.pop("debug")
    _finish(debug, lambda: _command("sandbox")(log=_log, **options))


@sandbox.command("load")
@PROJECT
@BOARDS
@PORT
@click.option("--state", type=click.Path(path_type=Path), help="Write a file for `sandbox serve --state` instead.")
def sandbox_load(**options: Any) -> None:
    """Copy boards from the warehouse into a running sandbox, with the same ids, in place of what it holds."""
    _run("sandbox_load", options)


@sandbox.command("reset")
@PORT
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def sandbox_reset(**options: Any) -> None:
    """Take a running sandbox back to what it was loaded with."""
    _finish(options.pop("debug"), lambda: _command("sandbox_reset")(**options))


@main.group()
def db() -> None:
    """What opus-sync keeps in the warehouse: tables, models, a procedure."""


def _db(verb: str, text: str, *options: Any) -> None:
    output = click.option("--output", type=click.Choice(["text", "json"]), default="text", help="Form of the result.")

    @db.command(verb, help=text)
    @shared(PROJECT, output, *options)
    def command(**options: Any) -> None:
        _run("db", {**options, "verb": verb})


_db("deploy", "Create what is missing, and bring tables of an older version up to date.")
_db("validate", "Compare the warehouse with what should be there; changes nothing.")
_db("adopt", "Rename other people's objects of our names to <name>_before_opus.", _confirm)
_db("script", "Print the SQL that a DBA runs in place of deploy, roles included; needs no connection.")
_db(
    "teardown",
    "Drop what is ours and nothing else, after a copy of the runner's tables.",
    _confirm,
    click.option("--backup/--no-backup", default=True, help="Copy the runner's tables first."),
    click.option("--force", is_flag=True, help="Also while the outcome of an operation is unknown."),
)


def _run(verb: str, options: dict[str, Any]) -> None:
    """Run a command on a project, print its result and exit."""
    debug = options.pop("debug")
    output = options["output"]

    def carry_out() -> Result:
        result = _command(verb)(_invocation(options), **options)
        _write_results(project_dir, verb, result.exit_code, result.data)
        return result

    project_dir = options["project_dir"]
    _finish(
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


def _command(verb: str) -> Callable[..., Result]:
    return import_module(f"opus_sync.commands.{verb}").run  # type: ignore[no-any-return]


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
    return Invocation(progress=progress_for(sys.stderr), log=_log, variables=variables, **taken)


def _finish(
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
        _log(f"Error: {error}")
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
        _log(f"Warning: target/opus_sync_run_results.json was not written: {error.strerror}")


def _log(message: str) -> None:
    click.echo(_printable(message), err=True)


def _printable(text: str) -> str:
    """Return the text without control characters: what stands on a board may hold terminal codes."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
