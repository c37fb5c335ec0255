"""Rows of a whole board on disk, in parts by item id, so that no more than one part is in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from opus_sync.warehouse.ndjson import NdjsonFile

Row = dict[str, Any]

_ITEMS_A_PART = 5_000
_MOST = 200  # Each part is an open file while the board is listed.


class Parts:
    """Keeps rows by `monday_item_id`; read them when all are written."""

    def __init__(self, files: list[NdjsonFile]) -> None:
        self._files = files

    @property
    def number(self) -> int:
        """Return how many parts there are."""
        return len(self._files)

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows, each to its part."""
        for row in rows:
            self._files[row["monday_item_id"] % self.number].write([row])

    def read(self, part: int) -> Iterator[Row]:
        """Yield the rows of a part and close it."""
        self._files[part].close()
        with self._files[part].path.open(encoding="utf-8") as lines:
            for line in lines:
                row: Row = json.loads(line)
                yield row


@contextmanager
def parts_for(items: int) -> Iterator[Parts]:
    """Make room for about so many items; it is gone when the block ends."""
    number = min(_MOST, 1 + items // _ITEMS_A_PART)
    with TemporaryDirectory(prefix="opus-sync-") as folder, ExitStack() as opened:
        yield Parts([opened.enter_context(NdjsonFile(Path(folder) / f"{part}.ndjson")) for part in range(number)])
