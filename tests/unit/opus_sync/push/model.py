"""The real engine and the real recovery on scripted seams: what can happen between two bytes, all of it.

A run is a sequence of choices: at each seam the process may be killed, at each request with mutations a fault may
strike, between the steps a person may act. `explore` goes through every sequence, by running again with the next one.
The warehouse's part (what dbt stages, what a push checks first) is the model's, as small as it can be.
"""

import json
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count

from opus_sync.errors import OpusError
from opus_sync.live.items import LiveItem
from opus_sync.monday.answer import Answer, ApiError, Complexity, Kind, NoAnswer
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.governor import Governor
from opus_sync.plan.preconditions import BuildEvent, Facts, Present, stale
from opus_sync.push.engine import BoardPush
from opus_sync.push.look import Found, Look
from opus_sync.push.recovery import Recovery

from .fake_board import BOARD_ID, KEY_COLUMN, SUBITEM_BOARD_ID, FakeBoard, Refusal
from .queries import QUERIES
from .world import Clock, contract, operations, staged, tools_for

DELAY = 40.0
"""Seconds after which a request runs whose caller heard nothing; monday ends every call at 60."""

FAULTS = (
    "lost request",
    "lost answer",
    "delayed execution",
    "partial: not done",
    "partial: not told",
    "failed after it ran",
    "failed before it ran",
)


TERMINAL = ("SUCCEEDED", "FAILED", "NOT_APPLIED", "SUPERSEDED", "CONFLICT")


class Killed(BaseException):
    """The process is gone: nothing of it runs any more, not even an `except`."""


class Choices:
    """Answers each question with the next number of a script, 0 beyond its end."""

    def __init__(self, script):
        self.script = list(script)
        self.asked = []

    def choose(self, number):
        """Return a number below `number`."""
        at = len(self.asked)
        chosen = self.script[at] if at < len(self.script) else 0
        self.asked.append((chosen, number))
        return chosen


def explore(run):
    """Call `run(choices)` for every sequence of choices; yields what it returns."""
    script = []
    while True:
        choices = Choices(script)
        yield run(choices)
        asked = choices.asked
        while asked and asked[-1][0] + 1 >= asked[-1][1]:
            asked.pop()
        if not asked:
            return
        script = [chosen for chosen, _ in asked[:-1]] + [asked[-1][0] + 1]


@dataclass
class Budget:
    """What may still go wrong in a run."""

    kills: int = 1
    faults: int = 2
    people: int = 1


@dataclass(frozen=True)
class Scenario:
    """Items on the board at the start, what is desired, and what a person may do.

    `items` and `desired`: key -> cells; a key that is not desired any more is archived. `group` is where desired
    items belong, `subitems` holds parent key -> own key -> cells. `people` are functions of the board that return
    the record keys they touched, or None where there is nothing to do.
    """

    name: str
    items: dict = field(default_factory=dict)
    desired: dict = field(default_factory=dict)
    group: str | None = None
    subitems: dict = field(default_factory=dict)
    people: tuple = ()
    on_conflict: str = "flag"


