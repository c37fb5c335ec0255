"""Runs dbt for the sqlserver target where no server is, and writes down all that it compiled and would have sent.

A process of its own, for dbt keeps state in its modules: `python -m tsql.record <project> <file>`.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyodbc
import yaml
from dbt.cli.main import dbtRunner
from dbt_common.clients.jinja import CallableMacroGenerator

from tsql.lint.script import statements_of
from tsql.wire import Catalog, Wire

_SCHEMA = "opus"
# What the hooks tell of: a node of no board, a staged one, the tests on both, and tables and views of the house.
_BUILT = (
    "mon_sync_point",
    "staged_planning_items",
    "mon_planning",
    "mon_cust_master_schedule_subitems",
    "stg_mon_planning",
)
# The macros of dbt that pass a statement on; who calls them wrote it.
_CARRIERS = ("run_query", "statement", "run_hooks")
# It ends with an error where it finds something, which it does here.
_FINDS = "opus_db_validate"


class Recorder:
    """dbt in this process, parsed once, over a stand-in of the driver."""

    def __init__(self, project: Path) -> None:
        self._where = ("--project-dir", str(project), "--profiles-dir", str(project), "--quiet")
        self._manifest: Any = None
        self.catalog = Catalog(_SCHEMA)
        self.wire = Wire(self.catalog, self._is_ours)
        self.macros: set[str] = set()
        self._callers: list[Any] = []
        pyodbc.connect = self.wire.connect
        self._note_macros()

    def dbt(self, *command: str) -> Any:
        """Run a dbt command; one that fails ends the recording with its error."""
        done = dbtRunner(manifest=self._manifest).invoke([*command, *self._where])
        if not done.success and _FINDS not in command:
            problems = [
                f"{result.node.name}: {result.message}"
                for result in getattr(done.result, "results", [])
                if result.message not in (None, "OK")
            ]
            raise SystemExit(f"dbt {' '.join(command)} failed: {done.exception or problems}")
        return done.result

    def parse(self) -> None:
        """Read the project once, for all commands."""
        self._manifest = self.dbt("parse")

    def compiled(self, *flags: str) -> dict[str, str]:
        """Node -> its compiled code."""
        nodes = (
            result.node
            for result in self.dbt("compile", *flags).results
            if result.node.resource_type in ("model", "test")
        )
        return {node.unique_id: node.compiled_code for node in nodes}

    def sent(self, *command: str) -> list[str]:
        """What macros of ours send over the wire in a command, or print as a script; statement by statement."""
        self.wire.statements.clear()
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            self.dbt(*command)
        batches = [re.sub(r"^/\*.*?\*/\s*", "", sql, flags=re.S) for sql in self.wire.statements]
        if "opus_db_script" in command:
            batches += re.split(r"^\s*go\s*$", printed.getvalue(), flags=re.I | re.M)
        return [statement for batch in batches for statement in statements_of(batch)]

    def fill(self, project: Path) -> None:
        """Let the catalog hold each model, and the runner's tables as an older layout had them, a column short."""
        for node in self._manifest.nodes.values():
            if node.resource_type == "model":
                kind = "view" if node.config.materialized == "view" else "table"
                is_desired = node.name.startswith("desired_")
                columns = _desired_columns(node, self._manifest.nodes.values()) if is_desired else ["monday_item_id"]
                self.catalog.relations[node.alias] = (kind, columns)
                self.catalog.layout[node.alias] = ("model", 1)
        macro = (project / "macros" / "runner_tables" / "opus_runner_tables.sql").read_text(encoding="utf-8")
        for name, columns in yaml.safe_load(macro.split("{% set tables %}")[1].split("{% endset %}")[0]).items():
            self.catalog.relations[name] = ("table", list(columns)[:-1])
            self.catalog.layout[name] = ("table", 1)

    def implementations(self) -> dict[str, str]:
        """Each macro of ours -> its file."""
        return {
            macro.name: macro.original_file_path
            for macro in self._manifest.macros.values()
            if macro.package_name == "opus_sync"
        }

    def _note_macros(self) -> None:
        call = CallableMacroGenerator.call_macro

        def noted(generator: CallableMacroGenerator, *args: Any, **kwargs: Any) -> Any:
            self.macros.add(generator.macro.name)
            self._callers.append(generator.macro)
            try:
                return call(generator, *args, **kwargs)
            finally:
                self._callers.pop()

        CallableMacroGenerator.call_macro = noted

    def _is_ours(self) -> bool:
        """True while a macro of ours has a statement sent; the adapter's own look-ups and DDL are not ours to mend."""
        wrote = [macro.package_name for macro in self._callers if macro.name not in _CARRIERS]
        return wrote[-1:] == ["opus_sync"]


_STRUCTURE = {"groups": ("group_id", "title", "color", "position"), "board": ("name", "description")}


def _desired_columns(node: Any, nodes: Iterable[Any]) -> list[str]:
    if node.columns:
        return list(node.columns)
    for kind, names in _STRUCTURE.items():
        if node.name.endswith(f"_{kind}"):
            return list(names)
    entity = "subitems" if "_subitems" in node.name else "items"
    board = node.name.removeprefix("desired_").split("_" + entity)[0]
    contract = next(n for n in nodes if n.name == f"mon_{board}" + ("_subitems" if entity == "subitems" else ""))
    metas = {name: (column.config.meta or column.meta).get("monday") or {} for name, column in contract.columns.items()}
    pushed = [name for name, meta in metas.items() if meta.get("direction") == "push"]
    return [*pushed, *(["parent_key"] if entity == "subitems" else ["group_id", "item_name"])]


def main(project: Path, file: Path) -> None:
    recorder = Recorder(project)
    wire = recorder.wire
    wire.is_open = False
    recorder.parse()
    record: dict[str, Any] = {"offline": recorder.compiled("--no-introspect", "--no-populate-cache")}
    wire.is_open = True
    sent = {"first run": recorder.sent("run", "--select", *_BUILT)}
    recorder.fill(project)
    record["incremental"] = recorder.compiled("--select", "config.materialized:incremental")
    sent["second run"] = recorder.sent("build", "--select", *_BUILT)
    record["implementations"] = recorder.implementations()
    for name, arguments in _OPERATIONS.items():
        if name == _FINDS:
            # Objects that nobody of ours made, at the name of a table and at that of a model.
            for foreign in ("mon_decision", "mon_items"):
                del recorder.catalog.layout[foreign]
        sent[name] = recorder.sent("run-operation", name, "--args", json.dumps(arguments))
    record["sent"] = sent
    record["macros"] = sorted(recorder.macros)
    file.write_text(json.dumps(record))


_OPERATIONS: Mapping[str, Mapping[str, Any]] = {
    "opus_deploy": {},
    "sp_rollback_batch": {"batch_id": "batch '1' ü", "reason": "it's wrong"},
    "opus_prune": {"keep": {"plain": 90}, "confirm": True},
    "opus_db_script": {},
    "opus_db_teardown": {"confirm": True, "force": True},
    _FINDS: {},
    "opus_db_adopt": {"confirm": True},
}

if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
