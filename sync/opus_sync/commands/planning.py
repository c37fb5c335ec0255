"""What the commands share that plan boards: which rows they want planned, and under what terms."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opus_sync.contract import GUARDS, Board
from opus_sync.contract.suggest import suggestion
from opus_sync.errors import Refused, UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.plan.board_plan import EVERYTHING, BoardPlan, Plan, Selection
from opus_sync.plan.cost import Pace
from opus_sync.plan.document import as_document
from opus_sync.plan.markdown import render_markdown
from opus_sync.plan.objections import objections
from opus_sync.plan.preconditions import Reason
from opus_sync.plan.sealed import Sealed
from opus_sync.plan.text import render_text
from opus_sync.project import Project
from opus_sync.push.plan_file import boards_of, circumstances
from opus_sync.push.staged_set import read_plan

REFUSED = 3
Choose = Callable[[Project, Board], Selection]


@dataclass(frozen=True)
class Wish:
    """What a command wants planned: the rows of each board, the guards it lifts, the plan file it goes by.

    `command` is the push that would send it, without --live.
    """

    command: str = "opus-sync push"
    choose: Choose = lambda project, board: EVERYTHING
    lift: Collection[str] = ()
    sealed: Sealed | None = None

    def __post_init__(self) -> None:
        """Refuse to lift what is no guard."""
        for name in self.lift:
            if name not in GUARDS:
                raise UsageError(f"--lift {name}: there is no such guard{suggestion(name, GUARDS)}")

    def boards(self, project: Project) -> tuple[Board, ...]:
        """Return the boards that are wanted: those of the plan file, or those of the project."""
        return boards_of(self.sealed, project) if self.sealed else project.boards()


def read(
    project: Project,
    boards: Iterable[Board],
    wish: Wish,
    now: datetime,
    account_ids: Mapping[str, str] | None = None,
) -> Plan:
    """Plan boards from the warehouse; `account_ids` holds board -> account of the token that pushes it."""
    known = account_ids or {}
    plans = tuple(_board(project, board, wish, now, known.get(board.name)) for board in boards)
    return Plan(plans, f"{wish.command} --live", wish.sealed)


def dry_run(project: Project, wish: Wish, now: datetime, show: int) -> tuple[Plan, Result]:
    """Return the plan of a wish and what a command says of it: exit 0, 1 for invalid rows, 3 for a refusal."""
    plan = read(project, wish.boards(project), wish, now)
    return plan, said(project.invocation, plan, show)


def said(invocation: Invocation, plan: Plan, show: int) -> Result:
    """Return a plan as the result of a command that sends nothing; `show` bounds the rows listed."""
    render = render_markdown if invocation.output == "markdown" else render_text
    code = REFUSED if plan.reasons else 1 if plan.invalid else 0
    return Result(code, render(plan, show), as_document(plan))


def refuse(reasons: Sequence[Reason]) -> None:
    """Raise Refused with every reason and every way out, each once; nothing where there is none."""
    if reasons:
        raise Refused(
            "\n".join(dict.fromkeys(reason.message for reason in reasons)),
            "\n".join(dict.fromkeys(reason.way_out for reason in reasons)),
        )


def command_line(invocation: Invocation, verb: str, options: Mapping[str, Any]) -> str:
    """Return the command that does the same with another verb, ready to be pasted; options that are None stay out."""
    words = ["opus-sync", verb]
    for name, value in {"target": invocation.target, **options}.items():
        words += [] if value is None else [f"--{name.replace('_', '-')}", str(value)]
    for name, values in (("--select", invocation.select), ("--exclude", invocation.exclude)):
        words += [word for value in values for word in (name, value)]
    return shlex.join(words)


def _board(project: Project, board: Board, wish: Wish, now: datetime, account_id: str | None) -> BoardPlan:
    against: tuple[Reason, ...] = ()
    selection = wish.choose(project, board)
    if wish.sealed:
        met = circumstances(project, board, wish.sealed, now=now, account_id=account_id)
        against = objections(wish.sealed, met)
    return read_plan(
        project.warehouse,
        board,
        target=project.target_name,
        endpoint=project.endpoint,
        account_id=account_id,
        selection=selection,
        pace=Pace(project.settings_for(board).max_batch_size),
        now=now,
        lift=wish.lift,
        command=wish.command,
        objections=against,
    )
