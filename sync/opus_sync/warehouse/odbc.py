"""Whether the ODBC driver that a profile names is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from opus_sync.errors import UsageError

_HOW = "https://learn.microsoft.com/sql/connect/odbc/download-odbc-driver-for-sql-server"


def check_driver(credentials: Any) -> None:
    """Raise UsageError where pyodbc, the driver manager or the profile's driver is missing."""
    if str(credentials.backend) != "pyodbc":
        raise UsageError(
            f"the profile asks for the backend {credentials.backend}; opus-sync loads rows through pyodbc",
            "set `backend: pyodbc` in profiles.yml; dbt can use it as well",
        )
    try:
        import pyodbc
    except ModuleNotFoundError:
        raise UsageError(
            "a SQL Server target needs pyodbc, which is not installed", 'run `pip install "opus-sync[sqlserver]"`'
        ) from None
    except ImportError as error:
        raise UsageError(
            f"pyodbc cannot be loaded: {error}",
            "install the ODBC driver manager: `apt install unixodbc`, `brew install unixodbc`",
        ) from None
    named = (credentials.driver or "").strip("{}")
    installed = pyodbc.drivers()
    if not named:
        raise UsageError(
            "the profile of this target names no ODBC driver",
            'set `driver: "ODBC Driver 18 for SQL Server"` in profiles.yml',
        )
    if named not in installed and not Path(named).is_file():
        raise UsageError(
            f"there is no ODBC driver {named!r} on this machine; it has {', '.join(installed) or 'none'}",
            f"install it ({_HOW}), or name another as `driver` in profiles.yml",
        )
