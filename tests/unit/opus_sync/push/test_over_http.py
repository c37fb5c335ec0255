"""The engine against the stand-in, over HTTP: what it writes is on the board, what it says is true."""

from contextlib import contextmanager

import pytest

from monday_sandbox import Fault, Options, running
from opus_sync.clock import SystemClock
from opus_sync.errors import OpusError
from opus_sync.monday.answer import Stopped
from opus_sync.monday.client import Monday
from opus_sync.monday.endpoint import Token
from opus_sync.push.line import connect

from .fake_board import SUBITEM_BOARD_ID
from .world import BOARD_ID, World, board_push, new_item, new_subitem, staged

TEXTS = [
    {"id": name, "title": name, "type": "text", "description": "", "settings": {}}
    for name in ("text_key", "text_1", "text_2")
]
GROUPS = [{"id": name, "title": name, "color": "#037f4c"} for name in ("topics", "done")]


def seed(items=3):
    """A board of so many items and an empty board of subitems."""
    shared = {"description": "", "kind": "public", "items_limit": 10000, "groups": GROUPS, "columns": TEXTS}
    made = {"created_at": "2026-11-01T08:00:00Z", "updated_at": "2026-11-01T08:00:00Z", "creator": "101"}
    board = {
        "id": str(BOARD_ID),
        "name": "Planning",
        "subitem_board": str(SUBITEM_BOARD_ID),
        "parent_board": None,
        "items": [
            {"id": str(1001 + n), "name": f"Order {n}", "group": "topics", "parent": None}
            | made
            | {"values": {"text_1": "old"}}
            for n in range(items)
        ],
    }
    subitems = {
        "id": str(SUBITEM_BOARD_ID),
        "name": "Subitems of Planning",
        "subitem_board": None,
        "parent_board": str(BOARD_ID),
        "items": [],
    }
    return {
        "account": {
            "id": "7001",
            "name": "Acme",
            "slug": "acme",
            "first_day_of_the_week": "monday",
            "plan": "standard",
        },
        "users": [{"id": "101", "name": "Ada", "email": "ada@example.com", "kind": "member", "enabled": True}],
        "teams": [],
        "tags": [],
        "boards": [board | shared, subitems | shared],
    }


class Recording(World):
    """The warehouse half of the scripted world; the other half is the stand-in."""

    def __init__(self, api, endpoint):
        super().__init__()
        self._api, self.endpoint, self.documents = api, endpoint, []

    def post(self, document, variables, *, idempotency_key=None):
        self.documents.append(document)
        return self._api.post(document, variables, idempotency_key=idempotency_key)


class FastClock(SystemClock):
    """The machine's clock, a hundred times faster, as the stand-in's can be."""

    SCALE = 100.0

    def monotonic(self):
        return super().monotonic() * self.SCALE

    def sleep(self, seconds):
        super().sleep(seconds / self.SCALE)


@contextmanager
def pushing(rows, items=3, max_retries=3, **options):
    """A push of these rows to a stand-in with these options; yields the stand-in, the rows, the report."""
    settings = Options(clock_scale=FastClock.SCALE, **options)
    with running(seed(items), settings) as server, Monday(server.url, Token("t"), timeout=5) as api:
        line = connect(api, FastClock())
        world = Recording(api, server.url)
        push = board_push(world, rows, governor=line.governor, clock=FastClock(), max_retries=max_retries)
        yield server, world, push.run()


def items_of(server, board_id=BOARD_ID):
    """Item id -> item of a board as the stand-in holds it."""
    boards = {board["id"]: board for board in server.sandbox.state()["boards"]}
    return {item["id"]: item for item in boards[str(board_id)]["items"]}


