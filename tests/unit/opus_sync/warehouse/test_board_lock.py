"""The lock of a board: one holder, who says who it is, and no lock without a living holder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from opus_sync.errors import Refused
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.board_lock import board_lock

HOLD = """
import sys
from pathlib import Path
from opus_sync.warehouse.board_lock import board_lock
with board_lock(Path(sys.argv[1]), "planning"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "planning.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_a_second_holder_is_refused_with_who_and_since_when(tmp_path: Path, other: subprocess.Popen[bytes]) -> None:
    with pytest.raises(Refused) as caught, board_lock(tmp_path / "planning.lock", "planning"):
        pass
    assert caught.value.exit_code == 3
    assert "board 'planning' is locked by " in str(caught.value)
    assert f"(process {other.pid}, " in str(caught.value)
    assert " since 20" in str(caught.value)


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path, other: subprocess.Popen[bytes]) -> None:
    other.kill()
    other.wait()
    with board_lock(tmp_path / "planning.lock", "planning"):
        pass


def test_a_lock_is_free_after_an_error(tmp_path: Path) -> None:
    path = tmp_path / "planning.lock"
    with pytest.raises(RuntimeError), board_lock(path, "planning"):
        raise RuntimeError
    with board_lock(path, "planning"):
        assert str(os.getpid()) in path.with_name("planning.lock.json").read_text()
    assert not path.with_name("planning.lock.json").exists()


def test_boards_have_locks_of_their_own_beside_the_database(warehouse: Warehouse, root: Path) -> None:
    with warehouse.lock("planning"), warehouse.lock("orders"):
        assert (root / "opus.duckdb.planning.lock").exists()
        with pytest.raises(Refused), warehouse.lock("planning"):
            pass
    with warehouse.lock("planning"):
        pass
