"""What a page shows, as values: boards, their sections of rows, cells old and new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from opus_sync.report.charts import Chart

LIMIT = 5_000
"""Rows that a page holds; those beyond go into a CSV file beside it."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value as a person reads it; `color` is a label's, as `#rrggbb`."""

    text: str
    color: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; None is an empty one. `fresh` says that there was nothing before: only `new` is worth showing."""

    column: str
    old: Value | None
    new: Value | None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One staged row or operation. `kind` is the section that it stands in, `notes` what is to be said of it."""

    board: str
    kind: str
    entity: str
    operation: str
    record: str
    cells: tuple[Cell, ...]
    name: str | None = None
    item_id: int | None = None
    group: Value | None = None
    batch: str | None = None
    attempts: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of rows and the section that holds them; those that need a person come first, and stay in the page."""

    name: str
    title: str
    about: str = ""
    is_bad: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of one entity with the columns that change in them, and which of the leading columns say anything."""

    entity: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def leading(self) -> tuple[str, ...]:
        """Return the columns before those of the board: what every row is known by."""
        optional = {
            "Operation": any(row.operation != row.kind for row in self.rows),
            "Name": any(row.name and row.name != row.record for row in self.rows),
            "Group": "Group" not in self.columns and any(row.group for row in self.rows),
            "Batch": any(row.batch for row in self.rows),
            "Attempts": any(row.attempts is not None for row in self.rows),
            "Why": any(row.notes for row in self.rows),
        }
        return (self.entity.capitalize(), *(title for title, is_there in optional.items() if is_there))

    @property
    def lines(self) -> Iterable[tuple[Row, list[Cell | None]]]:
        """Yield each row with a cell or None for each column."""
        for row in self.rows:
            cells = {cell.column: cell for cell in row.cells}
            yield row, [cells.get(column) for column in self.columns]


@dataclass(frozen=True)
class Section:
    """The rows of one kind: `total` counts those too that are not in the page."""

    kind: Kind
    total: int
    tables: tuple[Table, ...]

    @property
    def shown(self) -> int:
        """Return how many of its rows are in the page."""
        return sum(len(table.rows) for table in self.tables)


@dataclass(frozen=True)
class Finding:
    """Rows of a model of findings; `total` counts those too that are not listed."""

    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: int


@dataclass(frozen=True)
class Guard:
    """Where a plan stands against one guard, in words."""

    name: str
    entity: str
    found: str
    active: str
    limit: str
    verdict: str
    is_bad: bool


@dataclass(frozen=True)
class Trouble:
    """A refusal or another thing that a person has to see first, and the way out."""

    message: str
    way_out: str = ""
    is_bad: bool = True


@dataclass(frozen=True)
class Board:
    """All that a page says of one board."""

    name: str
    monday_board_id: int
    troubles: tuple[Trouble, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    findings: tuple[Finding, ...] = ()
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True)
class Page:
    """A whole page; `rest` are the rows that did not go into it, `total` counts all."""

    title: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    boards: tuple[Board, ...]
    troubles: tuple[Trouble, ...] = ()
    charts: tuple[Chart, ...] = ()
    total: int = 0
    rest: tuple[Row, ...] = field(default=(), repr=False)


def parted(rows: Sequence[Row], kinds: Sequence[Kind], limit: int = LIMIT) -> tuple[list[Row], list[Row]]:
    """Part rows into those that the page shows and the rest: by kind, within one by the smaller board first."""
    rank = {kind.name: at for at, kind in enumerate(kinds)}
    many: dict[tuple[str, str], int] = {}
    for row in rows:
        many[row.kind, row.board] = many.get((row.kind, row.board), 0) + 1
    ordered = sorted(rows, key=lambda row: (rank[row.kind], many[row.kind, row.board], row.board))
    return ordered[:limit], ordered[limit:]


def sections(
    shown: Iterable[Row], rest: Iterable[Row], kinds: Sequence[Kind], order: Mapping[str, int]
) -> tuple[Section, ...]:
    """Return the sections of one board, one kind after the other; `order` is the place of a column's title."""
    kept: dict[str, list[Row]] = {}
    beyond: dict[str, int] = {}
    for row in shown:
        kept.setdefault(row.kind, []).append(row)
    for row in rest:
        beyond[row.kind] = beyond.get(row.kind, 0) + 1
    return tuple(
        Section(kind, len(rows) + beyond.get(kind.name, 0), tuple(_tables(rows, order)))
        for kind in kinds
        if (rows := kept.get(kind.name, [])) or kind.name in beyond
    )


def _tables(rows: Iterable[Row], order: Mapping[str, int]) -> Iterable[Table]:
    by_entity: dict[str, list[Row]] = {}
    for row in rows:
        by_entity.setdefault(row.entity, []).append(row)
    return [Table(entity, _columns(own, order), tuple(own)) for entity, own in by_entity.items()]


def _columns(rows: Sequence[Row], order: Mapping[str, int]) -> tuple[str, ...]:
    """Return the columns of these rows, those first that change in most of them: what changes is seen at once."""
    columns = {cell.column for row in rows for cell in row.cells}
    changes = Counter(cell.column for row in rows for cell in row.cells if not cell.fresh)
    return tuple(sorted(columns, key=lambda column: (-changes[column], order.get(column, -1), column)))
