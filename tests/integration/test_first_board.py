"""From nothing to a plan: a new project, a board that asks for trouble, and nothing to push."""

from __future__ import annotations

import pytest
import yaml

from integration.support.stand_in import StandIn
from integration.support.strange import BOARD_ID, COLUMNS, ITEMS, strange_board, with_hologram
from integration.support.workspace import TOKEN, Done, Workspace

NAME = "every_7_7_type"


@pytest.fixture(scope="module")
def project(stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project made by `init`, whose copy of the package is the installed one."""
    folder = tmp_path_factory.mktemp("first")
    made = Workspace(folder).opus("init", "shop")
    assert made.code == 0, made.err
    return Workspace(folder / "shop", {"MONDAY_API_URL": stand_in.url, "MONDAY_API_TOKEN": TOKEN})


@pytest.fixture(scope="module")
def deployed(project: Workspace, stand_in: StandIn) -> Done:
    """The deploy of the board."""
    stand_in.start_over(strange_board())
    with stand_in.tampering(with_hologram):
        done = project.opus("board", "deploy", "--board-id", str(BOARD_ID), "--key", "key", "--output", "json")
    assert done.code == 0, done.err
    return done


def test_a_wide_board_takes_two_requests(deployed: Done, project: Workspace) -> None:
    """135 columns and the subitem board; the contract lists each column once, and says what a key could be."""
    assert deployed.data["requests"] == 2
    contract = yaml.safe_load((project.root / "boards" / f"{NAME}.yml").read_text("utf-8"))
    items, subitems = contract["models"]
    assert sum("config" in column for column in items["columns"]) == COLUMNS
    assert sum("config" in column for column in subitems["columns"]) == 2
    assert items["config"]["meta"]["monday"]["key"] == "Key"
    judged = {one["name"]: one for one in deployed.data["keys"]["items"]["columns"]}
    assert (judged["Title"]["unique"], judged["Key"]["unique"], judged["Key"]["empty"]) == (True, False, 4)
    assert [one["name"] for one in deployed.data["keys"]["subitems"]["columns"] if one["unique"]] == ["Title", "Size"]
    assert "type hologram" in " ".join(deployed.data["warnings"])


def test_the_first_plan_is_empty(deployed: Done, project: Workspace, stand_in: StandIn) -> None:
    """Every value is desired exactly as it is on the board, whatever the contract's timezone; nothing was sent."""
    path = project.root / "boards" / f"{NAME}.yml"
    path.write_text(
        path.read_text("utf-8").replace("on_new: ignore", "on_new: ignore\n          timezone: Asia/Kolkata", 1)
    )
    with stand_in.tampering(with_hologram):
        project.pull()
    project.build()
    plan = project.opus("plan", "--output", "json")
    assert plan.code == 0, plan.out + plan.err
    assert project.rows(f"select * from main.staged_{NAME}_items") == []
    assert project.rows(f"select * from main.staged_{NAME}_subitems") == []
    assert project.rows(f'select count(*), count("Hologram"), max("Hologram") from main.mon_{NAME}') == [
        (ITEMS + 4, ITEMS, "seen 9")
    ]
    assert stand_in.metrics()["mutations"] == 0
