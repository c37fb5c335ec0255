"""Batches of the past and failures as text: whatever the data, they fit a terminal and name the commands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from opus_sync.monday.answer import Kind
from opus_sync.monday.codes import _BY_CODE
from opus_sync.paint import unpainted
from opus_sync.status import failures_text, history_text
from opus_sync.status.facts import Batch
from opus_sync.status.failures import Failed, grouped
from opus_sync.status.history import Detail, Past, Rows
from opus_sync.status.ways_out import way_out

NOON = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
WILD = "\x1b[31mÖ | <b>`x`</b>\n" + "w " * 80
BATCH = Batch("5f3ab1e0-7c2d-4d0c-9c39-0f4f2fd3b1a2", "ACME", "FAILED", 1200, 1100, 90, 5, NOON, NOON, False, WILD)
BY = {
    "actor_os_user": "ada",
    "actor_login": None,
    "host": WILD,
    "target": "prod",
    "git_commit": "abc123",
    "version": "1.0",
    "monday_user": None,
}
PAST = Past(
    "orders", replace(BATCH, last_at=NOON + timedelta(minutes=2)), "ORDERS", None, "creates", BY, {"threads": 4}
)
FAILED = Failed(
    "ac669a58-2cd9-42b3-88ae-9e6faa9fe558", "orders", "items", "UPDATE", BATCH.batch_id, "A-1", 1003,
    "ColumnValueException", WILD, 0, "OPEN", NOON, '{"variables": {"column_values": "{\\"n\\": 1}"}}', None,
)  # fmt: skip


def _fits(text: str) -> str:
    """Return a text that fits a terminal, on one line."""
    shown = unpainted(text)
    assert [line for line in shown.splitlines() if len(line) > 80] == []
    return " ".join(shown.split())


def test_a_list_of_batches_has_two_lines_for_each() -> None:
    wild = replace(PAST, board="b" * 40, batch=replace(PAST.batch, customer=WILD, rollback_of="b0"))
    words = _fits(history_text.render_text([PAST, wild, PAST], show=2, days=30, target="prod"))
    assert "2026-11-20 12:00 orders ACME failed 1,100 90 10 5f3ab1e0" in words
    assert "push by ada, 2 min, 598/min" in words
    assert "rollback by ada" in words
    assert "and 1 more in 30 days: --show 3" in words
    assert words.endswith("opus-sync history --batch ID --target prod")
    assert history_text.render_text([], show=20, days=1) == "no batch in 1 day"


def test_a_batch_in_full_says_what_it_did_and_how_to_take_it_back() -> None:
    rows = (Rows("items", "UPDATE", "FAILED", 90, 7), Rows("items", "UPDATE", "SUCCEEDED", 1100, 0))
    detail = Detail(PAST, rows, 3300, {"ColumnValueException": (90, WILD)})
    words = _fits(history_text.render_detail(detail))
    for said in (
        "rows 1,200: 1,100 succeeded, 90 failed, 5 not written, 5 without an outcome",
        "update items: 90 FAILED, sent 7 times more",
        "cells 3,300 written",
        "error 90 ColumnValueException:",
        "os_user ada",
        "settings threads 4",
        "plan none was sealed",
        "lifted creates",
        f"next opus-sync errors --batch {BATCH.batch_id}",
        f"to undo opus-sync rollback --batch {BATCH.batch_id} --reason WHY",
    ):
        assert said in words, said
    undone = replace(detail, past=replace(PAST, taken_back_by=("b9",)))
    assert "taken back by batch b9" in _fits(history_text.render_detail(undone))
    assert "to undo" not in history_text.render_detail(undone)


def test_failures_stand_by_type_with_the_way_out() -> None:
    """What is open comes first; a resolved failure asks for nothing."""
    done = replace(FAILED, err_id="e2", error_type="Other", state="RESOLVED", board="planning", record_key=None)
    words = _fits(failures_text.render_text(grouped([done, done, FAILED]), show=1))
    assert words.startswith("3 failures of 2 types: 1 open, 2 resolved ColumnValueException: 1 open")
    assert "way out monday does not take a value of the row" in words
    assert "update item item 1003 and 1 more" in words
    assert "next opus-sync retry --select orders --error-type ColumnValueException" in words
    assert "next" not in failures_text.render_text(grouped([done]), show=1)
    assert failures_text.render_text([], show=1) == "no row has failed"


def test_one_failure_shows_its_request_unfolded() -> None:
    text = unpainted(failures_text.render_one(FAILED, "prod"))
    assert '      "column_values": {\n        "n": 1\n' in text
    assert "staged row\n  not kept any more" in text
    assert f"opus-sync retry --batch {BATCH.batch_id} --key A-1 --target prod" in " ".join(text.split())


def test_markdown_escapes_what_stands_on_the_board() -> None:
    wild = replace(PAST, batch=replace(PAST.batch, customer=WILD))
    texts = (
        history_text.render_markdown([wild], show=1, days=30),
        history_text.detail_markdown(Detail(wild, (), 0, {})),
        failures_text.render_markdown(grouped([FAILED]), show=1),
    )
    for text in texts:
        assert "\x1b" not in text and "<b>" not in text and text == unpainted(text)
        assert r"Ö \| \<b\>\`x\`\</b\>" in text


@pytest.mark.parametrize("code", ["UserUnauthorizedException", "ResourceNotFoundException", "HTTP 502", "EncodeError"])
def test_a_type_of_error_has_a_way_out_of_its_own(code: str) -> None:
    assert way_out(code) != way_out("something nobody has seen")


def test_ways_out_are_of_codes_that_monday_has() -> None:
    """What the table of codes calls final or unsure is what a row can fail with."""
    known = {code.casefold() for kind in (Kind.FINAL, Kind.UNSURE) for code in _BY_CODE[kind]}
    unheard = {"cursorexpirederror", "createboardexception"}  # no mutation of a row gets them
    assert {code for code in known - unheard if way_out(code) == way_out("?")} == set()
