"""What PostgreSQL and SQL Server have in common: a connection a call, and locks that a session holds."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from opus_sync.warehouse.dialect import Held, Open
from opus_sync.warehouse.errors import Locked, LockLost

LOCK_TIMEOUT_SECONDS = 10
"""How long a statement waits for what another session has locked."""


class Server(ABC):
    """The part of a dialect that is the same for every server; a cursor commits each statement by itself."""

    rollback = "rollback"

    @contextmanager
    def connect(self, adapter: Any, credentials: Any) -> Iterator[Any]:
        """Open a connection by the adapter, for as long as the block runs; threads have connections of their own."""
        from dbt.adapters.contracts.connection import Connection

        connection = Connection(type=credentials.type, name="opus_sync", credentials=credentials)
        adapter.connections.open(connection)
        handle = connection.handle
        try:
            # What the adapter has set so far must hold; from here on no transaction is open unless we open it.
            handle.commit()
            handle.autocommit = True
            cursor = handle.cursor()
            self.greet(cursor)
            yield cursor
        finally:
            with suppress(Exception):
                handle.close()

    @contextmanager
    def transaction(self, cursor: Any) -> Iterator[None]:
        """Commit what runs inside, or nothing of it; a connection that cannot roll back is closed."""
        cursor.execute("begin transaction")
        try:
            yield
        except BaseException:
            try:
                cursor.execute(self.rollback)
            except Exception:
                with suppress(Exception):
                    cursor.connection.close()
            raise
        cursor.execute("commit")

    @contextmanager
    def lock(self, connect: Open, credentials: Any, schema: str, board: str) -> Iterator[Held]:
        """Hold the lock of a board on a connection of its own, which makes the appends under it as well."""
        key = _key(schema, board)
        with connect() as cursor:
            self.keep_alive(cursor)
            if not self.take(cursor, key):
                raise Locked(board, self.holder(cursor, key) or "another session")
            try:
                yield _held(self, cursor, key, board)
            finally:
                # A pool of connections would keep the session, and the lock with it.
                with suppress(Exception):
                    self.release(cursor, key)

    def lock_holder(self, connect: Open, credentials: Any, schema: str, board: str) -> str | None:
        """Return who holds the lock of a board and since when, None where nobody does."""
        with connect() as cursor:
            return self.holder(cursor, _key(schema, board))

    @abstractmethod
    def greet(self, cursor: Any) -> None:
        """Set what holds for each session."""

    @abstractmethod
    def keep_alive(self, cursor: Any) -> None:
        """Set what a session needs that is idle for long and holds a lock."""

    @abstractmethod
    def take(self, cursor: Any, key: str) -> bool:
        """Take a lock without waiting; tell whether it was free."""

    @abstractmethod
    def holds(self, cursor: Any, key: str) -> bool:
        """Ask the server whether this session holds the lock."""

    @abstractmethod
    def release(self, cursor: Any, key: str) -> None:
        """Let go of the lock."""

    @abstractmethod
    def holder(self, cursor: Any, key: str) -> str | None:
        """Return who holds the lock, None where nobody does."""


def _held(server: Server, cursor: Any, key: str, board: str) -> Held:
    def check() -> None:
        try:
            held = server.holds(cursor, key)
        except Exception as error:
            raise LockLost(board) from error
        if not held:
            raise LockLost(board)

    @contextmanager
    def transaction() -> Iterator[Any]:
        with server.transaction(cursor):
            # Asked inside: a driver or a pool that changes the connection unseen cannot do so any more.
            check()
            yield cursor

    return Held(check, transaction)


def _key(schema: str, board: str) -> str:
    """Return the name of a board's lock in its database, 29 characters; case makes no other schema everywhere."""
    whole = f"{schema}\0{board}".casefold().encode()
    return f"opus-{hashlib.sha256(whole).hexdigest()[:24]}"
