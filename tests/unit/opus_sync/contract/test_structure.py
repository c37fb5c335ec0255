"""Groups and the board itself in a contract."""

import pytest

from opus_sync.contract import Structure

from .contracts import PLANNING, load, problems

GROUPS = """\
  - name: mon_planning_groups
    config: {meta: {monday: {entity: groups, on_new: create, on_missing: archive, on_conflict: keep}}}
    columns:
      - name: title
"""
BOARD = """\
  - name: mon_planning_board
    config: {meta: {monday: {entity: board}}}
"""


def test_groups_and_the_board_stand_beside_the_items(tmp_path):
    """They have rules of their own, and their models are built and promoted with the others."""
    (board,) = load(tmp_path, planning=PLANNING + GROUPS + BOARD)
    assert board.groups == Structure("groups", "mon_planning_groups", "keep", "create", "archive")
    assert board.facts == Structure("board", "mon_planning_board")
    assert board.kinds == ("items", "subitems", "groups", "board")
    assert board.models[2:] == ("mon_planning_groups", "mon_planning_board")
    assert [entity.kind for entity in board.entities] == ["items", "subitems"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (GROUPS.replace("on_missing: archive", "on_missing: delete"), "on_missing"),
        (GROUPS.replace("entity: groups", "entity: groups, key: title"), "means nothing on the groups model"),
        (BOARD.replace("entity: board", "entity: board, on_new: create"), "means nothing on the board model"),
        (GROUPS.replace("mon_planning_groups", "mon_planning_group"), "must be named 'mon_planning_groups'"),
        (GROUPS + GROUPS, "a second groups model"),
        (GROUPS + "        config: {meta: {monday: {id: x, type: text}}}\n", "has no columns of monday's"),
    ],
)
def test_what_they_do_not_take_is_said(tmp_path, more, said):
    """With the file and the line."""
    (problem,) = problems(tmp_path, planning=PLANNING + more)
    assert problem.startswith("boards/planning.yml:")
    assert said in problem


def test_items_have_their_conflicts_by_column(tmp_path):
    """What an edit means is said of each column."""
    (problem,) = problems(tmp_path, planning=PLANNING.replace("on_new: create", "on_conflict: keep"))
    assert "belongs on the columns of items and subitems" in problem


def test_no_other_board_has_the_name_of_its_groups(tmp_path):
    """The items of `planning_groups` would be a table of the same name."""
    other = (
        PLANNING.replace("planning", "planning_groups")
        .replace("8709134353", "1")
        .split("  - name: mon_planning_groups_sub")[0]
    )
    said = problems(tmp_path, planning=PLANNING + GROUPS, planning_groups=other)
    assert any("choose another file name" in problem for problem in said)
