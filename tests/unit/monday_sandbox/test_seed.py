"""Seeds: what they may hold, what is refused and how it is said, and the way back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from monday_sandbox import Sandbox, SeedError, load_seed
from unit.monday_sandbox.support import build_seed
from unit.monday_sandbox.test_column_types import CASES


def test_state_is_a_seed_that_gives_the_same_state(client: Any) -> None:
    for kind, case in CASES.items():
        assert "errors" not in client.write({kind: case.forms[0].sent})
    client.ask('mutation { create_subitem(parent_item_id: 1001, item_name: "S") { id } }')
    client.ask("mutation { archive_item(item_id: 1002) { id } delete_item(item_id: 1003) { id } }")
    state = client.admin("GET", "state")
    assert Sandbox(json.loads(json.dumps(state))).state() == state


def test_reset_goes_back_to_the_seed_and_load_takes_another(client: Any) -> None:
    before = client.admin("GET", "state")
    client.ask('mutation { create_item(board_id: 10, item_name: "x") { id } }')
    assert client.admin("POST", "reset") == {"ok": True}
    assert client.admin("GET", "state")["boards"] == before["boards"]
    assert client.admin("GET", "metrics")["mutations"] == 0
    other = {"boards": [{"id": "5", "name": "Five"}]}
    assert client.admin("POST", "load", other) == {"ok": True}
    assert [board["id"] for board in client.admin("GET", "state")["boards"]] == ["5"]


def test_refused_seed_leaves_the_state(client: Any) -> None:
    before = client.admin("GET", "state")
    assert (
        "unknown type 'nope'"
        in client.admin(
            "POST",
            "load",
            {"boards": [{"id": "5", "name": "F", "columns": [{"id": "a", "title": "A", "type": "nope"}]}]},
        )["error"]
    )
    assert client.admin("GET", "state") == before


def test_empty_seed_serves_an_account_with_a_user() -> None:
    state = Sandbox({}).state()
    assert state["boards"] == []
    assert len(state["users"]) == 1


def test_files_are_merged_and_folders_read_by_name(tmp_path: Path) -> None:
    seed = build_seed()
    boards = seed.pop("boards")
    (tmp_path / "account.json").write_text(json.dumps(seed), encoding="utf-8")
    for board in boards:
        (tmp_path / f"board_{board['id']}.json").write_text(json.dumps({"boards": [board]}), encoding="utf-8")
    merged = load_seed([tmp_path])
    assert [board["id"] for board in merged["boards"]] == ["10", "20", "30"]
    assert Sandbox(merged).state() == Sandbox(build_seed()).state()


def test_subitem_boards_are_tied_from_either_side() -> None:
    parents = {"id": "1", "name": "P", "items": [{"id": "11", "name": "I"}]}
    below = {
        "id": "2",
        "name": "S",
        "parent_board": "1",
        "items": [{"id": "12", "name": "s", "parent": "11"}],
    }
    state = Sandbox({"boards": [below, parents]}).state()
    assert state["boards"][0]["subitem_board"] == "2"
    assert [column["type"] for column in state["boards"][0]["columns"]] == ["name", "subtasks"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"values": {"status": {"label": "No"}}}, "board 10 item 1009 column status"),
        ({"values": {"nope": 1}}, "column 'nope' is not on the board"),
        ({"group": "nope"}, "group 'nope' is not on the board"),
        ({"parent": "5"}, "parent 5 is not an item"),
        ({"id": "1001"}, "id is there twice"),
        ({"id": "x1"}, "id must be a number"),
        ({"name": "n" * 256}, "name must have 1 to 255 characters"),
        ({"values": {"formula": 5}}, "formula takes value, text, display_value"),
    ],
)
def test_wrong_entries_are_named(change: dict[str, Any], message: str) -> None:
    seed = build_seed()
    seed["boards"][0]["items"].append({"id": "1009", "name": "New"} | change)
    with pytest.raises(SeedError, match="board 10") as error:
        Sandbox(seed)
    assert message in str(error.value)


def test_wrong_files_are_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{\n"boards": [', encoding="utf-8")
    with pytest.raises(SeedError, match=r"broken\.json:2: not JSON"):
        load_seed([broken])
    with pytest.raises(SeedError, match="missing"):
        load_seed([tmp_path / "missing.json"])
    broken.write_text('{"board": []}', encoding="utf-8")
    with pytest.raises(SeedError, match="must be an object with the keys"):
        load_seed([broken])


def test_recording_is_off_until_asked_and_hides_the_token(client: Any) -> None:
    client.ask("{ me { id } }")
    assert client.admin("GET", "metrics")["documents"] == []
    client.admin("PATCH", "options", {"record_documents": True})
    client.post("query($n: Int) { boards(limit: $n) { id } }", {"n": 1}, Idempotency_Key="k")
    [seen] = client.admin("GET", "metrics")["documents"]
    assert seen["variables"] == {"n": 1}
    assert seen["headers"]["idempotency-key"] == "k"
    assert "authorization" not in seen["headers"]
