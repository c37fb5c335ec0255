"""How a board stands: what is summed up, and which command helps most."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from opus_sync.paint import unpainted
from opus_sync.status.facts import Batch, BoardStatus, Extract, Request, next_command, rate
from opus_sync.status.levels import Level
from opus_sync.status.markdown import render_markdown
from opus_sync.status.text import render_text

NOON = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
EXTRACT = Extract("ACTIVE", NOON, NOON + timedelta(seconds=12), 1200, 30)
BATCH = Batch("b1", "O'Hara | Co", "STARTED", 100, 40, 1, 0, NOON, NOON + timedelta(seconds=30), True)
IDLE = BoardStatus("orders", 9001, active=EXTRACT)
LATER = NOON + timedelta(hours=3)


def test_the_next_command_is_the_one_that_helps_most() -> None:
    """What was never pulled, what has no outcome, what was asked for, what failed; else a plan."""
    asked = (Request("b1", "dana", "why"),)
    waiting = replace(IDLE, open_rows=2, requests=asked, failures={"X": 1})
    expected = [
        (replace(waiting, holder="ada on vm (process 7, opus-sync push) since noon"), None),
        (replace(waiting, active=None), ("pull", "--select", "orders")),
        (waiting, ("push", "--select", "orders", "--resume")),
        (replace(IDLE, batches=(BATCH,)), ("push", "--select", "orders", "--resume")),
        (replace(waiting, open_rows=0), ("rollback", "--pending", "--select", "orders", "--live")),
        (replace(IDLE, failures={"X": 1}), ("errors", "--select", "orders")),
        (replace(IDLE, batches=(replace(BATCH, event="FAILED"),)), ("plan", "--select", "orders")),
        (IDLE, ("plan", "--select", "orders")),
        (replace(IDLE, age_limit=2.0, failures={"X": 1}), ("pull", "--select", "orders")),
        (replace(IDLE, age_limit=4.0), ("plan", "--select", "orders")),
    ]
    assert [next_command(status, LATER) for status, _ in expected] == [command for _, command in expected]


def test_the_rate_is_of_rows_with_an_outcome() -> None:
    second = replace(
        BATCH, succeeded=79, failed=0, started_at=NOON + timedelta(seconds=30), last_at=NOON + timedelta(minutes=1)
    )
    assert rate((BATCH, second)) == 120
    assert rate(()) is None
    assert rate((replace(BATCH, last_at=NOON),)) is None


def test_text_says_it_all_at_80_columns() -> None:
    rejected = Extract("REJECTED", NOON, NOON, reason="monday listed 3 items\npull again")
    status = BoardStatus(
        "orders",
        9001,
        active=EXTRACT,
        newest=rejected,
        batches=(BATCH, *(replace(BATCH, batch_id=f"x{at}", event="FAILED", summary="y" * 200) for at in range(12))),
        open_rows=2,
        last_sent_at=NOON,
        failures={"ColumnValueException": 3, "unknown": 1},
        requests=(Request("b1", None, None),),
    )
    text = unpainted(render_text([status, BoardStatus("other", 9002)], LATER, "prod"))
    words = " ".join(text.split())
    assert max(len(line) for line in text.splitlines() if "yyy" not in line) <= 80
    for said in (
        "at work nobody",
        "extract 3 h old, of 2026-11-20 12:00 UTC; 1,200 items, 30 subitems",
        "pull the one of 2026-11-20 12:00 UTC was rejected: monday listed 3 items last push",
        "13 batches (1 STARTED, 12 FAILED): 520 succeeded, 13 failed, 767 without an outcome",
        "STARTED O'Hara | Co (b1): 40 of 100 rows written",
        "and 3 more that are not whole",
        "open 2 rows without a known outcome, sent until 12:00:00 UTC",
        "failed last 4 rows (3 ColumnValueException, 1 unknown)",
        "rollback asked for: batch b1, by somebody: no reason given",
        "next opus-sync push --select orders --resume --target prod",
        "other (9002) at work nobody extract none, this board was never pulled next opus-sync pull --select other",
    ):
        assert said in words, said
    markdown = render_markdown([status], LATER)
    assert "O'Hara \\| Co" in markdown
    assert "- next: `opus-sync push --select orders --resume`" in markdown


def test_a_push_that_runs_says_how_far_it_is() -> None:
    """Rows of the batches begun, the rate, and what is left at that rate."""
    batch = replace(BATCH, total=900, succeeded=120, failed=0, last_at=NOON + timedelta(seconds=90))
    status = replace(IDLE, holder="ada on vm (process 7, opus-sync push)", batches=(batch,))
    words = " ".join(unpainted(render_text([status], NOON)).split())
    assert "running 1 batch begun: 120 of 900 rows, 80 a minute, about 10 minutes left" in words
    assert "running" not in unpainted(render_text([replace(status, holder=None)], NOON))
    done = replace(status, batches=(replace(batch, succeeded=900, event="ITEMS_CREATED"),))
    assert "900 of 900 rows, the models are built" in " ".join(unpainted(render_text([done], NOON)).split())


def test_an_extract_that_is_too_old_is_warned_of() -> None:
    old = replace(IDLE, age_limit=2.0)
    assert "too old for a push: the guard extract_age allows 2 hours" in unpainted(render_text([old], LATER))
    assert "too old" in render_markdown([old], LATER)
    assert "too old" not in render_text([replace(old, age_limit=None)], LATER)


def test_service_levels_say_what_is_wanted_and_whether_it_is_met() -> None:
    """A figure that is missing is neither met nor missed."""
    levels = [
        Level("orders", "call_success", 97.44, 99.0, False, 39, "%", "mutations that succeeded"),
        Level("orders", "orders_per_hour", 334474.33, 1000.0, True, 39, "orders an hour", "items"),
        Level("orders", "cells_different_at_verify", None, 0.0, None, 0, "cells", "cells that differ"),
    ]
    text = unpainted(render_text([IDLE], LATER, None, levels))
    words = " ".join(text.split())
    assert "call success 97.44 % more than 99 MISSED" in words
    assert "orders per hour 334,474 orders an hour at least 1,000 met" in words
    assert "cells different at verify nothing to measure exactly 0 -" in words
    assert max(map(len, text.splitlines())) <= 80
    assert "| orders | call success | 97.44 % | more than 99 | MISSED |" in render_markdown([IDLE], LATER, None, levels)
