"""What a push came to, as text and as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from opus_sync.paint import bad, good, head, notice, strong
from opus_sync.plan.board_plan import BoardPlan, Plan
from opus_sync.plan.text import where
from opus_sync.push.outcome import Event
from opus_sync.push.report import Failure, Report
from opus_sync.shown import plural, wrapped

SHOWN_FAILURES = 5


def render_reports(plan: Plan, reports: Sequence[Report]) -> str:
    """Say for each board what was sent and what came of it, and where to look next."""
    lines = wrapped(f"pushed to: {where(plan)}")
    plans = {board.target.board: board for board in plan.boards}
    for report in reports:
        lines += ["", *_report(report, plans[report.board])]
    lines += ["", *_next(reports)]
    return "\n".join(lines)


def report_document(report: Report, plan: BoardPlan) -> dict[str, Any]:
    """Return the outcome of one board as plain JSON values."""
    return {
        "board": report.board,
        "monday_board_id": str(plan.target.monday_board_id),
        "digest": plan.digest,
        "planned": report.planned,
        "succeeded": report.succeeded,
        "failed": report.failed,
        "conflicts": report.conflicts,
        "open": report.open,
        "not_sent": report.not_sent,
        "invalid": len(plan.invalid),
        "pending": len(plan.pending),
        "held": len(plan.held),
        "batches": report.batches,
        "requests": report.requests,
        "reads": report.reads,
        "complexity": report.complexity,
        "read_complexity": report.read_complexity,
        "forecast": asdict(plan.cost),
        "seconds": round(report.seconds, 3),
        "audit_rows": report.audit_rows,
        "promoted": report.promoted,
        "promotion_error": report.promotion_error or None,
        "halted": report.halted,
        "failures": [asdict(failure) for failure in report.failures],
    }


def _report(report: Report, plan: BoardPlan) -> Iterator[str]:
    counts = [
        (report.succeeded, "succeeded", good),
        (report.failed, "failed", bad),
        (report.conflicts, "in conflict", notice),
        (report.open, "without a known outcome", bad),
        (report.not_sent, "not sent", notice),
        (len(plan.invalid), plan.invalid_word, bad),
        (len(plan.pending), "pending", notice),
        (len(plan.held), "held", notice),
    ]
    yield head(report.board)
    yield "  " + (
        ", ".join(colour(f"{number:,} {word}") for number, word, colour in counts if number) or "nothing to push"
    )
    if report.requests:
        points = report.complexity + report.read_complexity
        yield from wrapped(
            f"{plural(report.requests, 'request', 'requests')} and {plural(report.reads, 'read', 'reads')}, "
            f"{points:,} complexity points ({_off(points, plan.cost.complexity)}), "
            f"{report.seconds:.1f} s, {plural(report.audit_rows, 'audit row', 'audit rows')}, "
            f"{plural(report.batches, 'batch', 'batches')}",
            "  ",
        )
    for failure in report.failures[:SHOWN_FAILURES]:
        event = (bad if failure.event == Event.FAILED.value else notice)(failure.event.lower())
        yield from wrapped(f"{event}: {failure.operation.lower()} {failure.record}: {_told(failure)}", "  ")
    if (more := report.failed + report.conflicts - SHOWN_FAILURES) > 0:
        yield f"  and {more:,} more that were not written"
    if report.orphaned:
        yield from wrapped(f"{report.orphaned:,} rows were not sent: their parent or their group was not created", "  ")
    if report.halted:
        yield from wrapped(bad(f"stopped: {report.halted}"), "  ")
        if report.hint:
            yield from wrapped(report.hint, "    ")


def _told(failure: Failure) -> str:
    return f"{failure.error_type}: {failure.message}" if failure.event == Event.FAILED.value else failure.message


def _off(points: int, forecast: int) -> str:
    """Say how far off a forecast was."""
    if not forecast:
        return "no forecast"
    off = round(100 * (points / forecast - 1))
    return f"forecast {forecast:,}, {off:+d} %" if off else "as forecast"


def _next(reports: Sequence[Report]) -> Iterator[str]:
    if any(report.failed for report in reports):
        yield f"what failed, and the way out: {strong('opus-sync errors')}, table err_mon_updates"
    if any(report.conflicts for report in reports):
        yield "in conflict with what somebody did on the board: pull and `dbt build` to see it, then decide"
    if any(report.audit_rows for report in reports):
        yield "every cell written, old and new: table mon_update_audit"
    for error in dict.fromkeys(report.promotion_error for report in reports if report.promotion_error):
        yield "the push is not promoted: the current tables may not show it yet:"
        yield from (f"  {line}" for line in error.splitlines())
        yield "mend the cause and run `dbt build`"
    if any(report.succeeded and report.promoted is None and not report.halted for report in reports):
        yield "run `dbt build` so that the current tables show this push"
