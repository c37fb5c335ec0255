"""The repository's own project in a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from integration.support.small import variables_of
from integration.support.stand_in import StandIn
from integration.support.warehouses import DUCKDB, Warehouse
from integration.support.workspace import REPOSITORY, TOKEN, Workspace, write_profile
from monday_sandbox import load_seed

_PARTS = ("boards", "macros", "models", "seeds", "dbt_project.yml")


def demo_workspace(root: Path, stand_in: StandIn, warehouse: Warehouse = DUCKDB, **variables: Any) -> Workspace:
    """Return the demo with these dbt vars, pulled and built; the boards stand as its seeds have them."""
    for name in _PARTS:
        source = REPOSITORY / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, root / name)
    project = yaml.safe_load((root / "dbt_project.yml").read_text(encoding="utf-8"))
    project["vars"] |= {**variables_of(warehouse), **variables}
    (root / "dbt_project.yml").write_text(yaml.safe_dump(project, sort_keys=False), encoding="utf-8")
    write_profile(root, warehouse)
    workspace = Workspace(root, {"MONDAY_API_URL": stand_in.url, "MONDAY_API_TOKEN": TOKEN}, warehouse)
    _fill(workspace, stand_in)
    return workspace


def demo_copy(built: Workspace, to: Path, stand_in: StandIn) -> Workspace:
    """Return a copy of the demo; the boards stand as its seeds have them."""
    workspace = built.copy(to)
    if not workspace.warehouse.copied_whole:
        _fill(workspace, stand_in)
    _start_over(workspace, stand_in)
    return workspace


def _fill(workspace: Workspace, stand_in: StandIn) -> None:
    _start_over(workspace, stand_in)
    workspace.pull()
    workspace.build()


def _start_over(workspace: Workspace, stand_in: StandIn) -> None:
    stand_in.start_over(load_seed([workspace.root / "seeds" / "sandbox"]))
