"""The demo from pull to an empty diff, with the real command lines on a real warehouse and over real HTTP."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema, parse, validate

from integration.support.stand_in import StandIn
from integration.support.workspace import REPOSITORY, Done, Workspace
from monday_sandbox import load_seed

SCHEDULE, SCHEDULE_SUBITEMS, PLANNING = "4755559751", "4755559752", "8709134353"
STAGED = {
    "cust_master_schedule": ("items", "subitems"),
    "planning": ("items",),
}
PUBLISHED = REPOSITORY.parent / "shared" / "monday" / "schema-2026-10.graphql"
_VARIABLE = re.compile(r"m(\d+)_(.+)")


@dataclass(frozen=True)
class Loop:
    """What each step of the loop said, and how the boards stood before and after."""

    workspace: Workspace
    planned: Done
    pushed: Done
    pushed_again: Done
    planned_after_pull: Done
    sendable: list[dict[str, Any]]
    sendable_after_push: int
    sendable_after_pull: int
    before: dict[str, Any]
    after: dict[str, Any]
    metrics_after_push: dict[str, Any]
    metrics_at_end: dict[str, Any]

    def sent(self) -> Iterator[dict[str, Any]]:
        """Yield the variables of each mutation that was sent, an alias a time."""
        for request in self.metrics_at_end["documents"]:
            if request["document"].startswith("mutation"):
                mutations: dict[str, dict[str, Any]] = {}
                for name, value in request["variables"].items():
                    found = _VARIABLE.fullmatch(name)
                    assert found, name
                    mutations.setdefault(found.group(1), {})[found.group(2)] = value
                yield from mutations.values()

    def board(self, state: dict[str, Any], board_id: str) -> dict[str, dict[str, Any]]:
        """Return item id -> item of a board in a state."""
        (board,) = (board for board in state["boards"] if board["id"] == board_id)
        return {item["id"]: item for item in board["items"]}


@pytest.fixture(scope="module")
def loop(built_demo: Workspace, stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Loop:
    """Plan, push, push again, plan, pull, build, plan."""
    workspace = built_demo.copy(tmp_path_factory.mktemp("loop") / "demo")
    stand_in.start_over(load_seed([workspace.root / "seeds" / "sandbox"]))
    before = stand_in.state()
    sendable = _sendable(workspace)
    planned = workspace.opus("plan", "--output", "json")
    pushed = workspace.opus("push", "--live", "--output", "json")
    metrics_after_push = stand_in.metrics()
    sendable_after_push = len(_sendable(workspace))
    pushed_again = workspace.opus("push", "--live")
    pulled = workspace.opus("pull")
    assert pulled.code == 0, pulled.err
    workspace.build()
    return Loop(
        workspace=workspace,
        planned=planned,
        pushed=pushed,
        pushed_again=pushed_again,
        planned_after_pull=workspace.opus("plan", "--detailed-exitcode"),
        sendable=sendable,
        sendable_after_push=sendable_after_push,
        sendable_after_pull=len(_sendable(workspace)),
        before=before,
        after=stand_in.state(),
        metrics_after_push=metrics_after_push,
        metrics_at_end=stand_in.metrics(),
    )


def test_every_sendable_row_is_written(loop: Loop) -> None:
    """The push writes exactly what the plan counts, and reports the invalid rows by its exit code."""
    planned = sum(len(board["rows"]) for board in loop.planned.data["boards"])
    boards = loop.pushed.data["boards"]
    assert planned == len(loop.sendable) > 300
    assert sum(board["succeeded"] for board in boards) == planned
    assert [board["failed"] + board["open"] + board["not_sent"] for board in boards] == [0, 0]
    assert all(board["invalid"] for board in boards)
    assert (loop.planned.code, loop.pushed.code) == (1, 1)


def test_the_diff_is_empty_after_the_push_and_after_another_pull(loop: Loop) -> None:
    """What is written reads as equal, from the overlay and from the board itself."""
    assert (loop.sendable_after_push, loop.sendable_after_pull) == (0, 0)
    assert loop.planned_after_pull.code == 0
    assert "nothing to push" in loop.planned_after_pull.out


def test_a_second_push_sends_nothing(loop: Loop) -> None:
    """After the promotion there is nothing left to send."""
    assert "nothing to push" in loop.pushed_again.out
    assert loop.metrics_at_end["mutations"] == loop.metrics_after_push["mutations"] > 0


def test_no_mutation_is_sent_twice(loop: Loop) -> None:
    """No two mutations are alike, no two requests share an idempotency key, and none were answered from memory."""
    sent = Counter(json.dumps(mutation, sort_keys=True) for mutation in loop.sent())
    keys = [
        request["headers"].get("idempotency-key")
        for request in loop.metrics_at_end["documents"]
        if request["document"].startswith("mutation")
    ]
    assert sent.total() == len(loop.sendable)
    assert [text for text, times in sent.items() if times > 1] == []
    assert None not in keys
    assert len(set(keys)) == len(keys)
    assert loop.metrics_at_end["replayed"] == 0


def test_every_order_and_every_size_is_on_the_board_once(loop: Loop) -> None:
    """New orders and their sizes are made, once each, and none is lost."""
    created = Counter((row["update_type"], row["update_operation"]) for row in loop.sendable)
    for board_id, kind in ((SCHEDULE, "update_items"), (SCHEDULE_SUBITEMS, "update_subitems")):
        new = loop.board(loop.after, board_id).keys() - loop.board(loop.before, board_id).keys()
        assert len(new) == created[kind, "CREATE"] > 0
    keys = Counter(item["values"].get("text_aag_order_number") for item in loop.board(loop.after, SCHEDULE).values())
    assert [key for key, times in keys.items() if key and times > 1] == []
    sizes = Counter((item["parent"], item["name"]) for item in loop.board(loop.after, SCHEDULE_SUBITEMS).values())
    assert [size for size, times in sizes.items() if times > 1] == []


def test_cells_that_no_row_wants_to_change_stay_as_they_are(loop: Loop) -> None:
    """On the items that were there before, only cells of staged rows differ afterwards."""
    wanted = {
        (str(row["monday_item_id"]), column)
        for row in loop.sendable
        if row["monday_item_id"] is not None
        for column in json.loads(row["update_fields"])
    }
    changed = set()
    for board_id in (SCHEDULE, SCHEDULE_SUBITEMS, PLANNING):
        before, after = loop.board(loop.before, board_id), loop.board(loop.after, board_id)
        for item_id, item in before.items():
            cells = {**item["values"], "name": item["name"], "$group": item["group"]}
            now = {
                **after[item_id]["values"],
                "name": after[item_id]["name"],
                "$group": after[item_id]["group"],
            }
            changed |= {(item_id, column) for column in cells | now if cells.get(column) != now.get(column)}
    assert changed
    assert changed <= wanted


def test_the_plain_query_sets_orders_to_in_progress(loop: Loop) -> None:
    """The second desired model of the planning board sets its two statuses on each order whose row is valid."""
    set_now = {row["monday_item_id"] for row in loop.sendable if "__in_progress" in row["source_table"]}
    current = loop.workspace.rows('select "Item ID", "PLANNING STATUS", "LINE STATUS" from main.mon_planning')
    assert set_now
    assert {tuple(row[1:]) for row in current if row[0] in set_now} == {("In Progress", "In Progress")}


def test_the_audit_says_what_the_board_held_and_what_it_holds(loop: Loop) -> None:
    """Each cell written has one audit row, whose new value is what the next pull reads."""
    cells_written = sum(len({**json.loads(row["update_fields"])} | _pseudo_cells(row)) for row in loop.sendable)
    ((audited, distinct),) = loop.workspace.rows(
        "select count(*), count(distinct audit_id) from opus_sync.mon_update_audit_log"
    )
    assert audited == distinct == cells_written
    told = loop.workspace.rows(
        """
        select audit.monday_item_id, audit.column_id, audit.new_value, items.item_name, items.group_id,
            items.parent_item_id, items.column_values
        from opus_sync.mon_update_audit_log as audit
        inner join main.mon_sync_point as active on audit.board = active.board
        left join opus_sync.mon_raw_item as items
            on items.extract_id = active.extract_id and items.monday_item_id = audit.monday_item_id
        """
    )
    differing = []
    for item, column, value, name, group, parent, cells in told:
        pseudo = {"name": name, "$group": group, "$parent": parent and str(parent), "$state": "active"}
        there = pseudo[column] if column in pseudo else json.loads(cells or "{}").get(column)
        differing += [(item, column, value, there)] if value != there else []
    assert (len(told), differing) == (cells_written, [])


def test_batches_are_told_from_start_to_promotion(loop: Loop) -> None:
    """Each customer's batch starts once, counts all its rows as written and ends promoted."""
    batches: dict[tuple[str, str], list[tuple[str, int, int, int]]] = {}
    for board, customer, *event in loop.workspace.rows(
        """
        select board, customer_name, event, total_records, successful_records, failed_records
        from opus_sync.mon_batch_event order by seq
        """
    ):
        batches.setdefault((board, customer), []).append(tuple(event))
    assert len(batches) == 16
    for (_, customer), events in batches.items():
        names = [name for name, *_ in events]
        assert customer
        assert (names[0], names[-1], names.count("STARTED")) == ("STARTED", "PROMOTED", 1)
        _, total, successful, failed = events[-1]
        assert (successful, failed) == (total, 0)
    assert sum(events[-1][1] for events in batches.values()) == len(loop.sendable)


