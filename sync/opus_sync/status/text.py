"""How boards stand, as text that is readable at 80 columns."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from opus_sync.shown import lasted, moment, plural, wrapped
from opus_sync.status.facts import Batch, BoardStatus, Extract, next_command, rate

SHOWN_BATCHES = 10
NOTHING_YET = "nothing was done yet: run `opus-sync pull`"


def render_text(boards: Sequence[BoardStatus], now: datetime, target: str | None = None) -> str:
    """Render the boards, each with the command that helps most; `target` is the one that commands must name."""
    lines: list[str] = []
    for board in boards:
        lines += ["", *_board(board, now, target)]
    return "\n".join(lines[1:]) or "no board is selected"


def command(words: Sequence[str], target: str | None) -> str:
    """Return a command line ready to be pasted."""
    return shlex.join(["opus-sync", *words, *(("--target", target) if target else ())])


def next_words(status: BoardStatus, target: str | None) -> str:
    """Say what helps most now."""
    words = next_command(status)
    if words is None:
        stop = command(("stop", "--select", status.board, "--reason", "WHY"), target)
        return f"wait for it to end, or let a push end early: {stop}"
    return command(words, target)


def extract_words(extract: Extract, now: datetime) -> str:
    """Say how old an extract is and what it holds."""
    held = [plural(extract.items or 0, "item", "items")]
    if extract.subitems is not None:
        held.append(plural(extract.subitems, "subitem", "subitems"))
    return (
        f"{moment(extract.began_at)}, {lasted(now - extract.began_at)} ago, "
        f"took {lasted(extract.ended_at - extract.began_at)}; {', '.join(held)}"
    )


def newest_words(newest: Extract) -> str:
    """Say what became of an extract that did not come into force."""
    if newest.status == "REJECTED":
        why = (newest.reason or "no reason given").splitlines()[0]
        return f"the newest pull, {moment(newest.began_at)}, was rejected: {why}"
    return f"a pull began {moment(newest.began_at)} and has not ended"


def push_words(batches: tuple[Batch, ...]) -> str:
    """Sum up batches: their states, the outcomes of their rows, how fast they went."""
    states = Counter(batch.event for batch in batches)
    counts = [
        (sum(batch.succeeded for batch in batches), "succeeded"),
        (sum(batch.failed for batch in batches), "failed"),
        (sum(batch.others for batch in batches), "not written"),
        (sum(batch.total - batch.done for batch in batches), "without an outcome"),
    ]
    pace = rate(batches)
    return (
        f"{moment(min(batch.started_at for batch in batches))}, {plural(len(batches), 'batch', 'batches')} "
        f"({', '.join(f'{number:,} {state}' for state, number in states.items())}): "
        + ", ".join(f"{number:,} {word}" for number, word in counts if number)
        + (f"; {pace:,.0f} rows a minute" if pace else "")
    )


def batch_words(batch: Batch) -> str:
    """Say how one batch stands."""
    name = f"{batch.customer} ({batch.batch_id})" if batch.customer else batch.batch_id
    undo = f", takes back {batch.rollback_of}" if batch.rollback_of else ""
    why = f": {batch.summary}" if batch.summary else ""
    return f"{batch.event} {name}: {batch.succeeded:,} of {batch.total:,} rows written{undo}{why}"


def _board(status: BoardStatus, now: datetime, target: str | None) -> Iterator[str]:
    yield f"{status.board} ({status.monday_board_id})"
    yield from wrapped(f"at work: {status.holder or 'nobody'}", "  ")
    if status.active:
        yield from wrapped(f"extract: {extract_words(status.active, now)}", "  ")
    else:
        yield "  extract: none, this board was never pulled"
    if status.newest:
        yield from wrapped(newest_words(status.newest), "  ")
    yield from _batches(status)
    yield from _waiting(status)
    yield from wrapped(f"next: {next_words(status, target)}", "  ")


def _batches(status: BoardStatus) -> Iterator[str]:
    if status.last_push:
        yield from wrapped(f"last push: {push_words(status.last_push)}", "  ")
    told = [batch for batch in status.batches if not batch.whole]
    for batch in told[:SHOWN_BATCHES]:
        yield from wrapped(batch_words(batch), "    ")
    if len(told) > SHOWN_BATCHES:
        yield f"    and {len(told) - SHOWN_BATCHES:,} more that are not whole"


def _waiting(status: BoardStatus) -> Iterator[str]:
    if status.open_rows:
        sent = f", sent until {status.last_sent_at:%H:%M:%S} UTC" if status.last_sent_at else ""
        yield from wrapped(f"without a known outcome: {plural(status.open_rows, 'row', 'rows')}{sent}", "  ")
        if status.holder is None:
            yield from wrapped("`push --resume`, or any pull or push, looks at the board and ends them", "    ")
    if status.failures:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in Counter(status.failures).most_common())
        yield from wrapped(f"failed last: {plural(sum(status.failures.values()), 'row', 'rows')} ({kinds})", "  ")
    for request in status.requests:
        said = f"{request.by or 'somebody'}: {request.reason or 'no reason given'}"
        yield from wrapped(f"rollback asked for: batch {request.batch_id}, by {said}", "  ")
