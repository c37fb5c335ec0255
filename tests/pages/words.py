"""The command lines that pages show, read by the parsers of the commands themselves; nothing is run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import click

from opus_sync.cli import main
from pages.blocks import Block, blocks, without_blocks

PLACEHOLDERS: Mapping[str, str] = {
    "BOARD": "planning",
    "<board>": "planning",
    "FILE": "target/plan.json",
    "GUARD": "removals",
    "ID": "a-batch",
    "ERR_ID": "a-row",
    "KEY": "KIY-00507",
    "N": "8709134353",
    "TABLE": "PLANNING",
    "WHY": "agreed",
}
"""What stands for something of the reader's own, whole word by whole word; nothing else does."""

_PROGRAM = r"(?:opus-sync|dbt)"
_IN_BLOCK = re.compile(rf"(?:^|[\"'$(|&;>=]|\s-|run:|next:|sh -c)\s*({_PROGRAM} .+)$")
_INLINE = re.compile(r"(?<!`)`([^`\n]+(?:\n[^`\n]+)?)`(?!`)")
_PLACEHOLDER = re.compile(
    "|".join(re.escape(word) if word[0] == "<" else rf"(?<!\w){word}(?!\w)" for word in PLACEHOLDERS)
)
_REDIRECTED = re.compile(r"\s\d?>>?&?\s*\S+")
_OPERATORS = set("();<>|&")
_NO_ENDING = (click.MissingParameter, click.BadOptionUsage)


def filled_in(word: str, values: Mapping[str, str] = PLACEHOLDERS) -> str:
    """Return a word of a command line with values in the place of what stands for them."""
    return _PLACEHOLDER.sub(lambda found: values.get(found.group(), PLACEHOLDERS[found.group()]), word)


def in_block(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Yield (place, words) of each command line of a block, in whatever language the block is."""
    for number, line in enumerate(block.lines):
        for words in commands_of(plain(line) if block.language == "powershell" else line):
            yield f"{block.name}+{number + 1}", words


def inline(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield (place, words) of each command that the prose of a page names: `opus-sync …`, `dbt …`, `push --live`."""
    text = without_blocks(page)
    for found in _INLINE.finditer(text):
        place = f"{page.name}:{text.count(chr(10), 0, found.start()) + 1}"
        said = found.group(1).replace("\n", " ")
        known = said.split()[0] in main.commands and " --" in said
        for words in commands_of(f"opus-sync {said}" if known else said):
            yield place, words


def plain(line: str) -> str:
    """Return a line of PowerShell as the same words in a POSIX shell: its variables, its paths."""
    return re.sub(r"\$env:(\w+)", r"$\1", line).replace("\\", "/")


def commands_of(line: str) -> list[list[str]]:
    """Return the words of every opus-sync and dbt command of a line; in a sentence they stand between backticks."""
    if "`" in line:
        return [words for said in _INLINE.findall(line) for words in commands_of(said)]
    found = _IN_BLOCK.search(line)
    if not found:
        return []
    text = filled_in(found.group(1).rstrip("\"')") if found.start(1) else found.group(1))
    lexer = shlex.shlex(_REDIRECTED.sub("", text), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    commands: list[list[str]] = [[]]
    for word in lexer:
        commands.append([]) if set(word) <= _OPERATORS else commands[-1].append(word)
    return [words for words in commands if words and re.fullmatch(_PROGRAM, words[0])]


def wrong_with(words: Sequence[str], *, whole: bool) -> str:
    """Return what the command's own parser has against a command line, "" for nothing.

    What is not `whole` may end before it says everything: `opus-sync verify --plan`.
    """
    given = [word for word in words[1:] if "…" not in word]
    cut = not whole or len(given) < len(words) - 1
    command: click.Command = _program(words[0])
    context = click.Context(command, info_name=words[0])
    # dbt looks at the disk for the folder of profiles.yml.
    named = words[0] == "opus-sync" or "--profiles-dir" in words
    try:
        while isinstance(command, click.Group):
            _, given, _ = command.make_parser(context).parse_args(given)
            if not given:
                return "" if cut else "names no command"
            name, found, given = command.resolve_command(context, given)
            command = found or command
            context = click.Context(command, info_name=name, parent=context)
        folder = [] if named else ["--profiles-dir", "."]
        command.make_context(context.info_name, [*folder, *given], parent=context.parent)
    except click.exceptions.Exit:
        return ""
    except click.UsageError as error:
        return "" if cut and isinstance(error, _NO_ENDING) else error.format_message()
    return ""


def page_commands(page: Path) -> Iterator[tuple[str, list[str], bool]]:
    """Yield (place, words, whole) of every command line on a page."""
    for block in blocks(page):
        for place, words in in_block(block):
            yield place, words, True
    for place, words in inline(page):
        yield place, words, False


@cache
def _program(name: str) -> click.Command:
    if name == "opus-sync":
        return main
    from dbt.cli.main import cli

    return cli  # type: ignore[no-any-return]
