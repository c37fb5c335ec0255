"""What a page takes from the warehouse beside the plan: findings, how a board looks, what became of a batch."""

import json
from datetime import timedelta

import pytest

from opus_sync.contract import Board, Column, Entity
from opus_sync.errors import OpusError
from opus_sync.report.page import Value
from opus_sync.report.pushed import batch_page
from opus_sync.report.reading import LISTED, read_appearance, read_batch, read_findings
from opus_sync.report.render import render
from unit.opus_sync.plan.rows import create, staged
from unit.opus_sync.report.pages import NOON, looks

BOARD = Board(
    "planning",
    "boards/planning.yml",
    1,
    Entity("items", "mon_planning", ("Order",), (Column("Status", "s", "status"), Column("PLANNER", "p", "people"))),
)


class _Warehouse:
    """Answers statements and scans from dicts; a relation that it does not have is gone."""

    def __init__(self, answers=None, relations=None):
        self.answers, self.relations = answers or {}, relations or {}

    def query(self, name, **parameters):
        found = self.answers.get(name, [])
        return found(**parameters) if callable(found) else found

    def scan(self, relation, **equals):
        if relation not in self.relations:
            raise OpusError(f"{relation} is gone")
        return self.relations[relation]


def built(**asked):
    return [{"relation_name": f"main.{asked['node_name']}"}]


def finding(column="text_1", **more):
    row = {"board": "planning", "record_key": "A", "monday_item_id": 11, "group_id": None, "column_id": column}
    return row | {"last_synced_value": "1", "board_value": None, "desired_value": "12"} | more


def test_conflicts_and_drift_are_listed_as_people_read_them():
    """Titles for ids, labels in color; a model that was never built or is gone has no rows; long lists are cut."""
    conflicts = [finding(update_type="update_items")]
    drift = [finding(entity="items", record_key=None)] * (LISTED + 5)
    warehouse = _Warehouse({"built_relation": built}, {"main.mon_conflicts": conflicts, "main.mon_drift": drift})
    first, second = read_findings(warehouse, "planning", "dev", looks())
    assert first.columns == ("Record", "Column", "Last in step", "On the board", "Desired")
    expected = (Value("A"), Value("ORDER QTY"), Value("1"), Value("(empty)"), Value("12", "#00c875"))
    assert first.rows == (expected,)
    assert (second.rows[0][0], len(second.rows), second.total) == (Value("Order eleven"), LISTED, LISTED + 5)
    for other in (_Warehouse({"built_relation": built}), _Warehouse()):
        assert list(read_findings(other, "planning", "dev", looks())) == []


def test_people_labels_and_groups_look_as_on_the_board():
    """An id that nobody knows stays an id; a board that was never pulled has titles alone."""
    labels = json.dumps({"labels": [{"label": "Done", "hex": "#00c875"}]})
    warehouse = _Warehouse(
        {
            "copy_users": [{"user_id": "7", "user_name": "Ada"}],
            "copy_teams": [{"team_id": "9", "team_name": "Sewing"}],
            "copy_columns": [{"monday_board_id": 1, "column_id": "s", "settings": labels}],
            "copy_groups": [{"group_id": "g", "title": "Open", "color": "#fdab3d"}],
            "report_items": [{"monday_item_id": 11, "item_name": "Eleven", "group_id": "g"}],
        }
    )
    found = read_appearance(warehouse, BOARD, 1, "e1", items=True)
    assert found.value("update_items", "p", '["person-7","team-9","person-8"]') == Value("Ada, Sewing, person-8")
    assert found.value("update_items", "s", "Done") == Value("Done", "#00c875")
    assert found.value("update_items", "$group", "g") == Value("Open", "#fdab3d")
    assert found.name(11) == "Eleven"
    bare = read_appearance(warehouse, BOARD, 1, None, items=True)
    assert (bare.name(11), bare.order) == (None, {"Status": 0, "PLANNER": 1})


def event(seq, operation, name, row=None, **more):
    kept = {"staged_row": row and json.dumps(row), "sent_fields": None, "seen_fields": None}
    return {
        "seq": seq, "operation_id": operation, "event": name,
        "monday_item_id": None, "error_type": None, "error_message": None, "recorded_at": NOON + timedelta(seconds=seq),
        **kept, **more,
    }  # fmt: skip


_FACTS = (
    *("customer_name", "batch_type", "error_summary", "actor_login", "actor_os_user", "monday_user", "host", "target"),
    *("endpoint", "account_id", "version", "git_commit", "plan_id", "guard_lifted", "rollback_of_batch", "settings"),
)


def batch_events(**more):
    row = dict.fromkeys(_FACTS) | {"board": "planning", "batch_id": "b1", "total_records": 5, **more}
    return [row | {"event": "STARTED", "recorded_at": NOON}]


def test_what_became_of_each_row_of_a_batch():
    """Sent twice, failed without being sent, still open, pruned: each has its outcome and its cells."""
    operations = [
        event(1, "o1", "SENT", staged("A")),
        event(2, "o1", "SENT", staged("A")),
        event(3, "o1", "SUCCEEDED", monday_item_id=11),
        event(4, "o2", "FAILED", staged("B"), error_type="EncodingError", error_message="<no> format"),
        event(5, "o3", "SENT", create("C", group_key="new group"), sent_fields='{"text_1":"7"}', seen_fields="{}"),
    ]
    cells = [{"operation_id": "o1", "column_id": "text_1", "old_value": "9", "new_value": "12"}]
    answers = {"report_batch": batch_events(), "report_operations": operations, "report_cells": cells}
    batch = read_batch(_Warehouse(answers | {"report_undone": [{"batch_id": "b2"}]}), "b1", ["planning"])
    assert dict(batch.outcomes) == {"SUCCEEDED": 1, "FAILED": 1, "OPEN": 1}
    assert dict(batch.attempts) == {2: 1, 0: 1, 1: 1}
    assert (batch.operations[0].old, batch.operations[1].old) == ({"text_1": "9"}, {"text_1": "10"})
    page = batch_page(batch, looks(), 1)
    assert page.summary == "5 rows: 1 written, 1 failed, 1 without a known outcome, 2 not sent; it took 4.0 s, " \
                           "30 rows a minute."  # fmt: skip
    kinds = [section.kind.name for section in page.boards[0].sections]
    assert kinds == ["FAILED", "OPEN", "SUCCEEDED"]
    html = render(page)
    assert "&lt;no&gt; format" in html and "It was taken back by batch b2" in html
    assert "<del>9</del> → <ins><b class=" in html and "new group" in html


def test_a_batch_of_another_board_is_not_among_the_selected():
    """The newest of those that are is named, as is that there are none."""
    known = [{"batch_id": "b9", "customer_name": "ACME", "started_at": NOON}]
    warehouse = _Warehouse({"report_batch": batch_events(), "batches": known})
    with pytest.raises(OpusError, match="it is of board 'planning'") as told:
        read_batch(warehouse, "b1", ["orders"])
    assert "b9  2026-11-20 12:00 UTC  ACME" in told.value.hint
    with pytest.raises(OpusError, match="there is none") as told:
        read_batch(_Warehouse(), "b0", ["orders"])
    assert told.value.hint == "nothing was pushed to them yet"
