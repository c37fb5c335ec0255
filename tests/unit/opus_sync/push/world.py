"""A scripted monday and a warehouse that remembers, around the real engine."""

import json
import re
from collections import deque
from datetime import datetime, timedelta, timezone
from itertools import count

from opus_sync.columns import ColumnLabels, column_type
from opus_sync.monday.answer import Answer, ApiError, Complexity
from opus_sync.monday.governor import Governor
from opus_sync.plan.board_plan import Target, plan_board
from opus_sync.plan.cost import Pace
from opus_sync.push.encode import Encoder, Writable
from opus_sync.push.engine import BoardPush, Tools
from opus_sync.push.interrupt import Interruption
from opus_sync.push.origin import Actor, Origin
from opus_sync.push.records import Recorder

BOARD_ID, SUBITEM_BOARD_ID = 8709134353, 8709134354
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
    """Both seams in one journal, so that tests see what happened in which order."""

    def __init__(self, *script, seconds=0.0, budget=10_000_000):
        self.clock = Clock()
        self.journal = []
        self.tables = {}
        self.posts = []
        self.endpoint = "http://127.0.0.1:1/v2"
        self._script = deque(script)
        self._seconds = seconds
        self._budget = budget
        self._left, self._ends = budget, None
        self._item_ids = count(5001)
        self.before_append = lambda rows: None

    def post(self, document, variables, *, idempotency_key=None):
        aliases = re.findall(r"^(m\d+): (\w+)", document, re.MULTILINE)
        self.posts.append((aliases, variables, idempotency_key))
        self.journal.append(("post", len(aliases)))
        self.clock.seconds += self._seconds * len(aliases)
        step = self._script.popleft() if self._script else {}
        if isinstance(step, Exception):
            raise step
        if callable(step):
            step = step() or {}
        data = {alias: self._answer(name) for alias, name in aliases} | step.get("data", {})
        return Answer(data, tuple(step.get("errors", ())), "r", self._spend(len(aliases) * POINTS))

    def append(self, rows):
        self.before_append(rows)
        events = tuple(row["event"] for row in rows.get("mon_operation_event", ()))
        self.journal.append(("append", events))
        for table, lines in rows.items():
            self.tables.setdefault(table, []).extend(lines)

    def events(self, table="mon_operation_event"):
        return [row["event"] for row in self.tables.get(table, ())]

    def _answer(self, name):
        if name.startswith("create"):
            board = SUBITEM_BOARD_ID if name == "create_subitem" else BOARD_ID
            return {"id": str(next(self._item_ids)), "board": {"id": str(board)}, "group": {"id": "topics"}}
        return {"id": "11"}

    def _spend(self, points):
        if self._ends is None or self.clock.seconds >= self._ends:
            self._left, self._ends = self._budget, self.clock.seconds + 60
        self._left -= points
        assert self._left >= 0, "over the complexity budget: monday would have answered 429"
        return Complexity(points, self._left, int(self._ends - self.clock.seconds))


def board_push(world, rows, *, max_batch_size=100, failure_share=0.2, interruption=None, governor=None, clock=None):
    """The engine on these staged rows; returns it ready to run."""
    texts = {column: Writable(column_type("text"), ColumnLabels(column)) for column in ("text_1", "text_2")}
    target = Target("dev", world.endpoint, "7001", "planning", BOARD_ID, {})
    plan = plan_board(target, rows, Pace(max_batch_size))
    actor = Actor("ada", "desk", "abc123", monday_user="101 Ada")
    origin = Origin("planning", BOARD_ID, world.endpoint, "7001", "dev", "extract-1", "build-1", "{}", actor)
    ids = count(1)
    tools = Tools(
        api=world,
        warehouse=world,
        governor=governor or Governor(world.clock),
        clock=clock or world.clock,
        encoder=Encoder({"update_items": texts, "update_subitems": texts}),
        recorder=Recorder(origin, count(100)),
        interruption=interruption or Interruption(),
        new_id=lambda: f"id-{next(ids)}",
        max_batch_size=max_batch_size,
        failure_share=failure_share,
        advance=lambda number: None,
    )
    return BoardPush("planning", plan.operations, tools)


def error(alias, code="ColumnValueException", **more):
    """One entry of `errors[]`, with the alias' null beside it."""
    return {"errors": [ApiError("invalid value", code, alias, **more)], "data": {alias: None}}