def test_all_kinds_of_rows_reach_the_board():
    """Create with a subitem, update and rename, move, archive."""
    rows = [
        new_item("A", group_id="done"),
        new_subitem("A", "S"),
        staged(
            record_key="B",
            monday_item_id=1001,
            update_fields='{"text_1":"new","name":"Renamed"}',
            old_fields='{"text_1":"old","name":"Order 0"}',
        ),
        staged(
            record_key="C",
            monday_item_id=1002,
            update_operation="MOVE",
            group_id="done",
            update_fields='{"$group":"done"}',
        ),
        staged(record_key="D", monday_item_id=1003, update_operation="ARCHIVE", update_fields="{}"),
    ]
    with pushing(rows) as (server, world, report):
        items = items_of(server)
        (new_id,) = items.keys() - {"1001", "1002", "1003"}
        (child,) = items_of(server, SUBITEM_BOARD_ID).values()
        assert report.complete
        assert (items[new_id]["name"], items[new_id]["group"]) == ("Order A", "done")
        assert (child["name"], child["parent"]) == ("S", new_id)
        assert (items["1001"]["name"], items["1001"]["values"]["text_1"]) == ("Renamed", "new")
        assert items["1002"]["group"] == "done"
        assert items.get("1003", {}).get("state") != "active"
        groups = [row for row in world.tables["mon_update_audit_log"] if row["column_id"] == "$group"]
        assert {(row["monday_item_id"], row["new_value"]) for row in groups} >= {(int(new_id), "done")}
        boards = {row["monday_board_id"] for row in world.tables["mon_update_audit_log"] if row["parent_item_id"]}
        assert boards == {SUBITEM_BOARD_ID}


@pytest.mark.parametrize("code", ["ColumnValueException", "INTERNAL_SERVER_ERROR"])
@pytest.mark.parametrize("scope", ["alias", None])
def test_a_poisoned_row_stands_alone(code, scope):
    """Refused by itself or with its whole request, for good or time after time: only this row fails."""
    rows = [staged(record_key=key, monday_item_id=1001 + n) for n, key in enumerate("ABC")]
    fault = Fault("poison", item_id="1002", scope=scope, code=code)
    with pushing(rows, max_retries=1, faults=(fault,)) as (server, _, report):
        assert (report.succeeded, report.failed, report.open) == (2, 1, 0)
        assert [item["values"].get("text_1") for item in items_of(server).values()] == ["new", "old", "new"]


@pytest.mark.parametrize("kind", ["locked", "rate_limited"])
def test_a_refusal_that_passes_is_waited_out(kind):
    """One 423 or 429, then the same rows again."""
    fault = Fault(kind, count=1, seconds=0.1)
    with pushing([staged(monday_item_id=1001)], faults=(fault,)) as (_, world, report):
        assert report.complete
        assert world.events() == ["SENT", "SENT", "SUCCEEDED"]


@pytest.mark.parametrize(("kind", "posts"), [("lost_answer", 1), ("lost_request", 2)])
def test_a_lost_answer_is_found_out(kind, posts):
    """What ran is not sent again, what did not is."""
    fault = Fault(kind, count=1)
    with pushing([staged(monday_item_id=1001)], faults=(fault,)) as (server, world, report):
        assert (report.complete, world.events()[-1]) == (True, "SUCCEEDED")
        assert [document.startswith("mutation") for document in world.documents].count(True) == posts
        assert items_of(server)["1001"]["values"]["text_1"] == "new"


def test_a_refused_token_fails_no_row():
    """In the middle of a push: nothing of the request ran."""
    with pushing([staged(monday_item_id=1001)], faults=(Fault("unauthorized"),)) as (_, world, report):
        assert world.events() == ["SENT", "NOT_APPLIED"]
        assert report.failed == 0
        assert "MONDAY_API_TOKEN" in report.hint


def test_a_wrong_token_is_told_before_anything_is_planned():
    """It stops the command, with what to do."""
    with running(seed(), Options(tokens=("right",))) as server, Monday(server.url, Token("wrong")) as api:
        with pytest.raises(Stopped, match="refused") as refused:
            connect(api, FastClock())
        assert "MONDAY_API_TOKEN" in refused.value.hint


def test_a_server_that_is_not_there_is_told_before_anything_is_planned():
    """After a few tries."""
    with running(seed()) as server:
        pass
    with Monday(server.url, Token("t")) as api, pytest.raises(OpusError, match="not reachable"):
        connect(api, FastClock())


def test_a_small_budget_is_drained_without_a_refusal():
    """Three windows of ten rows each."""
    rows = [staged(record_key=f"K{n:02}", monday_item_id=1001 + n) for n in range(30)]
    with pushing(rows, items=30, complexity_per_minute=305_000) as (server, world, report):
        assert report.complete
        assert world.events().count("SENT") == 30
        assert all(item["values"]["text_1"] == "new" for item in items_of(server).values())
