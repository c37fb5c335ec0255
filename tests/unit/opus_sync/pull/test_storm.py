"""An incremental pull gives what a full one gives, whatever happens to the board, also while it is read."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from monday_sandbox import Options, running
from opus_sync.clock import SystemClock
from opus_sync.contract import load_boards
from opus_sync.errors import OpusError
from opus_sync.monday.client import Monday
from opus_sync.monday.endpoint import Token
from opus_sync.monday.governed import GovernedApi
from opus_sync.monday.governor import Governor
from opus_sync.pull.account import AccountReader
from opus_sync.pull.extract import Outcome, Surroundings, pull_board
from opus_sync.pull.reading import Mode
from opus_sync.settings import Settings
from unit.opus_sync.pull.boards import CONTRACT, seed
from unit.opus_sync.pull.edits import Crowd
from unit.opus_sync.warehouse.places import PLACES, Place, drop

ROUNDS = {"duckdb": 16, "postgres": 3, "sqlserver": 3}
_FORMULA = "      - {name: Sum, description: f, config: {meta: {monday: {id: formula_1, type: formula}}}}\n"
# Time at monday passes when the crowd lets it: a whole pull fits into a second, in which items are edited twice.
_NO_LIMITS = Options(clock_scale=1e-9, requests_per_minute=10**6, complexity_per_minute=10**9, calls_per_day=10**6)
_TABLES = ("item", "board", "group", "column", "label", "user", "team", "tag")


@dataclass
class Puller:
    """Pulls the board of the contract; `between` runs between two pages."""

    place: Place
    api: Monday
    between: Callable[[], object] = lambda: None

    def __post_init__(self) -> None:
        (self._board,) = load_boards(self.place.root / "boards", variables={}, known_settings=())
        self._warehouse = self.place.open()

    @contextmanager
    def task(self, label: str, total: int | None) -> Iterator[Callable[[int], None]]:
        yield lambda steps: self.between() and None

    def pull(self, wanted: Mode = Mode.INCREMENTAL, between: Callable[[], object] = lambda: None) -> Outcome:
        self.between = between
        clock = SystemClock()
        account = AccountReader(lambda board: GovernedApi(self.api, Governor(clock), clock))
        own = (self._board.name,)
        around = Surroundings(
            self._warehouse, "dev", clock, self, threading.Event(), lambda *_: None, lambda _: own, wanted
        )
        return pull_board(self._board, Settings(page_size=20), account, around)

    def extract(self, outcome: Outcome) -> dict[str, list[tuple[Any, ...]]]:
        """Return the rows of an extract, by table."""
        found = {}
        with self.place.session() as cursor:
            for table in _TABLES:
                relation = self.place.relation(f"mon_raw_{table}")
                cursor.execute(f"select * from {relation} where extract_id = '{outcome.extract_id}'")
                # extract_id is the first column of each.
                found[table] = sorted((tuple(row)[1:] for row in cursor.fetchall()), key=repr)
        return found


@pytest.fixture(params=list(PLACES))
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    made = PLACES[request.param](tmp_path)
    subitems = "  - name: mon_orders_subitems"
    (tmp_path / "boards" / "orders.yml").write_text(CONTRACT.replace(subitems, _FORMULA + subitems))
    yield made
    drop(made)


def _on_board() -> dict[str, Any]:
    state = seed(50, subitems_each=1)
    state["users"] = state["users"][:20]
    state["boards"][0]["columns"].append({"id": "formula_1", "title": "Sum", "type": "formula"})
    for board in state["boards"]:
        for item in board["items"]:
            item["updated_at"] = "2020-01-01T08:00:00Z"
    return state


def test_incremental_equals_full(place: Place) -> None:
    """People edit before and during pulls, labels are renamed, cursors expire, time stands still or leaps."""
    dice, modes, read = random.Random(4), [], []
    with running(_on_board(), _NO_LIMITS) as served, Monday(served.url, Token("storm")) as api:
        crowd, puller = Crowd(served.sandbox, number=7), Puller(place, api)
        puller.pull()
        for number in range(ROUNDS[place.kind]):
            crowd.edit(dice.randint(0, 9))
            crowd.pass_time()
            if number % 10 == 9:
                crowd.rename_label()
            for _ in range(dice.randint(0, 2)):
                try:
                    puller.pull(between=lambda: crowd.edit(dice.choice((0, 0, 1, 3))))
                except OpusError as error:
                    assert "is not whole" in str(error)
            if dice.random() < 0.5:
                crowd.pass_time()
            expire = partial(served.sandbox.clock.advance, 1_900 if dice.random() < 0.2 else 0)
            outcome = puller.pull(between=expire)
            modes.append(outcome.mode)
            read.append(outcome.read)
            if dice.random() < 0.6:
                assert puller.extract(outcome) == puller.extract(puller.pull(Mode.FULL)), f"round {number}"
    assert modes.count("incremental") > 0.8 * len(modes)
    assert min(read) < 20
