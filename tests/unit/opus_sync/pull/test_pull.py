"""`pull` from a sandbox over HTTP into a DuckDB file."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Mapping
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from monday_sandbox import Fault, Options, Running, running
from opus_sync.errors import OpusError, Refused
from opus_sync.live.pages import ItemPages
from opus_sync.warehouse.board_lock import board_lock
from unit.opus_sync.pull.boards import CONTRACT, HOSTILE, seed
from unit.opus_sync.pull.conftest import Shop

EVENTS = "select status from mon_extract order by seq"
ACTIVE = "select extract_id from mon_extract where status = 'ACTIVE' order by seq desc limit 1"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Serve a seed and point the runner at it."""

    @contextmanager
    def serve(state: Mapping[str, Any], options: Options | None = None) -> Any:
        with running(state, options) as sandbox:
            monkeypatch.setenv("MONDAY_API_URL", sandbox.url)
            yield sandbox

    return serve


def test_a_board_and_its_subitems_arrive_whole(shop: Shop, served: Any) -> None:
    with served(seed(120, subitems_each=2)):
        result = shop.pull()

    assert result.exit_code == 0
    assert result.text.startswith("orders: 120 items, 240 subitems, ")
    assert shop.rows(EVENTS) == [("STARTED",), ("LOADED",), ("ACTIVE",)]
    assert shop.rows(
        "select items_expected, items_read, subitems_expected, subitems_read, mode, account_id, board, "
        "monday_board_id from mon_extract where status = 'ACTIVE'"
    ) == [(120, 120, 240, 240, "full", "7001", "orders", 9001)]
    assert shop.rows("select count(distinct monday_item_id), count(*) from mon_raw_item") == [(360, 360)]
    assert shop.progress.shown == {"orders": (360, 360)}


def test_cells_arrive_as_canonical_text_of_the_columns_of_the_contract(shop: Shop, served: Any) -> None:
    with served(seed(3, subitems_each=1)):
        shop.pull()

    cells = dict(shop.rows("select monday_item_id, column_values from mon_raw_item"))
    assert json.loads(cells[10_000]) == {
        "text_1": HOSTILE, "status_1": "Working", "people_1": None, "checkbox_1": "false",
    }  # fmt: skip
    assert json.loads(cells[10_001]) == {
        "text_1": None, "status_1": None, "people_1": '["person-102","team-501"]', "checkbox_1": "true",
    }  # fmt: skip
    assert json.loads(cells[100_000]) == {"numbers_2": "0.5"}


def test_items_know_their_place(shop: Shop, served: Any) -> None:
    with served(seed(1, subitems_each=1)):
        shop.pull()

    assert shop.rows(
        "select monday_board_id, monday_item_id, parent_item_id, group_id, item_name, "
        "strftime(monday_updated_at, '%Y-%m-%d %H:%M:%S') from mon_raw_item order by monday_item_id"
    ) == [
        (9001, 10_000, None, "topics", "Item 0", "2026-11-01 08:00:00"),
        (9002, 100_000, 10_000, "subitems", "Size 0", "2026-11-01 08:00:00"),
    ]


def test_metadata_for_validation_arrives(shop: Shop, served: Any) -> None:
    with served(seed(1, subitems_each=1)):
        shop.pull()

    assert shop.rows(
        "select monday_board_id, parent_board_id, board_name, state, items_count, first_day_of_week "
        "from mon_raw_board order by 1"
    ) == [
        (9001, None, "Orders", "active", 1, "sunday"),
        (9002, 9001, "Subitems of Orders", "active", 1, "sunday"),
    ]
    assert shop.rows("select group_id, title from mon_raw_group where monday_board_id = 9001 order by 1") == [
        ("done", "Done {% if x %}"),
        ("topics", "Open"),
    ]
    assert shop.rows("select column_id, column_type, position from mon_raw_column where column_id = 'status_1'") == [
        ("status_1", "status", 2)
    ]  # after the name and the text column
    assert shop.rows(
        "select label_id, label, is_deactivated, is_done from mon_raw_label "
        "where monday_board_id = 9001 and label <> '' order by 1"
    ) == [("0", "Working", False, False), ("1", "Done", False, True), ("2", "Old", True, False)]
    assert shop.rows("select count(distinct user_id), any_value(status) from mon_raw_user") == [(250, "ACTIVE")]
    assert shop.rows("select team_name from mon_raw_team") == [("Production",)]
    assert shop.rows("select tag_id, tag_name from mon_raw_tag") == [("301", "urgent")]


def test_each_event_of_a_board_takes_the_next_seq(shop: Shop, served: Any) -> None:
    with served(seed(2)):
        shop.pull()
        shop.pull()

    assert shop.rows("select seq from mon_extract order by seq") == [(at,) for at in range(1, 7)]
    assert shop.rows("select count(distinct extract_id) from mon_raw_item") == [(2,)]


