"""A small dbt project on disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_project(root: Path, variables: Mapping[str, Any] | None = None) -> None:
    """Write dbt_project.yml and profiles.yml with the DuckDB targets dev and prod."""
    (root / "dbt_project.yml").write_text(
        "name: shop\nversion: '1.0'\nprofile: shop\nmodel-paths: [models, boards]\n"
        f"vars: {json.dumps(dict(variables or {}))}\n"
    )
    (root / "profiles.yml").write_text(
        "shop:\n  target: dev\n  outputs:\n"
        "    dev: {type: duckdb, path: opus.duckdb}\n"
        "    prod: {type: duckdb, path: prod.duckdb}\n"
        "    elsewhere: {type: postgres, host: x, user: x, password: x, port: 1, dbname: x, schema: x}\n"
    )
    (root / "boards").mkdir(exist_ok=True)
