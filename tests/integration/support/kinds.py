"""On which kinds of warehouse a test runs."""

from __future__ import annotations

import os

import pytest

from integration.support.warehouses import KINDS
from servers.sqlserver import VARIABLE

WANTED = tuple(kind for kind in KINDS if kind != "sqlserver" or os.environ.get(VARIABLE))
"""The kinds of this test run: a SQL Server is there only where the environment names one."""

SERVERS = tuple(kind for kind in WANTED if kind != "duckdb")


def on(*kinds: str) -> pytest.MarkDecorator:
    """Keep a test to some kinds of warehouse."""
    return pytest.mark.parametrize("kind", kinds, indirect=True, scope="session")