def test_calls_and_complexity_are_recorded(shop: Shop, served: Any) -> None:
    with served(seed(60)) as sandbox:
        shop.pull()
        sent = _requests(sandbox)

    ((calls, complexity),) = shop.rows("select api_calls, complexity from mon_extract where status = 'ACTIVE'")
    assert calls == sent
    assert complexity > 60


def test_a_column_that_is_gone_or_of_another_type_rejects_and_all_are_named(shop: Shop, served: Any) -> None:
    state = seed(2)
    with served(state):
        shop.pull()
    (active,) = shop.rows(ACTIVE)
    columns = state["boards"][0]["columns"]
    state["boards"][0]["columns"] = [column for column in columns if column["id"] != "text_1"]
    next(column for column in columns if column["id"] == "people_1")["type"] = "text"
    for item in state["boards"][0]["items"]:
        item["values"] = {}

    shop.rows("update mon_extract set endpoint = 'moved'")
    with served(state) as sandbox:
        shop.rows(f"update mon_extract set endpoint = '{sandbox.url}'")
        with pytest.raises(OpusError) as caught:
            shop.pull()

    message = str(caught.value)
    assert "orders.yml:7 column 'Order' (text_1) is not on board 9001" in message
    assert "column 'Owner' (people_1) is of type 'text' on board 9001, not 'people'" in message
    assert caught.value.exit_code == 1
    assert shop.rows(EVENTS) == [("STARTED",), ("LOADED",), ("ACTIVE",), ("STARTED",), ("REJECTED",)]
    assert shop.rows("select reason from mon_extract where status = 'REJECTED'") == [(message,)]
    assert shop.rows(ACTIVE) == [active]


