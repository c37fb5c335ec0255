"""`opus-sync sync`: pull, dbt build and push of boards in one go; a dry run until `--live`."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from opus_sync.clock import SystemClock
from opus_sync.commands import pull, push
from opus_sync.commands.planning import Wish, read
from opus_sync.contract import Board
from opus_sync.errors import OpusError, Refused
from opus_sync.invocation import Invocation, Result
from opus_sync.paint import bad, good, notice, quiet
from opus_sync.project import Project, live_allowed, load_project, plan_file_needed
from opus_sync.push.promote import promotion
from opus_sync.shown import wrapped

_INTERRUPTED = 130
_COLOURS: Mapping[str, Callable[[str], str]] = {"done": good, "done in part": notice, "not done": quiet}


@dataclass
class Step:
    """One step: the boards that it went through for, and why it did not for `left_out`; `result` is the command's."""

    name: str
    exit_code: int | None = None
    boards: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    error: str = ""
    hint: str = ""
    seconds: float = 0.0
    result: dict[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """Say in a word or two how it went."""
        if self.exit_code is None:
            return "not done"
        if self.exit_code >= _INTERRUPTED:
            return "interrupted"
        in_part = "done in part" if self.boards else "failed"
        return {0: "done", 1: in_part, Refused.exit_code: "refused"}.get(self.exit_code, "failed")


def run(
    invocation: Invocation,
    *,
    live: bool = False,
    promote: bool = True,
    lift: tuple[str, ...] = (),
    sequential: bool = False,
    fail_fast: bool = False,
) -> Result:
    """Pull the selected boards, build and test their models, and push them; without `live` say what a push would do.

    A board whose pull, models or tests fail is left out of what follows. Exits as the push does, 1 where a step
    before it failed, 3 where nothing was sent because it was refused. Raises Refused where nothing could be sent.
    """
    project = load_project(invocation)
    boards = project.boards()
    if live:
        live_allowed(project, project.endpoint)
        plan_file_needed(project)
    pulled, built, pushed = steps = [Step("pull"), Step("build"), Step("push" if live else "plan")]
    said = ""
    _pull(pulled, invocation, boards)
    if pulled.boards:
        standing = [board for board in boards if board.name in pulled.boards]
        _build(built, project, standing)
    if built.boards:
        chosen = replace(invocation, select=tuple(built.boards), exclude=())
        said = _push(
            pushed,
            lambda: push.run(chosen, live=live, promote=promote, lift=lift, sequential=sequential, fail_fast=fail_fast),
            built.boards,
        )
    for step, before in ((built, pulled), (pushed, built)):
        if step.exit_code is None:
            step.error = f"the {before.name} {before.outcome if before.exit_code else 'was not done'}"
    text = "\n".join([*([said, ""] if said else []), *_summary(steps)])
    data = {"live": live, "steps": [asdict(step) | {"outcome": step.outcome} for step in steps]}
    return Result(_exit_code(steps), text, data)


def _pull(step: Step, invocation: Invocation, boards: Sequence[Board]) -> None:
    result = _timed(step, lambda: pull.run(invocation))
    if result is None:
        step.left_out = {board.name: step.error for board in boards}
    else:
        step.boards = [done["board"] for done in result.data["boards"]]
        step.left_out = {failure["board"]: failure["message"] for failure in result.data["failures"]}


def _build(step: Step, project: Project, boards: Sequence[Board]) -> None:
    """Build what leads to the staged rows and what follows from them; where that fails, the gates tell whose it was."""

    def build() -> Result:
        project.dbt.run(*promotion(boards, with_sources=True))
        return Result(0, "")

    with project.invocation.progress.task("build", None):
        if _timed(step, build) is not None:
            step.boards = [board.name for board in boards]
            return
    for board in boards:
        why = _objection(project, board)
        if why is None:
            step.boards.append(board.name)
        else:
            step.left_out[board.name] = why


def _objection(project: Project, board: Board) -> str | None:
    """Return why the staged rows of a board may not be pushed, None where its own models and tests are good."""
    try:
        (plan,) = read(project, [board], Wish(), SystemClock().now()).boards
    except OpusError as error:
        return error.message
    return plan.reason.message if plan.reason else None


def _push(step: Step, carry_out: Callable[[], Result], boards: Sequence[str]) -> str:
    result = _timed(step, carry_out)
    if result is None:
        return ""
    step.boards = list(boards)
    return result.text


def _timed(step: Step, carry_out: Callable[[], Result]) -> Result | None:
    """Carry a step out and keep how it went; None where it raised."""
    began = time.monotonic()
    try:
        result = carry_out()
    except OpusError as error:
        step.exit_code, step.error, step.hint = error.exit_code, error.message, error.hint
        return None
    finally:
        step.seconds = round(time.monotonic() - began, 1)
    step.exit_code, step.result = result.exit_code, dict(result.data)
    return result


def _exit_code(steps: Sequence[Step]) -> int:
    codes = [step.exit_code for step in steps if step.exit_code is not None]
    return codes[-1] or (1 if any(codes) else 0)


def _summary(steps: Sequence[Step]) -> list[str]:
    lines = []
    for step in steps:
        about = ", ".join(step.boards)
        took = f" in {step.seconds:.1f} s" if step.seconds else ""
        outcome = _COLOURS.get(step.outcome, bad)(step.outcome)
        lines.append(f"{step.name:<6}{outcome}{took}{f': {about}' if about else ''}")
        told = [line for text in (step.error, step.hint) for line in text.splitlines()]
        left_out = [f"{board} left out: {why}" for board, why in step.left_out.items() if why != step.error]
        lines += [line for text in (*told, *left_out) for line in wrapped(text, "  ")]
    return lines
