"""How boards stand, as text that is readable at 80 columns."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from opus_sync.paint import bad, good, head, notice, quiet
from opus_sync.shown import field, lasted, moment, plural, short, step
from opus_sync.status.facts import Batch, BoardStatus, Extract, minutes_left, next_command, rate
from opus_sync.status.levels import Level, level_lines

SHOWN_BATCHES = 10
NOTHING_YET = "nothing was done yet: run `opus-sync pull`"


def render_text(
    boards: Sequence[BoardStatus], now: datetime, target: str | None = None, levels: Sequence[Level] = ()
) -> str:
    """Render the boards, each with the command that helps most; `target` is the one that commands must name."""
    lines: list[str] = []
    for board in boards:
        lines += ["", *_board(board, now, target)]
    if levels:
        lines += ["", *level_lines(levels)]
    return "\n".join(lines[1:]) or "no board is selected"


def command(words: Sequence[str], target: str | None) -> str:
    """Return a command line ready to be pasted."""
    return shlex.join(["opus-sync", *words, *(("--target", target) if target else ())])


def next_words(status: BoardStatus, now: datetime, target: str | None) -> str:
    """Say what helps most now."""
    words = next_command(status, now)
    if words is None:
        return f"wait for it to end, or let a push end early: {stop_words(status, target)}"
    return command(words, target)


def stop_words(status: BoardStatus, target: str | None) -> str:
    """Return the command that lets a push end early."""
    return command(("stop", "--select", status.board, "--reason", "WHY"), target)


def extract_words(extract: Extract, now: datetime) -> str:
    """Say how old an extract is and what it holds."""
    held = [plural(extract.items or 0, "item", "items")]
    if extract.subitems is not None:
        held.append(plural(extract.subitems, "subitem", "subitems"))
    return f"{lasted(now - extract.began_at)} old, of {moment(extract.began_at)}; {', '.join(held)}"


def age_words(status: BoardStatus) -> str:
    """Say that an extract is too old for a push."""
    return f"too old for a push: the guard extract_age allows {status.age_limit:g} hours"


def newest_words(newest: Extract) -> str:
    """Say what became of an extract that did not come into force."""
    if newest.status == "REJECTED":
        why = (newest.reason or "no reason given").splitlines()[0]
        return f"the one of {moment(newest.began_at)} was rejected: {why}"
    return f"began {moment(newest.began_at)} and has not ended"


def running_words(batches: tuple[Batch, ...]) -> str:
    """Say how far batches are that somebody is at work on."""
    done, total = sum(batch.done for batch in batches), sum(batch.total for batch in batches)
    pace, left = rate(batches), minutes_left(batches)
    parts = [f"{plural(len(batches), 'batch', 'batches')} begun: {done:,} of {total:,} rows"]
    if done == total:
        parts.append("the models are built")
    elif pace and left is not None:
        parts += [f"{pace:,.0f} a minute", f"about {_minutes(left)} left"]
    return ", ".join(parts)


def push_words(batches: tuple[Batch, ...]) -> str:
    """Sum up batches: their states, the outcomes of their rows, how fast they went."""
    states = Counter(batch.event for batch in batches)
    pace = rate(batches)
    return (
        f"{moment(min(batch.started_at for batch in batches))}, {plural(len(batches), 'batch', 'batches')} "
        f"({', '.join(f'{number:,} {state}' for state, number in states.items())}): {outcome_words(batches)}"
        + (f"; {pace:,.0f} rows a minute" if pace else "")
    )


def outcome_words(batches: Sequence[Batch]) -> str:
    """Say what became of the rows of batches."""
    counts = [
        (sum(batch.succeeded for batch in batches), "succeeded", good),
        (sum(batch.failed for batch in batches), "failed", bad),
        (sum(batch.others for batch in batches), "not written", notice),
        (sum(batch.total - batch.done for batch in batches), "without an outcome", notice),
    ]
    return ", ".join(colour(f"{number:,} {word}") for number, word, colour in counts if number) or "no row"


def batch_words(batch: Batch) -> str:
    """Say how one batch stands."""
    name = f"{batch.customer} ({batch.batch_id})" if batch.customer else batch.batch_id
    undo = f", takes back {batch.rollback_of}" if batch.rollback_of else ""
    why = f": {batch.summary}" if batch.summary else ""
    return f"{state_word(batch.event)} {name}: {batch.succeeded:,} of {batch.total:,} rows written{undo}{why}"


def state_word(event: str) -> str:
    """Return the newest event of a batch in its colour."""
    return {"PROMOTED": good, "FAILED": bad}.get(event, notice)(event)


def _minutes(minutes: float) -> str:
    return "a minute" if round(minutes) <= 1 else plural(round(minutes), "minute", "minutes")


def _board(status: BoardStatus, now: datetime, target: str | None) -> Iterator[str]:
    yield f"{head(status.board)} {quiet(f'({status.monday_board_id})')}"
    if status.holder:
        yield from field("at work", notice(status.holder))
    else:
        yield from field("at work", "nobody")
    yield from _running(status)
    yield from _extracts(status, now)
    yield from _batches(status)
    yield from _waiting(status)
    if status.holder:
        yield from field("next", "wait for it to end; a push can be let end early:")
        yield from step("", stop_words(status, target))
    else:
        yield from step("next", next_words(status, now, target))


def _running(status: BoardStatus) -> Iterator[str]:
    """Yield how far each batch is that somebody is at work on."""
    if not status.running:
        return
    yield from field("running", running_words(status.running))
    for batch in status.running[:SHOWN_BATCHES]:
        done = f"{batch.done:,} of {batch.total:,}"
        yield from field("", f"{done:<16}{short(batch.customer or batch.batch_id, 36)}")
    if len(status.running) > SHOWN_BATCHES:
        yield from field("", f"and {len(status.running) - SHOWN_BATCHES:,} more")


def _extracts(status: BoardStatus, now: datetime) -> Iterator[str]:
    if status.active is None:
        yield from field("extract", notice("none, this board was never pulled"))
    else:
        yield from field("extract", extract_words(status.active, now))
    if status.too_old(now):
        yield from field("", notice(age_words(status)))
    if status.newest:
        colour = bad if status.newest.status == "REJECTED" else notice
        yield from field("pull", colour(newest_words(status.newest)))


def _batches(status: BoardStatus) -> Iterator[str]:
    ended = [batch for batch in status.batches if batch not in status.running]
    if any(batch.of_last_push for batch in ended):
        yield from field("last push", push_words(status.last_push))
    told = [batch for batch in ended if not batch.whole]
    for batch in told[:SHOWN_BATCHES]:
        yield from field("", batch_words(batch))
    if len(told) > SHOWN_BATCHES:
        yield from field("", f"and {len(told) - SHOWN_BATCHES:,} more that are not whole")


def _waiting(status: BoardStatus) -> Iterator[str]:
    if status.open_rows and status.holder:
        yield from field("in flight", plural(status.open_rows, "row", "rows"))
    elif status.open_rows:
        sent = f", sent until {status.last_sent_at:%H:%M:%S} UTC" if status.last_sent_at else ""
        yield from field("open", notice(f"{plural(status.open_rows, 'row', 'rows')} without a known outcome{sent}"))
        yield from field("", "`push --resume`, or any pull or push, looks at the board and ends them")
    if status.failures:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in Counter(status.failures).most_common())
        yield from field("failed last", bad(f"{plural(sum(status.failures.values()), 'row', 'rows')} ({kinds})"))
    for request in status.requests:
        said = f"{request.by or 'somebody'}: {request.reason or 'no reason given'}"
        yield from field("rollback", notice(f"asked for: batch {request.batch_id}, by {said}"))
