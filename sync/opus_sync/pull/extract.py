"""One full extract of one board: read, checked, loaded and activated, or rejected."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from opus_sync.clock import Clock
from opus_sync.contract import Board, Column
from opus_sync.errors import OpusError
from opus_sync.invocation import Progress
from opus_sync.live.pages import ItemPages
from opus_sync.monday.account import Account
from opus_sync.monday.documents import document
from opus_sync.monday.governed import GovernedApi
from opus_sync.pull.account import AccountReader
from opus_sync.pull.contract_check import column_problems
from opus_sync.pull.events import Counts, ExtractEvents
from opus_sync.pull.live_board import LiveBoard, read_board
from opus_sync.settings import Settings
from opus_sync.warehouse.base import BoardLock, Warehouse
from opus_sync.warehouse.errors import LockLost
from opus_sync.warehouse.ndjson import NdjsonFile
from opus_sync.warehouse.origin import refuse_other_origin
from opus_sync.warehouse.sequence import next_seq

_MULTI_LEVEL = "multi_level"


@dataclass(frozen=True)
class Surroundings:
    """What the extracts of one command share.

    `settle` ends under the board's lock what an earlier push left open, so that an extract never stands between
    a write and its record. `stop` ends the extracts at their next page. `of_account` names an account's boards.
    """

    warehouse: Warehouse
    target_name: str
    clock: Clock
    progress: Progress
    stop: threading.Event
    settle: Callable[[Board, BoardLock, GovernedApi, Account], None]
    of_account: Callable[[str | None], Collection[str]]


@dataclass(frozen=True)
class Outcome:
    """An extract that is now in force; `subitems` is None where the contract has none."""

    board: str
    extract_id: str
    items: int
    subitems: int | None
    calls: int
    complexity: int
    seconds: float


def pull_board(board: Board, settings: Settings, account: AccountReader, surroundings: Surroundings) -> Outcome:
    """Extract one board under its lock.

    Raises Refused before anything is appended; once STARTED is, an OpusError stands in a REJECTED row as well, and
    the extract before stays in force.
    """
    warehouse, clock = surroundings.warehouse, surroundings.clock
    began = clock.monotonic()
    board_id = board.board_id(surroundings.target_name)
    with warehouse.lock(board.name) as lock:
        api = account.open_api()
        owner = account.account(api)
        refuse_other_origin(warehouse, api.endpoint, owner.id, surroundings.of_account(board.account))
        surroundings.settle(board, lock, api, owner)
        seq = next_seq(warehouse, board.name)
        events = ExtractEvents(board.name, board_id, api.endpoint, owner.id, seq, clock)
        lock.append({"mon_extract": [events.event("STARTED")]})
        with tempfile.TemporaryDirectory(prefix="opus-sync-") as folder:
            extract = _Extract(board, settings, account, api, events.extract_id, surroundings, Path(folder))
            try:
                extract.read()
                done = [events.event(status, extract.counts) for status in ("LOADED", "ACTIVE")]
                lock.append_files({"mon_raw_item": str(extract.file)}, {**extract.rows, "mon_extract": done})
            except OpusError as error:
                rejected = events.event("REJECTED", extract.counts, str(error))
                with suppress(LockLost):
                    lock.append({"mon_extract": [rejected]})
                raise
    counts = extract.counts
    return Outcome(
        board=board.name,
        extract_id=events.extract_id,
        items=counts.items_read or 0,
        subitems=counts.subitems_read,
        calls=api.calls,
        complexity=api.complexity,
        seconds=clock.monotonic() - began,
    )


class _Extract:
    """Reads a board into a file of items and rows of everything else, and checks that it is whole."""

    def __init__(
        self,
        board: Board,
        settings: Settings,
        account: AccountReader,
        api: GovernedApi,
        extract_id: str,
        surroundings: Surroundings,
        folder: Path,
    ) -> None:
        self.file = folder / "items.ndjson"
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self._counts = Counts()
        self._board = board
        self._settings = settings
        self._account = account
        self._api = api
        self._extract_id = extract_id
        self._surroundings = surroundings

    @property
    def counts(self) -> Counts:
        """What was read so far."""
        return replace(self._counts, api_calls=self._api.calls, complexity=self._api.complexity)

    def read(self) -> None:
        """Read everything; raises OpusError where the extract would not be whole."""
        board_id = self._board.board_id(self._surroundings.target_name)
        live = read_board(self._api, board_id, self._board.file)
        below = self._subitem_board(live)
        self._check_columns(live, below)
        self._keep_metadata(live, below)
        total = live.items_count + (below.items_count if below else 0)
        with (
            NdjsonFile(self.file) as file,
            self._surroundings.progress.task(self._board.name, total) as advance,
        ):
            items = self._items(file, live, advance)
            self._counts = replace(self._counts, items_read=items, items_expected=live.items_count)
            if below:
                subitems = self._subitems(file, below, advance)
                self._counts = replace(self._counts, subitems_read=subitems, subitems_expected=below.items_count)
            elif self._board.subitems:
                self._counts = replace(self._counts, subitems_read=0, subitems_expected=0)
        self._check_counts(live, below)

    def _subitem_board(self, live: LiveBoard) -> LiveBoard | None:
        if self._board.subitems is None:
            return None
        if live.facts["hierarchy_type"] == _MULTI_LEVEL:
            raise OpusError(
                f"board {live.id} is a multi-level board; subitems are read from classic boards only",
                f"take the subitems out of {self._board.file}",
            )
        below = live.subitem_board_id()
        return None if below is None else read_board(self._api, below, f"the subitems column of {live.id}")

    def _check_columns(self, live: LiveBoard, below: LiveBoard | None) -> None:
        problems = column_problems(self._board, self._board.items, live)
        if below and self._board.subitems:
            problems += column_problems(self._board, self._board.subitems, below)
        if problems:
            raise OpusError("\n".join(problems), "nothing of the extract is used; the one before stays in force")

    def _keep_metadata(self, live: LiveBoard, below: LiveBoard | None) -> None:
        first_day = self._account.account(self._api).first_day_of_week
        self.rows = live.rows(self._extract_id, first_day)
        if below:
            for table, rows in below.rows(self._extract_id, first_day, parent=live.id).items():
                self.rows[table] += rows
        self.rows.update(self._account.directory(self._api).rows(self._extract_id))

    def _items(self, file: NdjsonFile, live: LiveBoard, advance: Callable[[int], None]) -> int:
        columns = self._board.items.columns
        return self._write(file, self._pages(live, columns, parents=False), advance)

    def _subitems(self, file: NdjsonFile, below: LiveBoard, advance: Callable[[int], None]) -> int:
        columns = self._board.subitems.columns if self._board.subitems else ()
        return self._write(file, self._pages(below, columns, parents=True), advance)

    def _pages(self, live: LiveBoard, columns: Sequence[Column], *, parents: bool) -> ItemPages:
        # A page is charged for its limit, not for the items in it; one more saves the empty page at the end.
        size = min(self._settings.page_size, live.items_count + 1)
        return ItemPages(self._api, live.id, columns, size, parents=parents)

    def _write(self, file: NdjsonFile, pages: Iterable[list[dict[str, Any]]], advance: Callable[[int], None]) -> int:
        read = 0
        for rows in pages:
            if self._surroundings.stop.is_set():
                raise OpusError("the pull was interrupted", "pull again; the extract before stays in force")
            for row in rows:
                row["extract_id"] = self._extract_id
            file.write(rows)
            read += len(rows)
            advance(len(rows))
        return read

    def _check_counts(self, live: LiveBoard, below: LiveBoard | None) -> None:
        """Hold what was read against the board's own count, before the reading or after it."""
        boards = [live, below] if below else [live]
        after = self._counts_now([board.id for board in boards])
        read = (self._counts.items_read, self._counts.subitems_read)
        for board, name, found in zip(boards, ("items", "subitems"), read, strict=False):
            now = after.get(board.id)
            if found == now:
                self._counts = replace(self._counts, **{f"{name}_expected": now})
            elif found != board.items_count:
                raise OpusError(
                    f"monday listed {found} {name} of board {board.id}, but the board counts "
                    f"{board.items_count} before and {now} after the listing",
                    "the extract is not whole and is not used; the one before stays in force: pull again",
                )

    def _counts_now(self, ids: list[int]) -> Mapping[int, int]:
        variables = {"ids": [str(one) for one in ids], "limit": len(ids)}
        boards = self._api.read(document("items_count"), variables).data["boards"] or ()
        return {int(board["id"]): int(board["items_count"] or 0) for board in boards if board}
