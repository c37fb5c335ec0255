"""Old extracts and requests go when they are told to; what anything still reads stays: on each warehouse."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from integration.support.shops import KINDS, Shop, new_shop

RAW = ("board", "group", "column", "label", "item", "user", "team", "tag")
NOW = datetime.now(timezone.utc)
SENT = '{"extract_id": "used"}'


def day(ago: int) -> str:
    """Return a moment as a literal."""
    return f"timestamp '{NOW - timedelta(days=ago):%Y-%m-%d %H:%M:%S}'"


def extract(name: str, ago: int, seq: int, board: str = "orders", status: str = "ACTIVE") -> list[str]:
    """Return the statements of an extract: its event, and a row of each kind."""
    event = f"('{name}', '{board}', 'http://x', '1', '{status}', {seq}, {day(ago)})"
    return [
        "insert into opus_sync.mon_extract (extract_id, board, endpoint, account_id, status, seq, recorded_at) "
        f"values {event}",
        *(f"insert into opus_sync.mon_raw_{kind} (extract_id) values ('{name}')" for kind in RAW),
    ]


def operation(name: str, ago: int, seq: int, end: str | None, row: str = "{}") -> list[str]:
    """Return the statements of an operation: SENT and perhaps how it ended."""
    columns = "board, operation_id, seq, event, payload, staged_row, sent_fields, seen_fields, recorded_at"
    sent = f"('orders', '{name}', {seq}, 'SENT', 'request', '{row}', 'new', 'old', {day(ago)})"
    ended = f"('orders', '{name}', {seq + 1}, '{end}', null, null, null, null, {day(ago)})"
    return [
        f"insert into opus_sync.mon_operation_event ({columns}) values {values}"
        for values in ([sent, ended] if end else [sent])
    ]


@pytest.fixture(scope="module", params=KINDS)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Extracts and operations of 100 days and of today; the board keeps 90 days."""
    shop = new_shop(request.param, tmp_path_factory.mktemp("prune") / "shop")
    assert shop.opus("db", "deploy").code == 0
    shop.change(
        *extract("old", 120, 1),
        *extract("broken", 115, 2, status="REJECTED"),
        *extract("used", 110, 3),
        *extract("built", 105, 4),
        *extract("force", 100, 5),
        *extract("tried", 1, 6, status="REJECTED"),
        *extract("other", 120, 1, board="elsewhere"),
        *(
            f"insert into opus_sync.mon_build_event (build_seq, board, target, extract_id) "
            f"values ({seq}, 'orders', 'prod', {extract})"
            for seq, extract in ((1, "'old'"), (2, "'built'"), (3, "null"))
        ),
        *operation("done", 100, 10, "SUCCEEDED"),
        *operation("failed", 100, 12, "FAILED"),
        *operation("open", 100, 14, None, SENT),
        *operation("recent", 1, 16, "SUCCEEDED"),
    )
    return shop


def kept(shop: Shop, kind: str = "item") -> set[str]:
    """Return the extracts of which there are rows."""
    return {name for (name,) in shop.rows(f"select extract_id from opus_sync.mon_raw_{kind}")}


def requests(shop: Shop) -> set[str]:
    """Return the operations whose request is there."""
    rows = shop.rows(
        "select operation_id, payload, sent_fields, seen_fields from opus_sync.mon_operation_event where event = 'SENT'"
    )
    assert {values for _, *values in map(tuple, rows) for values in [tuple(values)]} <= {
        ("request", "new", "old"),
        (None, None, None),
    }
    return {name for name, payload, *_ in rows if payload}


def test_nothing_goes_without_being_told(shop: Shop) -> None:
    """A dry run counts."""
    done = shop.opus("prune")
    assert done.code == 0, done.err
    assert "would remove 16 rows of 2 extracts, and the requests of 1 operations" in done.out
    assert "--confirm removes" in done.out
    assert kept(shop) == {"old", "broken", "used", "built", "force", "tried", "other"}
    assert requests(shop) == {"done", "failed", "open", "recent"}


def test_what_nothing_reads_any_more_goes(shop: Shop) -> None:
    """What is in force, was built on last or has an open operation stays however old; so do recent ones and others'."""
    events = shop.rows("select count(*) from opus_sync.mon_operation_event where staged_row is not null")
    done = shop.opus("prune", "--confirm", "--output", "json")
    assert done.code == 0, done.err
    (board,) = done.data["boards"]
    assert (board["extracts"], sum(board["rows"].values()), board["requests"]) == (2, 16, 1)
    for kind in RAW:
        assert kept(shop, kind) == {"used", "built", "force", "tried", "other"}
    assert requests(shop) == {"failed", "open", "recent"}
    assert shop.rows("select count(*) from opus_sync.mon_extract") == [(7,)]
    assert shop.rows("select count(*) from opus_sync.mon_operation_event where staged_row is not null") == events


def test_a_board_keeps_as_long_as_it_says(shop: Shop) -> None:
    """The setting of the project counts, and one day is short."""
    done = shop.opus("prune", "--confirm", "--vars", "{opus: {retention_days: 105}}")
    assert (done.code, kept(shop)) == (0, {"used", "built", "force", "tried", "other"})
    done = shop.opus("prune", "--vars", "{opus: {retention_days: 1}}")
    assert "would remove 8 rows of 1 extracts" in done.out
