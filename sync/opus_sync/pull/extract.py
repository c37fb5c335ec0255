"""One extract of one board: read, checked, loaded and activated, or rejected."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from opus_sync.clock import Clock
from opus_sync.contract import Board
from opus_sync.errors import OpusError
from opus_sync.invocation import Progress
from opus_sync.log import SILENT, Log
from opus_sync.monday.account import Account
from opus_sync.monday.governed import GovernedApi
from opus_sync.pull.account import AccountReader
from opus_sync.pull.events import ExtractEvents
from opus_sync.pull.former import read_former
from opus_sync.pull.reading import Mode, Reading
from opus_sync.settings import Settings
from opus_sync.warehouse.base import BoardLock, Warehouse
from opus_sync.warehouse.errors import LockLost
from opus_sync.warehouse.origin import refuse_other_origin
from opus_sync.warehouse.sequence import next_seq


@dataclass(frozen=True)
class Surroundings:
    """What the extracts of one command share.

    `settle` ends under the board's lock what an earlier push left open, so that an extract never stands between
    a write and its record. `stop` ends the extracts at their next page. `of_account` names an account's boards.
    `wanted` is the mode that was asked for.
    """

    warehouse: Warehouse
    target_name: str
    clock: Clock
    progress: Progress
    stop: threading.Event
    settle: Callable[[Board, BoardLock, GovernedApi, Account], None]
    of_account: Callable[[str | None], Collection[str]]
    wanted: Mode = Mode.INCREMENTAL
    log: Log = SILENT


@dataclass(frozen=True)
class Outcome:
    """An extract that is now in force; `subitems` is None where the contract has none.

    `read` is how many items and subitems were read anew, `why` why all of them, where that was not asked for.
    """

    board: str
    extract_id: str
    items: int
    subitems: int | None
    calls: int
    complexity: int
    seconds: float
    mode: str
    why: str
    read: int


def pull_board(board: Board, settings: Settings, account: AccountReader, surroundings: Surroundings) -> Outcome:
    """Extract one board under its lock.

    Raises Refused before anything is appended; once STARTED is, an OpusError stands in a REJECTED row as well, and
    the extract before stays in force.
    """
    warehouse, clock = surroundings.warehouse, surroundings.clock
    log = surroundings.log.about(board=board.name)
    began = clock.monotonic()
    board_id = board.board_id(surroundings.target_name)
    with warehouse.lock(board.name) as lock:
        api = account.open_api(board.name)
        owner = account.account(api)
        refuse_other_origin(warehouse, api.endpoint, owner.id, surroundings.of_account(board.account))
        surroundings.settle(board, lock, api, owner)
        former = read_former(warehouse, board)
        events = ExtractEvents(board.name, board_id, api.endpoint, owner.id, next_seq(warehouse, board.name), clock)
        lock.append({"mon_extract": [events.event("STARTED")]})
        log.event("pull_started", extract_id=events.extract_id)
        with tempfile.TemporaryDirectory(prefix="opus-sync-") as folder:
            reading = Reading(
                board=board,
                board_id=board_id,
                settings=settings,
                account=account,
                api=api,
                warehouse=warehouse,
                former=former,
                wanted=surroundings.wanted,
                extract_id=events.extract_id,
                file=Path(folder) / "items.ndjson",
                now=clock.now,
                progress=surroundings.progress,
                stop=surroundings.stop,
                log=log,
            )
            try:
                reading.read()
                done = [events.event(status, reading.counts, made=reading.made) for status in ("LOADED", "ACTIVE")]
                lock.append_files(
                    {"mon_raw_item": str(reading.file)}, {**reading.rows, "mon_extract": done}, reading.copies
                )
            except OpusError as error:
                rejected = events.event("REJECTED", reading.counts, str(error))
                with suppress(LockLost):
                    lock.append({"mon_extract": [rejected]})
                log.event("extract_rejected", extract_id=events.extract_id)
                raise
    counts, seconds = reading.counts, clock.monotonic() - began
    log.event(
        "extract_activated",
        extract_id=events.extract_id,
        mode=reading.mode.value,
        rows=(counts.items_read or 0) + (counts.subitems_read or 0),
        seconds=round(seconds, 3),
        complexity=api.complexity,
    )
    return Outcome(
        board=board.name,
        extract_id=events.extract_id,
        items=counts.items_read or 0,
        subitems=counts.subitems_read,
        calls=api.calls,
        complexity=api.complexity,
        seconds=seconds,
        mode=reading.mode.value,
        why=reading.why,
        read=reading.anew,
    )
