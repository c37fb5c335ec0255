"""Which way a pull goes: incremental where it can, full where it must, metadata alone when asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from monday_sandbox import Options, Running, running
from monday_sandbox.group_mutations import GROUP_MUTATIONS
from monday_sandbox.mutations import MUTATIONS, Actor
from opus_sync.errors import OpusError, UsageError
from opus_sync.status.read import read_status
from opus_sync.warehouse.target import load_target, open_warehouse
from unit.opus_sync.pull.boards import CONTRACT, seed
from unit.opus_sync.pull.conftest import Shop

LONG_AGO = "2020-01-01T08:00:00Z"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A board of 60 items that nobody has touched for years."""
    state = seed(60, subitems_each=1)
    state["users"] = state["users"][:3]
    for board in state["boards"]:
        for item in board["items"]:
            item["updated_at"] = LONG_AGO
    with running(state, Options(record_documents=True)) as sandbox:
        monkeypatch.setenv("MONDAY_API_URL", sandbox.url)
        yield sandbox


@pytest.fixture
def edit(served: Running) -> Callable[..., Any]:
    def mutate(mutation: str, **arguments: Any) -> Any:
        store = served.sandbox.store
        actor = Actor(store, served.sandbox.options, "101", served.sandbox.clock.now())
        return (MUTATIONS | GROUP_MUTATIONS)[mutation](actor, **arguments)  # type: ignore[operator]

    return mutate


def _change(edit: Callable[..., Any], item: int, **values: Any) -> None:
    edit("change_multiple_column_values", board_id="9001", item_id=str(item), column_values=json.dumps(values))


def _told(shop: Shop, **how: Any) -> tuple[str, str, int]:
    (told,) = shop.pull(**how).data["boards"]
    return told["mode"], told["why"], told["read"]


def _active(shop: Shop, table: str, columns: str, more: str = "") -> list[tuple[Any, ...]]:
    newest = "select extract_id from mon_extract where status = 'ACTIVE' order by seq desc limit 1"
    return shop.rows(f"select {columns} from {table} where extract_id = ({newest}) {more} order by all")


def test_only_what_changed_is_read_and_the_extract_is_whole(shop: Shop, served: Running, edit: Any) -> None:
    """Changed, moved, new, archived with its subitem, and a subitem deleted: 4 of 118 rows are read."""
    shop.pull()
    _change(edit, 10_001, text_1="other")
    edit("move_item_to_group", item_id="10002", group_id="done")
    made = edit("create_item", board_id="9001", item_name="new")
    edit("archive_item", item_id="10003")
    edit("delete_item", item_id="100004")
    edit("create_subitem", parent_item_id="10005", item_name="below")

    result = shop.pull()
    assert result.text.startswith("orders: 60 items, 59 subitems, ")
    assert result.text.endswith("(incremental: 4 of 119 items read)")
    assert _active(shop, "mon_extract", "mode, status, items_expected, items_read, subitems_read") == [
        ("incremental", "ACTIVE", 60, 60, 59),
        ("incremental", "LOADED", 60, 60, 59),
        (None, "STARTED", None, None, None),
    ]
    found = dict(_active(shop, "mon_raw_item", "monday_item_id, [group_id, item_name, column_values]"))
    assert json.loads(found[10_001][2])["text_1"] == "other"
    assert found[10_002][0] == "done"
    assert found[int(made.id)][1] == "new"
    assert {10_003, 100_003, 100_004} & found.keys() == set()


def test_requests_are_those_of_the_listing_and_one_for_what_changed(shop: Shop, served: Running, edit: Any) -> None:
    """Cells are asked for by id alone."""
    shop.pull()
    _change(edit, 10_001, text_1="other")
    served.sandbox.recorded.clear()
    shop.pull()

    cells = [(one["variables"]["columns"], "ItemRows" in one["document"])
             for one in served.sandbox.recorded if "columns" in one["variables"]]  # fmt: skip
    assert [by_id for columns, by_id in cells if columns] == [True]
    assert len(cells) == 2 + 1 + 2  # two pages of items and two of subitems


def test_full_is_full(shop: Shop, served: Running) -> None:
    shop.pull()
    assert shop.pull(full=True).text.endswith("(full: 120 of 120 items read)")
    with pytest.raises(UsageError, match="exclude each other"):
        shop.pull(full=True, metadata=True)


