"""A plan as text that is readable at 80 columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from opus_sync.paint import bad, gone, good, head, notice, quiet, strong
from opus_sync.plan.board_plan import BoardPlan, Plan
from opus_sync.plan.changes import ENTITIES, CellChange, RowChange, plain, row_change, samples, shown_entities
from opus_sync.plan.cost import CALLS_PER_DAY, Cost, total
from opus_sync.plan.order import operation
from opus_sync.plan.staged import StagedRow, messages
from opus_sync.shown import WIDTH, plural, short, wrapped

NEW_CELLS, CHANGED_CELLS = 3, 8
HELD = {
    "ROLLED_BACK": "until its desired value changes",
    "FAILED_BEFORE": "until its desired value or the board's columns change",
    "CONFLICT": "somebody edited the cell on monday since it was last in step",
    "HELD": "held by a decision",
}
_COLOURS: Mapping[str, Callable[[str], str]] = {
    "create": good,
    "update": strong,
    "move": notice,
    "archive": bad,
    "delete": bad,
}
OPERATIONS = ("CREATE", "UPDATE", "MOVE", "ARCHIVE", "DELETE")


def render_text(plan: Plan, show: int = 10) -> str:
    """Render a plan; `show` bounds the rows listed in each section of a board."""
    lines = list(_where(plan))
    for board in plan.boards:
        lines += ["", *_board(board, show)]
    if plan.operations:
        lines += ["", *_cost(total(board.cost for board in plan.boards))]
    lines += ["", *_next(plan)]
    return "\n".join(lines)


def where(plan: Plan) -> str:
    """Say where a push of this plan writes: boards, endpoint, dbt target."""
    first = plan.boards[0].target
    boards = ", ".join(f"{board.target.board} ({board.target.monday_board_id})" for board in plan.boards)
    return f"target {first.target}, {first.endpoint}, board {boards}"


def _where(plan: Plan) -> Iterator[str]:
    if not plan.boards:
        yield "no board is selected"
        return
    for line in (f"would write to: {where(plan)}", *plan_file(plan)):
        yield from wrapped(line)


def plan_file(plan: Plan) -> Iterator[str]:
    """Say of which plan file this plan is, and whether it still holds."""
    if plan.sealed:
        yield f"{plan.sealed.words}: {'still holds' if plan.holds else 'does not hold any more'}"


def _board(board: BoardPlan, show: int) -> Iterator[str]:
    yield head(board.target.board)
    for reason in board.reasons:
        yield from wrapped(bad(f"a push would be refused: {reason.message}"), "  ")
        yield from wrapped(reason.way_out, "    ")
    for one in board.guards:
        if one.lifted:
            yield from wrapped(notice(f"guard {one.guard} is lifted: {one.message}"), "  ")
    yield from _counts(board)
    yield from _rows("changed", samples(board, show), len(board.operations), show)
    yield from _invalid(board.invalid_word, board.invalid, show, bad)
    yield from _invalid("pending", board.pending, show, notice)
    yield from _held(board, show)
    if board.orphans:
        yield from wrapped(
            f"waiting: {len(board.orphans)} rows whose new parent or group is not on the board and not sent", "  "
        )


def _counts(board: BoardPlan) -> Iterator[str]:
    counts = board.counts
    if not counts:
        if not board.reasons:
            yield "  nothing differs, or nothing matches the selection"
        return
    yield quiet(f"  {'':10}" + "".join(f"{name.lower():>9}" for name in OPERATIONS))
    for update_type, entity in shown_entities(board).items():
        sent = [counts.get((update_type, name), Counter())["valid"] for name in OPERATIONS]
        yield f"  {entity + 's':10}" + "".join(
            (_COLOURS[name.lower()] if number else quiet)(f"{number or '-':>9}")
            for name, number in zip(OPERATIONS, sent, strict=True)
        )
    parts = [
        (len(board.invalid), board.invalid_word, bad),
        (len(board.pending), "pending", notice),
        (len(board.held), "held", notice),
        (len(board.orphans), "waiting for a parent or a group", notice),
    ]
    stays = ", ".join(colour(f"{number:,} {word}") for number, word, colour in parts if number)
    yield f"  to send: {len(board.operations):,} in {plural(len(board.batches), 'batch', 'batches')}"
    if stays:
        yield f"  not sent: {stays}"


def _rows(word: str, rows: Iterable[RowChange], number: int, show: int) -> Iterator[str]:
    if not number or not show:
        return
    yield f"  {word} ({_of(show, number)})"
    for row in rows:
        yield from _change(row, "    ")


def _change(row: RowChange, indent: str) -> Iterator[str]:
    yield f"{indent}{_operation(row.operation)} {row.entity} {strong(short(row.record, 50))}"
    shown = NEW_CELLS if row.operation == "create" else CHANGED_CELLS
    yield from (f"{indent}  {_cell(row, cell, WIDTH - len(indent) - 2)}" for cell in row.cells[:shown])
    if len(row.cells) > shown:
        yield f"{indent}  and {plural(len(row.cells) - shown, 'more cell', 'more cells')}"


def _operation(word: str) -> str:
    return _COLOURS.get(word, str)(word)


def _invalid(word: str, rows: Sequence[StagedRow], show: int, colour: Callable[[str], str]) -> Iterator[str]:
    if not rows or not show:
        return
    yield f"  {colour(f'{word} ({_of(show, len(rows))})')}"
    for row in rows[:show]:
        operation = _operation(row.update_operation.lower())
        yield f"    {operation} {ENTITIES.get(row.update_type)} {strong(short(row.label, 50))}"
        for message in messages(row):
            yield from wrapped(colour(message), "      ")


def _held(board: BoardPlan, show: int) -> Iterator[str]:
    if not board.held:
        return
    yield f"  {notice(f'held ({len(board.held):,})')}"
    for reason, number in sorted(board.held_reasons.items()):
        yield from wrapped(f"{number:,} {reason}: {HELD.get(reason, '')}", "    ")
        rows = [row for row in board.held if row.hold_reason == reason][:show]
        for row in (row_change(board, operation(row)) for row in rows):
            yield from _change(row, "      ")
    yield from wrapped(
        f"to let one through: opus-sync release --select {board.target.board} --key KEY --reason WHY", "    "
    )


def _cost(cost: Cost) -> Iterator[str]:
    yield from wrapped(
        f"cost: {plural(cost.requests, 'request', 'requests')}, {plural(cost.reads, 'read', 'reads')} before, "
        f"{cost.complexity:,} complexity points, {cost.minutes:.1f} minutes at the budget, "
        f"{cost.daily_share:.1%} of the {CALLS_PER_DAY:,} calls "
        "of a Standard plan's day",
    )


def _next(plan: Plan) -> Iterator[str]:
    if plan.reasons:
        yield f"next: {bad('what the refusal above says; nothing was sent')}"
    elif plan.operations:
        yield f"next: {strong(plan.push_command)}"
    else:
        yield "nothing to push"


def _of(show: int, number: int) -> str:
    return f"{show:,} of {number:,}" if show < number else f"{number:,}"


def _cell(row: RowChange, cell: CellChange, width: int) -> str:
    column = short(cell.column, 30)
    room = width - len(column) - 2
    column = quiet(f"{column}:")
    if row.operation == "create":
        return f"{column} {good(_value(cell.new, room))}"
    room -= 3
    new = _value(cell.new, room)
    old = _value(cell.old, max(room // 2, room - len(new)))
    return f"{column} {gone(old)} → {good(_value(cell.new, room - len(old)))}"


def _value(text: str | None, room: int) -> str:
    return "(empty)" if text is None else short(plain(text), room)
