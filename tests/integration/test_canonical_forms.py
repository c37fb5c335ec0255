"""SQL and Python bring values into the same canonical form: what dbt compares is what the runner reads back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from integration.support.every_type import values_of
from integration.support.small import SHOP
from integration.support.workspace import Workspace
from opus_sync.columns import TYPES
from unit.opus_sync.columns.test_canonical import CASES

Canonical = Mapping["tuple[str, str | None]", "str | None"]
"""(type, text) -> canonical text."""

Cases = Mapping[str, "list[tuple[str | None, str | None]]"]

# SQL resolves lists against the people, tags and labels of the board; test_every_type.py goes that way.
SINGLE = [name for name, kind in TYPES.items() if kind.writable and kind.family != "list"]

# An empty desired cell is left alone, and what SQL cannot read it leaves to validation, which says so.
NOT_IN_SQL = {
    ("checkbox", None),
    ("checkbox", ""),
    ("rating", "0"),
    ("email", '{"email":""}'),
    ("numbers", "1e-999999999"),
    ("timeline", '{"to":"2026-03-15","from":"2026-03-01T00:00:00+00:00"}'),
}


def in_sql(workspace: Workspace, texts: Iterable[tuple[str, str | None]]) -> Canonical:
    """Return what the macro opus_canonical makes of each text, by its type."""
    given = list(texts)
    columns = {"number": "integer", "type": "text", "given": "text"}
    workspace.table("golden", columns, [(at, *one) for at, one in enumerate(given)])
    selects = [
        "select number, {{ opus_canonical(opus_column_types()['" + name + "'].kind, 'given') }} as canonical"
        f" from {SHOP}.golden where type = '{name}'"
        for name in sorted({name for name, _ in given})
    ]
    (workspace.root / "models" / "golden.sql").write_text("\nunion all\n".join(selects), encoding="utf-8")
    done = workspace.dbt("run", "--select", "golden")
    assert done.code == 0, done.out
    return {given[at]: canonical for at, canonical in workspace.rows("select * from main.golden")}


def test_sql_and_python_agree_on_canonical_forms(orders: Workspace) -> None:
    """Canonical values are their own form in SQL too, and other spellings come to the same as in Python."""
    canonical = [(name, value) for name in SINGLE for value in values_of(name)]
    cases = cast(Cases, CASES)
    other = [(name, text) for name, rows in cases.items() if name in SINGLE for text, form in rows if text != form]
    wanted: Canonical = {
        **{(name, value): value for name, value in canonical},
        **{(name, text): TYPES[name].canonicalise(text) for name, text in other},
    }
    found = in_sql(orders, wanted)
    assert len(wanted) > 1000
    assert [
        (name, text, found[name, text], form)
        for (name, text), form in wanted.items()
        if found[name, text] != form and (name, text) not in NOT_IN_SQL
    ] == []
