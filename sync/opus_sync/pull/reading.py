"""Reads a board for an extract: all of it, what changed since the extract in force, or its metadata."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from opus_sync.contract import Board, Column
from opus_sync.errors import OpusError
from opus_sync.invocation import Progress
from opus_sync.live.pages import ItemPages
from opus_sync.log import SILENT, Log
from opus_sync.monday.governed import GovernedApi
from opus_sync.pull.account import AccountReader
from opus_sync.pull.carried import Carried, restless_columns
from opus_sync.pull.contract_check import column_problems
from opus_sync.pull.events import Counts, Made
from opus_sync.pull.former import Former, Place, reading_of, why_due, why_not_carried
from opus_sync.pull.live_board import LiveBoard, read_board
from opus_sync.settings import Settings
from opus_sync.warehouse.base import Values, Warehouse
from opus_sync.warehouse.ndjson import NdjsonFile

_MULTI_LEVEL = "multi_level"
_STAYS = "the extract before stays in force"

Rows = list[dict[str, Any]]


class Mode(str, Enum):
    """How much of a board is read."""

    FULL = "full"
    INCREMENTAL = "incremental"
    METADATA = "metadata"


@dataclass
class Reading:
    """Reads a board into a file of items and rows of everything else, and checks that the extract is whole.

    Items that are as they were are not in the file: `copies` takes them over from the extract in force. A listing of
    everything that could tell a change of an item (its stamp, name, group and parent, and those of its cells that
    change without it) decides which those are.
    """

    board: Board
    board_id: int
    settings: Settings
    account: AccountReader
    api: GovernedApi
    warehouse: Warehouse
    former: Former | None
    wanted: Mode
    extract_id: str
    file: Path
    now: Callable[[], datetime]
    progress: Progress
    stop: threading.Event
    log: Log = SILENT
    mode: Mode = Mode.FULL
    why: str = ""
    anew: int = 0
    made: Made = field(default_factory=Made)
    rows: dict[str, Rows] = field(default_factory=dict)
    copies: Mapping[str, Values] = field(default_factory=dict)
    _counts: Counts = field(default_factory=Counts)

    @property
    def counts(self) -> Counts:
        """What the extract holds so far."""
        return replace(self._counts, api_calls=self.api.calls, complexity=self.api.complexity)

    def read(self) -> None:
        """Read everything; raises OpusError where the extract would not be whole."""
        places = self._places()
        self._check_columns(places)
        self._keep_metadata(places)
        carried = self._choose(places)
        total = None if self.mode is Mode.METADATA else sum(live.items_count for live, _ in places)
        with NdjsonFile(self.file) as file, self.progress.task(self.board.name, total) as advance:
            for live, entity in places:
                pages = self._pages(live, entity.columns, parents=entity.kind == "subitems")
                if carried is None:
                    read, listed = self._write(file, self._watched(pages, advance)), pages
                elif self.mode is Mode.METADATA:
                    read, listed = self._write(file, self._rewritten(pages, carried, live.id)), None
                else:
                    listed = self._pages(live, restless_columns(entity), parents=entity.kind == "subitems")
                    changed = self._changed(self._watched(listed, advance), carried, live.id)
                    read = self._write(file, self._watched(pages.by_id(changed)))
                self.anew += read
                held = read + (carried.kept(live.id) if carried else 0)
                self._count(entity.kind, held, live, listed)
        if self.board.subitems and len(places) == 1:
            self._counts = replace(self._counts, subitems_read=0, subitems_expected=0)
        self.copies = carried.copy(self.extract_id) if carried else {}

    def _places(self) -> list[Place]:
        """Return the board and the one of its subitems, each with what the contract wants of it."""
        live = read_board(self.api, self.board_id, self.board.file)
        places = [(live, self.board.items)]
        if self.board.subitems is not None:
            if live.facts["hierarchy_type"] == _MULTI_LEVEL:
                raise OpusError(
                    f"board {live.id} is a multi-level board; subitems are read from classic boards only",
                    f"take the subitems out of {self.board.file}",
                )
            if below := live.subitem_board_id():
                places.append((read_board(self.api, below, f"the subitems column of {live.id}"), self.board.subitems))
        return places

    def _check_columns(self, places: Sequence[Place]) -> None:
        if problems := [line for live, entity in places for line in column_problems(self.board, entity, live)]:
            raise OpusError("\n".join(problems), "nothing of the extract is used; the one before stays in force")

    def _keep_metadata(self, places: Sequence[Place]) -> None:
        first_day = self.account.account(self.api).first_day_of_week
        for live, entity in places:
            parent = places[0][0].id if entity.kind == "subitems" else None
            for table, rows in live.rows(self.extract_id, first_day, parent=parent).items():
                self.rows.setdefault(table, []).extend(rows)
        self.rows.update(self.account.directory(self.api).rows(self.extract_id))

    def _choose(self, places: Sequence[Place]) -> Carried | None:
        """Decide how much is read; return what can be carried over, None where nothing is."""
        former, reading = self.former, reading_of(places)
        self.made = Made(Mode.FULL.value, reading, places[0][0].told_at)
        if self.wanted is Mode.FULL:
            return None
        labels = self.warehouse.query("push_labels", extract_id=former.extract_id) if former else ()
        self.why = why_not_carried(former, reading, places, labels, self.rows["mon_raw_label"])
        if self.wanted is Mode.METADATA and self.why:
            raise OpusError(f"metadata alone will not do: {self.why}", f"pull without --metadata; {_STAYS}")
        if former and self.wanted is Mode.INCREMENTAL:
            self.why = self.why or why_due(former, self.settings.full_pull_days, self.now())
        if former is None or self.why:
            return None
        self.mode = self.wanted
        told_at = former.monday_time if self.mode is Mode.METADATA else self.made.monday_time
        self.made = Made(self.mode.value, reading, told_at)
        return Carried(self.warehouse, self.board.name, former, places)

    def _changed(self, listing: Iterable[Rows], carried: Carried, board_id: int) -> list[str]:
        """Return the ids of the items that are new or may be other than they were; leaves out what is gone."""
        gone, changed = set(carried.items(board_id)), []
        for rows in listing:
            gone.difference_update(row["monday_item_id"] for row in rows)
            changed += [row["monday_item_id"] for row in rows if not carried.holds(row)]
        carried.leave_out(gone)
        carried.leave_out(changed)
        return [str(item_id) for item_id in changed]

    def _rewritten(self, pages: ItemPages, carried: Carried, board_id: int) -> Iterator[Rows]:
        """Yield the rows of the items that were written since; writes lie on the extract that they followed."""
        gone = set(carried.written(board_id))
        carried.leave_out(gone)
        for rows in self._watched(pages.by_id([str(item_id) for item_id in gone])):
            gone.difference_update(row["monday_item_id"] for row in rows)
            yield rows
        carried.leave_out(carried.below(gone))

    def _pages(self, live: LiveBoard, columns: Sequence[Column], *, parents: bool) -> ItemPages:
        # A page is charged for its limit, not for the items in it; one more saves the empty page at the end.
        size = min(self.settings.page_size, live.items_count + 1)
        return ItemPages(self.api, live.id, columns, size, parents=parents)

    def _watched(self, pages: Iterable[Rows], advance: Callable[[int], None] = lambda steps: None) -> Iterator[Rows]:
        for rows in pages:
            if self.stop.is_set():
                raise OpusError("the pull was interrupted", f"pull again; {_STAYS}")
            advance(len(rows))
            self.log.event("page_read", rows=len(rows))
            yield rows

    def _write(self, file: NdjsonFile, pages: Iterable[Rows]) -> int:
        read = 0
        for rows in pages:
            for row in rows:
                row["extract_id"] = self.extract_id
            file.write(rows)
            read += len(rows)
        return read

    def _count(self, kind: str, held: int, live: LiveBoard, listed: ItemPages | None) -> None:
        """Hold what the extract has against the board's own count: before the listing, with its last page, or now."""
        then = held if listed is None else live.items_count
        now = held if listed is None else listed.counted
        if held not in (then, now):
            # Items may have gone since they were listed.
            now = read_board(self.api, live.id, self.board.file).items_count
        self._counts = replace(self._counts, **{f"{kind}_read": held, f"{kind}_expected": now if held == now else then})
        if held not in (then, now):
            raise OpusError(
                f"monday listed {held} {kind} of board {live.id}, but the board counts "
                f"{then} before and {now} after the listing",
                f"the extract is not whole and is not used; {_STAYS}: pull again",
            )
