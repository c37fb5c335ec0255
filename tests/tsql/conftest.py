"""What the T-SQL tests share: one recording of what dbt compiles and sends for the sqlserver target."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from tsql.layout import write_project
from tsql.lint import Statement

_TESTS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Record:
    """What tsql.record wrote: code by node, and statements by the command that sent them."""

    offline: dict[str, str]
    incremental: dict[str, str]
    sent: dict[str, list[str]]
    macros: set[str]
    implementations: dict[str, str]

    @cached_property
    def code(self) -> dict[str, Statement]:
        """The compiled code of our models and of tests; an incremental model stands twice."""
        again = {f"{node} again": code for node, code in self.incremental.items() if code != self.offline[node]}
        own = {node: code for node, code in self.offline.items() if not _is_desired(node)}
        return {node: Statement(code, in_view=True) for node, code in {**own, **again}.items()}

    @cached_property
    def desired(self) -> dict[str, Statement]:
        """The code of the models that users write."""
        return {node: Statement(code, in_view=True) for node, code in self.offline.items() if _is_desired(node)}

    @cached_property
    def ours(self) -> dict[str, Statement]:
        """The statements of our own macros among those that were sent."""
        return {
            f"{command} {at}: {' '.join(sql.split())[:60]}": Statement(sql)
            for command, found in self.sent.items()
            for at, sql in enumerate(found)
        }


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    project = tmp_path_factory.mktemp("tsql")
    write_project(project)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_TESTS), str(_TESTS.parent / "sync")])}
    command = [sys.executable, "-m", "tsql.record", str(project), "record.json"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return Record(
        **{name: _read(name, value) for name, value in json.loads((project / "record.json").read_text()).items()}
    )


def _is_desired(node: str) -> bool:
    return node.startswith("model.") and node.split(".")[-1].startswith("desired_")


def _read(name: str, value: Any) -> Any:
    return set(value) if name == "macros" else value
