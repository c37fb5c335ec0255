"""One storm from a calm pull to a calm end, and what was found."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from integration.support.stand_in import StandIn
from integration.support.warehouses import Warehouse
from integration.support.workspace import Workspace
from storm import board, weather
from storm.commands import Commands, Ended, aim_at_build, aim_at_push, aim_at_recovery
from storm.ledger import Ledger, watched
from storm.oracle import Finding, findings
from storm.people import Person
from storm.shop import Shop

JOBS = 24
_STAGED = ("run", "--select", f"+staged_{board.NAME}_items", f"+staged_{board.NAME}_subitems")
_PUSH, _RESUME, _PULL = ("push", "--live"), ("push", "--resume"), ("pull",)
_FAILED = "select seq from opus_sync.mon_operation_event where event = 'FAILED'"
_EXITS = (0, 1, 3)
_ROUNDS_TO_CALM = 6


@dataclass
class Report:
    """What a storm came to."""

    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    commands: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    findings: list[Finding] = field(default_factory=list)
    inherent: list[Finding] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


class Storm:
    """The commands, the board and the people of one storm."""

    def __init__(
        self, space: Workspace, stand_in: StandIn, ledger: Ledger, commands: Commands, shop: Shop, person: Person
    ) -> None:
        self.amiss: list[Finding] = []
        self.space = space
        self.shop = shop
        self.person = person
        self._stand_in = stand_in
        self._ledger = ledger
        self._commands = commands

    def begin(self) -> None:
        """Pull and build once."""
        self._ended("pull", *_PULL)
        self._dbt()

    def rage(self, kills: int, random: Random, say: Callable[[str], None]) -> None:
        """Push, kill and recover until so many processes were killed."""
        killed = self._commands.kills
        fresh = True
        while killed.total() < kills:
            if not fresh:
                self._build(random)
            weather.foul(self._stand_in, self._ledger, random)
            manner = ("--no-promote",) * (random.random() < 0.85)
            self._opus("push", *_PUSH, *manner, random=random, aim=True)
            for _ in range(random.choice((0, 1, 1, 2))):
                self.person.acts_now()
            self.shop.go_on()
            self._fill()
            fresh = self._recover(kills, random)
            say(f"{killed.total()} of {kills} killed, {self._commands.run.total()} commands run")

    def calm_down(self) -> None:
        """Let all that is under way end, then push until nothing is left to push."""
        weather.fair(self._stand_in)
        time.sleep(board.SETTLE_SECONDS)
        self.person.leaves()
        for _ in range(_ROUNDS_TO_CALM):
            self._ended("pull", *_PULL)
            self._dbt()
            if self.space.rows(_FAILED):
                self._ended("retry", "retry", "--live", "--no-promote")
                self._dbt()
            if "nothing to push" in self._ended("push", *_PUSH, "--no-promote").out:
                return
        self.amiss.append(Finding("restless", f"after {_ROUNDS_TO_CALM} rounds there is still something to push"))

    def _recover(self, kills: int, random: Random) -> bool:
        """End what the killed push left open, whoever comes first; return whether the models are built."""
        while True:
            name, words = random.choices((("push", _PUSH), ("resume", _RESUME), ("pull", _PULL)), (3, 1, 3))[0]
            aim = self._commands.kills.total() < kills and (name == "push" or random.random() < 0.6)
            ended = self._opus(name, *words, random=random, aim=aim)
            if random.random() < 0.15:
                self.person.acts_now()
            if ended.code == 1:
                # The token may still be refused, or the day over.
                weather.fair(self._stand_in)
            elif not ended.killed:
                return name == "resume" and "nothing was open" not in ended.out

    def _opus(self, name: str, *words: str, random: Random, aim: bool) -> Ended:
        skew = random.choice((0.0, 0.0, -90_000.0, -40.0, 40.0, 90_000.0))
        choose = aim_at_push if name == "push" else aim_at_recovery
        ended = self._commands.opus(name, *words, aim=choose(random) if aim else None, skew=skew)
        self._check(ended)
        return ended

    def _ended(self, name: str, *words: str) -> Ended:
        ended = self._commands.opus(name, *words)
        self._check(ended)
        return ended

    def _build(self, random: Random) -> None:
        if random.random() < 0.08:
            self._commands.dbt(*_STAGED, aim=aim_at_build(random))
        self._dbt()

    def _dbt(self) -> None:
        """Build what a push needs; a build that a killed push has left behind may hold the file."""
        for _ in range(10):
            done = self._commands.dbt(*_STAGED)
            if done.code == 0:
                return
            if "lock" not in done.out.casefold():
                break
            time.sleep(1)
        self.amiss.append(Finding("crashed", f"dbt ended with {done.code}: {done.out[-400:]}"))

    def _check(self, ended: Ended) -> None:
        if not ended.killed and (ended.code not in _EXITS or "Traceback" in ended.err):
            self.amiss.append(Finding("crashed", f"{ended.name} ended with {ended.code}: {ended.err[-400:]}"))

    def _fill(self) -> None:
        while True:
            try:
                board.fill(self.space, *self.shop.rows())
                return
            except self.space.warehouse.busy:
                # A build that outlived its push still has the tables.
                time.sleep(0.2)


@contextmanager
def prepared(
    folder: Path, stand_in: StandIn, warehouse: Warehouse, seed: int, *, blind: bool
) -> Iterator[tuple[Storm, Commands, Ledger]]:
    """Write the project, fill board and shop, pull and build once in fair weather."""
    shop = Shop(Random(f"{seed} shop"), JOBS)
    stand_in.start_over(board.seed(shop.seeded()), record_documents=False, **weather.LATENCY)
    space = board.workspace(folder / "project", stand_in, warehouse)
    with watched(stand_in) as ledger:
        commands = Commands(space, ledger, folder / "log", Random(f"{seed} groups"), blind=blind)
        person = Person(stand_in, ledger, shop, Random(f"{seed} person"))
        storm = Storm(space, stand_in, ledger, commands, shop, person)
        try:
            board.fill(space, *shop.rows())
            storm.begin()
            with person:
                yield storm, commands, ledger
        finally:
            commands.close()


def storm(
    folder: Path,
    stand_in: StandIn,
    warehouse: Warehouse,
    kills: int,
    seed: int,
    say: Callable[[str], None] = lambda line: None,
    *,
    blind: bool = False,
) -> Report:
    """Run a storm in an empty folder and look for what is amiss; `blind` takes the look before each write away."""
    began = time.monotonic()
    with prepared(folder, stand_in, warehouse, seed, blind=blind) as (raging, commands, ledger):
        raging.rage(kills, Random(f"{seed} storm"), say)
        raging.calm_down()
        ledger.write(folder / "log" / "changes.txt")
        judged = findings(raging.space, stand_in, ledger, raging.shop)
    return Report(
        seed=seed,
        kills=commands.kills,
        commands=commands.run,
        faults=ledger.faults + ledger.refused,
        acts=raging.person.acts,
        requests=len(ledger.requests),
        findings=raging.amiss + judged.findings,
        inherent=judged.inherent,
        figures=judged.figures,
        seconds=time.monotonic() - began,
    )
