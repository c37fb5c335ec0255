"""Writes docs/cli.md from the commands themselves: `python docs/cli_reference.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from opus_sync.cli import main

PAGE = Path(__file__).resolve().parent / "cli.md"
HEAD = """\
# Command line

Every command of `opus-sync` with its options. `--help` after a command says the same. This page is made by `python
docs/cli_reference.py` from the commands themselves.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | done, with rows that are invalid or failed; or an error; `plan --detailed-exitcode`: an error |
| 2 | wrong usage, a file of the project is wrong, or a defect of opus-sync; `plan --detailed-exitcode`: there are changes |
| 3 | [refused](refusals/README.md): nothing was sent |
| 130, 143 | interrupted by Ctrl-C (SIGINT) or SIGTERM, after the request in flight |

Results go to stdout, all else to stderr. `target/opus_sync_run_results.json` holds what the last command said.

The variables that are read are `MONDAY_API_TOKEN` (`MONDAY_API_TOKEN__<ACCOUNT>` for [further
accounts](operations.md#several-accounts)), `MONDAY_API_URL` for another endpoint than monday's, and what your dbt profile
reads.

"""
SHARED = ("project_dir", "profiles_dir", "profile", "target", "variables", "debug", "log_format", "use_colors")
"""Options that mean the same wherever they are; they are told once."""

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "init": ("opus-sync init my_boards",),
    "pull": ("opus-sync pull", "opus-sync pull --select planning --full"),
    "plan": (
        "opus-sync plan --select planning",
        "opus-sync plan --key KIY-00507",
        "opus-sync plan --out plan.json --output markdown",
    ),
    "push": (
        "opus-sync push --select planning",
        "opus-sync push --select planning --batch-key 'Harbor & Pine' --live",
        "opus-sync push --plan plan.json --live",
    ),
    "sync": ("opus-sync sync --live",),
    "retry": ("opus-sync retry --batch ID --live",),
    "rollback": ("opus-sync rollback --batch ID --reason 'wrong season' --live",),
    "hold": ("opus-sync hold --select planning --key KIY-00507 --reason 'to be clarified'",),
    "release": ("opus-sync release --select planning --key KIY-00507 --reason 'agreed with planning'",),
    "approve": ("opus-sync approve --plan plan.json --reason 'looked at with Ada'",),
    "verify": ("opus-sync verify", "opus-sync verify --plan plan.json"),
    "status": ("opus-sync status",),
    "history": ("opus-sync history --days 7", "opus-sync history --batch ID"),
    "errors": ("opus-sync errors", "opus-sync errors --id ERR_ID"),
    "report": ("opus-sync report --batch ID --page batch.html",),
    "debug": ("opus-sync debug --target prod",),
    "stop": ("opus-sync stop --select planning --reason 'wrong season'",),
    "prune": ("opus-sync prune --confirm",),
    "generate": ("opus-sync generate kestra", "opus-sync generate github --target ci"),
    "board deploy": ("opus-sync board deploy --board-id 8709134353 --key 'AAG ORDER NUMBER'",),
    "board list": ("opus-sync board list",),
    "board status": ("opus-sync board status planning",),
    "board diff": ("opus-sync board diff planning",),
    "board remove": ("opus-sync board remove planning",),
    "board summary": ("opus-sync board summary --output json",),
    "sandbox serve": ("opus-sync sandbox serve --empty", "opus-sync sandbox serve --state target/boards.json"),
    "sandbox load": ("opus-sync sandbox load --select planning",),
    "sandbox reset": ("opus-sync sandbox reset",),
    "db deploy": ("opus-sync db deploy",),
    "db validate": ("opus-sync db validate --output json",),
    "db adopt": ("opus-sync db adopt --confirm",),
    "db script": ("opus-sync db script",),
    "db teardown": ("opus-sync db teardown --confirm",),
}
"""A command has at least one, in the words of the demo; `tests/unit/docs/test_references.py` parses them."""


def commands(group: click.Group = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield (name, command) of every command, those of a group by both their names."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def page() -> str:
    """Return the page."""
    found = list(commands())
    index = "".join(f"| [`opus-sync {name}`](#{_anchor(name)}) | {_first(command)} |\n" for name, command in found)
    told = {option.name: option for _, command in found for option in _options(command) if option.name in SHARED}
    shared = _table(option for name in SHARED if (option := told.get(name)))
    parts = [HEAD, f"| command | what |\n|---|---|\n{index}\n## Options of every command\n\n{shared}"]
    return "".join([*parts, *(_section(name, command) for name, command in found)])


def _section(name: str, command: click.Command) -> str:
    own = _table([*_arguments(command), *(option for option in _options(command) if option.name not in SHARED)])
    examples = "\n".join(EXAMPLES[name])
    said = _paragraphs(command)
    return f"\n## `opus-sync {name}`\n\n{said}\n\n{own}\n```text\n{examples}\n```\n"


def _table(parameters: Iterable[click.Parameter]) -> str:
    rows = "".join(f"| {' | '.join(_row(parameter))} |\n" for parameter in parameters)
    return f"| option | values | default | what |\n|---|---|---|---|\n{rows}" if rows else "No options of its own.\n"


def _row(option: click.Parameter) -> tuple[str, str, str, str]:
    if not isinstance(option, click.Option):
        needed = "**needed**" if option.required else ""
        return f"{(option.name or '').upper()}", _values(option), needed, "Argument: stands without a name."
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    needed = "**needed**" if option.required else _default(option)
    more = " May be repeated." if option.multiple and "repeated" not in (option.help or "") else ""
    return names, _values(option), needed, _cell(f"{option.help or ''}{more}")


def _values(option: click.Parameter) -> str:
    if isinstance(option, click.Option) and option.is_flag:
        return ""
    kind = option.type
    if isinstance(kind, click.Choice):
        return ", ".join(f"`{choice}`" for choice in kind.choices)
    if isinstance(kind, click.IntRange):
        return f"{kind.min} to {kind.max}" if kind.max is not None else f"{kind.min} or more"
    return _cell(option.metavar or kind.name.upper())


def _default(option: click.Option) -> str:
    value = option.to_info_dict()["default"]
    if option.secondary_opts:
        return "" if value is None else f"`{(option.opts if value else option.secondary_opts)[0]}`"
    if option.is_flag or option.multiple or value is None:
        return ""
    return f"`{value}`"


def _options(command: click.Command) -> list[click.Option]:
    return [p for p in command.params if isinstance(p, click.Option) and not p.hidden]


def _arguments(command: click.Command) -> list[click.Argument]:
    return [p for p in command.params if isinstance(p, click.Argument)]


def _first(command: click.Command) -> str:
    return _paragraphs(command).split("\n\n")[0]


def _paragraphs(command: click.Command) -> str:
    text = " ".join((command.help or "").replace("\n\n", "\0").split())
    return "\n\n".join(_cell(part.strip()) for part in text.split("\0"))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _anchor(name: str) -> str:
    return f"opus-sync-{name.replace(' ', '-')}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
