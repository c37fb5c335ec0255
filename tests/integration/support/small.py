"""A project of one board, as small as the package allows: contract, five one-line models, a table of orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from integration.support.stand_in import StandIn
from integration.support.warehouses import DUCKDB, Warehouse
from integration.support.workspace import TOKEN, Workspace, package
from opus_sync.contract.names import safe_names

MOMENT = "2026-11-01T08:00:00Z"
GROUP = "topics"
SHOP = "{{ var('shop') }}"
"""The schema of the desired rows, in the SQL of models."""
Values = Mapping[str, Any]

PROJECT: Mapping[str, Any] = {
    "name": "small_shop",
    "version": "1.0.0",
    "config-version": 2,
    "profile": "opus_sync",
    "model-paths": ["models", "boards"],
    "macro-paths": ["macros"],
    "on-run-start": "{{ opus_on_run_start() }}",
    "on-run-end": "{{ opus_on_run_end(results) }}",
    "models": {"small_shop": {"opus": {"+materialized": "view"}, "monday": {"+materialized": "table"}}},
}


@dataclass(frozen=True)
class Column:
    """A column as it stands on the board and in the contract; `meta` is added to the contract's."""

    id: str
    title: str
    type: str = "text"
    settings: Values = field(default_factory=dict)
    meta: Values = field(default_factory=dict)


