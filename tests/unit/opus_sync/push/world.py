"""A scripted monday and a warehouse that remembers, around the real engine."""

import json
import re
from collections import deque
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from itertools import count

from opus_sync.columns import ColumnLabels, column_type
from opus_sync.contract import Board, Column, Entity
from opus_sync.monday.answer import Answer, ApiError, Complexity, Stopped
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.governor import Governor
from opus_sync.plan.board_plan import Target, plan_board
from opus_sync.plan.cost import Pace
from opus_sync.push.encode import Encoder, Writable
from opus_sync.push.engine import BoardPush
from opus_sync.push.interrupt import Interruption
from opus_sync.push.look import Look
from opus_sync.push.origin import Actor, Origin
from opus_sync.push.records import Recorder
from opus_sync.push.tools import Tools

from .fake_board import BOARD_ID, KEY_COLUMN, FakeBoard
from .queries import QUERIES

POINTS = 30_001


def staged(**overrides):
    """A staged row: an item update of one text cell unless told otherwise."""
    row = {
        "stg_id": "stg-" + overrides.get("record_key", "K1") + overrides.get("update_operation", "UPDATE"),
        "board": "planning",
        "update_type": "update_items",
        "update_operation": "UPDATE",
        "record_key": "K1",
        "parent_key": None,
        "monday_board_id": BOARD_ID,
        "monday_item_id": 11,
        "parent_item_id": None,
        "group_id": None,
        "item_name": None,
        "update_fields": '{"text_1":"new"}',
        "old_fields": '{"text_1":"old"}',
        "source_table": "orders",
        "source_query": "desired_planning_items",
        "update_batch_id": "build-1",
        "customer_batch": "ACME",
        "extract_id": "extract-1",
        "as_of_seq": 7,
        "validation_status": "VALID",
        "validation_errors": None,
        "hold_reason": None,
        "group_key": None,
        "push_order": None,
    }
    return row | overrides


def new_item(key, **overrides):
    """A staged row that creates an item."""
    return (
        staged(
            record_key=key,
            update_operation="CREATE",
            monday_item_id=None,
            item_name=f"Order {key}",
            old_fields=None,
        )
        | overrides
    )


def new_subitem(parent, key, **overrides):
    """A staged row that creates a subitem under a new item."""
    return new_item(
        json.dumps([parent, key]),
        update_type="update_subitems",
        parent_key=parent,
        monday_board_id=None,
        item_name=key,
        **overrides,
    )


def updates(number, **overrides):
    """So many staged item updates."""
    return [staged(record_key=f"K{n:04}", monday_item_id=1000 + n, **overrides) for n in range(number)]


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self):
        self.seconds = 0.0
        self.slept = []

    def now(self):
        return datetime(2026, 11, 20, tzinfo=timezone.utc) + timedelta(seconds=self.seconds)

    def monotonic(self):
        return self.seconds

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.seconds += seconds


class World:
    """Both seams in one journal, so that tests see what happened in which order.

    A step of the script is what the next request with mutations meets: an exception, `data` and `errors` to put
    over what the board says, or a function that gives one of these. A row that meets an error is not carried out.
    """

    def __init__(self, *script, seconds=0.0, budget=10_000_000):
        self.clock = Clock()
        self.board = FakeBoard()
        self.journal = []
        self.tables = {}
        self.posts = []
        self.reads = []
        self.answers_reads = True
        self.endpoint = "http://127.0.0.1:1/v2"
        self._script = deque(script)
        self._seconds = seconds
        self._budget = budget
        self._left, self._ends = budget, None
        self.before_append = lambda rows: None
        self.before_post = lambda variables: None

    def post(self, document, variables, *, idempotency_key=None):
        if not document.startswith("mutation"):
            if not self.answers_reads:
                raise Stopped("the token is refused", "set another")
            self.reads.append((document, variables))
            return Answer(self.board.answer(document, variables), (), "r", self._spend(100))
        aliases = re.findall(r"^(m\d+): (\w+)", document, re.MULTILINE)
        self.posts.append((aliases, variables, idempotency_key))
        self.journal.append(("post", len(aliases)))
        self.clock.seconds += self._seconds * len(aliases)
        self.before_post(variables)
        step = self._script.popleft() if self._script else {}
        if callable(step):
            step = step() or {}
        if isinstance(step, Exception):
            raise step
        over = step.get("data", {})
        data = {alias: self._carry_out(alias, name, variables) for alias, name in aliases if alias not in over}
        return Answer(data | over, tuple(step.get("errors", ())), "r", self._spend(len(aliases) * POINTS))

    def append(self, rows):
        self.before_append(rows)
        events = tuple(row["event"] for row in rows.get("mon_operation_event", ()))
        self.journal.append(("append", events))
        for table, lines in rows.items():
            self.tables.setdefault(table, []).extend(lines)

    def query(self, name, **parameters):
        return QUERIES[name](self.tables, **parameters)

    def events(self, table="mon_operation_event"):
        return [row["event"] for row in self.tables.get(table, ())]

    def _carry_out(self, alias, name, variables):
        own = {key.removeprefix(f"{alias}_"): value for key, value in variables.items() if key.startswith(f"{alias}_")}
        return self.board.mutate(name, own)

    def _spend(self, points):
        if self._ends is None or self.clock.seconds >= self._ends:
            self._left, self._ends = self._budget, self.clock.seconds + 60
        self._left -= points
        assert self._left >= 0, "over the complexity budget: monday would have answered 429"
        return Complexity(points, self._left, int(self._ends - self.clock.seconds))


