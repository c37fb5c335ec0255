"""The test project: the repository's own, with boards of every type and a model of each macro."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from tsql.boards import write_boards

_REPOSITORY = Path(__file__).resolve().parents[2]
_OWN = Path(__file__).parent / "project"
_PROFILE = {
    "opus_sync": {
        "target": "sqlserver",
        "outputs": {
            "sqlserver": {
                "type": "sqlserver", "driver": "ODBC Driver 18 for SQL Server", "server": "127.0.0.1", "port": 1,
                "database": "warehouse", "schema": "opus", "user": "nobody", "password": "none", "encrypt": True,
                "trust_cert": True, "threads": 1, "retries": 1, "login_timeout": 1,
            },
        },
    },
}  # fmt: skip


def write_project(project: Path) -> None:
    """Lay the project out in an empty folder."""
    for name in ("boards", "macros", "seeds", "tests/dbt"):
        shutil.copytree(_REPOSITORY / name, project / name)
    # A unit test is no code of a warehouse, and half of the time that parsing takes.
    shutil.copytree(_REPOSITORY / "models", project / "models", ignore=shutil.ignore_patterns("_unit_tests*"))
    (project / "models" / "paths").mkdir()
    for model in _OWN.glob("*.sql"):
        shutil.copy2(model, project / "models" / "paths" / model.name)
    settings = yaml.safe_load((_REPOSITORY / "dbt_project.yml").read_text(encoding="utf-8"))
    settings["vars"]["opus_boards"] |= write_boards(project)
    settings["vars"]["opus_schema"] = "opus"
    (project / "dbt_project.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    (project / "profiles.yml").write_text(yaml.safe_dump(_PROFILE), encoding="utf-8")
