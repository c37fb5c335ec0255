"""The lock of a board on a server: one session has it, appends go with it, and both end together."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from opus_sync.errors import Refused
from unit.opus_sync.warehouse.places import Place

HOLD = """
import sys
from pathlib import Path
from opus_sync.warehouse.target import load_target, open_warehouse
root = Path(sys.argv[1])
with open_warehouse(load_target(root, profiles_dir=root), root, sys.argv[2]).lock("planning"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _other(server: Place) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock."""
    command = [sys.executable, "-c", HOLD, str(server.root), server.schema]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_a_second_holder_is_refused_with_who_and_since_when(server: Place) -> None:
    warehouse = server.open()
    with _other(server) as other:
        with pytest.raises(Refused) as caught, warehouse.lock("planning"):
            pass
        holder = warehouse.lock_holder("planning")
    assert caught.value.exit_code == 3
    assert str(caught.value).startswith(f"board 'planning' is locked by {holder}; nothing was done\n")
    assert holder == "another session" or f"(process {other.pid}, " in str(holder)
    assert holder == "another session" or " since 20" in str(holder)


def test_the_lock_of_a_killed_process_is_free(server: Place) -> None:
    with _other(server) as other:
        other.kill()
        other.wait()
    warehouse = server.open()
    for _ in range(1000):  # The server hears of it soon, and only then.
        if warehouse.lock_holder("planning") is None:
            break
    with warehouse.lock("planning") as lock:
        lock.check()


def test_a_lock_is_free_after_an_error_and_nobody_holds_it_then(server: Place) -> None:
    warehouse = server.open()
    with pytest.raises(RuntimeError), warehouse.lock("planning"):
        holder = str(warehouse.lock_holder("planning"))
        raise RuntimeError
    assert holder == "another session" or f"(process {os.getpid()}, " in holder
    assert warehouse.lock_holder("planning") is None
    with warehouse.lock("planning"):
        pass


def test_boards_and_schemas_have_locks_of_their_own(server: Place) -> None:
    """Several may be held by one process; each has a connection."""
    warehouse = server.open()
    with warehouse.lock("planning") as one, warehouse.lock("orders") as other:
        one.append({"mon_decision": [{"board": "planning", "seq": 1}]})
        other.append({"mon_decision": [{"board": "orders", "seq": 1}]})
        one.check()
        with pytest.raises(Refused), warehouse.lock("planning"):
            pass
    assert server.rows("mon_decision") == 2


def test_what_is_appended_under_a_lock_is_seen_at_once(server: Place) -> None:
    """No transaction stays open between two appends, not even after one that failed."""
    warehouse = server.open()
    with warehouse.lock("planning") as lock:
        lock.append({"mon_decision": [{"board": "planning", "seq": 1}]})
        assert warehouse.query("next_seq", board="planning") == [{"seq": 2}]
        with pytest.raises(Exception, match="colour"):
            lock.append({"mon_decision": [{"board": "planning", "seq": 2}], "mon_extract": [{"colour": 1}]})
        lock.append({"mon_decision": [{"board": "planning", "seq": 2}]})
        assert warehouse.query("next_seq", board="planning") == [{"seq": 3}]
