"""What the parts of a push share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from opus_sync.clock import Clock
from opus_sync.log import SILENT, Log
from opus_sync.monday.answer import Api
from opus_sync.monday.governor import Governor
from opus_sync.push.conflict import Rule
from opus_sync.push.encode import Encoder
from opus_sync.push.interrupt import Interruption
from opus_sync.push.look import Look
from opus_sync.push.records import Recorder
from opus_sync.warehouse.base import BoardLock, Warehouse


@dataclass(frozen=True)
class Tools:
    """All that a push works with.

    `new_id` gives a fresh unique text at each call; `may_go_on` raises OpusError where nothing more may be sent;
    `rule` says what happens to a cell that somebody edited. `sequential` pushes one batch after the other,
    `fail_fast` ends the push with the first row that is not written.
    """

    api: Api
    look: Look
    warehouse: Warehouse
    lock: BoardLock
    governor: Governor
    clock: Clock
    encoder: Encoder
    recorder: Recorder
    interruption: Interruption
    new_id: Callable[[], str]
    may_go_on: Callable[[], None]
    rule: Rule
    advance: Callable[[int], None]
    max_batch_size: int
    max_retries: int
    settle_seconds: float
    failure_share: float
    log: Log = SILENT
    sequential: bool = False
    fail_fast: bool = False
