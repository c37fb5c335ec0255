"""A dbt project in a folder of its own, with the real command lines run in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from integration.support.forked import AVAILABLE, fork_server
from integration.support.schemas import command_of, problems
from integration.support.warehouses import DATABASE, DUCKDB, Warehouse

REPOSITORY = Path(__file__).resolve().parents[3]
TOKEN = "tok-5f3ab1e0-never-shown"
_BIN = Path(sys.executable).parent
_TIMEOUT = 300.0
_OURS = ("MONDAY_", "DBT_", "OPUS_", "NO_COLOR", "FORCE_COLOR")


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    command: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The result of a command with `--output json`."""
        return json.loads(self.out)

    @property
    def error_lines(self) -> list[str]:
        """The lines of the error that ended the command, without progress and notes before it."""
        lines = self.err.splitlines()
        starts = [at for at, line in enumerate(lines) if line.startswith("Error: ")]
        return lines[starts[-1] :] if starts else []


@dataclass(frozen=True)
class Workspace:
    """A project folder, its warehouse and the environment of its commands, which wins over the process's own."""

    root: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    warehouse: Warehouse = DUCKDB

    def keep(self) -> None:
        """Remember how the warehouse stands, for `copy`."""
        self.warehouse.keep(self.root)

    def copy(self, to: Path) -> Workspace:
        """Return a workspace that starts as this one was kept; on a server there is one at a time."""
        shutil.copytree(self.root, to)
        self.warehouse.copied(to)
        return replace(self, root=to)

    def having(self, **environment: str) -> Workspace:
        """Return the same folder with other variables; "" takes one away."""
        return replace(self, environment={**self.environment, **environment})

    def opus(self, *arguments: str) -> Done:
        """Run `opus-sync` to its end; what it says to programs has to hold the published schemas."""
        results = self.root / "target" / "opus_sync_run_results.json"
        before = results.stat().st_mtime_ns if results.is_file() else None
        done = self._run(_BIN / "opus-sync", arguments)
        broken = _broken(done, arguments)
        if results.is_file() and results.stat().st_mtime_ns != before:
            broken += problems("run_results", json.loads(results.read_text(encoding="utf-8")))
        assert not broken, broken
        return done

    def dbt(self, *arguments: str) -> Done:
        """Run `dbt` to its end."""
        return self._run(_BIN / "dbt", ("--no-use-colors", *arguments))

    def pull(self) -> None:
        """Pull the boards; fails where that does."""
        done = self.opus("pull")
        assert done.code == 0, done.err

    def build(self, *arguments: str) -> Done:
        """Build models and data tests, without dbt's unit tests; fails where dbt does."""
        done = self.dbt("build", "--exclude-resource-type", "unit_test", *arguments)
        assert done.code == 0, done.out
        return done

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start `opus-sync` and return at once."""
        return subprocess.Popen(
            [_BIN / "opus-sync", *arguments],
            cwd=self.root,
            env=self.variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the warehouse."""
        with self.warehouse.session(self.root) as cursor:
            cursor.execute(self.warehouse.plain(sql), list(parameters))
            return [tuple(row) for row in cursor.fetchall()]

    def change(self, *statements: str) -> None:
        """Run statements on the warehouse in one transaction."""
        with self.warehouse.session(self.root, changing=True) as cursor:
            for sql in statements:
                cursor.execute(self.warehouse.plain(sql), [])

    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
        """Make a table of the schema `shop` anew: column -> `text` or `integer`, and its rows."""
        warehouse = self.warehouse
        typed = ", ".join(f"{_quoted(column)} {warehouse.types[kind]}" for column, kind in columns.items())
        insert = f"insert into shop.{name} values ({', '.join('?' for _ in columns)})"
        with warehouse.session(self.root, changing=True) as cursor:
            for statement in warehouse.make_table(name, typed):
                cursor.execute(warehouse.plain(statement), [])
            for row in rows:
                cursor.execute(warehouse.plain(insert), list(row))

    def fingerprint(self) -> dict[str, tuple[int, int]]:
        """Return table -> row count and a hash over all its rows, whatever their order."""
        return {
            table: (len(rows), hash(frozenset(Counter(map(repr, rows)).items()))) for table, rows in self._contents()
        }

    def holders_of(self, text: str) -> list[str]:
        """Return the files that hold a text, and the tables of which a row does."""
        files = [path for path in self.root.rglob("*") if path.is_file()]
        found = [str(path) for path in files if text.encode() in path.read_bytes()]
        return found + [table for table, rows in self._contents() if any(text in repr(row) for row in rows)]

    def files(self) -> dict[str, str]:
        """Return path -> text of every file that is text."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and path.suffix not in (".duckdb", ".msgpack", ".wal"):
                found[str(path.relative_to(self.root))] = path.read_text(encoding="utf-8", errors="replace")
        return found

    def variables(self) -> dict[str, str]:
        """Return the whole environment of its commands."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        chosen = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "0", "PYTHONUTF8": "1"}
        chosen |= {**self.warehouse.environment, **self.environment}
        return own | {name: value for name, value in chosen.items() if value}

    def _contents(self) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        with self.warehouse.session(self.root) as cursor:
            for schema, table in self.warehouse.tables(cursor):
                cursor.execute(f"select * from {_quoted(schema)}.{_quoted(table)}")
                yield f"{schema}.{table}", [tuple(row) for row in cursor.fetchall()]

    def _run(self, program: Path, arguments: Sequence[str]) -> Done:
        command = [str(program), *arguments]
        if AVAILABLE:
            done = fork_server().run(command, self.root, self.variables(), _TIMEOUT)
        else:
            done = subprocess.run(
                command,
                cwd=self.root,
                env=self.variables(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_TIMEOUT,
                check=False,
            )
        return Done((program.name, *arguments), done.returncode, done.stdout, done.stderr)


def _broken(done: Done, arguments: Sequence[str]) -> list[str]:
    """Return which schemas the output of a command breaks: what it says on stdout, and its log."""
    broken: list[str] = []
    if _form(arguments, "--output") == "json" and done.out:
        broken += problems(command_of(arguments), done.data)
    if _form(arguments, "--log-format") == "json":
        broken += [problem for line in done.err.splitlines() for problem in problems("log_event", json.loads(line))]
    return broken


def _form(arguments: Sequence[str], option: str) -> str:
    return next((then for one, then in pairwise(arguments) if one == option), "")


def package(into: Path, warehouse: Warehouse = DUCKDB) -> None:
    """Copy what the dbt package is, its macros and the models over all boards, and write the profile."""
    shutil.copytree(REPOSITORY / "macros", into / "macros")
    shutil.copytree(REPOSITORY / "models" / "opus", into / "models" / "opus")
    write_profile(into, warehouse)


def write_profile(into: Path, warehouse: Warehouse) -> None:
    """Write a profile whose targets `prod` and `dev` are the warehouse."""
    output = dict(warehouse.output())
    profile = {"opus_sync": {"target": "prod", "outputs": {"prod": output, "dev": output}}}
    (into / "profiles.yml").write_text(yaml.safe_dump(profile, sort_keys=False), encoding="utf-8")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


__all__ = ["DATABASE", "REPOSITORY", "TOKEN", "Done", "Workspace", "package", "write_profile"]