def test_every_document_is_valid_by_the_published_schema(loop: Loop) -> None:
    """Whatever pull and push sent validates against monday's own SDL."""
    if not PUBLISHED.is_file():
        pytest.skip("the published SDL schema-2026-10.graphql is not beside the repository")
    schema = build_schema(PUBLISHED.read_text(encoding="utf-8"))
    documents = {request["document"] for request in loop.metrics_at_end["documents"]}
    assert len(documents) > 6
    assert [error.message for text in documents for error in validate(schema, parse(text))] == []


def test_nothing_is_asked_in_vain(loop: Loop) -> None:
    """No request of the loop was refused, limited or failed, and each named the API's version."""
    assert loop.metrics_at_end["statuses"] == {"200": loop.metrics_at_end["requests"]}
    assert loop.metrics_at_end["refused"] == {}
    assert loop.metrics_at_end["unexpected_errors"] == []
    versions = {request["headers"].get("api-version") for request in loop.metrics_at_end["documents"]}
    assert versions == {"2026-10"}


def test_pushing_1000_rows_takes_few_requests(loop: Loop) -> None:
    """Some 540 rows on two boards need no more than eleven mutation requests (20 for 1,000 updates)."""
    assert loop.metrics_at_end["mutations"] <= max(11, len(loop.sendable) // 50 + 2)


def test_the_last_result_is_left_in_target(loop: Loop) -> None:
    """target/opus_sync_run_results.json holds the last command's result."""
    path: Path = loop.workspace.root / "target" / "opus_sync_run_results.json"
    results = json.loads(path.read_text(encoding="utf-8"))
    assert (results["command"], results["exit_code"], results["result"]["operations"]) == ("plan", 0, 0)


def _sendable(workspace: Workspace) -> list[dict[str, Any]]:
    wanted = (
        "update_type", "update_operation", "record_key", "monday_item_id", "parent_item_id", "group_id",
        "item_name", "update_fields", "source_table",
    )  # fmt: skip
    return [
        dict(zip(wanted, row, strict=True))
        for board, entities in STAGED.items()
        for entity in entities
        for row in workspace.rows(
            f"select {', '.join(wanted)} from main.staged_{board}_{entity} "
            "where validation_status = 'VALID' and hold_reason is null"
        )
    ]


def _pseudo_cells(row: dict[str, Any]) -> dict[str, None]:
    """Return what a creation writes beside its cells: its name, its state, and where it stands."""
    if row["update_operation"] != "CREATE":
        return {}
    cells = {"name": None, "$state": None, "$group": None}
    return {**cells, "$parent": None} if row["update_type"] == "update_subitems" else cells
