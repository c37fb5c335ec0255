"""A dbt project in a folder of its own: one board of twenty managed columns, on the repository's macros."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from opus_sync.columns import LabelMap
from opus_sync.contract import Board, load_boards
from opus_sync.log import SILENT
from opus_sync.push.encode import Encoder, Writable
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.dbt_command import Dbt
from opus_sync.warehouse.target import load_target, open_warehouse

REPOSITORY = Path(__file__).parents[2]
SQL = Path(__file__).parent / "sql"
BOARD_ID, SUBITEM_BOARD_ID = 8709134353, 8709134354
LABELS = {11 + number: f"Label {number}" for number in range(8)}
"""Label id -> text, the same for every column that has labels; the ids keep clear of 5, the empty label's."""
LABELLED = ("status", "dropdown")

_PROFILE = """
bench:
  target: bench
  outputs:
    bench: {type: duckdb, path: bench.duckdb, schema: main, threads: 2}
"""
_SKELETON = Path(__file__).parent / "project"
_LENT = ("macros", "models/opus")


@dataclass(frozen=True)
class Workspace:
    """The project's folder and what the runner knows of it."""

    root: Path

    @property
    def database(self) -> Path:
        """Return the DuckDB file."""
        return self.root / "bench.duckdb"

    @cached_property
    def board(self) -> Board:
        """The contract."""
        return load_boards(self.root / "boards", variables={}, known_settings=())[0]

    @property
    def column_rows(self) -> list[dict[str, object]]:
        """Return the items' columns as `mon_raw_column` has them."""
        return [
            {
                "extract_id": "extract-1",
                "monday_board_id": BOARD_ID,
                "column_id": column.id,
                "title": column.name,
                "column_type": column.type,
                "settings": "{}",
                "archived": False,
            }
            for column in self.board.items.columns
        ]

    @property
    def label_rows(self) -> list[dict[str, object]]:
        """Return the labels as `mon_raw_label` has them."""
        return [
            {
                "extract_id": "extract-1",
                "monday_board_id": BOARD_ID if entity.kind == "items" else SUBITEM_BOARD_ID,
                "column_id": column.id,
                "label_id": str(label_id),
                "label": label,
                "is_deactivated": False,
            }
            for entity in self.board.entities
            for column in entity.columns
            if column.type in LABELLED
            for label_id, label in LABELS.items()
        ]

    def encoder(self) -> Encoder:
        """Return the encoder of the board."""
        labels = LabelMap.from_rows(self.label_rows)
        return Encoder(
            {
                f"update_{entity.kind}": {
                    column.id: Writable(column.column_type, labels.column(column.id)) for column in entity.columns
                }
                for entity in self.board.entities
            }
        )

    def dbt(self, *arguments: str) -> None:
        """Run dbt as a process of its own, so that the database is free again afterwards."""
        Dbt(self.root, self.root, "bench", "bench", {}, SILENT).run(*arguments)

    def warehouse(self) -> Warehouse:
        """Create the runner's tables and return the warehouse as a push has it."""
        self.dbt("run-operation", "opus_deploy")
        return open_warehouse(load_target(self.root, self.root), self.root, "opus")


@contextmanager
def workspace() -> Iterator[Workspace]:
    """Make the project in a temporary folder, gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="opus-bench-") as folder:
        root = Path(folder)
        shutil.copytree(_SKELETON, root, dirs_exist_ok=True)
        (root / "profiles.yml").write_text(_PROFILE, "utf-8")
        for lent in _LENT:
            shutil.copytree(REPOSITORY / lent, root / lent)
        yield Workspace(root)
