"""What a verification comes to: for each cell what it should hold and what the board holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum


class Verdict(str, Enum):
    """What the board says to one cell. UNCHECKED is a cell of a column that the contract no longer has."""

    AS_MEANT = "as_meant"
    UNTOUCHED = "untouched"
    DIFFERENT = "different"
    UNCHECKED = "unchecked"


@dataclass(frozen=True)
class Subject:
    """The item or subitem that a finding is about; `record` is the name by which people know it."""

    entity: str
    record: str
    item_id: int | None


@dataclass(frozen=True)
class CellFinding:
    """One cell that is not as it was meant; `note` says why where no value does."""

    subject: Subject
    column_id: str
    column: str
    verdict: Verdict
    old: str | None
    wanted: str | None
    there: str | None
    note: str = ""


@dataclass(frozen=True)
class Change:
    """One cell on the board that changed without being planned."""

    subject: Subject
    column_id: str
    column: str
    before: str | None
    there: str | None


@dataclass(frozen=True)
class Gone:
    """An item that is no longer on the board, though no plan removes it; `state` says what became of it."""

    subject: Subject
    state: str


@dataclass
class Unplanned:
    """What is on the board and was not in the plan."""

    changes: list[Change] = field(default_factory=list)
    new: list[Subject] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether there is such a thing."""
        return bool(self.changes or self.new or self.gone)

    @property
    def changed_items(self) -> int:
        """Return how many items have such cells."""
        return len({change.subject for change in self.changes})


@dataclass
class Findings:
    """The verdicts on one board; `cells` are those that are not as meant, `about` says what was verified.

    `of_plan` says that the cells are those of a plan, `unplanned` is None where nothing else was looked for.
    """

    board: str
    monday_board_id: int
    about: str = ""
    counts: Counter[Verdict] = field(default_factory=Counter)
    cells: list[CellFinding] = field(default_factory=list)
    of_plan: bool = False
    unplanned: Unplanned | None = None

    @property
    def good(self) -> bool:
        """Return whether all is as meant and nothing else changed."""
        bad = self.counts.total() - self.counts[Verdict.AS_MEANT]
        return not bad and not (self.unplanned and self.unplanned.anything)

    def take(self, cell: CellFinding) -> None:
        """Count a verdict, and keep it where there is something to tell."""
        self.counts[cell.verdict] += 1
        if cell.verdict is not Verdict.AS_MEANT:
            self.cells.append(cell)
