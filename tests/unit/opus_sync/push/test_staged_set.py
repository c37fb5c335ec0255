"""Reading a staged set: the statements on a database, and what they decide."""

from datetime import datetime, timedelta

import duckdb
import pytest

from opus_sync.contract import Board, Column, Entity
from opus_sync.errors import OpusError
from opus_sync.plan.board_plan import EVERYTHING
from opus_sync.plan.cost import Pace
from opus_sync.push.metadata import encoder
from opus_sync.push.staged_set import read_plan
from opus_sync.warehouse.statements import bound, statement

from .fake_board import SUBITEM_BOARD_ID
from .world import BOARD_ID, staged

NOON = datetime(2026, 11, 20, 12)
ENDPOINT = "http://127.0.0.1:1/v2"
BOARD = Board(
    name="planning",
    file="boards/planning.yml",
    board_ids=BOARD_ID,
    items=Entity("items", "mon_planning", ("Title",), (Column("ORDER QTY", "text_1", "text"),)),
    subitems=Entity("subitems", "mon_planning_subitems", ("Title",), (Column("STATE", "status_1", "status"),)),
)
TABLES = """
create schema opus;
create table opus.mon_extract (extract_id text, board text, monday_board_id bigint, endpoint text,
    account_id text, mode text, status text, seq bigint, recorded_at timestamp);
create table opus.mon_operation_event (board text, operation_id text, stg_id text, batch_id text, event text,
    error_type text, seq bigint, recorded_at timestamp);
create table opus.mon_update_audit_log (board text, seq bigint, extract_id text, update_type text,
    column_id text, new_value text);
create table opus.mon_decision (board text, seq bigint, decision text, scope text);
create table opus.mon_raw_item (extract_id text, parent_item_id bigint);
create table opus.mon_raw_group (extract_id text, monday_board_id bigint);
create table opus.mon_build_event (build_seq bigint, node text, node_name text, node_type text, status text,
    attached_node text, board text, extract_id text, as_of_seq bigint, relation_name text, target text);
create table opus.mon_raw_label (extract_id text, monday_board_id bigint, column_id text, label_id text,
    label text, is_deactivated boolean);
"""


class Database:
    """The runner's tables in memory, read by the runner's own statements."""

    def __init__(self):
        self.connection = duckdb.connect()
        self.connection.execute(TABLES)
        self.relations = {}

    def add(self, table, *rows):
        for row in rows:
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            values = list(row.values())
            self.connection.execute(f"insert into opus.{table} ({names}) values ({marks})", values)

    def query(self, name, **parameters):
        sql, names = bound(statement(name), lambda name: f"${name}", {"schema": "opus", "own_schema": "opus"})
        found = self.connection.execute(sql, {name: parameters[name] for name in names})
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def scan(self, relation):
        try:
            return iter(self.relations[relation])
        except KeyError:
            raise OpusError(f"there is no table {relation}") from None


def event(name, seq=5, **more):
    """A build event of the board."""
    row = {
        "build_seq": seq,
        "node": f"model.p.{name}",
        "node_name": name,
        "node_type": "model",
        "status": "success",
        "attached_node": "",
        "board": "planning",
        "extract_id": "extract-1",
        "as_of_seq": 7,
        "relation_name": f'"{name}"',
        "target": "dev",
    }
    return row | more


@pytest.fixture
def database():
    """A board that was pulled, built and is ready to be pushed."""
    base = Database()
    extract = {
        "extract_id": "extract-1",
        "monday_board_id": BOARD_ID,
        "board": "planning",
        "endpoint": ENDPOINT,
        "account_id": "7001",
        "recorded_at": NOON,
    }
    base.add(
        "mon_extract",
        extract | {"status": "STARTED", "seq": 6},
        extract | {"status": "ACTIVE", "seq": 7},
        extract | {"status": "STARTED", "seq": 8, "extract_id": "extract-2"},
        extract | {"status": "ACTIVE", "seq": 90, "board": "other", "extract_id": "extract-3"},
    )
    base.add("mon_build_event", event("staged_planning_items"), event("staged_planning_subitems"))
    base.relations = {
        '"staged_planning_items"': [staged(monday_board_id=BOARD_ID)],
        '"staged_planning_subitems"': [],
    }
    return base


