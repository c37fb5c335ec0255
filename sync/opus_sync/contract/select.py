"""Board selection by name, as dbt users write it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from ..errors import UsageError
from .board import Board
from .suggest import did_you_mean

WILDCARDS = "*?["


def select_boards(
    boards: Sequence[Board], select: Iterable[str] = (), exclude: Iterable[str] = ()
) -> tuple[Board, ...]:
    """Return the enabled boards that the selectors name, all enabled ones without selectors.

    The order of `boards` stays. A selector is a board's name or a pattern such as `plan*`; several may stand
    in one argument, separated by spaces. A selector that matches no board, or names a disabled one, is a
    UsageError.
    """
    wanted = [*_words(select)]
    unwanted = {name for word in _words(exclude) for name in _matches(boards, word, "--exclude")}
    names = {name for word in wanted for name in _matches(boards, word, "--select")}
    for board in boards:
        if board.name in wanted and not board.enabled:
            raise UsageError(f"board {board.name!r} is not enabled", f"Set enabled: true in {board.file}.")
    return tuple(
        board
        for board in boards
        if board.enabled and board.name not in unwanted and (board.name in names or not wanted)
    )


def _words(selectors: Iterable[str]) -> Iterable[str]:
    return (word for selector in selectors for word in selector.split())


def _matches(boards: Sequence[Board], word: str, option: str) -> set[str]:
    names = [board.name for board in boards]
    found = {name for name in names if fnmatchcase(name, word)}
    if found:
        return found
    what = "no board matches" if any(sign in word for sign in WILDCARDS) else "there is no board"
    raise UsageError(f"{option} {word}: {what} {word!r}{did_you_mean(word, names)}", _known(names))


def _known(names: Sequence[str]) -> str:
    return f"Boards: {', '.join(sorted(names))}." if names else "There is no contract in boards/ yet."
