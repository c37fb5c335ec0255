"""What can go wrong between the runner and the warehouse."""

from __future__ import annotations

from opus_sync.errors import OpusError, Refused


class MissingTable(OpusError):
    """A table that a statement needs is not there."""

    def __init__(self, table: str) -> None:
        super().__init__(
            f"the warehouse has no table {table}", "run `opus-sync pull` or `dbt run` first, on this target"
        )
        self.table = table


class WarehouseLocked(OpusError):
    """Another process or session is in the way for now; nothing was done, and it may be tried again."""


class WarehouseError(OpusError):
    """The warehouse refused a statement or could not be opened."""


class ConnectionLost(WarehouseError):
    """The connection broke while something was under way: a commit may have arrived, so nothing is tried again."""


class Locked(Refused):
    """Somebody else is at work on a board."""

    def __init__(self, board: str, holder: str) -> None:
        super().__init__(
            f"board {board!r} is locked by {holder}; nothing was done",
            "wait for it to end, or end it: its lock goes with it",
        )


class LockLost(OpusError):
    """The session that held a board's lock is gone, and with it the right to append and to send."""

    def __init__(self, board: str) -> None:
        super().__init__(
            f"the connection that held the lock of board {board!r} was lost; nothing more is sent, and what was "
            "appended last may or may not be on record",
            "start again when the warehouse answers: the next pull or push first ends what was left open",
        )


class ValueTooLong(OpusError):
    """A value does not fit its column."""

    def __init__(self, table: str, column: str, limit: int, length: int) -> None:
        super().__init__(
            f"a value for the column {column} of {table} has {length:,} characters, {limit:,} fit; "
            "nothing was appended",
            "shorten it where it comes from: on the board, in the desired model, or on the command line",
        )
