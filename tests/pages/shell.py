"""Runs the blocks of a page in a shell, with opus-sync and dbt standing in for themselves to be watched."""

from __future__ import annotations

import json
import os
import re
import socketserver
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from integration.support.stand_in import StandIn
from integration.support.warehouses import DATABASE, DUCKDB
from integration.support.workspace import TOKEN, Done, Workspace
from pages.blocks import Block
from pages.words import filled_in

NOT_HERE: Mapping[str, str] = {
    r"git ": "the clone is what is tested",
    r"cd opus-sync$": "the page is in it already",
    r"make ": "targets of the Makefile call what other tests run; a mark names the state that they leave",
    r"python3? -m venv ": "the environment of the tests is there",
    r"\. \.venv/": "and it is active",
    r"pip install ": "installs from an index",
    r"sudo ": "changes the machine",
    r"journalctl ": "asks the machine's own log",
    r"export MONDAY_API_TOKEN(__\w+)?='?…": "a real token: the stand-in takes its place",
    r"unset MONDAY_API_": "leads to monday itself: the stand-in takes its place",
}
"""Beginnings of the lines that are not run, each with its reason. Nothing of opus-sync or dbt is among them."""

_PORT = re.compile(r"\b8765\b")
_IN_PART = ("plan", "push", "sync", "retry", "rollback")
"""Commands that end with 1 where rows are invalid or failed: they did what they were asked for."""

_PROGRAM = """\
#!{python} -ES
import json, os, socket, sys
link = socket.socket(socket.AF_UNIX)
link.connect({address!r})
link.sendall(json.dumps([{program!r}, *sys.argv[1:]] + [os.getcwd(), dict(os.environ)]).encode())
link.shutdown(socket.SHUT_WR)
told = json.loads(b"".join(iter(lambda: link.recv(1 << 20), b"")))
sys.stdout.write(told["out"])
sys.stderr.write(told["err"])
sys.exit(told["code"])
"""
_SCRIPT = """\
trap 'code=$?; pwd > {kept}/folder; env -0 > {kept}/environment; exit $code' EXIT
set -e
{text}
"""


@dataclass
class Shell:
    """A shell whose folder and variables last from block to block, and the commands that it ran."""

    folder: Path
    environment: dict[str, str]
    stand_in: StandIn
    place: Path
    ran: list[Done] = field(default_factory=list)

    def run(self, block: Block) -> None:
        """Run a block as it stands; fails where a line of it does, unless its mark says `exits N`."""
        self.ran.clear()
        text = _PORT.sub(self.stand_in.running.base.rpartition(":")[2], "\n".join(map(_here, block.lines)))
        done = subprocess.run(
            ["sh", "-c", _SCRIPT.format(kept=self.place, text=text)],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        self.folder = Path((self.place / "folder").read_text("utf-8").strip())
        kept = (self.place / "environment").read_text("utf-8").split("\0")
        self.environment = dict(entry.split("=", 1) for entry in kept if entry)
        expected = int((re.findall(r"exits (\d+)", block.told("run")) or ["0"])[0])
        assert done.returncode == expected, self._said(block, done)
        codes = {_code(one) for one in self.ran}
        assert codes <= {0, expected}, self._said(block, done)

    def answer(self, program: str, arguments: list[str], folder: str, environment: Mapping[str, str]) -> Done:
        """Run opus-sync or dbt for a line of the block."""
        ours = {name: value for name, value in environment.items() if name.startswith(("MONDAY_", "OPUS_", "DBT_"))}
        workspace = Workspace(Path(folder), ours, DUCKDB)
        words = [filled_in(word, _known(workspace) if "ID" in word else {}) for word in arguments]
        if not ours.get("MONDAY_API_URL", "").startswith(self.stand_in.running.base):
            done = Done(
                (program, *words), 2, "", "Error: MONDAY_API_URL leads away from the stand-in; nothing was run\n"
            )
        elif program == "dbt":
            # dbt's unit tests are run by tests/dbt/build.sh, and take longer than all else.
            quick = ("--exclude-resource-type", "unit_test") if "build" in words else ()
            done = workspace.dbt(*words, *(word for word in quick if word not in words))
        elif words[:2] == ["sandbox", "serve"]:
            done = Done(("opus-sync", *words), 0, "", "")  # it serves already
        else:
            port = self.stand_in.running.base.rpartition(":")[2]
            own = ("--port", port) if words[:1] == ["sandbox"] and "--state" not in words else ()
            done = workspace.opus(*words, *own)
        self.ran.append(done)
        return done

    def _said(self, block: Block, done: subprocess.CompletedProcess[str]) -> str:
        return f"{block.name} exits {done.returncode}\n{block.text}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"


@contextmanager
def shell(workspace: Workspace, stand_in: StandIn) -> Iterator[Shell]:
    """Open a shell in a project, with our programs first on its path."""
    # The path of a socket may have little more than a hundred characters.
    with tempfile.TemporaryDirectory(prefix="opus-pages-") as folder:
        place = Path(folder)
        opened = Shell(workspace.root, _environment(workspace, stand_in, place), stand_in, place)
        with socketserver.ThreadingUnixStreamServer(str(place / "socket"), _answering(opened)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                yield opened
            finally:
                server.shutdown()


def _environment(workspace: Workspace, stand_in: StandIn, place: Path) -> dict[str, str]:
    for program in ("opus-sync", "dbt"):
        path = place / program
        text = _PROGRAM.format(python=sys.executable, address=str(place / "socket"), program=program)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
    found = os.pathsep.join((str(place), str(Path(sys.executable).parent), os.environ["PATH"]))
    return {**workspace.variables(), "PATH": found, "MONDAY_API_URL": stand_in.url, "MONDAY_API_TOKEN": TOKEN}


def _answering(opened: Shell) -> type[socketserver.StreamRequestHandler]:
    class Answering(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            program, *arguments, folder, variables = json.loads(self.rfile.read())
            done = opened.answer(program, arguments, folder, variables)
            told = {"out": done.out, "err": done.err, "code": _code(done)}
            self.wfile.write(json.dumps(told).encode())

    return Answering


def _here(line: str) -> str:
    return ":" if re.match("|".join(NOT_HERE), line.strip()) else line


def _code(done: Done) -> int:
    """Return the exit code; 0 of a command that did all but what is invalid or failed."""
    in_part = done.code == 1 and done.command[1:2] and done.command[1] in _IN_PART and not done.error_lines
    return 0 if in_part else done.code


def _known(workspace: Workspace) -> dict[str, str]:
    """Return what a reader would fill in: a batch that wrote something, best one with a failed row, and that row."""
    if not (workspace.root / DATABASE).exists():
        return {}
    events = next((f"{schema}.{table}" for schema, table in _tables(workspace) if table == "mon_operation_event"), "")
    rows = workspace.rows(
        f"select batch_id, max(case when event = 'FAILED' then operation_id end) as failed from {events}"
        " group by batch_id having max(event) filter (event = 'SUCCEEDED') is not null"
        " order by failed is null, max(seq) desc limit 1"
    )
    return {"ID": rows[0][0], "ERR_ID": rows[0][1] or ""} if rows else {}


def _tables(workspace: Workspace) -> list[tuple[str, str]]:
    with workspace.warehouse.session(workspace.root) as cursor:
        return list(workspace.warehouse.tables(cursor))


__all__ = ["NOT_HERE", "Shell", "shell"]
