"""YAML files are changed where they have to be, and nowhere else."""

from __future__ import annotations

import difflib

import pytest
import yaml

from opus_sync.errors import OpusError
from opus_sync.registry.project_file import with_board, without_board
from opus_sync.registry.yaml_text import with_entries, with_value, without_key

CONTRACT = """\
# first
models:  # all of them
    -   name: a   # wide
        columns:
        - {name: x, id: 1}
        # about y
        - name: y
          id: 2   # two

          text: >
            folded
            text

    # between
    -   name: b
        columns: [{name: z}]
# last
"""


def changes(before: str, after: str) -> list[str]:
    """Return the lines that went (-) and came (+)."""
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "-+"]


def test_entries_come_after_the_last_one() -> None:
    """What follows the list keeps its comments."""
    after = with_entries(CONTRACT, ("models", 0, "columns"), "- name: new\n  id: 3\n", "f")
    assert changes(CONTRACT, after) == ["+         - name: new", "+           id: 3"]
    assert yaml.safe_load(after)["models"][0]["columns"][-1] == {"name": "new", "id": 3}


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("models", 0, "columns", 0, "id"), 7, ["-         - {name: x, id: 1}", "+         - {name: x, id: 7}"]),
        (
            ("models", 0, "columns", 0, "new"), True,
            ["-         - {name: x, id: 1}", "+         - {name: x, id: 1, new: true}"],
        ),
        (("models", 0, "columns", 1, "id"), 7, ["-           id: 2   # two", "+           id: 7   # two"]),
        (("models", 0, "columns", 1, "new"), [1], ["+           new: [1]"]),
        (("models", 1, "name"), "c", ["-     -   name: b", "+     -   name: c"]),
        (("new",), None, ["+ new: null"]),
    ],
)  # fmt: skip
def test_a_value_is_set(path: tuple[str | int, ...], value: object, told: list[str]) -> None:
    """In braces, in blocks, at the top, before and after comments."""
    after = with_value(CONTRACT, path, value, "f")
    assert [line for line in changes(CONTRACT, after) if not line.startswith("?")] == told


def test_what_cannot_be_changed_safely_is_left() -> None:
    """An alias would change in two places; what to write by hand is said."""
    text = "a: &x {k: 1}\nb: *x\n"
    with pytest.raises(OpusError, match="nothing was written") as told:
        with_value(text, ("b", "new"), 2, "boards/x.yml")
    assert "boards/x.yml" in str(told.value) and "new: 2" in str(told.value)
    with pytest.raises(OpusError):
        with_entries("a: [1, 2]\n", ("a",), "- 3\n", "f")


def test_a_key_is_taken_out() -> None:
    """With its line and the comment on it; comments around it stay."""
    text = "v:\n  # one\n  a: [1]  # of a\n  # two\n  b: [2]\nw: 1\n"
    after = without_key(text, ("v", "a"), "f")
    assert after == "v:\n  # one\n  # two\n  b: [2]\nw: 1\n"
    assert without_key(after, ("v", "b"), "f").startswith("v:")
    assert yaml.safe_load(without_key(after, ("v", "b"), "f")) == {"v": {}, "w": 1}
    assert without_key(after, ("v", "none"), "f") == after


@pytest.mark.parametrize(
    "text",
    [
        "name: x\n",
        "name: x",
        "name: x\nvars:\n",
        "name: x\nvars: {}\n",
        "name: x\nvars:\n  # boards\n  opus_boards: {}  # none\n  other: 1\n",
        "name: x\nvars:\n  opus_boards:\n\n  other: 1\n",
        "name: x\nvars:\n    x:\n        opus_boards:\n            b: [items]  # b\n",
        "name: x\nvars: {x: {opus_boards: {b: [items]}}}\n",
    ],
)
def test_a_board_is_listed_and_taken_out(text: str) -> None:
    """Wherever the var stands, and where it has no place yet."""
    listed = with_board(text, "a", ["items", "subitems"])
    before = yaml.safe_load(text)
    variables = yaml.safe_load(listed)["vars"]
    boards = variables.get("x", variables)["opus_boards"]
    assert boards["a"] == ["items", "subitems"]
    assert with_board(listed, "a", ["items", "subitems"]) == listed
    rest = without_board(listed, "a")
    variables = yaml.safe_load(rest)["vars"]
    had = before.get("vars") or {}
    assert variables.get("x", variables)["opus_boards"] == (had.get("x", had).get("opus_boards") or {})
    assert all(line in rest for line in text.splitlines() if "#" in line and "opus_boards" not in line)
