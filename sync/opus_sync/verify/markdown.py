"""What a verification found, as Markdown for a ticket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from opus_sync.paint import unpainted
from opus_sync.shown import markdown
from opus_sync.verify.findings import Findings, Unplanned
from opus_sync.verify.text import WORDS, counted, of, subject, unplanned_words, value


def render_markdown(where: str, boards: Sequence[Findings], show: int = 50) -> str:
    """Render findings; `show` bounds the rows of each table of a board."""
    lines = [markdown(where)]
    for board in boards:
        lines += ["", *_board(board, show)]
    return "\n".join(lines)


def _board(findings: Findings, show: int) -> Iterator[str]:
    yield f"## {markdown(findings.board)}"
    yield ""
    if findings.about:
        yield markdown(findings.about) + "."
        yield ""
    if findings.counts or findings.unplanned:
        yield (
            f"{unpainted(counted(findings))}; {unplanned_words(findings.unplanned)}."
            if findings.unplanned
            else (f"{unpainted(counted(findings))}.")
        )
    if findings.cells:
        yield ""
        yield f"### Not as meant ({of(show, len(findings.cells))} cells)"
        rows = (
            (
                WORDS[cell.verdict],
                subject(cell.subject),
                cell.column,
                value(cell.wanted),
                cell.note or value(cell.there),
            )
            for cell in findings.cells[:show]
        )
        yield from _table(("verdict", "record", "column", "meant", "there"), rows)
    if findings.unplanned and findings.unplanned.anything:
        yield from _unplanned(findings.unplanned, show)


def _unplanned(unplanned: Unplanned, show: int) -> Iterator[str]:
    changed = [
        (subject(change.subject), change.column, value(change.before), value(change.there))
        for change in unplanned.changes
    ]
    new = [(subject(one), "", "", "new") for one in unplanned.new]
    gone = [(subject(one.subject), "", "", one.state) for one in unplanned.gone]
    rows = [*changed, *new, *gone]
    yield ""
    yield f"### Not in the plan ({of(show, len(rows))})"
    yield from _table(("record", "column", "before", "there"), rows[:show])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield ""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(markdown(part) for part in row) + " |"
