"""The command line of `opus-sync sandbox`: the local stand-in for monday.com."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from opus_sync.cli_run import command, console_of, finish, run
from opus_sync.options import BOARDS, PORT, PROJECT, SAYING


@click.group()
def sandbox() -> None:
    """A local stand-in for monday.com."""


@sandbox.command("serve")
@click.option("--project-dir", type=click.Path(path_type=Path), default=Path(), help="dbt project.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any free one.")
@click.option("--seed", type=click.Path(path_type=Path), help="Folder of boards; seeds/sandbox when left out.")
@click.option("--empty", is_flag=True, help="Start without boards.")
@click.option("--state", type=click.Path(path_type=Path), help="Keep the boards in this file between runs.")
@click.option("--option", "settings", multiple=True, metavar="NAME=VALUE", help="A limit, latency or fault.")
@SAYING
def sandbox_serve(**options: Any) -> None:
    """Serve boards at http://127.0.0.1:PORT/v2 until interrupted."""
    console = console_of(options)
    finish(console, lambda: command("sandbox")(log=console.log, **options))


@sandbox.command("load")
@PROJECT
@BOARDS
@PORT
@click.option("--state", type=click.Path(path_type=Path), help="Write a file for `sandbox serve --state` instead.")
def sandbox_load(**options: Any) -> None:
    """Copy boards from the warehouse into a running sandbox, with the same ids, in place of what it holds."""
    run("sandbox_load", options)


@sandbox.command("reset")
@PORT
@SAYING
def sandbox_reset(**options: Any) -> None:
    """Take a running sandbox back to what it was loaded with."""
    finish(console_of(options), lambda: command("sandbox_reset")(**options))
