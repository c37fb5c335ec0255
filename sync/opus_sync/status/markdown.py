"""How boards stand, as Markdown for a ticket or a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from opus_sync.shown import markdown
from opus_sync.status.facts import BoardStatus
from opus_sync.status.levels import Level, level_cells
from opus_sync.status.text import (
    age_words,
    batch_words,
    extract_words,
    newest_words,
    next_words,
    push_words,
    running_words,
)


def render_markdown(
    boards: Sequence[BoardStatus], now: datetime, target: str | None = None, levels: Sequence[Level] = ()
) -> str:
    """Render the boards; `target` is the one that commands must name."""
    lines: list[str] = []
    for board in boards:
        lines += ["", f"## {markdown(board.board)}", ""]
        lines += [f"- {word}: {markdown(text)}" for word, text in _facts(board, now)]
        lines.append(f"- next: `{next_words(board, now, target)}`")
    if levels:
        lines += [
            "",
            "## Service levels, 30 days",
            "",
            "| board | level | measured | wanted | |",
            "|---|---|---|---|---|",
        ]
        lines += [_level(level) for level in levels]
    return "\n".join(lines[1:]) or "No board is selected."


def _facts(status: BoardStatus, now: datetime) -> Iterator[tuple[str, str]]:
    yield "at work", status.holder or "nobody"
    yield "extract", extract_words(status.active, now) if status.active else "none, this board was never pulled"
    if status.too_old(now):
        yield "extract", age_words(status)
    if status.running:
        yield "running", running_words(status.running)
    if status.newest:
        yield "pull", newest_words(status.newest)
    if status.last_push:
        yield "last push", push_words(status.last_push)
    for batch in status.batches:
        if not batch.whole:
            yield "batch", batch_words(batch)
    if status.open_rows:
        yield "rows without a known outcome", f"{status.open_rows:,}"
    for kind, number in status.failures.items():
        yield f"failed last with {markdown(kind)}", f"{number:,}"
    for request in status.requests:
        yield "rollback asked for", f"batch {request.batch_id}, by {request.by}: {request.reason}"


def _level(level: Level) -> str:
    cells = (level.board, level.level.replace("_", " "), *level_cells(level))
    return f"| {' | '.join(markdown(cell) for cell in cells)} |"