def test_a_short_listing_is_rejected(shop: Shop, served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ItemPages.__iter__
    monkeypatch.setattr(ItemPages, "__iter__", lambda self: iter(list(whole(self))[:-1]))
    with served(seed(120)), pytest.raises(OpusError, match="listed 100 items of board 9001, but the board"):
        shop.pull()

    assert shop.rows(EVENTS) == [("STARTED",), ("REJECTED",)]
    assert shop.rows("select items_read from mon_extract where status = 'REJECTED'") == [(100,)]
    assert shop.rows("select count(*) from mon_raw_item") == [(0,)]


def test_an_item_that_is_listed_twice_is_rejected(shop: Shop, served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ItemPages._listing

    def doubled(self: ItemPages, **how: Any) -> Any:
        for items in whole(self, **how):
            yield items
            yield items

    monkeypatch.setattr(ItemPages, "_listing", doubled)
    with served(seed(3)), pytest.raises(OpusError, match="listed item 10000 of board 9001 twice"):
        shop.pull()
    assert shop.rows(EVENTS) == [("STARTED",), ("REJECTED",)]


def test_a_board_that_does_not_exist_says_where_its_id_stands(shop: Shop, served: Any) -> None:
    shop.write_contract(CONTRACT.replace("9001", "4711"))
    with (
        served(seed(1)),
        pytest.raises(OpusError, match=r"board 4711 does not exist[\s\S]*boards/orders.yml"),
    ):
        shop.pull()


def test_a_listing_goes_on_when_its_cursor_expires(shop: Shop, served: Any) -> None:
    with served(seed(120), Options(cursor_minutes=60)) as sandbox:
        advance = shop.progress.task
        shop.progress.task = _once_between_pages(advance, lambda: sandbox.sandbox.clock.advance(3700))  # type: ignore[method-assign]
        shop.pull()

    assert shop.rows("select count(distinct monday_item_id), count(*) from mon_raw_item") == [(120, 120)]


def test_an_extract_that_cannot_be_loaded_is_rejected(shop: Shop, served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The warehouse refuses one row: nothing of the extract is there, and its end is on record."""
    monkeypatch.setattr("opus_sync.live.pages.moment", lambda _: "no moment")
    with served(seed(3)), pytest.raises(OpusError, match="no moment") as caught:
        shop.pull()

    assert shop.rows(EVENTS) == [("STARTED",), ("REJECTED",)]
    assert shop.rows("select reason, items_read from mon_extract where status = 'REJECTED'") == [(str(caught.value), 3)]
    assert shop.rows("select count(*) from mon_raw_item") == [(0,)]


def test_an_interrupted_pull_says_so_in_its_extract(shop: Shop, served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reading ends at its next page and is on record as rejected."""
    whole, stop = ItemPages._listing, threading.Event()

    def interrupting(self: ItemPages, **how: Any) -> Any:
        for items in whole(self, **how):
            os.kill(os.getpid(), signal.SIGINT)
            stop.wait(10)
            yield items

    monkeypatch.setattr("opus_sync.commands.pull.threading", SimpleNamespace(Event=lambda: stop))
    monkeypatch.setattr(ItemPages, "_listing", interrupting)
    with served(seed(3)), pytest.raises(KeyboardInterrupt):
        shop.pull()
    assert shop.rows(EVENTS) == [("STARTED",), ("REJECTED",)]


def test_a_crash_leaves_only_the_mark_that_it_began(shop: Shop, served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ItemPages._listing

    def crashing(self: ItemPages, **how: Any) -> Any:
        yield next(iter(whole(self, **how)))
        raise MemoryError

    with served(seed(120)):
        with monkeypatch.context() as crash:
            crash.setattr(ItemPages, "_listing", crashing)
            with pytest.raises(MemoryError):
                shop.pull()
        assert shop.rows(EVENTS) == [("STARTED",)]
        assert shop.rows("select count(*) from mon_raw_item") == [(0,)]
        assert shop.pull().exit_code == 0


def test_a_board_that_is_being_worked_on_is_refused(shop: Shop, served: Any) -> None:
    with (
        served(seed(1)),
        board_lock(shop.root / "opus.duckdb.orders.lock", "orders"),
        pytest.raises(Refused, match="board 'orders' is locked by"),
    ):
        shop.pull()
    assert shop.rows(EVENTS) == []


def test_pages_shrink_until_a_request_is_small_enough(shop: Shop, served: Any) -> None:
    with served(seed(120), Options(complexity_per_request=3_500)):
        shop.pull()
    assert shop.rows("select count(distinct monday_item_id) from mon_raw_item") == [(120,)]


def test_a_board_without_subitems_yet_has_none(shop: Shop, served: Any) -> None:
    state = seed(2)
    state["boards"] = state["boards"][:1]
    state["boards"][0]["subitem_board"] = None
    state["boards"][0]["columns"] = state["boards"][0]["columns"][:-1]
    with served(state):
        assert shop.pull().text.startswith("orders: 2 items, 0 subitems")


def test_another_endpoint_or_account_is_refused(shop: Shop, served: Any) -> None:
    with served(seed(1)) as first:
        shop.pull()
    with served(seed(1)) as second, pytest.raises(Refused) as caught:
        shop.pull()

    assert first.url in str(caught.value)
    assert second.url in str(caught.value)
    assert "a dbt target of its own" in str(caught.value)
    assert shop.rows(EVENTS) == [("STARTED",), ("LOADED",), ("ACTIVE",)]


def test_a_wrong_token_says_what_to_set_and_never_shows_it(shop: Shop, served: Any) -> None:
    with served(seed(1), Options(tokens=("another",))), pytest.raises(OpusError) as caught:
        shop.pull()

    assert "MONDAY_API_TOKEN" in str(caught.value)
    assert "secret-token" not in str(caught.value)
    assert shop.rows(EVENTS) == []


def test_without_a_token_nothing_is_done(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONDAY_API_TOKEN")
    with pytest.raises(OpusError, match=r"there is no token[\s\S]*set MONDAY_API_TOKEN"):
        shop.pull()


def test_an_unreachable_server_is_named(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONDAY_API_URL", "http://127.0.0.1:9/v2")
    with pytest.raises(OpusError, match=r"monday is not reachable at http://127.0.0.1:9/v2"):
        shop.pull()
    assert shop.rows(EVENTS) == []


def test_errors_that_heal_are_healed(shop: Shop, served: Any) -> None:
    faults = (
        Fault("server_error", on="query", count=1),
        Fault("rate_limited", on="query", field="users", count=1),
        Fault("lost_answer", on="query", field="next_items_page", count=1),
    )
    with served(seed(120), Options(faults=faults)):
        assert shop.pull().exit_code == 0
    assert shop.rows("select count(*) from mon_raw_item") == [(120,)]


def test_a_server_that_fails_midway_leaves_the_extract_before_in_force(shop: Shop, served: Any) -> None:
    with served(seed(120)) as sandbox:
        shop.pull()
        (active,) = shop.rows(ACTIVE)
        sandbox.sandbox.configure({"faults": [{"kind": "server_error", "on": "query", "field": "next_items_page"}]})
        with pytest.raises(OpusError, match="monday failed on its side"):
            shop.pull()

    assert shop.rows(ACTIVE) == [active]
    assert shop.rows(EVENTS)[-2:] == [("STARTED",), ("REJECTED",)]
    assert shop.rows("select count(*) from mon_raw_item") == [(120,)]


def test_boards_fail_alone(shop: Shop, served: Any) -> None:
    shop.write_contract(CONTRACT.replace("9001", "4711").replace("mon_orders", "mon_lost"), "lost")
    with served(seed(2)):
        result = shop.pull()

    assert result.exit_code == 1
    assert "orders: 2 items" in result.text
    assert any(note.startswith("lost: board 4711 does not exist") for note in shop.notes)


def _requests(sandbox: Running) -> int:
    return sandbox.sandbox.metrics.requests


def _once_between_pages(task: Any, act: Any) -> Any:
    @contextmanager
    def wrapped(label: str, total: int | None) -> Any:
        acted = False
        with task(label, total) as advance:

            def advancing(steps: int) -> None:
                nonlocal acted
                if not acted:
                    acted = True
                    act()
                advance(steps)

            yield advancing

    return wrapped
