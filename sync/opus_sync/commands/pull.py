"""`opus-sync pull`: extracts boards into the warehouse."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict

from opus_sync.clock import Clock, SystemClock
from opus_sync.contract import Board
from opus_sync.errors import OpusError, Refused, UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.monday.account import Account
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.hub import Hub
from opus_sync.project import Project, load_project
from opus_sync.pull.account import AccountReader
from opus_sync.pull.extract import Outcome, Surroundings, pull_board
from opus_sync.pull.reading import Mode
from opus_sync.push.interrupt import InterruptibleClock, Interruption
from opus_sync.push.line import Line
from opus_sync.push.session import Session
from opus_sync.warehouse.base import BoardLock
from opus_sync.warehouse.layout import ensure_layout


def run(invocation: Invocation, clock: Clock | None = None, *, full: bool = False, metadata: bool = False) -> Result:
    """Pull the selected boards side by side; a board that fails does not stop the others.

    Items that did not change are carried over where that is right, unless `full`; with `metadata` none are read.

    The exit code is 0 when every board has a new extract, 1 when one has not, 3 when all were refused.
    """
    if full and metadata:
        raise UsageError("--full and --metadata exclude each other", "give one of them")
    wanted = Mode.FULL if full else Mode.METADATA if metadata else Mode.INCREMENTAL
    project = load_project(invocation)
    boards = project.boards()
    interruption = Interruption()
    clock = InterruptibleClock(clock or SystemClock(), interruption, invocation.log)
    endpoint = project.endpoint
    for board in boards:
        project.token(board.account)
        board.board_id(project.target_name)
    if ensure_layout(project.warehouse, project.dbt):
        invocation.log.note(f"created the runner's tables in {project.runner_schema}")
    timeout = project.settings.request_timeout
    with _imports_left_alone(), Hub(endpoint, project.token, clock, timeout=timeout, log=invocation.log) as hub:
        results = _pull(Session(project, clock, interruption), boards, hub, wanted)
    return _result(invocation, results)


@contextmanager
def _imports_left_alone() -> Iterator[None]:
    """Spare what was imported the search for garbage, which the many short-lived objects of a pull set off."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _pull(session: Session, boards: Sequence[Board], hub: Hub, wanted: Mode) -> Mapping[str, Outcome | OpusError]:
    project, stop = session.project, threading.Event()

    def settle(board: Board, lock: BoardLock, api: GovernedApi, owner: Account) -> None:
        recovered = session.recover(board, lock, Line(api.plain, api.governor, owner))
        if recovered.anything:
            project.invocation.log.note(f"{board.name}: {recovered}", board=board.name)

    surroundings = Surroundings(
        project.warehouse,
        project.target_name,
        session.clock,
        project.invocation.progress,
        stop,
        settle,
        project.of_account,
        wanted,
        project.invocation.log,
    )
    accounts = {board.account: AccountReader(_opener(hub, board, project)) for board in boards}

    def pull(board: Board) -> Outcome | OpusError:
        try:
            return pull_board(board, project.settings_for(board), accounts[board.account], surroundings)
        except OpusError as error:
            return error

    with ThreadPoolExecutor(max(1, min(project.settings.threads, len(boards)))) as pool:
        running: dict[str, Future[Outcome | OpusError]] = {board.name: pool.submit(pull, board) for board in boards}
        try:
            return {name: future.result() for name, future in running.items()}
        except BaseException:
            stop.set()
            # Threads that wait would keep the process alive.
            session.interruption.request(signal.SIGINT)
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _opener(hub: Hub, board: Board, project: Project) -> Callable[[str], GovernedApi]:
    retries = project.settings.max_retries
    return lambda name: hub.open(board.account, max_retries=retries, board=name)


def _result(invocation: Invocation, results: Mapping[str, Outcome | OpusError]) -> Result:
    failures = {name: error for name, error in results.items() if isinstance(error, OpusError)}
    done = [outcome for outcome in results.values() if isinstance(outcome, Outcome)]
    if len(results) == 1 and failures:
        raise next(iter(failures.values()))
    for name, error in failures.items():
        invocation.log.event("board_refused", error.message, board=name, hint=error.hint or None)
    refused = bool(failures) and not done and all(isinstance(error, Refused) for error in failures.values())
    return Result(
        exit_code=(3 if refused else 1) if failures else 0,
        text="\n".join([*map(_line, done), *(f"{name}: not pulled" for name in failures)]),
        data={
            "boards": [asdict(outcome) for outcome in done],
            "failures": [
                {"board": name, "message": error.message, "hint": error.hint} for name, error in failures.items()
            ],
        },
    )


def _line(outcome: Outcome) -> str:
    parts = [f"{outcome.items:,} items"]
    if outcome.subitems is not None:
        parts.append(f"{outcome.subitems:,} subitems")
    held = outcome.items + (outcome.subitems or 0)
    how = f"{outcome.mode}: {outcome.why or f'{outcome.read:,} of {held:,} items read'}"
    return f"{outcome.board}: {', '.join(parts)}, {outcome.calls:,} calls, {outcome.seconds:.1f} s ({how})"
