"""What a verification found, as text that is readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from opus_sync.plan.changes import plain
from opus_sync.plan.text import plural
from opus_sync.shown import WIDTH, short, wrapped
from opus_sync.verify.findings import CellFinding, Change, Findings, Subject, Unplanned, Verdict

WORDS = {
    Verdict.AS_MEANT: "as meant",
    Verdict.UNTOUCHED: "untouched",
    Verdict.DIFFERENT: "different",
    Verdict.UNCHECKED: "not checked",
}
NOT_LOOKED_FOR = "what else changed on the board was not looked for: only some rows of the plan were asked about"


def render_text(where: str, boards: Sequence[Findings], show: int = 10) -> str:
    """Render findings; `show` bounds the cells and items listed in each section of a board."""
    lines = wrapped(where)
    for board in boards:
        lines += ["", *_board(board, show)]
    return "\n".join(lines)


def counted(findings: Findings) -> str:
    """Say how many cells have which verdict."""
    counts = findings.counts
    needed = (Verdict.AS_MEANT, Verdict.DIFFERENT) if findings.unplanned is None else tuple(Verdict)[:3]
    return ", ".join(f"{word} {counts[one]:,}" for one, word in WORDS.items() if one in needed or counts[one])


def unplanned_words(unplanned: Unplanned) -> str:
    """Say how much is on the board that was not in the plan."""
    parts = [
        f"{plural(len(unplanned.changes), 'cell', 'cells')} on {plural(unplanned.changed_items, 'item', 'items')}"
        if unplanned.changes
        else "",
        plural(len(unplanned.new), "new item", "new items") if unplanned.new else "",
        f"{plural(len(unplanned.gone), 'item', 'items')} gone" if unplanned.gone else "",
    ]
    return "on the board but not in the plan: " + (", ".join(part for part in parts if part) or "nothing")


def subject(one: Subject) -> str:
    """Name an item."""
    number = f" ({one.item_id})" if one.item_id is not None else ""
    return f"{one.entity} {short(one.record or '(no name)', 50)}{number}"


def told(cell: CellFinding) -> str:
    """Say what a cell was to hold and what there is."""
    there = cell.note or f"there is {value(cell.there)}"
    return f"{value(cell.wanted)}, {there}"


def value(text: str | None) -> str:
    """Return a cell's text as people read it."""
    return plain(text) if text else "(empty)"


def _board(findings: Findings, show: int) -> Iterator[str]:
    yield from wrapped(f"{findings.board}: {findings.about}" if findings.about else findings.board)
    if not findings.counts and findings.unplanned is None:
        return
    yield from wrapped(counted(findings), "  ")
    if findings.unplanned is not None:
        yield from wrapped(unplanned_words(findings.unplanned), "  ")
    for verdict in (Verdict.DIFFERENT, Verdict.UNTOUCHED, Verdict.UNCHECKED):
        yield from _cells(verdict, [cell for cell in findings.cells if cell.verdict is verdict], show)
    if findings.unplanned is not None and findings.unplanned.anything and show:
        yield from _unplanned(findings.unplanned, show)


def _cells(verdict: Verdict, cells: Sequence[CellFinding], show: int) -> Iterator[str]:
    if not cells or not show:
        return
    yield f"  {WORDS[verdict]} ({of(show, len(cells))})"
    for one, group in groupby(cells[:show], key=lambda cell: cell.subject):
        yield f"    {subject(one)}"
        for cell in group:
            yield _line(cell.column, told(cell))


def _unplanned(unplanned: Unplanned, show: int) -> Iterator[str]:
    total = len(unplanned.changes) + len(unplanned.new) + len(unplanned.gone)
    yield f"  not in the plan ({of(show, total)})"
    lines: list[str] = []
    lines += _changes(unplanned.changes[:show])
    left = show - len(unplanned.changes)
    lines += [f"    new {subject(one)}" for one in unplanned.new[: max(0, left)]]
    left -= len(unplanned.new)
    lines += [f"    {subject(one.subject)} is {one.state}" for one in unplanned.gone[: max(0, left)]]
    yield from lines


def _changes(changes: Iterable[Change]) -> Iterator[str]:
    for one, group in groupby(changes, key=lambda change: change.subject):
        yield f"    {subject(one)}"
        for change in group:
            yield _line(change.column, f"{value(change.before)} → {value(change.there)}")


def _line(column: str, rest: str) -> str:
    head = f"      {short(column, 30)}: "
    return head + short(rest, WIDTH - len(head))


def of(show: int, number: int) -> str:
    """Say how many are shown of how many."""
    return f"{show:,} of {number:,}" if show < number else f"{number:,}"
