"""A project of two boards: the orders, and styles, which may be of another account."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from integration.support.orders import ORDERS, as_built
from integration.support.small import Column, SmallBoard
from integration.support.warehouses import DUCKDB
from integration.support.workspace import Workspace

STYLES_ID = 9002
_COLUMNS = (Column("text_style", "Style"), Column("text_note", "Note"))


def styles(**meta: Any) -> SmallBoard:
    """Return the board of styles; `meta` is added to its contract."""
    return SmallBoard("styles", STYLES_ID, key="Style", columns=_COLUMNS, meta=meta)


def styles_seed() -> dict[str, Any]:
    """Return an account with one style, whose note is old."""
    return styles().seed([(5001, "Coat", {"text_style": "S1", "text_note": "old"})])


def pair_workspace(root: Path, environment: Mapping[str, str], second: SmallBoard) -> Workspace:
    """Write the project, of which nothing is pulled; sixteen orders and the note of a style are to be written."""
    workspace = Workspace(root, environment, DUCKDB)
    ORDERS.write(root)
    beside = root.with_name("beside")
    second.write(beside)
    for folder in ("boards", "models/desired", "models/monday"):
        shutil.copytree(beside / folder, root / folder, dirs_exist_ok=True)
    shutil.rmtree(beside)
    project = yaml.safe_load((root / "dbt_project.yml").read_text())
    project["vars"]["opus_boards"] = {"orders": ["items"], "styles": ["items"]}
    (root / "dbt_project.yml").write_text(yaml.safe_dump(project))
    ORDERS.order(workspace, as_built())
    second.order(workspace, [{"text_style": "S1", "text_note": "new"}])
    return workspace
