"""A dbt project in a folder of its own, with the real command lines run in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

REPOSITORY = Path(__file__).resolve().parents[3]
TOKEN = "tok-5f3ab1e0-never-shown"
DATABASE = "opus.duckdb"
_BIN = Path(sys.executable).parent
_TABLES = "select schema_name, table_name from duckdb_tables() where not internal order by all"
_OURS = ("MONDAY_", "DBT_", "OPUS_")

PROFILES = f"""\
opus_sync:
  target: prod
  outputs:
    prod: &file {{type: duckdb, path: {DATABASE}, schema: main, threads: 2}}
    dev: *file
"""


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
    """A project folder and the environment of its commands; `environment` wins over the process's own."""

    root: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def copy(self, to: Path) -> Workspace:
        """Return a workspace that starts as this one stands."""
        shutil.copytree(self.root, to)
        return replace(self, root=to)

    def having(self, **environment: str) -> Workspace:
        """Return the same folder with other variables; "" takes one away."""
        return replace(self, environment={**self.environment, **environment})

    def opus(self, *arguments: str) -> Done:
        """Run `opus-sync` to its end."""
        return self._run(_BIN / "opus-sync", arguments)

    def dbt(self, *arguments: str) -> Done:
        """Run `dbt` to its end."""
        return self._run(_BIN / "dbt", ("--no-use-colors", *arguments))

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
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the warehouse."""
        with duckdb.connect(str(self.root / DATABASE), read_only=True) as connection:
            found: list[tuple[Any, ...]] = connection.execute(sql, list(parameters)).fetchall()
        return found

    def change(self, sql: str, rows: Sequence[Sequence[Any]] = ()) -> None:
        """Run statements on the warehouse, once or for each row of parameters."""
        with duckdb.connect(str(self.root / DATABASE)) as connection:
            connection.begin()
            for parameters in rows or [()]:
                connection.execute(sql, list(parameters))
            connection.commit()

    def fingerprint(self) -> dict[str, tuple[Any, ...]]:
        """Return table -> row count and hashes over all its rows, whatever their order."""
        with duckdb.connect(str(self.root / DATABASE), read_only=True) as connection:
            tables = connection.execute(_TABLES).fetchall()
            return {
                f"{schema}.{table}": connection.execute(
                    f'select count(*), bit_xor(hash(t)), sum(hash(t)) from "{schema}"."{table}" as t'
                ).fetchall()[0]
                for schema, table in tables
            }

    def holders_of(self, text: str) -> list[str]:
        """Return the files that hold a text, and the tables of which a row does."""
        files = [path for path in self.root.rglob("*") if path.is_file()]
        found = [str(path) for path in files if text.encode() in path.read_bytes()]
        with duckdb.connect(str(self.root / DATABASE), read_only=True) as connection:
            for schema, table in connection.execute(_TABLES).fetchall():
                like = f'from "{schema}"."{table}" as t where contains(cast(t as varchar), ?) limit 1'
                found += [f"{schema}.{table}" for _ in connection.execute(like, [text]).fetchall()]
        return found

    def files(self) -> dict[str, str]:
        """Return path -> text of every file that is text."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and path.suffix not in (".duckdb", ".msgpack", ".wal"):
                found[str(path.relative_to(self.root))] = path.read_text(encoding="utf-8", errors="replace")
        return found

    def _run(self, program: Path, arguments: Sequence[str]) -> Done:
        done = subprocess.run(
            [program, *arguments],
            cwd=self.root,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return Done((program.name, *arguments), done.returncode, done.stdout, done.stderr)

    def _environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        chosen = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "0", "PYTHONUTF8": "1", **self.environment}
        return own | {name: value for name, value in chosen.items() if value}


def package(into: Path) -> None:
    """Copy what the dbt package is: its macros and the models over all boards."""
    shutil.copytree(REPOSITORY / "macros", into / "macros")
    shutil.copytree(REPOSITORY / "models" / "opus", into / "models" / "opus")
    (into / "profiles.yml").write_text(PROFILES, encoding="utf-8")
