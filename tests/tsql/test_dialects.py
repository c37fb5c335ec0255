"""Dialects live in macros/adapters alone, each macro there speaks all three, and all of T-SQL's is rendered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tsql.conftest import Record

_MACROS = Path(__file__).resolve().parents[2] / "macros"
_ADAPTERS = sorted((_MACROS / "adapters").glob("*.sql"))
_SHARED = sorted(path for path in _MACROS.rglob("*.sql") if path.parent.name != "adapters")
_MODELS = sorted((_MACROS.parent / "models").rglob("*.sql"))


@pytest.mark.parametrize("path", _ADAPTERS, ids=lambda path: path.stem)
def test_a_dispatching_macro_speaks_every_dialect(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    dispatched = re.findall(r"adapter\.dispatch\('(\w+)', 'opus_sync'\)", text)
    for name in dispatched:
        found = set(re.findall(rf"macro (\w+?)__{name}\(", text))
        missing = {"duckdb", "postgres", "sqlserver"} - found
        assert not missing or "default" in found, f"{name}: no {', '.join(sorted(missing))}"


@pytest.mark.parametrize("path", [*_SHARED, *_MODELS], ids=lambda path: path.stem)
def test_no_dialect_stands_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"target\.type|adapter\.type\(|adapter\.dispatch\(|\b(duckdb|postgres|sqlserver)__", text)


def test_every_macro_of_tsql_was_rendered(record: Record) -> None:
    spoken = {name for name in record.implementations if name.startswith("sqlserver__")}
    # A refusal rolls back; nothing is refused in a recording.
    assert sorted(spoken - record.macros - {"sqlserver__opus_rollback"}) == []
