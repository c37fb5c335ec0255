"""A plan as Markdown, for a pull request or a ticket."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from opus_sync.plan.board_plan import BoardPlan, Plan
from opus_sync.plan.changes import plain, samples, shown_entities
from opus_sync.plan.cost import CALLS_PER_DAY, total
from opus_sync.plan.staged import StagedRow, messages
from opus_sync.plan.text import HELD, OPERATIONS, plan_file, where
from opus_sync.shown import markdown


def render_markdown(plan: Plan, show: int = 50) -> str:
    """Render a plan; `show` bounds the rows listed in each table of a board."""
    if not plan.boards:
        return "No board is selected."
    lines = [f"Would write to: {markdown(where(plan))}", *(f"\n{markdown(line)}" for line in plan_file(plan))]
    for board in plan.boards:
        lines += ["", *_board(board, show)]
    cost = total(board.cost for board in plan.boards)
    lines += [
        "",
        f"Cost: {cost.requests:,} requests, {cost.reads:,} reads before them, {cost.complexity:,} complexity points, "
        f"{cost.minutes:.1f} minutes, {cost.daily_share:.1%} of the {CALLS_PER_DAY:,} calls "
        "of a Standard plan's day.",
    ]
    return "\n".join(lines)


def _board(board: BoardPlan, show: int) -> Iterator[str]:
    yield f"## {markdown(board.target.board)}"
    for reason in board.reasons:
        yield ""
        yield f"> A push would be refused: {markdown(reason.message)}. {markdown(reason.way_out)}"
    for one in board.guards:
        if one.lifted:
            yield ""
            yield f"> Guard {markdown(one.guard)} is lifted: {markdown(one.message)}"
    yield ""
    yield "| rows | " + " | ".join(name.lower() for name in OPERATIONS) + " |"
    yield "|---|" + "---:|" * len(OPERATIONS)
    for update_type, entity in shown_entities(board).items():
        counts = [board.counts.get((update_type, name), Counter())["valid"] for name in OPERATIONS]
        yield f"| {entity}s | " + " | ".join(f"{number:,}" for number in counts) + " |"
    yield from _changes(board, show)
    yield from _findings("Invalid", board.invalid, show)
    yield from _findings("Pending", board.pending, show)
    if board.held:
        yield ""
        yield f"### Held ({len(board.held):,})"
        yield ""
        for held, number in sorted(board.held_reasons.items()):
            yield f"- {number:,} {markdown(held)}: {HELD.get(held, '')}"


def _changes(board: BoardPlan, show: int) -> Iterator[str]:
    if not board.operations:
        return
    yield ""
    yield f"### Changed cells ({min(show, len(board.operations)):,} of {len(board.operations):,} rows)"
    yield ""
    yield "| operation | record | column | old | new |"
    yield "|---|---|---|---|---|"
    for row in samples(board, show):
        for cell in row.cells:
            parts = (
                f"{row.operation} {row.entity}",
                row.record,
                cell.column,
                plain(cell.old or ""),
                plain(cell.new or ""),
            )
            yield "| " + " | ".join(markdown(part) for part in parts) + " |"


def _findings(title: str, rows: Sequence[StagedRow], show: int) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield f"### {title} ({min(show, len(rows)):,} of {len(rows):,} rows)"
    yield ""
    for row in rows[:show]:
        yield f"- {markdown(row.label)}: " + "; ".join(markdown(message) for message in messages(row))
