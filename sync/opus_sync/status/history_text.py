"""Batches of the past as text and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta

from opus_sync.paint import bad, good, head, notice, quiet, strong
from opus_sync.shown import field, lasted, markdown, moment, plural, short, step
from opus_sync.status.facts import rate
from opus_sync.status.history import Detail, Past
from opus_sync.status.text import command, outcome_words, state_word

_STATES = {"ITEMS_CREATED": "items", "SUBITEMS_CREATED": "subitems"}
_COLOURS: Mapping[str, Callable[[str], str]] = {"PROMOTED": good, "FAILED": bad, "state": str}
_NAMES, _LONGEST_BOARD, _STATE = 29, 16, 9
"""Characters of board and customer together, of the board at most, of the state."""


def render_text(found: Sequence[Past], show: int, days: int, target: str | None = None) -> str:
    """Render so many batches, two lines each."""
    if not found:
        return f"no batch in {plural(days, 'day', 'days')}"
    width = max(len("board"), *(min(len(past.board), _LONGEST_BOARD) for past in found))
    lines = [head(_line("when (UTC)", ("board", "customer"), width, "state", ("ok", "failed", "other")))]
    for past in found[:show]:
        lines += _two_lines(past, width)
    if len(found) > show:
        lines += ["", f"and {len(found) - show:,} more in {plural(days, 'day', 'days')}: --show {len(found)}"]
    return "\n".join([*lines, "", *step("one in full", command(("history", "--batch", "ID"), target))])


def render_markdown(found: Sequence[Past], show: int, days: int) -> str:
    """Render the same as a table."""
    lines = [
        "| when | board | customer | kind | state | ok | failed | other | took | rows a minute | who | batch |",
        "|---|---|---|---|---|--:|--:|--:|--:|--:|---|---|",
    ]
    for past in found[:show]:
        batch = past.batch
        pace = rate((batch,))
        cells = (
            moment(batch.started_at), past.board, batch.customer or "", past.kind, batch.event,
            f"{batch.succeeded:,}", f"{batch.failed:,}", f"{batch.total - batch.succeeded - batch.failed:,}",
            lasted(timedelta(seconds=past.seconds)), f"{pace:,.0f}" if pace else "", past.who, batch.batch_id,
        )  # fmt: skip
        lines.append(f"| {' | '.join(markdown(cell) for cell in cells)} |")
    if len(found) > show:
        lines += ["", f"and {len(found) - show:,} more in {plural(days, 'day', 'days')}"]
    return "\n".join(lines) if found else f"No batch in {plural(days, 'day', 'days')}."


def render_detail(detail: Detail, target: str | None = None) -> str:
    """Render one batch in full, with the commands that go on from it."""
    lines = [line for label, text in _detail(detail) for line in field(label, text)]
    steps = [line for label, words in _next(detail) for line in step(label, command(words, target))]
    return "\n".join([*lines, *steps])


def detail_markdown(detail: Detail, target: str | None = None) -> str:
    """Render the same as a list."""
    lines = [f"- {label}: {markdown(text)}" if label else f"  - {markdown(text)}" for label, text in _detail(detail)]
    return "\n".join([*lines, *(f"- {label}: `{command(words, target)}`" for label, words in _next(detail))])


def _two_lines(past: Past, width: int) -> Iterator[str]:
    batch = past.batch
    other = batch.total - batch.succeeded - batch.failed
    yield _line(
        f"{batch.started_at:%Y-%m-%d %H:%M}",
        (past.board, batch.customer or "-"),
        width,
        batch.event,
        (f"{batch.succeeded:,}", f"{batch.failed:,}", f"{other:,}"),
    )
    pace = rate((batch,))
    told = [f"{past.kind} by {past.who}", lasted(timedelta(seconds=past.seconds))]
    if pace:
        told.append(f"{pace:,.0f}/min")
    yield quiet(f"  {batch.batch_id}  {short(', '.join(told), 40)}")


def _line(when: str, names: tuple[str, str], board: int, state: str, counts: Sequence[str]) -> str:
    colour = _COLOURS.get(state, notice)
    word = _STATES.get(state, state.lower())
    customer = _NAMES - board
    ok, failed, other = (f"{one:>{width}}" for one, width in zip(counts, (6, 7, 7), strict=True))
    if counts[1] not in ("0", "failed"):
        failed = bad(failed)
    return (
        f"{when:<16}  {short(names[0], board):<{board}}  {short(names[1], customer):<{customer}}  "
        f"{colour(f'{word:<{_STATE}}')}{ok}{failed}{other}"
    )


def _detail(detail: Detail) -> Iterator[tuple[str, str]]:
    past, batch = detail.past, detail.past.batch
    yield "batch", strong(batch.batch_id)
    yield "board", past.board
    if batch.customer:
        yield "customer", batch.customer
    yield "kind", f"{past.kind} of batch {batch.rollback_of}" if batch.rollback_of else past.kind
    yield "state", state_word(batch.event) + (f": {batch.summary}" if batch.summary else "")
    yield "rows", f"{batch.total:,}: {outcome_words((batch,))}"
    for rows in detail.rows:
        sent = f", sent {rows.again:,} times more" if rows.again else ""
        yield "", f"{rows.operation.lower()} {rows.entity}: {rows.rows:,} {rows.status}{sent}"
    yield "cells", f"{detail.cells:,} written, each in mon_update_audit"
    for kind, (number, message) in detail.errors.items():
        yield "error", f"{bad(f'{number:,} {kind}')}: {short(message, 400)}"
    pace = rate((batch,))
    yield (
        "when",
        f"{moment(batch.started_at)}, {lasted(timedelta(seconds=past.seconds))}"
        + (f", {pace:,.0f} rows a minute" if pace else ""),
    )
    yield "by", ", ".join(f"{name.removeprefix('actor_')} {value}" for name, value in past.by.items() if value)
    if past.settings:
        yield "settings", ", ".join(f"{name} {value}" for name, value in past.settings.items())
    yield "plan", past.plan_id or "none was sealed"
    if past.guard_lifted:
        yield "lifted", notice(past.guard_lifted)
    for undone in past.taken_back_by:
        yield "taken back", notice(f"by batch {undone}")


def _next(detail: Detail) -> Iterator[tuple[str, tuple[str, ...]]]:
    past, batch = detail.past, detail.past.batch
    yield "as a page", ("report", "--batch", batch.batch_id)
    if batch.failed:
        yield "next", ("errors", "--batch", batch.batch_id)
    if batch.succeeded and not past.taken_back_by:
        yield "to undo", ("rollback", "--batch", batch.batch_id, "--reason", "WHY")
