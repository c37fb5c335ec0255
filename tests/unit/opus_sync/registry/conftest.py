from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from integration.support.stand_in import StandIn
from opus_sync.commands import board_deploy, board_diff, board_remove
from opus_sync.invocation import Invocation, Result
from opus_sync.log import SILENT
from opus_sync.registry.new_project import write_project
from unit.opus_sync.pull.boards import seed
from unit.opus_sync.pull.conftest import RecordedProgress

BOARD_ID, NAME = 9001, "orders"
Change = Callable[[list[dict[str, Any]]], None]


@dataclass
class Registry:
    """A new project and the board of orders at the stand-in, with the commands in this process."""

    root: Path
    stand_in: StandIn

    @property
    def contract(self) -> Path:
        """The contract of the board."""
        return self.root / "boards" / f"{NAME}.yml"

    def deploy(self, board_id: int = BOARD_ID, **options: Any) -> Result:
        return board_deploy.run(self._invocation(), board_id=board_id, **options)

    def diff(self, name: str | None = None, **options: Any) -> Result:
        return board_diff.run(self._invocation(**options), name=name)

    def remove(self, name: str = NAME) -> Result:
        return board_remove.run(self._invocation(), name=name)

    def column(self, column_id: str) -> dict[str, Any]:
        """Return a column of the contract."""
        models = yaml.safe_load(self.contract.read_text("utf-8"))["models"]
        (found,) = (
            column
            for model in models
            for column in model["columns"]
            if column.get("config", {}).get("meta", {}).get("monday", {}).get("id") == column_id
        )
        return found

    def replace(self, before: str, after: str) -> None:
        """Change the contract by hand."""
        text = self.contract.read_text("utf-8")
        assert before in text
        self.contract.write_text(text.replace(before, after, 1), "utf-8")

    def on_board(self, change: Change) -> None:
        """Change the columns of the board, and the values with those that go."""
        state = copy.deepcopy(seed(5, 2))
        board = state["boards"][0]
        change(board["columns"])
        kept = {column["id"] for column in board["columns"]}
        for item in board["items"]:
            item["values"] = {column: value for column, value in item["values"].items() if column in kept}
        self.stand_in.start_over(state)

    def files(self) -> dict[str, str]:
        """Return path -> text of every file of the project's own."""
        return {
            path.relative_to(self.root).as_posix(): path.read_text("utf-8")
            for path in self.root.rglob("*")
            if path.is_file() and path.suffix in (".yml", ".sql") and "opus_package" not in path.parts
        }

    def _invocation(self, **options: Any) -> Invocation:
        return Invocation(self.root, RecordedProgress(), SILENT, profiles_dir=self.root, **options)


@pytest.fixture
def registry(tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Registry:
    stand_in.start_over(seed(5, 2))
    monkeypatch.setenv("MONDAY_API_URL", stand_in.url)
    monkeypatch.setenv("MONDAY_API_TOKEN", "secret-token")
    root = tmp_path / "shop"
    write_project(root, None)
    return Registry(root, stand_in)
