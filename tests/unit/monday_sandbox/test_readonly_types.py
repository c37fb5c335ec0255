"""Types that are not written: how they read, and what writing them answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

NOT_WRITABLE = "This column type can not be updated or created (client side auto calculated column)"
READS: dict[str, tuple[str, Any, str | None, str, dict[str, Any]]] = {
    "formula": ("FormulaValue", None, "", "display_value", {"display_value": "42"}),
    "mirror": ("MirrorValue", None, None, "display_value", {"display_value": "Done, Stuck"}),
    "vote": (
        "VoteValue",
        {"votersIds": [101]},
        "1",
        "vote_count voter_ids",
        {"vote_count": 1, "voter_ids": ["101"]},
    ),
    "time_tracking": (
        "TimeTrackingValue",
        {"running": "false", "duration": 9000},
        "02:30:00",
        "running duration",
        {"running": False, "duration": 9000},
    ),
    "creation_log": (
        "CreationLogValue",
        {"created_at": "2026-03-10T08:00:00Z", "creator_id": 101},
        "2026-03-10 08:00:00 UTC",
        "created_at creator_id",
        {"created_at": "2026-03-10T08:00:00Z", "creator_id": "101"},
    ),
    "last_updated": (
        "LastUpdatedValue",
        {"updated_at": "2026-03-11T09:30:00Z", "updater_id": 101},
        "2026-03-11 09:30:00 UTC",
        "updated_at updater_id",
        {"updated_at": "2026-03-11T09:30:00Z", "updater_id": "101"},
    ),
    "item_id": ("ItemIdValue", {"item_id": "1001"}, "1001", "item_id", {"item_id": "1001"}),
    "button": ("ButtonValue", None, "", "label color", {"label": "Click me", "color": "#00c875"}),
    "progress": ("ProgressValue", None, None, "id", {"id": "progress"}),
    "group": ("GroupValue", None, None, "group_id", {"group_id": "topics"}),
    "integration": ("IntegrationValue", None, None, "entity_id", {"entity_id": None}),
    "direct_doc": ("DirectDocValue", None, None, "id", {"id": "direct_doc"}),
    "unsupported": ("UnsupportedValue", None, None, "id", {"id": "unsupported"}),
}


@pytest.mark.parametrize("kind", READS)
def test_read_only_type_reads_as_documented(client: Any, kind: str) -> None:
    graphql, value, text, selection, typed = READS[kind]
    cell = client.cell(kind, f"... on {graphql} {{ {selection} }}")
    found = None if cell["value"] is None else json.loads(cell["value"])
    assert (found, cell["text"]) == (value, text)
    assert {name: cell[name] for name in typed} == typed


@pytest.mark.parametrize("kind", [kind for kind in READS if kind != "vote"] + ["auto_number", "item_assignees"])
def test_writing_a_read_only_type_is_refused_with_the_listed_text(client: Any, kind: str) -> None:
    error = client.write({kind: {"anything": 1}})["errors"][0]
    assert (error["message"], error["extensions"]["code"]) == (NOT_WRITABLE, "ColumnValueException")


def test_simple_write_to_a_formula_names_its_class(client: Any) -> None:
    message = client.simple("formula", "5")["errors"][0]["message"]
    assert message == "column type FormulaColumn is not supporting changing the column value with simple column value"


def test_vote_accepts_a_write_without_effect(client: Any) -> None:
    assert "errors" not in client.write({"vote": {"votersIds": [102]}})
    assert client.cell("vote", "... on VoteValue { voter_ids }")["voter_ids"] == ["101"]


@pytest.mark.parametrize("kind", ["file", "doc"])
def test_files_are_cleared_and_not_written(client: Any, kind: str) -> None:
    assert client.write({kind: {"files": []}})["errors"][0]["extensions"]["code"] == "ColumnValueException"
    assert client.cell(kind)["value"] is not None
    assert "errors" not in client.write({kind: {"clear_all": True}})
    assert (client.cell(kind)["value"], client.cell(kind)["text"]) == (None, "")


def test_files_read_through_their_union(client: Any) -> None:
    cell = client.cell("file", "... on FileValue { files { ... on FileAssetValue { asset_id name is_image } } }")
    assert cell["files"] == [{"asset_id": "123", "name": "a.png", "is_image": True}]


def test_name_and_auto_number_are_absent_from_column_values(client: Any) -> None:
    cells = client.ask("{ items(ids: [1001]) { column_values { id } } }")["items"][0]["column_values"]
    assert {"name", "auto_number", "item_assignees"}.isdisjoint(cell["id"] for cell in cells)


def test_subitems_column_lists_the_subitems(client: Any) -> None:
    made = client.ask('mutation { create_subitem(parent_item_id: 1001, item_name: "S") { id } }')
    cell = client.cell("subitems", "... on SubtasksValue { subitems_ids display_value }")
    assert cell["subitems_ids"] == [made["create_subitem"]["id"]]
    assert (cell["display_value"], cell["value"], cell["text"]) == ("S", None, None)


def test_date_text_is_in_the_users_timezone(serve_board: Any) -> None:
    client = serve_board(timezone="Europe/Berlin")
    client.write({"date": {"date": "2026-06-15", "time": "23:30:00"}})
    cell = client.cell("date", "... on DateValue { date time }")
    assert (cell["text"], cell["date"], cell["time"]) == ("2026-06-16 01:30", "2026-06-16", "01:30")
    assert json.loads(cell["value"])["time"] == "23:30:00"
