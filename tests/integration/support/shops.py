"""A small project on each kind of warehouse: its commands, and the warehouse as another login of it would see it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import psycopg2
import yaml

from integration.support.orders import ORDERS
from integration.support.workspace import DATABASE, Done, Workspace
from servers.postgres import Database, PostgresServer, postgres_server

KINDS = ("duckdb", "postgres")
PASSWORD = "OPUS_SHOP_PASSWORD"
"""The variable that holds the database's password, so that profiles stay the same."""
_NAME = "opus_shop"


@dataclass(frozen=True)
class Shop:
    """A project whose models are built in `main` and whose runner's tables are in `opus_sync`."""

    workspace: Workspace
    database: Database | None

    def opus(self, *arguments: str) -> Done:
        """Run `opus-sync` to its end."""
        return self.workspace.opus(*arguments)

    def dbt(self, *arguments: str) -> Done:
        """Run `dbt` to its end."""
        return self.workspace.dbt(*arguments)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.workspace.rows(sql) if self.database is None else self.database.run(sql)

    def change(self, *statements: str) -> None:
        """Run statements one by one."""
        for statement in statements:
            self.workspace.change(statement) if self.database is None else self.database.run(statement)

    def objects(self, schema: str) -> list[str]:
        """Return the names of the tables and views in a schema."""
        found = f"select table_name from information_schema.tables where table_schema = '{schema}' order by table_name"
        return [name for (name,) in self.rows(found)]


def new_shop(kind: str, root: Path) -> Shop:
    """Write the project for a warehouse that holds nothing; on a server there is one at a time."""
    ORDERS.write(root)
    if kind == "duckdb":
        return Shop(Workspace(root), None)
    server = postgres_server()
    database = _remade(server, "template0")
    output = {**database.output("main"), "password": f"{{{{ env_var('{PASSWORD}') }}}}"}
    profile = {"opus_sync": {"target": "prod", "outputs": {"prod": output, "dev": output}}}
    (root / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    return Shop(Workspace(root, {PASSWORD: database.password}), database)


def keep(shop: Shop) -> None:
    """Keep the warehouse as it is for `again`."""
    if shop.database is not None:
        server = PostgresServer(shop.database.port, shop.database.password)
        server.database().run(f"drop database if exists {_NAME}_kept with (force)")
        server.database().run(f"create database {_NAME}_kept template {_NAME}")


def again(kept: Shop, root: Path) -> Shop:
    """Return a shop that starts as the kept one stood, in its place."""
    workspace = kept.workspace.copy(root)
    if kept.database is None:
        return replace(kept, workspace=workspace)
    server = PostgresServer(kept.database.port, kept.database.password)
    return Shop(workspace, _remade(server, f"{_NAME}_kept"))


def _remade(server: PostgresServer, template: str) -> Database:
    server.database().run(f"drop database if exists {_NAME} with (force)")
    server.database().run(f"create database {_NAME} template {template}")
    return server.database(_NAME)


def run_script(shop: Shop, script: str) -> str:
    """Run a script as a person would, in one go; return what went wrong, nothing where it did not."""
    try:
        if shop.database is not None:
            shop.database.run(script)
        else:
            with duckdb.connect(str(shop.workspace.root / DATABASE)) as connection:
                connection.execute(script)
    except (duckdb.Error, psycopg2.Error) as error:
        return str(error)
    return ""