def read(database, now=NOON, **more):
    """The plan of the board, an instant after it was pulled unless told otherwise."""
    return read_plan(
        database,
        BOARD,
        target="dev",
        endpoint=ENDPOINT,
        account_id=None,
        selection=EVERYTHING,
        pace=Pace(100),
        now=now,
        **more,
    )


def test_a_present_set_is_planned(database):
    """Its rows, its titles, its account; an extract under way does not count."""
    plan = read(database)
    assert plan.reason is None
    assert [entry.row.record_key for entry in plan.operations] == ["K1"]
    assert plan.target.titles == {
        ("update_items", "text_1"): "ORDER QTY",
        ("update_subitems", "status_1"): "STATE",
    }
    assert plan.target.account_id == "7001"


@pytest.mark.parametrize("table", ["mon_operation_event", "mon_update_audit_log", "mon_decision"])
def test_whatever_came_after_the_build_makes_it_stale(database, table):
    """A push, a decision; rows of other boards do not count."""
    further = {
        "mon_operation_event": {"operation_id": "o", "event": "FAILED", "recorded_at": NOON},
        "mon_decision": {"decision": "HOLD", "scope": "record_key"},
    }
    row = {"board": "planning", "seq": 12, **further.get(table, {})}
    database.add(table, row | {"board": "other"})
    assert read(database).reason is None
    database.add(table, row)
    assert "at sync point 7, the board is at 12" in read(database).reason.message


@pytest.mark.parametrize(("decision", "scope"), [("APPROVE", "plan"), ("STOP", "board")])
def test_decisions_about_pushes_make_nothing_stale(database, decision, scope):
    """No staged row depends on an approval or a stop."""
    database.add("mon_decision", {"board": "planning", "seq": 12, "decision": decision, "scope": scope})
    assert read(database).reason is None


def archives(number):
    """Staged rows that archive so many items."""
    return [
        staged(
            stg_id=f"s{at}",
            record_key=f"K{at}",
            update_operation="ARCHIVE",
            monday_item_id=at,
            monday_board_id=BOARD_ID,
            update_fields='{"$state":"archived"}',
        )
        for at in range(1, number + 1)
    ]


def test_guards_count_what_is_on_the_board_now(database):
    """The items of the active extract and those made since, less those removed since; subitems by themselves."""
    database.relations['"staged_planning_items"'] = archives(12)
    items = [{"extract_id": "extract-1"}] * 60 + [{"extract_id": "extract-1", "parent_item_id": 1}] * 500
    database.add("mon_raw_item", *items, *[{"extract_id": "extract-2"}] * 900)
    written = {"board": "planning", "seq": 7, "extract_id": "extract-1", "column_id": "$state"}
    made = written | {"update_type": "update_items", "new_value": "active"}
    database.add(
        "mon_update_audit_log",
        *[made] * 45,
        *[made | {"new_value": "archived"}] * 5,
        made | {"update_type": "update_subitems"},
        made | {"extract_id": "extract-0"},
        made | {"board": "other"},
        made | {"column_id": "name"},
    )
    plan = read(database)
    assert plan.reason is None
    (reason,) = plan.reasons
    assert reason.message == "planning: 12 of 100 items would be archived or deleted (12.0 %, limit 10 %)"
    assert "`opus-sync push --select planning --lift removals --live`" in (
        read(database, command="opus-sync push --select planning").reasons[0].way_out
    )
    lifted = read(database, lift=("removals", "creates"))
    assert (lifted.reasons, lifted.lifted) == ((), ("removals",))


