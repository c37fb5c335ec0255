"""The command line of `opus-sync board`: boards from monday to contract, and how they stand."""

from __future__ import annotations

from typing import Any

import click

from opus_sync.cli_run import run
from opus_sync.options import OUTPUT, PROJECT


@click.group()
def board() -> None:
    """The registry of boards: deploy, compare, list and remove them."""


@board.command()
@PROJECT
@OUTPUT
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
