"""Nothing is lost, doubled, or trampled over a person's edit: every kill, up to two faults, a person in between."""

import pytest

from .fake_board import KEY_COLUMN, SUBITEM_BOARD_ID
from .model import Safety, Scenario, explore, run
from .oracle import findings


def _item(board, key):
    return next((i for i in board.active().values() if i["values"].get(KEY_COLUMN) == key), None)


def edits(key, column="text_1"):
    """A person writes into a cell."""

    def act(board):
        item = _item(board, key)
        if item is None:
            return None
        item["values"][column] = "person"
        board.touch(item)
        return [key]

    return act


def moves(key):
    """A person moves an item to a group of their own."""

    def act(board):
        item = _item(board, key)
        if item is None:
            return None
        item["group"] = "theirs"
        board.touch(item)
        return [key]

    return act


def archives(key):
    """A person archives an item."""

    def act(board):
        item = _item(board, key)
        if item is None:
            return None
        item["state"] = "archived"
        board.touch(item)
        return [key]

    return act


def creates(key):
    """A person makes an item of a key, unless one is there."""

    def act(board):
        if _item(board, key) is not None:
            return None
        board.put(900, {KEY_COLUMN: key, "text_1": "person"}, name="by hand")
        return [key]

    return act


def adds_subitem(parent, key):
    """A person makes a subitem of a key, unless one is there."""

    def act(board):
        above = next((n for n, i in board.active().items() if i["values"].get(KEY_COLUMN) == parent), None)
        there = [i for i in board.active(SUBITEM_BOARD_ID).values() if i["values"].get(KEY_COLUMN) == key]
        if above is None or there:
            return None
        board.put(901, {KEY_COLUMN: key}, name="by hand", board=SUBITEM_BOARD_ID, parent=above)
        return [key]

    return act


def takes_back(key):
    """A person puts the old value back where the new one stands."""

    def act(board):
        item = _item(board, key)
        if item is None or item["values"].get("text_1") != "new":
            return None
        item["values"]["text_1"] = "old"
        board.touch(item)
        return [key]

    return act


REVERTED = Scenario(
    "reverted", items={"K1": {"text_1": "old"}}, desired={"K1": {"text_1": "new"}}, people=(takes_back("K1"),)
)

SCENARIOS = (
    Scenario(
        "updates",
        items={"K1": {"text_1": "old"}, "K2": {"text_1": "old"}},
        desired={"K1": {"text_1": "new"}, "K2": {"text_1": "new"}},
        people=(edits("K1"), archives("K1")),
    ),
    Scenario("new items", desired={"K1": {"text_1": "new"}, "K2": {}}, people=(creates("K1"), edits("K1"))),
    Scenario(
        "moves",
        items={"K1": {}},
        desired={"K1": {}},
        group="done",
        people=(moves("K1"),),
    ),
    Scenario(
        "a change and a move of one item",
        items={"K1": {"text_1": "old"}},
        desired={"K1": {"text_1": "new"}},
        group="done",
        people=(moves("K1"), edits("K1")),
    ),
    Scenario("removals", items={"K1": {}, "K2": {}}, desired={"K1": {}}, people=(archives("K2"), edits("K2"))),
    Scenario(
        "subitems of a new item",
        desired={"K1": {}},
        subitems={"K1": {"S": {}}},
        people=(adds_subitem("K1", "S"), archives("K1")),
    ),
)


def first_finding(scenario, safety=None):
    """The first life that goes wrong, as its choices and what is wrong; with the number of lives led."""
    lives = 0
    for choices, reality in explore(lambda choices: (choices, run(scenario, choices, safety or Safety()))):
        lives += 1
        wrong = findings(reality)
        if wrong:
            return lives, ([chosen for chosen, _ in choices.asked], wrong)
    return lives, None


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_nothing_is_lost_doubled_or_trampled(scenario):
    """Every kill point, up to two faults, and a person at every step where a program could see it."""
    lives, finding = first_finding(scenario)
    assert finding is None
    assert lives > 1_000


@pytest.mark.parametrize(
    ("safety", "scenario", "wrong"),
    [
        (Safety(look=False), "updates", "trampled"),
        (Safety(look=False), "new items", "trampled"),
        (Safety(settle_seconds=0.0), "new items", "doubled"),
        (Safety(sync_point=False), "reverted", "trampled"),
    ],
    ids=["no look, edited cell", "no look, same key", "no settling", "no sync point"],
)
def test_the_model_notices_what_is_switched_off(safety, scenario, wrong):
    """A safety that is not missed is none: without it some life goes wrong."""
    (chosen,) = (one for one in (*SCENARIOS, REVERTED) if one.name == scenario)
    _, finding = first_finding(chosen, safety)
    assert finding is not None
    assert any(what.startswith(wrong) for what in finding[1]), finding


def test_a_person_who_takes_a_write_back_is_respected():
    """With every safety on, the old value stays once it was put back."""
    assert first_finding(REVERTED)[1] is None
