"""The lock of a board: one holder, who says who it is, and no lock without a living holder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from opus_sync.errors import Refused
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.board_lock import board_lock
from opus_sync.warehouse.duckdb import DuckDB

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


def test_a_user_without_a_name_can_hold_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Containers often run as a bare number."""

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nobody)
    with (
        board_lock(tmp_path / "planning.lock", "planning"),
        pytest.raises(Refused, match="locked by unknown on"),
        board_lock(tmp_path / "planning.lock", "planning"),
    ):
        pass


def test_a_database_has_one_lock_by_whatever_link_it_is_reached(root: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.duckdb"
    link.symlink_to(root / "opus.duckdb")
    direct, linked = (SimpleNamespace(path=str(path)) for path in (root / "opus.duckdb", link))
    one, other = (DuckDB().lock(nullcontext, credentials, "opus", "planning") for credentials in (direct, linked))
    with one, pytest.raises(Refused), other:
        pass


def test_boards_have_locks_of_their_own_beside_the_database(warehouse: Warehouse, root: Path) -> None:
    with warehouse.lock("planning"), warehouse.lock("orders"):
        assert (root / "opus.duckdb.planning.lock").exists()
        with pytest.raises(Refused), warehouse.lock("planning"):
            pass
    with warehouse.lock("planning"):
        pass
