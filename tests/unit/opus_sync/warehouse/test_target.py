"""The profile of a project is read as dbt reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from opus_sync.warehouse.target import load_target
from unit.opus_sync.warehouse.dbt_project import write_project


@pytest.mark.parametrize("variable", ["SHOP_PASSWORD", "DBT_ENV_SECRET_SHOP"])
def test_a_profile_may_take_its_password_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """Of a variable as well as of one of those that dbt keeps secret."""
    monkeypatch.setenv(variable, "{{ 1234 }} ")
    output = {"type": "postgres", "host": "db", "port": 5432, "user": "opus", "dbname": "shop", "schema": "main"}
    write_project(tmp_path, outputs={"dev": {**output, "password": f"{{{{ env_var('{variable}') }}}}"}})
    assert load_target(tmp_path, profiles_dir=tmp_path).config.credentials.password == "{{ 1234 }} "