def test_a_column_that_came_into_the_contract_is_read_of_every_item(shop: Shop, served: Running) -> None:
    shop.pull()
    numbers = "      - {name: Not ours, description: n, config: {meta: {monday: {id: numbers_1, type: numbers}}}}\n"
    subitems = "  - name: mon_orders_subitems"
    shop.write_contract(CONTRACT.replace(subitems, numbers + subitems))

    mode, why, read = _told(shop)
    assert (mode, read) == ("full", 120)
    assert "the contract" in why
    assert all("numbers_1" in json.loads(cells) for (cells,) in
               _active(shop, "mon_raw_item", "column_values", "and parent_item_id is null"))  # fmt: skip
    assert _told(shop) == ("incremental", "", 0)


@pytest.mark.parametrize(("column", "why"), [("status_1", "labels were renamed or deleted: Status")])
def test_a_renamed_label_is_read_of_every_item(shop: Shop, served: Running, column: str, why: str) -> None:
    """Cells show its text, and no item changes."""
    shop.pull()
    labels = served.sandbox.store.boards["9001"].columns[column].settings["labels"]
    next(label for label in labels if label["label"] == "Working")["label"] = "At work"

    assert _told(shop) == ("full", why, 120)
    assert "Working" not in str(_active(shop, "mon_raw_item", "column_values"))
    assert _told(shop) == ("incremental", "", 0)


def test_an_old_extract_is_read_anew(shop: Shop, served: Running) -> None:
    """A week after the last full one; incremental ones in between do not count."""
    shop.pull()
    shop.rows("update mon_extract set recorded_at = recorded_at - interval 8 day")
    assert _told(shop) == ("full", "the last full one is older than 7 days", 120)


def test_an_extract_of_an_older_version_is_read_anew(shop: Shop, served: Running) -> None:
    shop.pull()
    shop.rows("update mon_extract set reading = null, monday_time = null")
    assert _told(shop)[0::2] == ("full", 120)


def test_what_changed_within_the_hour_before_the_last_pull_is_read_again(
    shop: Shop, served: Running, edit: Any
) -> None:
    """Its stamp has whole seconds: an edit just after it was read left no mark."""
    _change(edit, 10_001, text_1="first")
    shop.pull()
    item = served.sandbox.store.items["10001"]
    stamp = item.updated_at
    _change(edit, 10_001, text_1="second")
    item.updated_at = stamp

    assert _told(shop) == ("incremental", "", 1)
    assert "second" in str(_active(shop, "mon_raw_item", "column_values", "and monday_item_id = 10001"))
    served.sandbox.clock.advance(2 * 3600)
    assert _told(shop)[2] == 1  # looked at again, since the extract before is of the same hour
    assert _told(shop)[2] == 0


def test_the_clock_of_this_machine_does_not_matter(shop: Shop, served: Running, edit: Any) -> None:
    """monday's time is what monday says, and it is kept with the extract."""
    served.sandbox.clock.advance(-365 * 86_400)
    then = datetime.fromtimestamp(served.sandbox.clock.now(), timezone.utc).replace(tzinfo=None)
    shop.pull()
    ((told, mode),) = _active(shop, "mon_extract", "monday_time, mode", "and status = 'ACTIVE'")
    assert abs(told - then) < timedelta(minutes=5)
    assert mode == "full"


def test_metadata_brings_labels_and_groups_and_reads_no_item(shop: Shop, served: Running, edit: Any) -> None:
    shop.pull()
    edit("create_group", board_id="9001", group_name="Next season")
    create = {"status_1": {"label": "Late"}}
    edit("change_multiple_column_values", board_id="9001", item_id="10001", column_values=json.dumps(create),
         create_labels_if_missing=True)  # fmt: skip
    before = _active(shop, "mon_raw_item", "* exclude (extract_id)")

    result = shop.pull(metadata=True)
    assert result.text.endswith("(metadata: 0 of 120 items read)")
    assert result.data["boards"][0]["calls"] <= 4
    assert ("Next season",) in _active(shop, "mon_raw_group", "title")
    assert ("Late",) in _active(shop, "mon_raw_label", "label")
    assert _active(shop, "mon_raw_item", "* exclude (extract_id)") == before
    # What changed before it is found by the pull after it.
    assert _told(shop) == ("incremental", "", 1)


