"""What the warehouse wants on the board: jobs with sizes, which change, come and go all the time."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from itertools import count
from random import Random
from typing import Any

from storm.board import FLAGGED, GROUPS, KEPT, KEY, NOTE, OVERWRITTEN, QTY, SIZE

Cells = dict[str, str]
_SIZES = ("S", "M", "L", "XL", "XXL")


class Shop:
    """Desired items and subitems; no value is ever wanted twice, so that each tells who wrote it."""

    def __init__(self, random: Random, jobs: int) -> None:
        self._random = random
        self._jobs = jobs
        self._number = count(1)
        self._value = count(1)
        self._groups: dict[str, list[tuple[float, str]]] = {}
        self.items: dict[str, Cells] = {}
        self.sizes: dict[str, dict[str, Cells]] = {}
        for _ in range(jobs):
            self._take_on()

    def seeded(self) -> list[tuple[int, str, str, Mapping[str, str]]]:
        """Return the half of the jobs that is on the board from the start."""
        keys = list(self.items)[: self._jobs // 2]
        return [
            (1000 + at, key, self.items[key]["group"], {KEY: key, FLAGGED: "old", KEPT: "old", OVERWRITTEN: "0"})
            for at, key in enumerate(keys)
        ]

    def rows(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return the rows of both tables."""
        items = [{KEY: key, **cells} for key, cells in self.items.items()]
        below = [
            {"parent": key, SIZE: size, **cells} for key, sizes in self.sizes.items() for size, cells in sizes.items()
        ]
        return items, below

    def go_on(self) -> None:
        """Let a day pass: new jobs, finished ones, changes."""
        random = self._random
        for key in self._some(random.randint(2, 4)):
            if len(self.items) > self._jobs - 4:
                del self.items[key], self.sizes[key]
        for _ in range(random.randint(2, 5)):
            self._take_on()
        for key in self._some(8):
            for cell in random.sample((FLAGGED, KEPT, OVERWRITTEN), random.randint(1, 2)):
                self.items[key][cell] = self._new(cell)
        for key in self._some(3):
            self._put(key)
        for key in self._some(6):
            self._change_sizes(key)

    def agreed(self, key: str | None, group: str | None, since: float, until: float) -> bool:
        """Tell whether a job was wanted in a group at any time between two moments: groups are few."""
        wanted = self._groups.get(key or "", [])
        ends = [at for at, _ in wanted[1:]] + [math.inf]
        return any(one == group and at < until and end > since for (at, one), end in zip(wanted, ends, strict=True))

    def _change_sizes(self, key: str) -> None:
        sizes = self.sizes[key]
        size = self._random.choice(_SIZES)
        if size not in sizes:
            sizes[size] = self._size()
        elif self._random.random() < 0.3 and len(sizes) > 1:
            del sizes[size]
        else:
            cell = self._random.choice((NOTE, QTY))
            sizes[size][cell] = self._new(cell)

    def _take_on(self) -> None:
        random = self._random
        key = f"K{next(self._number):04}"
        cells = {cell: self._new(cell) for cell in (FLAGGED, KEPT, OVERWRITTEN)}
        self.items[key] = cells
        self._put(key)
        self.sizes[key] = {size: self._size() for size in random.sample(_SIZES, random.randint(0, 2))}

    def _put(self, key: str) -> None:
        group = self.items[key]["group"] = self._random.choice(GROUPS)
        self._groups.setdefault(key, []).append((time.monotonic(), group))

    def _size(self) -> Cells:
        return {cell: self._new(cell) for cell in (NOTE, QTY)}

    def _some(self, number: int) -> list[str]:
        return self._random.sample(list(self.items), min(number, len(self.items)))

    def _new(self, cell: str) -> str:
        number = next(self._value)
        # The warehouse's numbers are even, people's are odd.
        return str(number * 2) if cell in (OVERWRITTEN, QTY) else f"wanted {number}"
