"""The SQL Server that OPUS_TEST_SQLSERVER names by an ODBC connection string; there is none to start by oneself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

VARIABLE = "OPUS_TEST_SQLSERVER"
_PAIR = re.compile(r"\s*([^=;]+?)\s*=\s*(\{(?:[^}]|\}\})*\}|[^;]*)\s*(?:;|$)")


@dataclass(frozen=True)
class SqlServerDatabase:
    """One database of a live server; tests make and drop schemas of their own in it."""

    connection_string: str

    @contextmanager
    def session(self) -> Iterator[Any]:
        """Open a session of its own in autocommit and yield its cursor."""
        import pyodbc

        connection = pyodbc.connect(self.connection_string, autocommit=True)
        try:
            yield connection.cursor()
        finally:
            connection.close()

    def output(self, schema: str, **more: Any) -> dict[str, Any]:
        """Return an output of a dbt profile."""
        given = _parts(self.connection_string)
        server, _, port = given["server"].removeprefix("tcp:").partition(",")
        return {
            "type": "sqlserver",
            "driver": given["driver"],
            "server": server,
            "port": int(port or 1433),
            "database": given["database"],
            "schema": schema,
            "user": given["uid"],
            "password": given["pwd"],
            "encrypt": given.get("encrypt", "yes").casefold() not in ("no", "false", "optional"),
            "trust_cert": given.get("trustservercertificate", "no").casefold() in ("yes", "true"),
            "threads": 4,
            **more,
        }


def sqlserver_database() -> SqlServerDatabase:
    """Return the database that the environment names; skips where it names none."""
    given = os.environ.get(VARIABLE)
    if not given:
        pytest.skip(f"{VARIABLE} names no SQL Server (an ODBC connection string)")
    return SqlServerDatabase(given)


def _parts(connection_string: str) -> dict[str, str]:
    """Return the keywords of a connection string in lower case, values without their braces."""
    found = {}
    for name, value in _PAIR.findall(connection_string):
        braced = value.startswith("{")
        found[name.casefold()] = value[1:-1].replace("}}", "}") if braced else value
    return found
