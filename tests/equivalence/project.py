"""The golden board as a dbt project, built on one target, and what it stages there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from equivalence.board import BOARD, columns, contract, names
from equivalence.rows import tables
from integration.support.small import PROJECT
from integration.support.workspace import Workspace, package
from opus_sync.columns import TYPES
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.target import load_target, open_warehouse

_READ_ONLY = {name for name, kind in TYPES.items() if not kind.writable}
_LEFT_OUT = {"stg_id", "update_batch_id", "source_query"}
_RELATIONS = (
    f"staged_{BOARD}_items",
    f"staged_{BOARD}_subitems",
    f"staged_{BOARD}_groups",
    f"staged_{BOARD}_board",
    "staged_rollback",
    "mon_drift",
    "mon_conflicts",
    f"mon_{BOARD}",
    f"mon_{BOARD}_groups",
    f"mon_{BOARD}_board",
)

# Texts that a collation takes for one, a rank in another order than on the board, colors that groups do not take.
_GROUPS = (
    ("topics", "\u00dcber [50%]", "#FF642E", 4),
    (None, "Stra\u00dfe", None, 2),
    (None, "STRASSE", "#bb3354", 3),
    (None, "New \U0001f600 it's", " #bb3354 ", 1.5),
    (None, "Last", None, None),
    (None, "done", None, 1),
    ("done2", "x" * 300, "red", None),
    ("nowhere", "Y", None, None),
    (None, " ", "#037f4c", None),
    ("second", 'He said "hi"', "#037f4c", 1),
)

_DESIRED = """\
with

wanted as (
    select * from {{{{ source('opus', 'mon_raw_item') }}}} where extract_id = 'desired' and parent_item_id is {null}
),

cells as (
    {{{{ opus_json_read('wanted', 'column_values', ['monday_item_id'], {fields}) }}}}
)

select
    {selected}
from cells
"""

# Typed columns, as orders have them: each has to come out as the same text.
_TYPED = """\
select
    'F5' as {{ opus_identifier('Key') }},
    cast('2026-03-09 14:30:00' as {{ opus_type('timestamp') }}) as {{ opus_identifier('Typed date') }},
    cast(12.50 as decimal(12, 2)) as {{ opus_identifier('Typed numbers') }},
    cast(1 as {{ opus_type('boolean') }}) as {{ opus_identifier('Typed checkbox') }},
    cast('2026-03-09' as date) as {{ opus_identifier('Typed text') }},
    cast(4 as bigint) as {{ opus_identifier('Typed rating') }}
union all
select
    'F4', cast('2026-03-09 00:00:00' as {{ opus_type('timestamp') }}), cast(-0.10 as decimal(12, 2)),
    cast(0 as {{ opus_type('boolean') }}), null, null
