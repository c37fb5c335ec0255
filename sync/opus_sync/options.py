"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def shared(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return a decorator that gives a command all of these."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


SAYING = shared(
    click.option("--debug", is_flag=True, help="Show tracebacks, and each request as it goes."),
    click.option(
        "--log-format",
        type=click.Choice(("text", "json")),
        default="text",
        help="Form of what is said on stderr; json: an event a line.",
    ),
    click.option("--use-colors/--no-use-colors", default=None, help="Colours, or none; by default on a terminal."),
)
PROJECT = shared(
    click.option("--project-dir", type=click.Path(path_type=Path), default=Path(), help="dbt project."),
    click.option("--profiles-dir", type=click.Path(path_type=Path), help="Folder of profiles.yml."),
    click.option("--profile", help="dbt profile, when not the project's own."),
    click.option("-t", "--target", help="dbt target."),
    click.option("--vars", "variables", default="{}", help="dbt variables, as YAML."),
    SAYING,
)
_SELECTION = shared(
    click.option("-s", "--select", multiple=True, metavar="BOARD", help="Boards; all when left out."),
    click.option("--exclude", multiple=True, metavar="BOARD", help="Boards to leave out."),
    click.option("--threads", type=click.IntRange(1, 64), help="Boards side by side."),
)


def boards_as(*forms: str) -> Callable[[Command], Command]:
    """Return the choice of boards with the forms that the result has, the usual one first."""
    output = click.option("--output", type=click.Choice(forms), default=forms[0], help="Form of the result.")
    return shared(_SELECTION, output)


BOARDS = boards_as("text", "json", "markdown")
PAGE = click.option("--page", type=click.Path(path_type=Path), help="File of the page of --output html.")
ROWS = shared(
    click.option("--batch-key", help="Only the rows of this batch, such as a customer."),
    click.option("--key", help="Only the record with this key, and its subitems."),
    click.option("--limit", type=click.IntRange(1), help="At most so many rows of each board."),
)
SENDING = shared(
    click.option("--live", is_flag=True, help="Send to monday; without it this is a dry run."),
    click.option("--promote/--no-promote", default=True, help="Build the board's models again after the push."),
    click.option("--lift", multiple=True, metavar="GUARD", help="Let the push pass this guard; may be repeated."),
    click.option("--sequential", is_flag=True, help="One batch strictly after the other."),
    click.option("--fail-fast", "-x", is_flag=True, help="End the push with the first row that is not written."),
)
SHOW = click.option("--show", type=click.IntRange(0), default=10, show_default=True, help="Rows listed in a section.")
PORT = click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="The sandbox's.")
DECISION = shared(
    click.option("--key", help="The record, as plans show it."),
    click.option("--column", help="Only this column of the record, by title or id."),
    click.option("--batch-key", help="All records of this batch, such as a customer."),
    click.option("--reason", required=True, help="Why; it is kept with the decision."),
)
