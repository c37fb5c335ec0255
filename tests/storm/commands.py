"""The real command lines as processes, each of which may be killed at an instant that is told by its requests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from integration.support.workspace import Workspace
from storm.builder import Builder
from storm.ledger import ANSWERED, ARRIVED, Ledger, Request

_BIN = Path(sys.executable).parent
_STARTUP = Path(__file__).parent / "startup"
_PATIENCE = 600
MUTATION, QUERY, START = "mutation", "query", "start"


@dataclass(frozen=True)
class Aim:
    """When to kill: so many seconds after the nth request of a kind has arrived, or is about to be answered."""

    on: str
    nth: int = 1
    moment: str = ARRIVED
    seconds: float = 0.0

    def __str__(self) -> str:
        where = "start" if self.on == START else f"{self.on} {self.nth} {self.moment}"
        return f"{where} + {self.seconds:.3f} s"


@dataclass(frozen=True)
class Ended:
    """A command that has ended, by itself or not."""

    name: str
    code: int
    killed: bool
    out: str
    err: str


class Commands:
    """Runs one command after the other; `log` holds what each said."""

    def __init__(self, space: Workspace, ledger: Ledger, log: Path, random: Random, *, blind: bool) -> None:
        self.run = Counter[str]()
        self.kills = Counter[str]()
        self._space = space
        self._ledger = ledger
        self._log = log
        self._random = random
        self._blind = blind
        self._environment = space.variables()
        log.mkdir()
        self._builder = Builder(space.root, self._environment, log / "builder.txt")

    def close(self) -> None:
        """Let go of the process that builds."""
        self._builder.close()

    def opus(self, name: str, *arguments: str, aim: Aim | None = None, skew: float = 0.0) -> Ended:
        """Run an `opus-sync` command, until it ends or is killed as aimed; its clock is wrong by `skew` seconds."""
        startup = f"{_STARTUP}{os.pathsep}{os.environ.get('PYTHONPATH', '')}".rstrip(os.pathsep)
        own = {"PYTHONPATH": startup, "STORM_SKEW": str(skew), "STORM_BLIND": "1" if self._blind else ""}

        def start(out: Path, err: Path, killer: _Killer) -> int:
            with out.open("wb") as told, err.open("wb") as noise:
                process = subprocess.Popen(
                    [_BIN / "opus-sync", *arguments],
                    cwd=self._space.root,
                    env={**self._environment, **own},
                    stdin=subprocess.DEVNULL,
                    stdout=told,
                    stderr=noise,
                    start_new_session=True,
                )
            killer.begin(process.pid)
            return process.wait(_PATIENCE)

        return self._carry_out(name, start, aim)

    def dbt(self, *arguments: str, aim: Aim | None = None) -> Ended:
        """Run a dbt command."""

        def start(out: Path, err: Path, killer: _Killer) -> int:
            return self._builder.run(arguments, out, killer.begin)

        return self._carry_out("dbt", start, aim)

    def _carry_out(self, name: str, start: Callable[[Path, Path, _Killer], int], aim: Aim | None) -> Ended:
        number = self.run.total()
        self.run[name] += 1
        out, err = (self._log / f"{number:04}-{name}.{stream}" for stream in ("out", "err"))
        # What a command has started goes with it, or goes on alone.
        killer = _Killer(aim, whole_group=self._random.random() < 0.5)
        self._ledger.listeners.append(killer.hear)
        began = time.monotonic()
        try:
            code = start(out, err, killer)
        finally:
            self._ledger.listeners.remove(killer.hear)
            killer.end()
        killed = code == -signal.SIGKILL
        self.kills[name] += killed
        with (self._log / "commands.txt").open("a", encoding="utf-8") as log:
            seconds = time.monotonic() - began
            log.write(f"{number:04} {began:.3f} {name} {seconds:.1f} s, {'killed' if killed else code}, aim {aim}\n")
        return Ended(name, code, killed, *(_text(path) for path in (out, err)))


class _Killer:
    """Kills one process, which leads a group of its own, alone or with the group."""

    def __init__(self, aim: Aim | None, *, whole_group: bool) -> None:
        self._aim = aim
        self._kill = os.killpg if whole_group else os.kill
        self._left = aim.nth if aim else 0
        self._guard = threading.Lock()
        self._process: int | None = None

    def begin(self, process: int) -> None:
        """Take aim."""
        self._process = process
        if self._aim and self._aim.on == START:
            self._after(self._aim.seconds)

    def end(self) -> None:
        """Let the number be another process's."""
        with self._guard:
            self._process = None

    def hear(self, request: Request, moment: str) -> None:
        """Count the requests of the process; called on the sandbox's thread, before the answer leaves."""
        aim = self._aim
        kind = MUTATION if request.mutation else QUERY
        if aim and request.ours and (moment, kind) == (aim.moment, aim.on):
            self._left -= 1
            if self._left == 0:
                self._after(aim.seconds)

    def _after(self, seconds: float) -> None:
        if seconds <= 0:
            self._shoot()
            return
        timer = threading.Timer(seconds, self._shoot)
        timer.daemon = True
        timer.start()

    def _shoot(self) -> None:
        with self._guard, suppress(ProcessLookupError):
            if self._process is not None:
                self._kill(self._process, signal.SIGKILL)


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.exists() else ""


def aim_at_push(random: Random) -> Aim:
    """Choose an instant of a push: mostly around one of its first mutations."""
    chance = random.random()
    nth = 1 + min(6, int(random.expovariate(0.8)))
    if chance < 0.4:
        return Aim(MUTATION, nth, ARRIVED, random.choice((0.0, random.uniform(0, 0.15))))
    if chance < 0.8:
        return Aim(MUTATION, nth, ANSWERED, random.choice((0.0, random.uniform(0, 0.08), random.uniform(0, 0.5))))
    if chance < 0.95:
        # A look lies between the answer to one request and the next one: what is on record by then is chance.
        return Aim(QUERY, random.randint(2, 6), random.choice((ARRIVED, ANSWERED)), random.uniform(0, 0.12))
    return Aim(START, seconds=random.uniform(0.5, 8))


def aim_at_recovery(random: Random) -> Aim:
    """Choose an instant of a command that reads first: its wait, its reading, its outcomes, what it builds then."""
    if random.random() < 0.3:
        return Aim(START, seconds=random.uniform(1.5, 5))
    moment = random.choice((ARRIVED, ANSWERED))
    return Aim(QUERY, random.randint(1, 3), moment, random.choice((random.uniform(0, 0.1), random.uniform(0, 1.8))))


def aim_at_build(random: Random) -> Aim:
    """Choose an instant of a dbt command, which asks nothing of monday."""
    return Aim(START, seconds=random.uniform(0.1, 1.8))
