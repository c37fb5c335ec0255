"""The command line: every command with its options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from opus_sync import __version__
from opus_sync.cli_board import board
from opus_sync.cli_run import command, console_of, finish, run
from opus_sync.cli_sandbox import sandbox
from opus_sync.options import (
    BOARDS,
    DECISION,
    PAGE,
    PROJECT,
    ROWS,
    SAYING,
    SENDING,
    SHOW,
    boards_as,
    shared,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="opus-sync")
def main() -> None:
    """Keep monday.com boards and a SQL warehouse in step, the dbt way.

    Nothing is sent to monday unless a command is given --live.
    """


main.add_command(board)
main.add_command(sandbox)


@main.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--name", help="The dbt project's name; the folder's when left out.")
@click.option("--force", is_flag=True, help="Also write over a package that somebody changed.")
@SAYING
def init(**options: Any) -> None:
    """Make a project of one's own, or bring the package in one up to date."""
    finish(console_of(options), lambda: command("init")(**options))


@main.command()
@PROJECT
@BOARDS
@click.option("--full", is_flag=True, help="Read every item, also those that did not change.")
@click.option("--metadata", is_flag=True, help="Read columns, labels, groups and people only, in a few calls.")
def pull(**options: Any) -> None:
    """Extract boards into the warehouse."""
    run("pull", options)


@main.command()
@PROJECT
@boards_as("text", "json", "markdown", "html")
@SHOW
@ROWS
@PAGE
@click.option("--detailed-exitcode", is_flag=True, help="0 nothing to do, 1 error, 2 changes.")
@click.option("--out", type=click.Path(path_type=Path), help="Also seal the plan in this file, to be pushed as it is.")
def plan(**options: Any) -> None:
    """Show what a push would do; reads the warehouse only."""
    run("plan", options)


@main.command()
@PROJECT
@BOARDS
@SHOW
@ROWS
@SENDING
@click.option("--plan", type=click.Path(path_type=Path), help="Send what this plan file holds, if it still holds.")
@click.option("--resume", "resume_only", is_flag=True, help="Send nothing: end what an earlier push left open.")
def push(**options: Any) -> None:
    """Send staged rows to monday; a dry run until --live."""
    run("push", options)


@main.command()
@PROJECT
@BOARDS
@SENDING
def sync(**options: Any) -> None:
    """Pull boards, build and test their models, push them: in one go; a dry run until --live."""
    run("sync", options)


@main.command()
@PROJECT
@boards_as("html", "json")
@PAGE
@click.option("--batch", metavar="BATCH_ID", required=True, help="The batch, as `status` and audit rows name it.")
def report(**options: Any) -> None:
    """Write a page about a batch that was pushed: each row, what became of it, how fast it went."""
    run("report", options)


@main.command()
@PROJECT
@BOARDS
@SHOW
@ROWS
@SENDING
@click.option("--batch", metavar="BATCH_ID", help="Only what failed in this batch.")
@click.option("--error-type", metavar="TYPE", help="Only what failed with this error type.")
def retry(**options: Any) -> None:
    """Send again what failed and is still staged; a dry run until --live."""
    run("retry", options)


@main.command()
@PROJECT
@BOARDS
@SHOW
@click.option("--batch", metavar="BATCH_ID", help="The batch to take back.")
@click.option("--reason", help="Why; it is kept with every cell that is taken back.")
@click.option("--pending", is_flag=True, help="Carry out what was asked for in SQL with sp_rollback_batch.")
@click.option("--live", is_flag=True, help="Send to monday; without it this is a dry run.")
def rollback(**options: Any) -> None:
    """Take back what a batch wrote, where nobody has touched it since; a dry run until --live."""
    run("rollback", options)


@main.command()
@PROJECT
@BOARDS
@DECISION
def hold(**options: Any) -> None:
    """Keep staged rows from being sent until they are released."""
    run("hold", options)


