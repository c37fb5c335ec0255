"""A plan as Markdown, for a pull request or a ticket: bounded, whatever the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from opus_sync.plan.board_plan import BoardPlan, Plan
from opus_sync.plan.changes import CellChange, RowChange, plain, samples, shown_entities
from opus_sync.plan.cost import CALLS_PER_DAY, total
from opus_sync.plan.preconditions import Reason
from opus_sync.plan.staged import StagedRow, messages
from opus_sync.plan.text import HELD, OPERATIONS, plan_file, where
from opus_sync.shown import markdown, one_line, plural, short

MOST = 60_000
"""Characters of the whole text; GitHub takes 65,536 in a comment."""

_LONGEST = {"value": 200, "message": 500, "boards": 2_000}
_SPARE = 200
"""Room for what says how much is not shown."""


@dataclass
class _Rows:
    """A table or list of rows, of which as many are shown as there is room for; each is one or more whole lines.

    `total` counts those too that were left out before. Without any row its heading still says how many there are.
    """

    heading: str
    above: tuple[str, ...]
    rows: Sequence[str]
    total: int
    is_finding: bool
    chosen: list[str] = field(default_factory=list)

    @property
    def fixed(self) -> int:
        """Return how long it is without any row."""
        return sum(len(line) + 1 for line in (self.heading, *self.above)) + _SPARE

    def fill(self, room: int) -> int:
        """Take the rows that fit and return the room that is left."""
        for row in self.rows:
            if len(row) < room:
                self.chosen.append(row)
                room -= len(row) + 1
        return room

    def lines(self) -> Iterator[str]:
        yield from ("", self.heading, "")
        if self.chosen:
            yield from (*self.above, *self.chosen)
        if left := self.total - len(self.chosen):
            yield from (("", f"And {_count(left, 'more ')}.") if self.chosen else (f"{_count(left)}, not shown.",))


def marker(command: str) -> str:
    """Return the hidden line by which a workflow knows its own comment: another selection has another one."""
    words = one_line(command).removeprefix("opus-sync ").removesuffix(" --live")
    about = "".join(c for c in words.replace("--", "") if c not in "<>")
    return f"<!-- opus-sync plan: {short(about, _LONGEST['boards'])} -->"


def render_markdown(plan: Plan, show: int = 50, most: int = MOST) -> str:
    """Render a plan in at most so many characters; `show` bounds the rows listed in each table of a board.

    Counts, refusals, findings and cost come before single rows; what does not fit is counted.
    """
    first = marker(plan.push_command)
    if not plan.boards:
        return f"{first}\nNo board is selected."
    head = [
        first,
        f"Would write to: {markdown(short(where(plan), _LONGEST['boards']))}",
        *(f"\n{markdown(short(line, _LONGEST['message']))}" for line in plan_file(plan)),
    ]
    cost = ["", _cost(plan)]
    room = most - sum(len(line) + 1 for line in (*head, *cost)) - _SPARE
    boards: dict[str, list[str | _Rows]] = {}
    # What stands in the way is told before what is well.
    for board in sorted(plan.boards, key=lambda board: not board.reasons):
        parts = list(_board(board, show))
        length = sum(part.fixed if isinstance(part, _Rows) else len(part) + 1 for part in parts)
        if length <= room:
            boards[board.target.board] = parts
            room -= length
    tables = [part for parts in boards.values() for part in parts if isinstance(part, _Rows)]
    for table in sorted(tables, key=lambda table: not table.is_finding):
        room = table.fill(room)
    lines = [
        line
        for board in plan.boards
        for part in boards.get(board.target.board, ())
        for line in (part.lines() if isinstance(part, _Rows) else [part])
    ]
    return "\n".join([*head, *lines, *_left_out(plan, boards), *cost])


def _board(board: BoardPlan, show: int) -> Iterator[str | _Rows]:
    yield ""
    yield f"## {markdown(board.target.board)}"
    for reason in board.reasons:
        yield f"\n> A push would be refused: {_said(reason)}"
    for one in board.guards:
        if one.lifted:
            yield f"\n> Guard {markdown(one.guard)} is lifted: {markdown(short(one.message, _LONGEST['message']))}"
    yield ""
    yield "| rows | " + " | ".join(name.lower() for name in OPERATIONS) + " |"
    yield "|---|" + "---:|" * len(OPERATIONS)
    counts = board.counts
    for update_type, entity in shown_entities(board).items():
        numbers = [counts.get((update_type, name), Counter())["valid"] for name in OPERATIONS]
        yield f"| {entity}s | " + " | ".join(f"{number:,}" for number in numbers) + " |"
    yield from _findings("Invalid", board.invalid, show)
    yield from _findings("Pending", board.pending, show)
    if board.held:
        yield f"\n### Held ({len(board.held):,})\n"
        for held, number in sorted(board.held_reasons.items()):
            yield f"- {number:,} {markdown(held)}: {HELD.get(held, '')}"
    if board.orphans:
        yield f"\n### Waiting ({len(board.orphans):,})\n"
        yield "Their new parent or group is not on the board and not sent."
    if board.operations:
        yield _Rows(
            f"### Changed cells ({_count(len(board.operations))})",
            ("| operation | record | column | old | new |", "|---|---|---|---|---|"),
            ["\n".join(_cells(row)) for row in samples(board, show)],
            len(board.operations),
            is_finding=False,
        )


def _cells(row: RowChange) -> Iterator[str]:
    for cell in row.cells or (CellChange("", None, None),):
        values = (row.record, cell.column, plain(cell.old or ""), plain(cell.new or ""))
        parts = (f"{row.operation} {row.entity}", *(short(value, _LONGEST["value"]) for value in values))
        yield "| " + " | ".join(map(markdown, parts)) + " |"


def _findings(title: str, rows: Sequence[StagedRow], show: int) -> Iterator[_Rows]:
    if rows:
        listed = [_finding(row) for row in rows[:show]]
        yield _Rows(f"### {title} ({_count(len(rows))})", (), listed, len(rows), is_finding=True)


def _finding(row: StagedRow) -> str:
    said = "; ".join(markdown(short(message, _LONGEST["message"])) for message in messages(row))
    return f"- {markdown(short(row.label, _LONGEST['value']))}: {said}"


def _said(reason: Reason) -> str:
    message, way_out = (markdown(short(text, _LONGEST["message"])) for text in (reason.message, reason.way_out))
    return f"{message}. {way_out}"


def _cost(plan: Plan) -> str:
    cost = total(board.cost for board in plan.boards)
    return (
        f"Cost: {cost.requests:,} requests, {cost.reads:,} reads before them, {cost.complexity:,} complexity points, "
        f"{cost.minutes:.1f} minutes, {cost.daily_share:.1%} of the {CALLS_PER_DAY:,} calls "
        "of a Standard plan's day."
    )


def _left_out(plan: Plan, shown: Iterable[str]) -> Iterator[str]:
    """Sum up the boards for which there is no room at all."""
    left = [board for board in plan.boards if board.target.board not in set(shown)]
    if left:
        rows = sum(len(board.operations) for board in left)
        refused = sum(bool(board.reasons) for board in left)
        yield ""
        yield (
            f"And {plural(len(left), 'more board', 'more boards')}: {plural(rows, 'row', 'rows')} to send, "
            f"{sum(len(board.invalid) for board in left):,} invalid; {refused:,} would be refused."
        )


def _count(number: int, more: str = "") -> str:
    return plural(number, f"{more}row", f"{more}rows")
