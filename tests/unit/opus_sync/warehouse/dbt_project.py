"""A small dbt project on disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DUCKDB = {"dev": {"type": "duckdb", "path": "opus.duckdb"}, "prod": {"type": "duckdb", "path": "prod.duckdb"}}


def write_project(
    root: Path, variables: Mapping[str, Any] | None = None, outputs: Mapping[str, Any] | None = None
) -> None:
    """Write dbt_project.yml and profiles.yml, with the DuckDB targets dev and prod unless told otherwise."""
    (root / "dbt_project.yml").write_text(
        "name: shop\nversion: '1.0'\nprofile: shop\nmodel-paths: [models, boards]\n"
        f"vars: {json.dumps(dict(variables or {}))}\n"
    )
    (root / "profiles.yml").write_text(
        json.dumps({"shop": {"target": "dev", "outputs": dict(outputs or DUCKDB)}}), encoding="utf-8"
    )
    (root / "boards").mkdir(exist_ok=True)
