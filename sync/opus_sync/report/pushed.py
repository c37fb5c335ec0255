"""A batch that was pushed, as a page and as a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opus_sync.plan.changes import ENTITIES, column_title
from opus_sync.report.appearance import Appearance
from opus_sync.report.batch import OPEN, Batch, Operation
from opus_sync.report.charts import Chart, lying, over_time
from opus_sync.report.page import LIMIT, Board, Kind, Page, Row, Trouble, parted, sections
from opus_sync.shown import lasted, moment, plural, visible

Titles = Mapping[tuple[str, str], str]
SCHEMA_VERSION = 1
KINDS = (
    Kind(
        "FAILED",
        "Failed",
        "monday did not take them. What is still staged of them, opus-sync retry sends again.",
        is_bad=True,
    ),
    Kind("CONFLICT", "Conflicts", "Somebody edited the board just before: the row was not sent.", is_bad=True),
    Kind("SUPERSEDED", "Superseded", "The board holds neither the old nor the new value.", is_bad=True),
    Kind(OPEN, "Without a known outcome", "opus-sync push --resume reads the board to find it out.", is_bad=True),
    Kind("NOT_APPLIED", "Not applied", "Nothing of them ran; the next build stages them again.", is_bad=True),
    Kind("SUCCEEDED", "Written"),
)
_WORDS = {
    "SUCCEEDED": "written",
    "FAILED": "failed",
    "CONFLICT": "held back by a conflict",
    "SUPERSEDED": "superseded",
    "NOT_APPLIED": "not applied",
    OPEN: "without a known outcome",
}
_TONES = {"SUCCEEDED": "good", "NOT_APPLIED": "plain"}
_FACTS = {
    "actor_os_user": "Who",
    "actor_login": "Warehouse login",
    "monday_user": "monday user",
    "host": "Host",
    "target": "Target",
    "endpoint": "Endpoint",
    "account_id": "Account",
    "version": "opus-sync",
    "git_commit": "Git commit",
    "plan_id": "Plan",
    "guard_lifted": "Guards lifted",
    "rollback_of_batch": "Takes back batch",
}


def batch_page(batch: Batch, looks: Appearance, monday_board_id: int, limit: int = LIMIT) -> Page:
    """Return the page of a batch."""
    rows = [_row(batch, one, looks) for one in batch.operations]
    shown, rest = parted(rows, KINDS, limit)
    customer, summed_up = batch.facts["customer_name"], batch.facts["error_summary"]
    troubles = [Trouble(visible(summed_up))] if summed_up else []
    troubles += [Trouble(f"It was taken back by batch {visible(one)}", is_bad=False) for one in batch.undone_by]
    return Page(
        title=visible(f"Batch of {customer}" if customer else f"Batch {batch.batch_id}"),
        summary=_summary(batch),
        facts=tuple(_facts(batch)),
        boards=(Board(visible(batch.board), monday_board_id, sections=sections(shown, rest, KINDS, looks.order)),),
        troubles=tuple(troubles),
        charts=tuple(_charts(batch)),
        total=len(rows),
        rest=tuple(rest),
    )


def batch_document(batch: Batch, titles: Titles) -> dict[str, Any]:
    """Return the same facts as plain JSON values; every row is in it."""
    known = {name: batch.facts[name] for name in ("customer_name", "batch_type", "error_summary", *_FACTS)}
    return {
        "schema_version": SCHEMA_VERSION,
        "batch_id": batch.batch_id,
        "board": batch.board,
        "event": batch.event,
        "started_at": batch.started_at.isoformat(),
        "ended_at": batch.ended_at and batch.ended_at.isoformat(),
        "total_records": batch.facts["total_records"],
        **known,
        "settings": dict(batch.settings),
        "undone_by": list(batch.undone_by),
        "milestones": [{"event": event, "at": at.isoformat()} for event, at in batch.milestones],
        "outcomes": dict(batch.outcomes),
        "errors": dict(batch.errors.most_common()),
        "attempts": [{"attempts": times, "rows": rows} for times, rows in sorted(batch.attempts.items())],
        "rows": [_document(one, titles) for one in batch.operations],
    }


def _summary(batch: Batch) -> str:
    counts = batch.outcomes
    total = batch.facts["total_records"] or 0
    parts = [f"{counts[name]:,} {word}" for name, word in _WORDS.items() if counts[name]]
    if total > len(batch.operations):
        parts.append(f"{total - len(batch.operations):,} not sent")
    end = max(batch.moments, default=batch.started_at)
    seconds = (end - batch.started_at).total_seconds()
    took = lasted(end - batch.started_at) if seconds >= 10 else f"{max(0.0, seconds):.1f} s"
    pace = f", {60 * len(batch.moments) / seconds:,.0f} rows a minute" if seconds >= 1 else ""
    words = ", ".join(parts) or "nothing was sent"
    return f"{plural(total, 'row', 'rows')}: {words}; it took {took}{pace}."


def _facts(batch: Batch) -> Iterator[tuple[str, str]]:
    yield "Batch", visible(batch.batch_id)
    yield "State", visible(batch.event)
    yield "Started", moment(batch.started_at)
    if batch.ended_at:
        yield "Ended", moment(batch.ended_at)
    for name, word in _FACTS.items():
        if batch.facts[name]:
            yield word, visible(str(batch.facts[name]))
    if batch.settings:
        yield "Settings", visible(", ".join(f"{name} {value}" for name, value in batch.settings.items()))


def _charts(batch: Batch) -> Iterator[Chart]:
    ends = {word: batch.outcomes[name] for name, word in _WORDS.items() if batch.outcomes[name]}
    tones = {word: _TONES.get(name, "bad") for name, word in _WORDS.items()}
    errors = {visible(name): number for name, number in batch.errors.most_common(10)}
    # A row that has no write format fails without an attempt.
    times = {plural(number, "attempt", "attempts"): rows for number, rows in sorted(batch.attempts.items())}
    charts = (
        over_time(batch.moments),
        lying("What became of the rows", ends, tones),
        lying("Failed rows by error type", errors, dict.fromkeys(errors, "bad")),
        lying("How often rows were sent", times, {}),
    )
    yield from (chart for chart in charts if chart)


def _row(batch: Batch, one: Operation, looks: Appearance) -> Row:
    row = one.row
    name = row.item_name or looks.name(one.monday_item_id)
    return Row(
        board=batch.board,
        kind=one.outcome,
        entity=ENTITIES.get(row.update_type, row.update_type),
        operation=row.update_operation.lower(),
        record=visible(row.label),
        name=visible(name) if name else None,
        item_id=one.monday_item_id,
        group=looks.group_of(row, group_id=one.new.get("$group")),
        attempts=one.attempts,
        cells=looks.cells(row.update_type, row.update_operation, one.new, one.old),
        notes=tuple(visible(text) for text in (one.error_type, one.error_message) if text),
    )


def _document(one: Operation, titles: Titles) -> dict[str, Any]:
    row = one.row
    return {
        "operation_id": one.operation_id,
        "stg_id": row.stg_id,
        "entity": ENTITIES.get(row.update_type, row.update_type),
        "operation": row.update_operation,
        "name": row.label,
        "record_key": row.record_key,
        "monday_item_id": None if one.monday_item_id is None else str(one.monday_item_id),
        "outcome": one.outcome,
        "attempts": one.attempts,
        "at": one.at.isoformat(),
        "error_type": one.error_type,
        "error_message": one.error_message,
        "cells": [
            {
                "column": column_title(titles, row.update_type, column),
                "column_id": column,
                "old": one.old.get(column),
                "new": value,
            }
            for column, value in one.new.items()
        ],
    }
