"""`opus-sync board diff`: contracts against the boards on monday."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from opus_sync.clock import SystemClock
from opus_sync.contract import Board
from opus_sync.errors import UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.monday.hub import Hub
from opus_sync.project import Project, load_project
from opus_sync.registry.comparison import Compared, compare
from opus_sync.registry.standing import named_board
from opus_sync.shown import markdown, one_line, wrapped


def run(invocation: Invocation, *, name: str | None = None) -> Result:
    """Compare one board, or all that are enabled; exits 1 where a contract has to change.

    A new column or label is told and leaves the exit code 0: nothing that is read or written depends on it.
    """
    project = load_project(invocation)
    boards = (named_board(project, name),) if name else project.boards()
    if not boards:
        raise UsageError("there is no enabled board", "opus-sync board deploy --board-id N")
    found = sorted(_compared(project, boards), key=lambda one: one.board.name)
    lines = [line for one in found for line in _lines(one, invocation.output)]
    return Result(
        1 if any(one.stale for one in found) else 0,
        "\n".join(lines),
        {"boards": [_document(one) for one in found]},
    )


def _compared(project: Project, boards: Sequence[Board]) -> Iterator[Compared]:
    by_account: dict[str | None, list[Board]] = defaultdict(list)
    for board in boards:
        by_account[board.account].append(board)
    timeout = project.settings.request_timeout
    with Hub(project.endpoint, project.token, SystemClock(), timeout=timeout, log=project.invocation.log) as hub:
        for account, some in by_account.items():
            api = hub.open(account, max_retries=project.settings.max_retries)
            yield from compare(api, some, project.target_name, project.warehouse)


def _lines(one: Compared, output: str) -> Iterator[str]:
    said = [one.problem] if one.problem else [*map(str, one.columns), *map(str, one.labels)]
    if one.new_subitems:
        said.append("the board has subitems, which the contract leaves out")
    verdict = "the contract has to change" if one.stale else "the contract holds"
    if output == "markdown":
        yield f"### {markdown(one.board.name)}: {verdict}\n"
        yield "\n".join(f"- {markdown(line)}" for line in said) + "\n"
        return
    yield f"{one.board.name}: {verdict}{'' if said else ', nothing differs'}"
    for line in said:
        yield from wrapped(one_line(line), "  ")
    if said and not one.problem:
        board_id = one.board.board_ids
        shown = board_id if isinstance(board_id, int) else "N"
        yield f"  next: opus-sync board deploy --board-id {shown}"


def _document(one: Compared) -> dict[str, object]:
    return {
        "board": one.board.name,
        "stale": one.stale,
        "problem": one.problem or None,
        "columns": [asdict(difference) for difference in one.columns],
        "labels": [asdict(change) for change in one.labels],
        "new_subitems": one.new_subitems,
    }