def test_metadata_reads_what_was_written_since(shop: Shop, served: Running, edit: Any) -> None:
    """Writes lie over the extract that they followed: the next one has them itself, removals with what is below."""
    shop.pull()
    ((extract_id,),) = shop.rows("select extract_id from mon_extract where status = 'ACTIVE'")
    _change(edit, 10_001, text_1="written")
    edit("archive_item", item_id="10002")
    made = edit("create_item", board_id="9001", item_name="new")
    for seq, item in enumerate((10_001, 10_002, int(made.id)), start=10):
        shop.rows(
            "insert into mon_update_audit_log (board, seq, extract_id, monday_board_id, monday_item_id, column_id) "
            f"values ('orders', {seq}, '{extract_id}', 9001, {item}, 'text_1')"
        )

    assert _told(shop, metadata=True) == ("metadata", "", 2)
    found = dict(_active(shop, "mon_raw_item", "monday_item_id, column_values"))
    assert "written" in found[10_001]
    assert int(made.id) in found
    assert {10_002, 100_002} & found.keys() == set()
    assert len(found) == 119


def test_metadata_alone_makes_no_item_younger(shop: Shop, served: Running) -> None:
    """The guard on the age of the extract, and the status, ask when items were read."""
    warehouse = open_warehouse(load_target(shop.root, profiles_dir=shop.root), shop.root, "opus")

    def ages() -> set[Any]:
        active = read_status(warehouse, "orders", 9001).active
        assert active is not None
        return {active.began_at, warehouse.query("plan_present", board="orders")[0]["extract_started_at"]}

    shop.pull()
    before = ages()
    assert len(before) == 1
    shop.pull(metadata=True)
    assert ages() == before
    shop.pull()
    assert min(ages()) > max(before)


@pytest.mark.parametrize("first", [True, False])
def test_metadata_needs_items_that_still_hold(shop: Shop, served: Running, first: bool) -> None:
    """Without an extract, or after a label was renamed, it would be wrong; the extract before stays in force."""
    if not first:
        shop.pull()
        labels = served.sandbox.store.boards["9001"].columns["status_1"].settings["labels"]
        next(label for label in labels if label["label"] == "Done")["label"] = "Shipped"
    with pytest.raises(OpusError, match="metadata alone will not do: ") as caught:
        shop.pull(metadata=True)
    assert "pull without --metadata" in str(caught.value)
    assert shop.rows("select status from mon_extract order by seq")[-1] == ("REJECTED",)


def test_an_item_that_goes_between_listing_and_reading_is_left_out(shop: Shop, served: Running, edit: Any) -> None:
    shop.pull()
    _change(edit, 10_001, text_1="other")
    _change(edit, 10_002, text_1="other")
    acted: list[str] = []
    task = shop.progress.task

    @contextmanager
    def after_the_items(label: str, total: int | None) -> Iterator[Callable[[int], None]]:
        with task(label, total) as advance:

            def step(steps: int) -> None:
                advance(steps)
                if shop.progress.shown[label][1] == 60:
                    acted.append(edit("archive_item", item_id="10002").id)

            yield step

    shop.progress.task = after_the_items  # type: ignore[method-assign]
    assert _told(shop)[0] == "incremental"
    assert acted == ["10002"]
    found = {item for (item,) in _active(shop, "mon_raw_item", "monday_item_id")}
    assert 10_001 in found
    assert {10_002, 100_002} & found == set()


def test_a_cursor_that_expires_costs_no_page_twice(shop: Shop, served: Running) -> None:
    """What was not listed yet is read by id, which nothing can expire."""
    advanced: list[int] = []
    task = shop.progress.task

    @contextmanager
    def hour_by_hour(label: str, total: int | None) -> Iterator[Callable[[int], None]]:
        with task(label, total) as advance:

            def step(steps: int) -> None:
                advance(steps)
                if not advanced:
                    advanced.append(steps)
                    served.sandbox.clock.advance(3_700)

            yield step

    shop.progress.task = hour_by_hour  # type: ignore[method-assign]
    shop.pull()
    assert _active(shop, "mon_raw_item", "count(*), count(distinct monday_item_id)") == [(120, 120)]
    by_id = [one["variables"]["one"] for one in served.sandbox.recorded if "ItemRows" in one["document"]]
    assert len(by_id) == 1
    assert len(by_id[0]) == 10
