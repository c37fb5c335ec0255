"""What a verification found, as text that is readable at 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from opus_sync.paint import bad, good, notice
from opus_sync.plan.changes import plain
from opus_sync.shown import WIDTH, plural, short, wrapped
from opus_sync.verify.findings import CellFinding, Change, Findings, Subject, Unplanned, Verdict

About = TypeVar("About", CellFinding, Change)

WORDS = {
    Verdict.AS_MEANT: "as meant",
    Verdict.UNTOUCHED: "untouched",
    Verdict.DIFFERENT: "different",
    Verdict.UNCHECKED: "not checked",
}
_COLOURS: Mapping[Verdict, Callable[[str], str]] = {
    Verdict.AS_MEANT: good,
    Verdict.UNTOUCHED: notice,
    Verdict.DIFFERENT: bad,
    Verdict.UNCHECKED: notice,
}
NOT_LOOKED_FOR = "what else changed on the board was not looked for: only some rows of the plan were asked about"


def render_text(where: str, boards: Sequence[Findings], show: int = 10) -> str:
    """Render findings; `show` bounds the items listed in each section of a board."""
    lines = wrapped(where)
    for board in boards:
        lines += ["", *_board(board, show)]
    return "\n".join(lines)


def counted(findings: Findings) -> str:
    """Say how many cells have which verdict."""
    counts = findings.counts
    needed = {Verdict.AS_MEANT, Verdict.DIFFERENT, *([Verdict.UNTOUCHED] if findings.of_plan else [])}
    return ", ".join(
        (_COLOURS[one] if counts[one] else str)(f"{word} {counts[one]:,}")
        for one, word in WORDS.items()
        if one in needed or counts[one]
    )


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


def told(cell: CellFinding, room: int, *, of_plan: bool) -> str:
    """Say in so many characters what a cell was to hold and what it holds."""
    meant = "planned " if of_plan else "written "
    if cell.note:
        return f"{meant}{short(value(cell.wanted), room - len(meant) - len(cell.note) - 2)}, {cell.note}"
    there = ", still " if cell.verdict is Verdict.UNTOUCHED else ", is "
    return _two(meant, value(cell.wanted), there, value(cell.there), room)


def value(text: str | None) -> str:
    """Return a cell's text as people read it."""
    return plain(text) if text else "(empty)"


def _board(findings: Findings, show: int) -> Iterator[str]:
    yield from wrapped(f"{findings.board}: {findings.about}" if findings.about else findings.board)
    if not findings.counts and not findings.of_plan:
        return
    yield from wrapped(counted(findings), "  ")
    if findings.unplanned is not None:
        yield from wrapped(unplanned_words(findings.unplanned), "  ")
    for verdict in (Verdict.DIFFERENT, Verdict.UNTOUCHED, Verdict.UNCHECKED):
        cells = [cell for cell in findings.cells if cell.verdict is verdict]
        yield from _section(WORDS[verdict], list(_cells(cells, of_plan=findings.of_plan)), show)
    if findings.unplanned is not None:
        yield from _section("not in the plan", list(_unplanned(findings.unplanned)), show)


def _section(word: str, items: Sequence[Sequence[str]], show: int) -> Iterator[str]:
    """Yield the lines of a section; `items` are those of one item or subitem each."""
    if not items or not show:
        return
    number = plural(len(items), "item", "items")
    yield f"  {word} ({number}{f', {show:,} shown' if show < len(items) else ''})"
    for lines in items[:show]:
        yield from lines


def _cells(cells: Sequence[CellFinding], *, of_plan: bool) -> Iterator[list[str]]:
    for one, same in _by_subject(cells):
        notes = {cell.note for cell in same}
        if len(notes) == 1 and "" not in notes:
            yield wrapped(f"{subject(one)}: {notes.pop()}", "    ")
        else:
            lines = [(_head(cell.column), cell) for cell in same]
            yield [
                f"    {subject(one)}",
                *(head + told(cell, WIDTH - len(head), of_plan=of_plan) for head, cell in lines),
            ]


def _unplanned(unplanned: Unplanned) -> Iterator[list[str]]:
    for one, same in _by_subject(unplanned.changes):
        lines = [(_head(change.column), value(change.before), value(change.there)) for change in same]
        yield [
            f"    {subject(one)}",
            *(head + _two("", old, " → ", new, WIDTH - len(head)) for head, old, new in lines),
        ]
    yield from ([f"    new {subject(one)}"] for one in unplanned.new)
    yield from ([f"    {subject(one.subject)} is {one.state}"] for one in unplanned.gone)


def _by_subject(found: Iterable[About]) -> Iterable[tuple[Subject, list[About]]]:
    groups: dict[Subject, list[About]] = {}
    for one in found:
        groups.setdefault(one.subject, []).append(one)
    return groups.items()


def _head(column: str) -> str:
    return f"      {short(column, 30)}: "


def _two(before: str, one: str, between: str, other: str, room: int) -> str:
    """Join two values with words around them; what the one does not need of the room is the other's."""
    left = room - len(before) - len(between)
    first = short(one, max(left // 2, left - len(other)))
    return f"{before}{first}{between}{short(other, left - len(first))}"


def of(show: int, number: int) -> str:
    """Say how many are shown of how many."""
    return f"{show:,} of {number:,}" if show < number else f"{number:,}"
