"""Writes docs/column-types.md from the macros and the runner's table of types: `python docs/column_types.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment

from opus_sync.columns import TYPES

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "column-types.md"
WAREHOUSES = {"DuckDB": "duckdb", "PostgreSQL": "postgres", "SQL Server": "sqlserver"}
HEAD = """\
# Column types

Every column type of monday.com (API version 2026-10), the SQL type that its column has in `mon_<board>`, and whether it
can be written. A type that is not listed here, because monday.com added it since, is kept as `unsupported`: its text is
read, it is not written, and `board deploy` says so.

`canonical form` is how a value is stored in `column_values`, compared and written; [desired models](desired-models.md)
say what may be written in its place. Lists and composites are JSON. This page is made by `python docs/column_types.py`
from `macros/columns/opus_column_types.sql` and `macros/adapters/opus_type.sql`.

"""


class _Returned(Exception):
    """No error: the way in which a macro of dbt gives a value back."""

    def __init__(self, value: Any) -> None:
        self.value = value


def _return(value: Any) -> None:
    raise _Returned(value)


def macro(file: str, name: str, *arguments: Any) -> Any:
    """Return what a macro of dbt returns that needs nothing of dbt but `return` and `fromyaml`."""
    environment = Environment(extensions=["jinja2.ext.do"])  # noqa: S701 (no HTML)
    environment.globals |= {"return": _return, "fromyaml": yaml.safe_load}
    module = environment.from_string((ROOT / "macros" / file).read_text("utf-8")).module
    try:
        getattr(module, name)(*arguments)
    except _Returned as returned:
        return returned.value
    raise LookupError(f"{name} returns nothing")


def page() -> str:
    """Return the page."""
    kinds = macro("columns/opus_column_types.sql", "opus_column_types")
    rows = [("type", "canonical form", *WAREHOUSES, "written", "when created", "found by value")]
    rows.append(tuple("---" for _ in rows[0]))
    for name, facts in kinds.items():
        kind = TYPES[name]
        rows.append(
            (
                f"`{name}`",
                kind.family,
                *(
                    f"`{macro('adapters/opus_type.sql', f'{adapter}__opus_type', facts['sql'])}`"
                    for adapter in WAREHOUSES.values()
                ),
                *("yes" if can else "" for can in (kind.writable, kind.create, kind.by_values)),
            )
        )
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