class Reality:
    """monday and the warehouse: what outlives every process of a run."""

    def __init__(self, scenario, choices, budget):
        self.endpoint = "http://127.0.0.1:1/v2"
        self.scenario = scenario
        self.clock = Clock()
        self.board = FakeBoard()
        for at, (key, cells) in enumerate(scenario.items.items()):
            self.board.put(11 + at, {KEY_COLUMN: key, **cells}, name=key)
        self.tables = {}
        self.keys = set()
        self.touched = {}
        self.created = Counter()
        self.trampled = []
        self.late = []
        self._choices = choices
        self._budget = budget
        self.calm = False

    def post(self, document, variables, *, idempotency_key=None):
        self._settle()
        if not document.startswith("mutation"):
            return Answer(self.board.answer(document, variables), (), "r", Complexity(1, 9_000_000, 60))
        assert idempotency_key not in self.keys, "an idempotency key is used once"
        self.keys.add(idempotency_key)
        aliases = re.findall(r"^(m\d+): (\w+)", document, re.MULTILINE)
        rows = [(alias, name, _own(variables, alias)) for alias, name in aliases]
        fault = self._fault()
        left = self.clock.seconds
        if fault in ("lost request", "delayed execution"):
            if fault == "delayed execution":
                self.late.append((left + DELAY, left, rows))
            self._after_the_request()
            raise NoAnswer("no answer")
        if fault == "failed before it ran":
            self._after_the_request()
            raise NoAnswer("monday failed", code="INTERNAL_SERVER_ERROR", ended=True)
        half = max(1, len(rows) // 2) if fault == "partial: not done" else len(rows)
        data, errors = self._run(rows[:half], left)
        self._after_the_request()
        if fault == "lost answer":
            raise NoAnswer("no answer")
        if fault == "failed after it ran":
            raise NoAnswer("monday failed", code="INTERNAL_SERVER_ERROR", ended=True)
        if fault == "partial: not told":
            data = {alias: data[alias] for alias, _, _ in rows[: max(1, len(rows) // 2)] if alias in data}
        told = {alias: None for alias, _, _ in rows} | data
        return Answer(told, tuple(errors), "r", Complexity(30_000 * len(rows), 9_000_000, 60))

    def append(self, rows):
        self._step()
        for table, lines in rows.items():
            self.tables.setdefault(table, []).extend(lines)
        if not self.calm and self._budget.faults and self._choices.choose(2):
            self._budget.faults -= 1
            raise OpusError("the commit was not answered")
        self._step()

    def query(self, name, **parameters):
        return QUERIES[name](self.tables, **parameters)

    @property
    def seq(self):
        """The newest number given."""
        return max((row["seq"] for rows in self.tables.values() for row in rows), default=0)

    def person(self):
        """Let a person act here, or not; never between a look and its write, which no program can see."""
        if not self._budget.people:
            return
        chosen = self._choices.choose(1 + len(self.scenario.people))
        if chosen:
            self._budget.people -= 1
            before = self.board.copy()
            keys = self.scenario.people[chosen - 1](self.board)
            for key in keys or ():
                self.touched[key] = (self.clock.seconds, before)

    def _step(self):
        """A place to be killed: nothing that lasts happens between two of them."""
        if not self.calm and self._budget.kills and self._choices.choose(2):
            self._budget.kills -= 1
            raise Killed

    def _fault(self):
        if self.calm or not self._budget.faults:
            return None
        chosen = self._choices.choose(1 + len(FAULTS))
        if not chosen:
            return None
        self._budget.faults -= 1
        return FAULTS[chosen - 1]

    def _after_the_request(self):
        self.person()
        self._step()

    def _settle(self):
        """Run what was delayed and is due."""
        due = [one for one in self.late if one[0] <= self.clock.seconds]
        self.late = [one for one in self.late if one not in due]
        for _, left, rows in due:
            self._run(rows, left)

    def end_of_time(self):
        """Everything that was under way has ended."""
        self.clock.seconds += 120.0
        self._settle()

    def _run(self, rows, left):
        data, errors = {}, []
        for alias, name, variables in rows:
            self._watch(name, variables, left)
            try:
                data[alias] = self.board.mutate(name, variables)
            except Refusal as no:
                errors.append(ApiError(str(no), "ResourceNotFoundException", alias, kind=Kind.FINAL))
        return data, errors

    def _watch(self, name, variables, left):
        """Note a request that left after a person's act and goes over it."""
        if name.startswith("create"):
            cells = json.loads(variables.get("column_values") or "{}")
            key = (variables.get("parent_item_id"), cells.get(KEY_COLUMN))
            self.created[key] += 1
            there = self._bearers(variables.get("parent_item_id"), cells.get(KEY_COLUMN))
            if there and self.touched.get(cells.get(KEY_COLUMN), (left, None))[0] < left:
                self.trampled.append(f"{key} was there already")
            return
        item = self.board.items.get(int(variables["item_id"]))
        key = item and item["values"].get(KEY_COLUMN)
        at, before = self.touched.get(key, (left, None))
        if before is None or at >= left or self.scenario.on_conflict == "overwrite":
            return
        was = before.items.get(int(variables["item_id"]))
        if name == "move_item_to_group" and was and was["group"] != item["group"] != variables["group_id"]:
            self.trampled.append(f"{key} was moved")
        for column, text in json.loads(variables.get("column_values") or "{}").items():
            now = item["values"].get(column)
            if was and was["values"].get(column) != now and now != text:
                self.trampled.append(f"{key}.{column} was edited")

    def _bearers(self, parent, key):
        board = SUBITEM_BOARD_ID if parent else BOARD_ID
        return [
            item
            for item in self.board.active(board).values()
            if item["values"].get(KEY_COLUMN) == key and item["parent"] == (parent and int(parent))
        ]


def _own(variables, alias):
    return {name.removeprefix(f"{alias}_"): value for name, value in variables.items() if name.startswith(f"{alias}_")}


class Dbt:
    """What the models compute: the current state, the base that drift is measured from, the staged rows."""

    def __init__(self, reality):
        self._reality = reality
        self._scenario = reality.scenario
        self._base = {}
        self._base_seq = 0
        self._extract, self.extract_id = {}, None
        self.pull()

    def pull(self):
        """Take an extract; whoever calls it has ended what was open."""
        board = self._reality.board
        self._extract = {**board.copy().active(BOARD_ID), **board.copy().active(SUBITEM_BOARD_ID)}
        self.extract_id = f"extract-{self._reality.seq}"
        self._reality.tables.setdefault("mon_extract", []).append({"seq": self._reality.seq + 1})

    def build(self):
        """Return the staged rows, VALID ones only."""
        current, at = self._current(), self._reality.seq
        written = self._audit(lambda row: row["seq"] > self._base_seq)
        keys = {item["values"].get(KEY_COLUMN): item_id for item_id, item in current.items() if not item["parent"]}
        rows = []
        for key, cells in self._scenario.desired.items():
            rows += self._item_rows(key, cells, keys.get(key), current, written)
        if self._scenario.desired:
            for key, item_id in keys.items():
                if key not in self._scenario.desired:
                    rows.append(_removal(key, item_id))
        for parent_key, wanted in self._scenario.subitems.items():
            parent = keys.get(parent_key)
            there = {i["values"].get(KEY_COLUMN) for i in current.values() if i["parent"] == parent and parent}
            rows += [_new_subitem(parent_key, parent, key, cells) for key, cells in wanted.items() if key not in there]
        self._base_seq = at
        rows = [row for row in rows if row["record_key"] not in self._overtaken()]
        return [row | {"extract_id": self.extract_id, "as_of_seq": at} for row in rows]

    def _item_rows(self, key, cells, item_id, current, written):
        if item_id is None:
            group = self._scenario.group
            return [_new(key, cells, group)]
        item = current[item_id]
        wanted = dict(cells) | ({"$group": self._scenario.group} if self._scenario.group else {})
        there = {column: item["group"] if column == "$group" else item["values"].get(column) for column in wanted}
        changed = {}
        held = False
        for column, text in wanted.items():
            base = self._base.get((item_id, column), there[column])
            base = written.get((item_id, column), base)
            if text == there[column]:
                base = text
            self._base[item_id, column] = base
            if text != there[column]:
                changed[column] = text
                held = held or (base != there[column] and self._scenario.on_conflict == "flag")
        if held or not changed:
            return []
        rows = []
        group = changed.pop("$group", None)
        if changed:
            rows.append(_update(key, item_id, changed, {column: there[column] for column in changed}))
        if group:
            rows.append(_move(key, item_id, group, there["$group"]))
        return rows

    def _overtaken(self):
        """Records that a person changed before it was known what became of a row: held until released.

        What was sent after that and written lifts it.
        """
        sent, superseded, held = {}, {}, set()
        for event in sorted(self._reality.tables.get("mon_operation_event", ()), key=lambda event: event["seq"]):
            if event["event"] == "SENT":
                sent[event["operation_id"]] = (json.loads(event["staged_row"])["record_key"], event["seq"])
            key, seq = sent.get(event["operation_id"], (None, 0))
            if event["event"] == "SUPERSEDED":
                superseded[key] = event["seq"]
                held.add(key)
            elif event["event"] == "SUCCEEDED" and seq > superseded.get(key, 0):
                held.discard(key)
        return held

    def _current(self):
        current = {item_id: {**item, "values": dict(item["values"])} for item_id, item in self._extract.items()}
        for row in self._audit_rows(lambda row: row["extract_id"] == self.extract_id):
            fresh = {"group": "topics", "parent": None, "values": {}, "board": row["monday_board_id"]}
            item = current.setdefault(row["monday_item_id"], fresh)
            column, value = row["column_id"], row["new_value"]
            if column == "$state":
                item["state"] = value
            elif column == "$group":
                item["group"] = value
            elif column == "$parent":
                item["parent"] = int(value)
            elif column != "name":
                item["values"][column] = value
        return {item_id: item for item_id, item in current.items() if item.get("state", "active") == "active"}

    def _audit(self, wanted):
        return {(row["monday_item_id"], row["column_id"]): row["new_value"] for row in self._audit_rows(wanted)}

    def _audit_rows(self, wanted):
        rows = self._reality.tables.get("mon_update_audit_log", ())
        return sorted((row for row in rows if wanted(row)), key=lambda row: row["seq"])


def _fields(cells):
    return json.dumps(cells)


def _update(key, item_id, new, old):
    return staged(
        stg_id=f"update {key} {new}", record_key=key, monday_item_id=item_id, update_fields=_fields(new),
        old_fields=_fields(old),
    )  # fmt: skip


def _move(key, item_id, new, old):
    return staged(
        stg_id=f"move {key}", record_key=key, monday_item_id=item_id, update_operation="MOVE", group_id=new,
        update_fields=_fields({"$group": new}), old_fields=_fields({"$group": old}),
    )  # fmt: skip


def _removal(key, item_id):
    return staged(
        stg_id=f"archive {key}", record_key=key, monday_item_id=item_id, update_operation="ARCHIVE",
        update_fields='{"$state":"archived"}', old_fields='{"$state":"active"}',
    )  # fmt: skip


def _new(key, cells, group):
    return staged(
        stg_id=f"create {key}", record_key=key, monday_item_id=None, update_operation="CREATE", item_name=key,
        group_id=group, update_fields=_fields({KEY_COLUMN: key, **cells}), old_fields=None,
    )  # fmt: skip


def _new_subitem(parent_key, parent, key, cells):
    return staged(
        stg_id=f"create {parent_key}/{key}", record_key=json.dumps([parent_key, key]), parent_key=parent_key,
        monday_item_id=None, monday_board_id=None, parent_item_id=parent, update_type="update_subitems",
        update_operation="CREATE", item_name=key, update_fields=_fields({KEY_COLUMN: key, **cells}), old_fields=None,
    )  # fmt: skip


@dataclass(frozen=True)
class Safety:
    """What a test may switch off, to see that the model notices."""

    look: bool = True
    settle_seconds: float = 65.0
    sync_point: bool = True


class Blind(Look):
    """A look that sees what the rows say."""

    def at(self, sendings):
        return [
            Found(
                LiveItem(
                    one.staged.row.monday_item_id, "active", group_id=one.staged.old.get("$group"), cells=one.staged.old
                )
                if one.staged.row.monday_item_id
                else None,
                parent=one.parent and LiveItem(one.parent, "active"),
            )
            for one in sendings
        ]


def process(reality, rows, dbt, ids, safety, *, send=True):
    """One process: recovery, then the sync point, then the push; returns whether it was let through."""
    tools = tools_for(
        reality, on_conflict=reality.scenario.on_conflict, ids=ids, first_seq=reality.seq + 1, max_retries=2,
        settle_seconds=safety.settle_seconds,
    )  # fmt: skip
    recovery = Recovery("planning", reality, reality, tools.look, tools.recorder, reality.clock, safety.settle_seconds)
    recovery.run()
    if not send or not rows:
        return False
    if safety.sync_point and _stale(rows, dbt, reality):
        return False
    if not safety.look:
        governed = GovernedApi(reality, Governor(reality.clock), reality.clock)
        tools = replace(tools, look=Blind(contract(), governed))
    BoardPush("planning", operations(reality, rows), tools).run()
    return True


def _stale(rows, dbt, reality):
    """Ask the real precondition."""
    built = BuildEvent(1, "n", "staged", "model", "success", None, rows[0]["extract_id"], rows[0]["as_of_seq"], None)
    present = Present(extract_id=dbt.extract_id, as_of_seq=reality.seq)
    return stale(Facts("planning", BOARD_ID, reality.endpoint, None, present, (built,), (), frozenset()))


def run(scenario, choices, safety=None, budget=None):
    """One life: staged, pushed, perhaps killed, pushed again by whoever comes next, until nothing is left to do."""
    safety = safety or Safety()
    reality = Reality(scenario, choices, budget or Budget())
    ids = count(1)
    dbt = Dbt(reality)
    rows = dbt.build()
    reality.person()
    for attempt in range(4):
        if attempt and safety.sync_point and not rows and not reality.query("open_operations", board="planning"):
            # Nothing is left to do: what follows differs in nothing from what comes below.
            break
        let_through = False
        with suppress(Killed, OpusError):
            let_through = process(reality, rows, dbt, ids, safety)
        reality.person()
        if attempt == 0 and not safety.sync_point:
            # Whoever comes next does not build first.
            continue
        if let_through or attempt:
            rows = dbt.build()
    reality.calm = True
    reality.end_of_time()
    for _ in range(2):
        process(reality, [], dbt, ids, safety, send=False)
        dbt.pull()
        process(reality, dbt.build(), dbt, ids, safety)
        reality.end_of_time()
    return reality