@dataclass(frozen=True)
class SmallBoard:
    """A board of items, its contract and its desired models."""

    name: str
    id: int
    columns: Sequence[Column]
    key: str
    meta: Values = field(default_factory=dict)
    boards: Sequence[Values] = ()
    """Further boards of the account that the contract does not know, as in a seed."""
    groups: Sequence[Values] = ({"id": GROUP, "title": "Topics"}, {"id": "done", "title": "Done"})
    structure: Mapping[str, Values] = field(default_factory=dict)
    """What the contract says of `groups` and of `board`, where the board's groups and the board itself are managed."""

    def names(self) -> dict[str, str]:
        """Return column id -> the name that contract, tables and models use."""
        return safe_names([(column.id, column.title) for column in self.columns], "items")

    def seed(self, items: Iterable[tuple[int, str, Values]] = ()) -> dict[str, Any]:
        """Return an account with this board; an item is its id, its name and its cells in write format."""
        return {
            "account": {
                "id": "7001",
                "name": "Acme",
                "slug": "acme",
                "first_day_of_the_week": "monday",
                "plan": "standard",
            },
            "users": [
                {"id": number, "name": name, "email": f"{name.lower()}@example.com", "kind": "member"}
                for number, name in (("101", "Ada"), ("102", "Grace"), ("103", "Linus"))
            ],
            "teams": [{"id": number, "name": f"Team {number}", "users": []} for number in ("501", "502")],
            "tags": [{"id": number, "name": f"tag {number}"} for number in ("301", "302", "303")],
            "boards": [
                {
                    "id": str(self.id),
                    "name": self.name,
                    "groups": [dict(group) for group in self.groups],
                    "columns": [
                        {
                            "id": column.id,
                            "title": column.title,
                            "type": column.type,
                            "settings": dict(column.settings),
                        }
                        for column in self.columns
                    ],
                    "items": [item(number, name, values) for number, name, values in items],
                },
                *self.boards,
            ],
        }

    def contract(self) -> dict[str, Any]:
        """Return the contract as YAML would hold it."""
        names = self.names()
        return {
            "version": 2,
            "models": [
                {
                    "name": f"mon_{self.name}",
                    "description": "A board of the tests.",
                    "config": {
                        "meta": {
                            "monday": {
                                "entity": "items",
                                "board_id": self.id,
                                "key": self.key,
                                "on_new": "create",
                                **self.meta,
                            }
                        }
                    },
                    "columns": [
                        {
                            "name": names[column.id],
                            "description": "A column of the tests.",
                            "config": {
                                "meta": {
                                    "monday": {
                                        "id": column.id,
                                        "type": column.type,
                                        "direction": "push",
                                        **column.meta,
                                    }
                                }
                            },
                        }
                        for column in self.columns
                    ],
                },
                *(
                    {"name": f"mon_{self.name}_{kind}", "config": {"meta": {"monday": {"entity": kind, **meta}}}}
                    for kind, meta in self.structure.items()
                ),
            ],
        }

    def write(self, root: Path, warehouse: Warehouse = DUCKDB) -> None:
        """Write the project with its primary desired model."""
        package(root, warehouse)
        self.write_models(root)
        (root / "boards").mkdir()
        self.write_contract(root, self.contract())
        variables = {"opus_boards": {self.name: ["items", *self.structure]}, **variables_of(warehouse)}
        _write_yaml(root / "dbt_project.yml", {**PROJECT, "vars": variables})

    def write_models(self, root: Path, further: Mapping[str, str] | None = None) -> None:
        """Write the board's models; `further` holds what -> SQL of `desired_<board>_items__<what>`."""
        desired = {
            f"desired_{self.name}_items": f"select * from {SHOP}.{self.name}",
            **{f"desired_{self.name}_items__{what}": sql for what, sql in (further or {}).items()},
        }
        refs = ", ".join(f"ref('{model}')" for model in desired)
        current, base = f"ref('mon_{self.name}')", f"ref('mon_{self.name}_base')"
        own = f"board='{self.name}'"
        groups = f", staged_groups=ref('staged_{self.name}_groups')" if "groups" in self.structure else ""
        wanted = f"current={current}, desired=[{refs}]"
        models = {
            **{f"desired/{model}": sql for model, sql in desired.items()},
            f"monday/{self.name}/mon_{self.name}": (f"{{{{ opus_current_items({own}, items=ref('mon_items')) }}}}"),
            f"monday/{self.name}/mon_{self.name}_base": (f"{{{{ opus_base({own}, entity='items', {wanted}) }}}}"),
            f"monday/{self.name}/staged_{self.name}_items": (
                f"{{{{ opus_staged_items({own}, base={base}, {wanted}{groups}) }}}}"
            ),
            **{name: sql for kind in self.structure for name, sql in self._structure_models(kind).items()},
        }
        for name, sql in models.items():
            path = root / "models" / f"{name}.sql"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(sql + "\n", encoding="utf-8")

    def _structure_models(self, kind: str) -> dict[str, str]:
        model, own = f"mon_{self.name}_{kind}", f"board='{self.name}'"
        items = "items=ref('mon_items')"
        known = {"groups": f"groups=ref('mon_groups'), {items}", "board": "boards=ref('mon_boards')"}[kind]
        wanted = f"{own}, current=ref('{model}'), desired=ref('desired_{self.name}_{kind}')"
        more = f", {items}" if kind == "groups" else ""
        folder = f"monday/{self.name}"
        return {
            f"desired/desired_{self.name}_{kind}": f"select * from {SHOP}.{self.name}_{kind}",
            f"{folder}/{model}": f"{{{{ opus_current_{kind}({own}, {known}) }}}}",
            f"{folder}/{model}_base": f"{{{{ opus_{kind}_base({wanted}) }}}}",
            f"{folder}/staged_{self.name}_{kind}": (
                f"{{{{ opus_staged_{kind}({wanted}, base=ref('{model}_base'){more}) }}}}"
            ),
        }

    def write_contract(self, root: Path, contract: Any) -> None:
        """Write a contract in place of the present one."""
        _write_yaml(root / "boards" / f"{self.name}.yml", contract)

    def order(self, workspace: Workspace, rows: Sequence[Mapping[str, Any]]) -> None:
        """Replace the table of orders: rows of column id -> value; a column that no row has is not managed."""
        plain = {"name": "item_name", "group": "group_id", "group_title": "group_title", "id": "monday_item_id"}
        names = {**self.names(), **plain}
        used = [column for column in names if any(column in row for row in rows)]
        types = {names[column]: "integer" if column == "id" else "text" for column in used}
        workspace.table(self.name, types, [[row.get(column) for column in used] for row in rows])

    def staged(self, workspace: Workspace) -> list[dict[str, Any]]:
        """Return the staged rows: key, operation, cells, status and hold."""
        wanted = (
            "record_key", "update_operation", "update_fields", "old_fields", "validation_status", "validation_errors",
            "hold_reason",
        )  # fmt: skip
        rows = workspace.rows(f"select {', '.join(wanted)} from main.staged_{self.name}_items order by record_key")
        return [dict(zip(wanted, row, strict=True)) for row in rows]


def small_workspace(board: SmallBoard, root: Path, stand_in: StandIn, warehouse: Warehouse = DUCKDB) -> Workspace:
    """Write the project of a board; its commands talk to the stand-in."""
    board.write(root, warehouse)
    return Workspace(root, {"MONDAY_API_URL": stand_in.url, "MONDAY_API_TOKEN": TOKEN}, warehouse)


def variables_of(warehouse: Warehouse) -> dict[str, Any]:
    """Return the dbt vars that tell a test's project of its warehouse; models bear their own names on all of them."""
    return {
        "opus_schema": warehouse.schema("opus_sync"),
        "opus_house_names": False,
        "shop": warehouse.schema("shop"),
    }


def item(number: int, name: str, values: Values) -> dict[str, Any]:
    """Return an item of a seed."""
    return {
        "id": str(number),
        "name": name,
        "group": GROUP,
        "parent": None,
        "created_at": MOMENT,
        "updated_at": MOMENT,
        "creator": "101",
        "values": dict(values),
    }


def _write_yaml(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