def staged_on(board, rows):
    """Have on the board what the staged rows say of it."""
    for row in rows:
        old = json.loads(row["old_fields"] or "{}")
        cells = {column: text for column, text in old.items() if column[:1] != "$" and column != "name"}
        if row["parent_item_id"] is not None and row["parent_item_id"] not in board.items:
            board.put(row["parent_item_id"])
        if row["monday_item_id"] is None:
            continue
        known = board.items.get(row["monday_item_id"], {"values": {}})
        board.put(
            row["monday_item_id"],
            known["values"] | cells,
            name=old.get("name") or f"Item {row['monday_item_id']}",
            group=old.get("$group") or "topics",
            board=row["monday_board_id"],
        )


COLUMNS = tuple(Column(name, name, "text", direction="push") for name in (KEY_COLUMN, "text_1", "text_2"))


WRITABLE = {column.id: Writable(column_type("text"), ColumnLabels(column.id)) for column in COLUMNS}


@cache
def contract(on_conflict="flag"):
    """The contract of the board: a key and two texts, the same for items and subitems."""
    columns = tuple(replace(column, on_conflict=on_conflict) for column in COLUMNS)
    items = Entity("items", "mon_planning", (KEY_COLUMN,), columns, "create")
    subitems = Entity("subitems", "mon_planning_subitems", (KEY_COLUMN,), columns, "create")
    return Board("planning", "boards/planning.yml", BOARD_ID, items, subitems)


def tools_for(world, *, governor=None, clock=None, on_conflict="flag", ids=None, first_seq=100, **more):
    """All that an engine on this world works with."""
    actor = Actor("ada", "desk", "abc123", monday_user="101 Ada")
    origin = Origin("planning", BOARD_ID, world.endpoint, "7001", "dev", "build-1", "{}", actor)
    ids = ids or count(1)
    governor, clock = governor or Governor(world.clock), clock or world.clock
    look = Look(contract(on_conflict), GovernedApi(world, governor, clock))
    given = {
        "interruption": Interruption(),
        "may_go_on": lambda: None,
        "max_batch_size": 100,
        "max_retries": 3,
        "settle_seconds": 65.0,
        "failure_share": 0.2,
    }
    return Tools(
        api=world,
        look=look,
        warehouse=world,
        lock=world,
        governor=governor,
        clock=clock,
        encoder=Encoder({"update_items": WRITABLE, "update_subitems": WRITABLE}),
        recorder=Recorder(origin, count(first_seq)),
        new_id=lambda: f"id-{next(ids)}",
        rule=look.on_conflict,
        advance=lambda number: None,
        **{**given, **more},
    )


def operations(world, rows):
    """The rows in push order."""
    target = Target("dev", world.endpoint, "7001", "planning", BOARD_ID, {})
    return plan_board(target, rows, Pace(100)).operations


def board_push(world, rows, **more):
    """The engine on these staged rows, and a board that is as they say; returns it ready to run."""
    staged_on(world.board, rows)
    return BoardPush("planning", operations(world, rows), tools_for(world, **more))


def error(alias, code="ColumnValueException", **more):
    """One entry of `errors[]`, with the alias' null beside it."""
    return {"errors": [ApiError("invalid value", code, alias, **more)], "data": {alias: None}}
