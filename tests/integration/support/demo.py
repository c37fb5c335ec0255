"""The repository's own project in a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from integration.support.stand_in import StandIn
from integration.support.workspace import PROFILES, REPOSITORY, TOKEN, Workspace
from monday_sandbox import load_seed

_PARTS = ("boards", "macros", "models", "seeds", "dbt_project.yml")


def demo_workspace(root: Path, stand_in: StandIn, **variables: Any) -> Workspace:
    """Return the demo with these dbt vars, pulled and built; the boards stand as its seeds have them."""
    for name in _PARTS:
        source = REPOSITORY / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, root / name)
    project = yaml.safe_load((root / "dbt_project.yml").read_text(encoding="utf-8"))
    project["vars"] |= variables
    (root / "dbt_project.yml").write_text(yaml.safe_dump(project, sort_keys=False), encoding="utf-8")
    (root / "profiles.yml").write_text(PROFILES, encoding="utf-8")
    workspace = Workspace(root, {"MONDAY_API_URL": stand_in.url, "MONDAY_API_TOKEN": TOKEN})
    stand_in.start_over(load_seed([root / "seeds" / "sandbox"]))
    pulled = workspace.opus("pull")
    assert pulled.code == 0, pulled.err
    workspace.build()
    return workspace