@main.command()
@PROJECT
@BOARDS
@DECISION
def release(**options: Any) -> None:
    """Let held rows through; a conflict over the value that the board holds now."""
    run("release", options)


@main.command()
@PROJECT
@BOARDS
@click.option("--plan", type=click.Path(path_type=Path), required=True, help="The plan file.")
@click.option("--reason", help="Why; it is kept with the approval.")
def approve(**options: Any) -> None:
    """Approve a plan file as it stands, for targets that send only approved plans."""
    run("approve", options)


@main.command()
@PROJECT
@BOARDS
@ROWS
@click.option("--batch", metavar="BATCH_ID", help="Read back this batch, not those of the last push.")
@click.option("--plan", type=click.Path(path_type=Path), help="Compare with this plan file, whoever carried it out.")
@click.option("--show", type=click.IntRange(0), default=10, show_default=True, help="Items listed in each section.")
def verify(**options: Any) -> None:
    """Read the boards back: do they hold what was written, or planned? Sends nothing."""
    run("verify", options)


@main.command()
@PROJECT
@BOARDS
def status(**options: Any) -> None:
    """Say who is at work, what was pulled and pushed, and what waits; reads the warehouse only."""
    run("status", options)


@main.command()
@PROJECT
@BOARDS
@click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="Batches of so many days.")
@click.option("--show", type=click.IntRange(0), default=20, show_default=True, help="Batches listed.")
@click.option("--batch", metavar="BATCH_ID", help="One batch in full, however old.")
def history(**options: Any) -> None:
    """List the batches that ran, the newest first; reads the warehouse only."""
    run("history", options)


@main.command()
@PROJECT
@BOARDS
@click.option("--batch", metavar="BATCH_ID", help="Only what failed in this batch.")
@click.option("--error-type", metavar="TYPE", help="Only failures of this type.")
@click.option("--days", type=click.IntRange(1), help="Only failures of so many days.")
@click.option("--id", "err_id", metavar="ERR_ID", help="One failure, with its payload and its staged row.")
@click.option("--show", type=click.IntRange(0), default=3, show_default=True, help="Rows listed of each type.")
def errors(**options: Any) -> None:
    """Say what failed, by type of error, and what to do about it; reads the warehouse only."""
    run("errors", options)


@main.command()
@PROJECT
@BOARDS
def debug(**options: Any) -> None:
    """Say of each part whether it is good to go, and what to do; sends and keeps nothing."""
    run("debug", options)


@main.command()
@PROJECT
@BOARDS
@click.option("--reason", required=True, help="Why; the push says it when it ends.")
def stop(**options: Any) -> None:
    """Let a running push of a board end after the request in flight."""
    run("stop", options)


_confirm = click.option("--confirm", is_flag=True, help="Do it; without it this only shows what would be done.")


@main.command()
@PROJECT
@BOARDS
@_confirm
def prune(**options: Any) -> None:
    """Remove extracts and requests older than retention_days; audit rows stay."""
    run("prune", options)


@main.command()
@PROJECT
@BOARDS
@click.argument("kind", type=click.Choice(["kestra", "github"]))
@click.option("--out", type=click.Path(path_type=Path), help="Folder or file to write; by default where it belongs.")
@click.option("--force", is_flag=True, help="Write over a file that somebody made or changed.")
def generate(**options: Any) -> None:
    """Write a workflow file: a Kestra flow, or a GitHub check that shows a pull request's plan."""
    run("generate", options)


@main.group()
def db() -> None:
    """What opus-sync keeps in the warehouse: tables, models, a procedure."""


def _db(verb: str, text: str, *options: Any) -> None:
    output = click.option("--output", type=click.Choice(["text", "json"]), default="text", help="Form of the result.")

    @db.command(verb, help=text)
    @shared(PROJECT, output, *options)
    def carry_out(**options: Any) -> None:
        run("db", {**options, "verb": verb})


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
