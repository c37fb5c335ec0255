"""Sealed plans: what a plan file holds, and what stands against pushing it."""

import json
from datetime import datetime, timedelta, timezone

import pytest

from opus_sync.errors import Refused, UsageError
from opus_sync.paint import unpainted
from opus_sync.plan import text as rendering
from opus_sync.plan.board_plan import Plan, Selection
from opus_sync.plan.digests import row_digest
from opus_sync.plan.document import Stamp, sealed_document
from opus_sync.plan.objections import Circumstances, objections
from opus_sync.plan.preconditions import Reason
from opus_sync.plan.sealed import DIGEST, read_sealed, sealed
from opus_sync.plan.staged import staged_row

from .rows import TARGET, create, plan, staged


def plain_text(*given, **more):
    """What a terminal without colours shows."""
    return unpainted(rendering.render_text(*given, **more))


NOON = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
STAMP = Stamp("8f14", NOON, "dana", TARGET.target, TARGET.endpoint)
ROWS = (staged("A"), staged("B"), create("N"))


def document(rows=ROWS, selection=None):
    return sealed_document(Plan((plan(rows),)), selection or Selection(), STAMP)


def read(found=None):
    return read_sealed(json.dumps(found or document()), "plan.json")


def met(**more):
    """The circumstances of an hour later."""
    facts = {
        "board": "planning",
        "now": NOON + timedelta(hours=1),
        "plan_hours": 24,
        "target": TARGET.target,
        "endpoint": TARGET.endpoint,
        "account_id": TARGET.account_id,
        "monday_board_id": TARGET.monday_board_id,
        "os_user": "erin",
    }
    return Circumstances(**{**facts, **more})


def test_a_plan_file_is_read_as_it_was_written():
    """Whatever its white space and the order of its keys."""
    found = document(selection=Selection("ACME", limit=7))
    text = json.dumps(dict(reversed(found.items())), indent=4, ensure_ascii=False)
    read_back = read_sealed(text, "plan.json")
    assert (read_back.plan_id, read_back.created_by, read_back.target) == ("8f14", "dana", "dev")
    assert read_back.created_at == NOON
    assert read_back.digest == found[DIGEST]
    board = read_back.boards["planning"]
    assert (board.monday_board_id, board.account_id) == ("8709134353", "7001")
    assert [row.name for row in board.rows.values()] == ["create item N", "update item A", "update item B"]
    assert found["selection"] == {"batch_key": "ACME", "key": None, "limit": 7}
    assert {"guards", "cost", "digest"} <= found["boards"][0].keys()


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda found: "{", UsageError, "plan.json is not JSON"),
        (lambda found: "[" * 100_000, UsageError, "plan.json is not JSON"),
        (lambda found: "[]", UsageError, "holds no JSON object"),
        (lambda found: found | {"schema_version": 1}, UsageError, "has schema version 1, this opus-sync reads 2"),
        (lambda found: {"schema_version": 2}, UsageError, "only `plan --out` seals a plan"),
        (lambda found: found | {"created_by": "erin"}, Refused, "was changed after it was written"),
        (lambda found: resealed(found, created_at="soon"), UsageError, "is no plan of opus-sync: ValueError"),
        (lambda found: resealed(found, created_at="2026-11-20T12:00:00"), UsageError, "no offset"),
        (lambda found: resealed(found, boards=[{"board": "planning"}]), UsageError, "KeyError: 'monday_board_id'"),
        (lambda found: resealed(found, boards=5), UsageError, "is no plan of opus-sync: TypeError"),
    ],
)
def test_a_file_that_is_no_plan_says_why(change, error, said):
    """A change of any value is found by the digest."""
    changed = change(document())
    text = changed if isinstance(changed, str) else json.dumps(changed)
    with pytest.raises(error) as raised:
        read_sealed(text, "plan.json")
    assert said in raised.value.message
    assert "opus-sync plan --out" in raised.value.hint


def resealed(found, **changes):
    """The document with other values and a digest that fits them."""
    content = {name: value for name, value in found.items() if name != DIGEST}
    return sealed({**content, **changes})


def test_a_plan_that_fits_has_nothing_against_it():
    assert objections(read(), met()) == ()
    assert objections(read(), met(account_id="")) == ()
    assert objections(read(), met(approvers=["dana", "erin", "frank"])) == ()