union all
select null, null, 1, null, null, null
"""


_DESIRED_BOARD = "select {{ opus_literal('Gold \u00e9 ') }} as name, {{ opus_literal('') }} as description"


@dataclass(frozen=True)
class Golden:
    """The project in a folder, with a profile for one target."""

    workspace: Workspace
    runner_schema: str

    def dbt(self, *arguments: str) -> None:
        """Run dbt to its end; fails where it does."""
        done = self.workspace.dbt(*arguments)
        assert done.code == 0, done.out

    def load(self, extract: int) -> None:
        """Append the rows of an extract the way the runner appends."""
        self._warehouse().append(tables(extract))

    def staged(self) -> dict[str, list[str]]:
        """Return relation -> its rows as JSON, sorted, without what differs from run to run."""
        warehouse = self._warehouse()
        manifest = json.loads((self.workspace.root / "target" / "manifest.json").read_text(encoding="utf-8"))
        relations = {node["name"]: node["relation_name"] for node in manifest["nodes"].values()}
        return {name: sorted(_shown(name, row) for row in warehouse.scan(relations[name])) for name in _RELATIONS}

    def _warehouse(self) -> Warehouse:
        root = self.workspace.root
        return open_warehouse(load_target(root, profiles_dir=root), root, self.runner_schema)


def write(root: Path, profile: dict[str, Any], runner_schema: str) -> Golden:
    """Write the project; profile is the one output of its target."""
    package(root)
    (root / "boards").mkdir()
    _yaml(root / "boards" / f"{BOARD}.yml", contract())
    models = {"small_shop": {"opus": {"+materialized": "view"}, "monday": {"+materialized": "table"}}}
    variables = {"opus_boards": {BOARD: ["items", "subitems", "groups", "board"]}, "opus_schema": runner_schema}
    _yaml(root / "dbt_project.yml", {**PROJECT, "models": models, "vars": variables})
    _yaml(root / "profiles.yml", {"opus_sync": {"target": "prod", "outputs": {"prod": profile}}})
    for path, sql in _models():
        file = root / "models" / f"{path}.sql"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(sql + "\n", encoding="utf-8")
    return Golden(Workspace(root), runner_schema)


def _models() -> Iterator[tuple[str, str]]:
    wanted = [
        (column_id, names()[column_id])
        for column_id, _, kind in columns()
        if kind not in _READ_ONLY and not column_id.startswith("typed_")
    ]
    yield (
        f"desired/desired_{BOARD}_items",
        _desired("null", [*wanted, ("name", "item_name"), ("group_id", "group_id"), ("group_title", "group_title")]),
    )
    yield f"desired/desired_{BOARD}_items__typed", _TYPED
    subitems = [("parent_key", "parent_key"), ("size", "Size"), ("name", "item_name")]
    yield f"desired/desired_{BOARD}_subitems", _desired("not null", subitems)
    own, current, base = f"board='{BOARD}'", f"current=ref('mon_{BOARD}')", f"ref('mon_{BOARD}_base')"
    desired = f"desired=[ref('desired_{BOARD}_items'), ref('desired_{BOARD}_items__typed')]"
    sub_current = f"current=ref('mon_{BOARD}_subitems'), parents=ref('mon_{BOARD}')"
    sub_desired = f"desired=[ref('desired_{BOARD}_subitems')]"
    sub_base = f"ref('mon_{BOARD}_subitems_base')"
    calls = {
        f"mon_{BOARD}": f"opus_current_items({own}, items=ref('mon_items'))",
        f"mon_{BOARD}_subitems": f"opus_current_subitems({own}, items=ref('mon_items'))",
        f"mon_{BOARD}_base": f"opus_base({own}, entity='items', {current}, {desired})",
        f"mon_{BOARD}_subitems_base": f"opus_base({own}, entity='subitems', {sub_current}, {sub_desired})",
        f"staged_{BOARD}_items": f"opus_staged_items({own}, {current}, base={base}, {desired}, "
        f"staged_groups=ref('staged_{BOARD}_groups'))",
        f"staged_{BOARD}_subitems": f"opus_staged_subitems({own}, {sub_current}, base={sub_base}, {sub_desired}, "
        f"staged_parents=ref('staged_{BOARD}_items'))",
    }
    sources = {"groups": "groups=ref('mon_groups'), items=ref('mon_items')", "board": "boards=ref('mon_boards')"}
    for kind, source in sources.items():
        wanted = f"{own}, current=ref('mon_{BOARD}_{kind}'), desired=ref('desired_{BOARD}_{kind}')"
        more = ", items=ref('mon_items')" if kind == "groups" else ""
        calls[f"mon_{BOARD}_{kind}"] = f"opus_current_{kind}({own}, {source})"
        calls[f"mon_{BOARD}_{kind}_base"] = f"opus_{kind}_base({wanted})"
        calls[f"staged_{BOARD}_{kind}"] = f"opus_staged_{kind}({wanted}, base=ref('mon_{BOARD}_{kind}_base'){more})"
    yield f"desired/desired_{BOARD}_groups", _desired_groups()
    yield f"desired/desired_{BOARD}_board", _DESIRED_BOARD
    for name, call in calls.items():
        yield f"monday/{BOARD}/{name}", f"{{{{ {call} }}}}"


def _desired_groups() -> str:
    selects = []
    for row in _GROUPS:
        texts = [
            "null" if text is None else f"{{{{ opus_literal({json.dumps(text, ensure_ascii=False)}) }}}}"
            for text in row[:3]
        ]
        typed = [f"cast({text} as {{{{ opus_type('text') }}}})" for text in texts]
        place = f"cast({'null' if row[3] is None else row[3]} as decimal(6, 2))"
        names = ("group_id", "title", "color", "position")
        selects.append(
            "select " + ", ".join(f"{value} as {name}" for name, value in zip(names, (*typed, place), strict=True))
        )
    return "\nunion all\n".join(selects)


def _desired(null: str, wanted: list[tuple[str, str]]) -> str:
    fields = {column_id: f"w{at}" for at, (column_id, _) in enumerate(wanted)}
    plain = {"item_name", "group_id", "group_title", "parent_key"}
    selected = ",\n    ".join(
        f"{fields[column_id]} as "
        + (name if name in plain else f"{{{{ opus_identifier({json.dumps(name, ensure_ascii=False)}) }}}}")
        for column_id, name in wanted
    )
    return _DESIRED.format(null=null, fields=json.dumps(fields), selected=selected)


def _shown(relation: str, row: dict[str, Any]) -> str:
    kept = {name: value for name, value in row.items() if name not in _LEFT_OUT and name != "column_values"}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, default=str)


def _yaml(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