@pytest.mark.parametrize(("hours", "refused"), [(-5, False), (23, False), (25, True)])
def test_the_age_of_the_extract_counts_from_its_begin(database, hours, refused):
    """A clock that goes after that of the machine that pulled makes no extract old."""
    reasons = read(database, now=NOON + timedelta(hours=hours)).reasons
    assert bool(reasons) is refused
    assert not refused or "its extract began 25.0 hours ago (limit 24)" in reasons[0].message


def test_what_failed_is_what_failed_last(database):
    """A row that was written, or gave way, after it had failed is no failure any more."""
    events = {
        "a": ("FAILED",),
        "b": ("FAILED", "SUCCEEDED"),
        "c": ("SUCCEEDED", "FAILED"),
        "d": ("FAILED", "CONFLICT"),
        "e": ("FAILED", "SENT"),
    }
    seq = 0
    for stg_id, names in events.items():
        for name in names:
            seq += 1
            row = {"board": "planning", "stg_id": stg_id, "batch_id": f"b{seq}", "event": name, "seq": seq}
            row["error_type"] = "X" if name == "FAILED" else None
            database.add("mon_operation_event", row, row | {"board": "other", "event": "SUCCEEDED", "seq": seq + 50})
    found = database.query("failed_operations", board="planning")
    assert {(row["stg_id"], row["batch_id"], row["error_type"]) for row in found} == {
        ("a", "b1", "X"),
        ("c", "b5", "X"),
        ("e", "b8", "X"),
    }


def test_a_board_that_was_never_pulled_says_so(database):
    """The rows are listed all the same."""
    database.connection.execute("delete from opus.mon_extract")
    plan = read(database)
    assert "no active extract" in plan.reason.message
    assert len(plan.operations) == 1


def test_rows_sent_without_outcome_are_found(database):
    """Those that ended do not count, nor do those of another board."""
    sent = {"board": "planning", "event": "SENT", "recorded_at": NOON, "seq": 3}
    database.add("mon_operation_event", sent | {"operation_id": "ended"})
    database.add("mon_operation_event", sent | {"operation_id": "ended", "event": "SUCCEEDED", "seq": 4})
    database.add("mon_operation_event", sent | {"operation_id": "elsewhere", "board": "other"})
    assert read(database).reason is None
    database.add("mon_operation_event", sent | {"operation_id": "open"})
    assert "1 rows of an earlier push" in read(database).reason.message


def test_nodes_of_this_board_and_target_decide(database):
    """A failing test of another board, of another target, or from before the build is none of ours."""
    failed = event("unique_key", node_type="test", status="fail")
    database.add(
        "mon_build_event",
        failed | {"board": "other"},
        failed | {"target": "prod"},
        failed | {"build_seq": 4},
    )
    assert read(database).reason is None
    database.add("mon_build_event", failed)
    assert "unique_key (fail)" in read(database).reason.message


def test_a_board_without_a_build_says_so(database):
    """Nothing is scanned."""
    database.connection.execute("delete from opus.mon_build_event")
    plan = read(database)
    assert "no dbt build" in plan.reason.message
    assert plan.operations == ()


def test_a_staged_table_that_is_gone_is_named(database):
    """With the command that builds it."""
    database.relations = {}
    with pytest.raises(OpusError, match='"staged_planning_items" cannot be read') as error:
        read(database)
    assert "dbt build --select +staged_planning_items" in error.value.hint


def test_labels_belong_to_their_board_and_extract(database):
    """Items and subitems have boards of their own, with label ids of their own."""
    label = {"column_id": "status_1", "is_deactivated": False, "extract_id": "extract-1"}
    database.add(
        "mon_raw_label",
        label | {"monday_board_id": BOARD_ID, "label": "Done", "label_id": "1"},
        label | {"monday_board_id": SUBITEM_BOARD_ID, "label": "Done", "label_id": "5"},
        label | {"monday_board_id": SUBITEM_BOARD_ID, "label": "Done", "label_id": "2", "extract_id": "old"},
    )
    found = encoder(BOARD, BOARD_ID, database, "extract-1")
    assert found.values("update_subitems", {"status_1": "Done"}, creating=False)[0] == ('{"status_1":{"index":5}}')
