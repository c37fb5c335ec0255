from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest

from opus_sync.clock import SystemClock
from opus_sync.commands import pull
from opus_sync.invocation import Invocation, Result
from opus_sync.log import Log
from unit.opus_sync.pull.boards import CONTRACT
from unit.opus_sync.warehouse import runner_tables
from unit.opus_sync.warehouse.dbt_project import write_project


@dataclass
class RecordedProgress:
    """Keeps what was shown: label -> (total, steps so far)."""

    shown: dict[str, tuple[int | None, int]] = field(default_factory=dict)

    @contextmanager
    def task(self, label: str, total: int | None) -> Iterator[Callable[[int], None]]:
        self.shown[label] = (total, 0)

        def advance(steps: int) -> None:
            self.shown[label] = (total, self.shown[label][1] + steps)

        yield advance


class HurriedClock(SystemClock):
    """Waits for a fiftieth of the time only."""

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds / 50)


@dataclass
class Shop:
    """A project with one board, and the ways in which tests use it."""

    root: Path
    progress: RecordedProgress = field(default_factory=RecordedProgress)
    notes: list[str] = field(default_factory=list)

    def pull(self, *, full: bool = False, metadata: bool = False, **options: Any) -> Result:
        log = Log(lambda entry: self.notes.append(f"{entry.fields.get('board', '')}: {entry.message}"))
        invocation = Invocation(self.root, self.progress, log, profiles_dir=self.root, **options)
        return pull.run(invocation, HurriedClock(), full=full, metadata=metadata)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.root / "opus.duckdb")) as connection:
            connection.execute('use "opus"."opus"')
            return connection.execute(sql).fetchall()

    def write_contract(self, text: str, name: str = "orders") -> None:
        (self.root / "boards" / f"{name}.yml").write_text(text)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    write_project(tmp_path, {"opus": {"page_size": 50, "max_retries": 1}})
    runner_tables.create(tmp_path / "opus.duckdb")
    monkeypatch.setenv("MONDAY_API_TOKEN", "secret-token")
    shop = Shop(tmp_path)
    shop.write_contract(CONTRACT)
    return shop
