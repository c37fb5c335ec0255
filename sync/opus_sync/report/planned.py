"""A plan as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from opus_sync.contract import AgeLimit, Limit
from opus_sync.plan.board_plan import BoardPlan, Plan
from opus_sync.plan.changes import ENTITIES
from opus_sync.plan.cost import CALLS_PER_DAY, total
from opus_sync.plan.guards import AGE, Standing
from opus_sync.plan.order import Operation, operation
from opus_sync.plan.preconditions import Reason
from opus_sync.plan.staged import messages
from opus_sync.plan.text import HELD, plan_file, where
from opus_sync.report.appearance import Appearance
from opus_sync.report.page import LIMIT, Board, Finding, Guard, Kind, Page, Row, Trouble, parted, sections
from opus_sync.shown import moment, plural, visible

INVALID, HELD_BACK, PENDING, WAITING = "invalid", "held", "pending", "waiting"
KINDS = (
    Kind(INVALID, "Invalid rows", "They are not sent; the others go on without them.", is_bad=True),
    Kind(HELD_BACK, "Held rows", "They are not sent until what holds them is gone, or they are released.", is_bad=True),
    Kind(PENDING, "Pending rows", "What is needed to check them is not known yet: pull the board.", is_bad=True),
    Kind(WAITING, "Waiting rows", "Their new parent or group is not on the board and not sent.", is_bad=True),
    Kind("delete", "To be deleted"),
    Kind("archive", "To be archived"),
    Kind("create", "New"),
    Kind("move", "To be moved"),
    Kind("update", "To be changed"),
)
_WORDS = {
    "create": "would be created",
    "update": "would change",
    "move": "would be moved",
    "archive": "would be archived",
    "delete": "would be deleted",
}


def plan_page(
    plan: Plan,
    looks: Mapping[str, Appearance],
    findings: Mapping[str, Sequence[Finding]],
    now: datetime,
    limit: int = LIMIT,
) -> Page:
    """Return the page of a plan; `looks` and `findings` go by board."""
    rows = [row for board in plan.boards for row in _rows(board, looks[board.target.board])]
    shown, rest = parted(rows, KINDS, limit)
    return Page(
        title="What a push would do",
        summary=summary(plan),
        facts=tuple(_facts(plan, now)),
        troubles=tuple(_trouble(reason) for reason in plan.reasons),
        boards=tuple(
            _board(
                board,
                [row for row in shown if row.board == board.target.board],
                [row for row in rest if row.board == board.target.board],
                looks[board.target.board],
                findings.get(board.target.board, ()),
            )
            for board in plan.boards
        ),
        total=len(rows),
        rest=tuple(rest),
    )


def summary(plan: Plan) -> str:
    """Say what a push would do in one sentence that needs no explanation."""
    parts = []
    counts = [board.counts for board in plan.boards]
    for name, would in _WORDS.items():
        numbers = {
            entity: sum(one.get((kind, name.upper()), Counter())["valid"] for one in counts)
            for kind, entity in ENTITIES.items()
        }
        who = [plural(number, entity, f"{entity}s") for entity, number in numbers.items() if number]
        if who:
            parts.append(f"{' and '.join(who)} {would}")
    person = sum(len(board.invalid) + len(board.held) for board in plan.boards)
    waiting = sum(len(board.pending) + len(board.orphans) for board in plan.boards)
    parts = parts or ["nothing would be sent"]
    if person:
        parts.append(f"{plural(person, 'row needs', 'rows need')} a person")
    if waiting:
        parts.append(f"{plural(waiting, 'row waits', 'rows wait')}")
    if plan.operations:
        cost = total(board.cost for board in plan.boards)
        parts += [plural(cost.requests, "request", "requests"), f"{cost.minutes:.1f} minutes"]
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _facts(plan: Plan, now: datetime) -> Iterator[tuple[str, str]]:
    yield "Made", moment(now)
    if plan.boards:
        yield "Would write to", visible(where(plan))
    for line in plan_file(plan):
        yield "Plan file", visible(line)
    cost = total(board.cost for board in plan.boards)
    if plan.operations:
        yield (
            "Cost",
            f"{plural(cost.requests, 'request', 'requests')}, {plural(cost.reads, 'read', 'reads')} before, "
            f"{cost.complexity:,} complexity points, {cost.minutes:.1f} minutes at the budget, "
            f"{cost.daily_share:.1%} of the {CALLS_PER_DAY:,} calls of a Standard plan's day",
        )
    if plan.reasons:
        yield "Next", "what the refusal says; nothing was sent"
    else:
        yield "Next", visible(plan.push_command) if plan.operations else "nothing to push"


def _trouble(reason: Reason) -> Trouble:
    return Trouble(f"A push would be refused: {visible(reason.message)}", visible(reason.way_out))


def _board(
    plan: BoardPlan, shown: Sequence[Row], rest: Sequence[Row], looks: Appearance, findings: Sequence[Finding]
) -> Board:
    lifted = [one for one in plan.guards if one.lifted]
    return Board(
        name=plan.target.board,
        monday_board_id=plan.target.monday_board_id,
        troubles=tuple(
            Trouble(f"Guard {one.guard} is lifted: {visible(one.message)}", is_bad=False) for one in lifted
        ),
        facts=(
            ("To send", f"{plural(len(plan.operations), 'row', 'rows')} in "
             f"{plural(len(plan.batches), 'batch', 'batches')}"),
            ("Cost", f"{plural(plan.cost.requests, 'request', 'requests')}, {plan.cost.complexity:,} complexity "
             f"points, {plan.cost.minutes:.1f} minutes"),
        ),
        sections=sections(shown, rest, KINDS, looks.order),
        findings=tuple(findings),
        guards=tuple(_guard(one, lifted={guard.guard for guard in lifted}) for one in plan.standings),
    )  # fmt: skip


def _rows(plan: BoardPlan, looks: Appearance) -> Iterator[Row]:
    for entry in plan.operations:
        yield _row(entry, looks, entry.row.update_operation.lower())
    for entry in plan.orphans:
        yield _row(entry, looks, WAITING)
    for kind, rows in ((INVALID, plan.invalid), (PENDING, plan.pending)):
        for row in rows:
            yield _row(operation(row), looks, kind, *messages(row))
    for row in plan.held:
        reason = row.hold_reason or ""
        said = f"{reason}: {HELD[reason]}" if reason in HELD else reason
        yield _row(operation(row), looks, HELD_BACK, said)


def _row(entry: Operation, looks: Appearance, kind: str, *notes: str) -> Row:
    row = entry.row
    name = row.item_name or looks.name(row.monday_item_id)
    return Row(
        board=row.board,
        kind=kind,
        entity=ENTITIES.get(row.update_type, row.update_type),
        operation=row.update_operation.lower(),
        record=visible(row.label),
        name=visible(name) if name else None,
        item_id=row.monday_item_id,
        group=looks.group_of(row),
        batch=visible(row.customer_batch) if row.customer_batch else None,
        cells=looks.cells(row.update_type, row.update_operation, entry.new, entry.old),
        notes=tuple(visible(note) for note in notes),
    )


def _guard(one: Standing, lifted: set[str]) -> Guard:
    unit = " hours" if one.guard == AGE else ""
    verdict = "off" if one.limit is None else "trips" if one.passed else "passes"
    if verdict == "trips" and one.guard in lifted:
        verdict = "lifted"
    return Guard(
        name=one.guard,
        entity=one.entity,
        found=f"{one.found:,}{unit}",
        active="" if one.active is None else f"{one.active:,}",
        limit=_limit(one.limit),
        verdict=verdict,
        is_bad=verdict == "trips",
    )


def _limit(limit: Limit | AgeLimit | None) -> str:
    if limit is None:
        return "none"
    if isinstance(limit, AgeLimit):
        return f"{limit.hours:g} hours"
    return f"{limit.count:,}, or {100 * limit.share:g} % where that is more than {limit.base:,}"
