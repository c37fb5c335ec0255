"""Single items read from the stand-in: by id, by key, below their parent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from integration.support.every_type import BOARD_ID, CREATABLE, EVERY_TYPE, KEY, LABEL_MAP, column_id, seed, values_of
from monday_sandbox import Options, running
from opus_sync.clock import SystemClock
from opus_sync.columns import TYPES, column_type
from opus_sync.contract import Board, Column, Entity
from opus_sync.live.items import ItemReader
from opus_sync.monday.client import Monday
from opus_sync.monday.endpoint import Token
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.governor import Governor

SEARCHED = tuple(name for name in CREATABLE if TYPES[name].by_values)


def contract(key: str = "My text") -> Board:
    """The board with a column of each type, keyed by one of them."""
    columns = tuple(
        Column(f"My {kind.type}" if kind.id != KEY else "Key", kind.id, kind.type, "push")
        for kind in EVERY_TYPE.columns
    )
    return Board("every_type", "boards/every_type.yml", BOARD_ID, Entity("items", "m", (key,), columns, "create"))


@pytest.fixture(scope="module")
def api() -> Iterator[GovernedApi]:
    """An account with thirty items that hold a value of each type each."""
    items = []
    for at in range(30):
        cells = {name: values_of(name)[at % len(values_of(name))] for name in SEARCHED}
        written = {
            column_id(name): column_type(name).encode(text, LABEL_MAP.column(column_id(name), create=False))
            for name, text in cells.items()
            if text is not None
        }
        items.append((5000 + at, f"Item {at}", written | {KEY: f"K{at}"}))
    with running(seed(items), Options(complexity_per_minute=10**9)) as server, Monday(server.url, Token("t")) as client:
        clock = SystemClock()
        yield GovernedApi(client, Governor(clock), clock)


@pytest.mark.parametrize("name", SEARCHED)
def test_an_item_is_found_by_a_key_of_each_type(api: GovernedApi, name: str) -> None:
    """Whatever text monday compares with, the item that holds the value is found."""
    reader = ItemReader(api, contract(f"My {name}"), BOARD_ID)
    held = reader.by_id("items", range(5000, 5030), [column_id(name)])
    texts = {item.cell(column_id(name)) for item in held.values()} - {None}
    assert texts
    for text in texts:
        found = reader.by_key([(text or "",)], [])
        wanted = {item.id for item in held.values() if item.cell(column_id(name)) == text}
        assert {item.id for items in found.values() for item in items} >= wanted, (name, text)


def test_many_keys_take_a_query_for_each_hundred(api: GovernedApi) -> None:
    """All thirty items, and none for keys that nobody bears."""
    before = api.calls
    keys = [(f"K{at}",) for at in range(250)]
    found = ItemReader(api, contract("Key"), BOARD_ID).by_key(keys, [])
    assert len(found) == 30
    assert api.calls - before == 3


def test_keys_are_found_without_regard_to_case(api: GovernedApi) -> None:
    """As SQL matches them."""
    found = ItemReader(api, contract("Key"), BOARD_ID).by_key([("k7",)], [KEY])
    assert [item.cell(KEY) for item in found[("k7",)]] == ["K7"]


def test_items_that_are_gone_are_left_out(api: GovernedApi) -> None:
    """An unknown id is no error."""
    found = ItemReader(api, contract(), BOARD_ID).by_id("items", [5001, 999999], ["text_1"])
    assert list(found) == [5001]
    assert (found[5001].state, found[5001].cell("name"), found[5001].cell("$group")) == ("active", "Item 1", "topics")