@pytest.mark.parametrize(
    ("circumstances", "said"),
    [
        (met(target="prod"), "planning: the plan is for target dev, this is target prod"),
        (met(endpoint="https://api.monday.com/v2"), "for endpoint http://127.0.0.1:8080/v2, this is endpoint https://"),
        (met(account_id="9"), "for account 7001, this is account 9"),
        (met(monday_board_id=5), "for board 8709134353, this is board 5"),
        (met(now=NOON + timedelta(hours=30)), "has expired: it is 30.0 hours old, plan_hours is 24"),
        (met(plan_hours=0), "has expired: it is 1.0 hours old, plan_hours is 0"),
        (met(now=NOON - timedelta(minutes=90)), "written at 2026-11-20 12:00 UTC, which is 90 minutes from now"),
        (met(uses=("batch b1 by dana, 2026-11-20 12:10 UTC",)), "was used before: batch b1 by dana"),
        (met(approvers=[]), "no approval by anybody but dana, who made it, and erin, who pushes it"),
        (met(approvers=["dana"], os_user="dana"), "by anybody but dana, who made it and pushes it; approved by dana"),
        (met(approvers=["dana"]), "; approved by dana alone"),
        (met(approvers=["Erin"]), "; approved by Erin alone"),
    ],
)
def test_what_stands_against_a_plan_is_said(circumstances, said):
    """And that nothing was sent."""
    (reason,) = objections(read(), circumstances)
    assert said in reason.message
    assert reason.way_out.endswith("nothing was sent")


def test_clocks_may_differ_a_little():
    assert objections(read(), met(now=NOON - timedelta(minutes=4))) == ()


def again(rows, **more):
    """The plan of what is staged now, as the file has it."""
    return plan(rows, selection=Selection(sealed=read().boards["planning"].rows), **more)


def test_a_plan_holds_whatever_else_is_staged():
    """Rows that the file does not know are not sent, and another build of its own rows is the same."""
    rebuilt = [row | {"update_batch_id": "build-2", "as_of_seq": 99, "extract_id": "extract-2"} for row in ROWS]
    found = again([*rebuilt, staged("C"), staged("D", validation_status="INVALID")])
    assert found.reasons == ()
    assert [entry.row.label for entry in found.operations] == ["N", "A", "B"]
    assert found.invalid == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROWS[1:], "of its 3 rows 1 is not to be sent any more: update item A"),
        ([ROWS[0] | {"hold_reason": "HELD"}, *ROWS[1:]], "1 is not to be sent any more: update item A"),
        ([ROWS[0] | {"validation_status": "INVALID"}, *ROWS[1:]], "1 is not to be sent any more: update item A"),
        ([ROWS[0] | {"old_fields": '{"text_1":"11"}'}, *ROWS[1:]], "1 is not as planned: update item A"),
        (
            [ROWS[0] | {"update_fields": "{}"}],
            "2 are not to be sent any more: create item N, update item B; 1 is not as planned: update item A",
        ),
    ],
)
def test_a_plan_does_not_hold_where_its_own_rows_differ(rows, said):
    """Gone, held, invalid, or with another value to write or to write over."""
    (reason,) = again(rows).reasons
    assert said in reason.message
    assert reason.message.startswith("planning: the plan does not hold any more: of its 3 rows ")


def test_a_staged_set_that_is_refused_says_nothing_about_the_rows():
    """What a broken build took away was not changed."""
    stale = Reason("stale", "build")
    assert again([], reason=stale).reasons == (stale,)


def test_a_row_digest_covers_what_is_written_where_and_over_what():
    """Not the build it came from, nor what is said about it."""
    row = staged("A")
    same = {"update_batch_id": "x", "extract_id": "x", "as_of_seq": 1, "customer_batch": "x", "source_table": "x"}
    told = row_digest(staged_row(row))
    assert row_digest(staged_row(row | same)) == told
    acts = dict.fromkeys(row.keys() - same.keys() - {"validation_status", "validation_errors", "hold_reason"}, "5")
    acts |= dict.fromkeys(("monday_board_id", "monday_item_id", "parent_item_id"), 5)
    for name in acts.keys() - {"board", "source_query"}:
        assert row_digest(staged_row(row | {name: acts[name]})) != told, name


def test_a_dry_run_says_whether_the_file_holds():
    found = read()
    text = plain_text(Plan((again(ROWS),), sealed=found))
    assert "plan 8f14 of 2026-11-20 12:00 UTC by dana: still holds" in text
    text = plain_text(Plan((again(ROWS[1:]),), sealed=found))
    assert "plan 8f14 of 2026-11-20 12:00 UTC by dana: does not hold any more" in text
