"""The command line of `opus-sync board`: boards from monday to contract, and how they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from opus_sync.cli_run import run
from opus_sync.options import PROJECT, Command


def _output(*forms: str) -> Callable[[Command], Command]:
    return click.option("--output", type=click.Choice(forms), default="text", help="Form of the result.")


_OUTPUT = _output("text", "json")
_TABLE = _output("text", "json", "markdown")


@click.group()
def board() -> None:
    """The registry of boards: deploy, compare, list and remove them."""


@board.command()
@PROJECT
@_OUTPUT
@click.option("--board-id", type=click.IntRange(1), required=True, help="The number in the board's address.")
@click.option("--name", help="Name of the contract and its models; made of the board's title when left out.")
@click.option("--key", multiple=True, metavar="COLUMN", help="The key, by title; several make it up together.")
@click.option("--table", help="The house's name, as in MON_<TABLE>; made of the name when left out.")
@click.option("--schema", help="dbt's schema for the board's models.")
@click.option("--database", help="dbt's database for the board's models.")
@click.option("--account", help="A further account, whose token is MONDAY_API_TOKEN__<ACCOUNT>.")
@click.option("--subitems/--no-subitems", default=None, help="With the board's subitems, or without.")
@click.option("--force", is_flag=True, help="Also write over models that somebody changed.")
def deploy(**options: Any) -> None:
    """Write a board's contract and models, or bring them up to date."""
    run("board deploy", options)


@board.command("list")
@PROJECT
@_TABLE
def list_boards(**options: Any) -> None:
    """List every board: rows, last extract and push, failures."""
    run("board list", options)


@board.command()
@PROJECT
@_OUTPUT
@click.argument("name")
def status(**options: Any) -> None:
    """Say what a board's contract holds and how it stands."""
    run("board status", options)


@board.command()
@PROJECT
@_TABLE
@click.argument("name", required=False)
def diff(**options: Any) -> None:
    """Compare contracts with the boards on monday; exit 1 where one has to change."""
    run("board diff", options)


@board.command()
@PROJECT
@_OUTPUT
@click.argument("name")
def remove(**options: Any) -> None:
    """Take a board out of every command; its files and tables stay."""
    run("board remove", options)


@board.command()
@PROJECT
@_OUTPUT
def summary(**options: Any) -> None:
    """Sum all boards up, and say at which somebody should look."""
    run("board summary", options)
