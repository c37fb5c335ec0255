"""Staged cells to mutations: the values that reach monday."""

import json

import pytest

from opus_sync.columns import ColumnLabels, EncodeError, column_type
from opus_sync.errors import OpusError
from opus_sync.plan.order import operation
from opus_sync.plan.staged import staged_row
from opus_sync.push.encode import Encoder, Writable

from .world import BOARD_ID, new_item, new_subitem, staged

LABELS = {"Done": 1, "Stuck": 2, "A,B": 3}
GOLDEN = [
    ("text", 'He said "hi" {{x}}\n🙂', 'He said "hi" {{x}}\n🙂'),
    ("long_text", "two\nlines", {"text": "two\nlines"}),
    ("numbers", "42.5", "42.5"),
    ("status", "Stuck", {"index": 2}),
    ("dropdown", '["A,B","Done"]', {"ids": [3, 1]}),
    ("checkbox", "true", {"checked": "true"}),
    ("checkbox", "false", None),
    ("date", "2026-03-01", {"date": "2026-03-01"}),
    ("date", "2026-03-01 16:30:00", {"date": "2026-03-01", "time": "16:30:00"}),
    ("hour", '{"hour":16,"minute":42}', {"hour": 16, "minute": 42}),
    ("timeline", '{"from":"2026-03-01","to":"2026-03-15"}', {"from": "2026-03-01", "to": "2026-03-15"}),
    ("email", '{"email":"a@b.co","text":"A"}', {"email": "a@b.co", "text": "A"}),
    ("link", '{"url":"https://a.co","text":"A"}', {"url": "https://a.co", "text": "A"}),
    ("phone", '{"phone":"123","countryShortName":"US"}', {"phone": "123", "countryShortName": "US"}),
    (
        "location",
        '{"lat":"29.9","lng":"31.1","address":"Giza"}',
        {"lat": "29.9", "lng": "31.1", "address": "Giza"},
    ),
    ("country", "US", {"countryCode": "US", "countryName": "United States"}),
    ("rating", "4", {"rating": 4}),
    ("tags", '["295026"]', {"tag_ids": [295026]}),
    (
        "people",
        '["person-4616627","team-51166"]',
        {"personsAndTeams": [{"id": 4616627, "kind": "person"}, {"id": 51166, "kind": "team"}]},
    ),
    ("board_relation", '["12","7"]', {"item_ids": [12, 7]}),
    ("dependency", '["12"]', {"item_ids": ["12"]}),
    ("world_clock", "Europe/Berlin", {"timezone": "Europe/Berlin"}),
    ("text", None, None),
    ("status", None, None),
]


def encoder(kind="text", *, create=False):
    """An encoder that knows one column `c` for items and subitems."""
    table = {"c": Writable(column_type(kind), ColumnLabels("c", LABELS, create))}
    return Encoder({"update_items": table, "update_subitems": table})


def mutation(row, kind="text", parent=None, *, create=False):
    """The mutation of a staged row."""
    return encoder(kind, create=create).mutation(operation(staged_row(row)), parent)


@pytest.mark.parametrize(("kind", "canonical", "written"), GOLDEN)
def test_each_type_is_written_in_its_documented_form(kind, canonical, written):
    """column_values is one JSON text that holds the object form."""
    sent = mutation(staged(update_fields=json.dumps({"c": canonical})), kind)
    assert json.loads(sent.variables["column_values"]) == {"c": written}


def test_an_update_names_board_and_item():
    """Ids are text, as GraphQL's ID is."""
    sent = mutation(staged(update_fields='{"c":"x"}'))
    assert sent.name == "change_multiple_column_values"
    assert sent.variables == {"board_id": str(BOARD_ID), "item_id": "11", "column_values": '{"c":"x"}'}


def test_a_new_name_is_a_column_value_of_an_update():
    """monday renames by the key `name`."""
    sent = mutation(staged(update_fields='{"name":"New"}'))
    assert sent.variables["column_values"] == '{"name":"New"}'


def test_a_new_item_leaves_out_what_is_empty():
    """There is nothing to clear; the name is an argument, the group only where one is wanted."""
    sent = mutation(new_item("A", update_fields='{"c":null,"name":"Order A"}'))
    assert sent.name == "create_item"
    assert sent.variables == {"board_id": str(BOARD_ID), "item_name": "Order A", "column_values": "{}"}
    assert mutation(new_item("A", group_id="done", update_fields="{}")).variables["group_id"] == "done"


def test_a_subitem_hangs_under_the_given_or_the_known_parent():
    """The parent that was just created wins over none; a known one stands in the row."""
    row = new_subitem("A", "S", update_fields="{}")
    assert mutation(row, parent=77).variables["parent_item_id"] == "77"
    assert mutation(row | {"parent_item_id": 5}).variables["parent_item_id"] == "5"
    with pytest.raises(OpusError, match="parent"):
        mutation(row)


@pytest.mark.parametrize(
    ("operation_name", "fields", "name", "variables"),
    [
        ("MOVE", '{"$group":"done"}', "move_item_to_group", {"item_id": "11", "group_id": "done"}),
        ("ARCHIVE", '{"$state":"archived"}', "archive_item", {"item_id": "11"}),
        ("DELETE", '{"$state":"deleted"}', "delete_item", {"item_id": "11"}),
    ],
)
def test_moves_and_removals_name_the_item(operation_name, fields, name, variables):
    """They carry no column values."""
    sent = mutation(staged(update_operation=operation_name, update_fields=fields, group_id="done"))
    assert (sent.name, sent.variables) == (name, variables)


@pytest.mark.parametrize(
    ("kind", "canonical", "asked"),
    [
        ("status", "Done", False),
        ("status", "Fresh", True),
        ("dropdown", '["Done"]', False),
        ("dropdown", '["Done","Fresh"]', True),
    ],
)
def test_labels_are_created_only_where_one_is_unknown(kind, canonical, asked):
    """The argument needs a permission of its own, so it is left out where it is not needed."""
    sent = mutation(staged(update_fields=json.dumps({"c": canonical})), kind, create=True)
    assert sent.variables.get("create_labels_if_missing", False) is asked


@pytest.mark.parametrize(("kind", "value"), [("status", "Fresh"), ("numbers", None), ("formula", "1")])
def test_what_has_no_write_format_is_an_error(kind, value):
    """An unknown label without create_labels, or a read-only type; numbers can be cleared."""
    row = staged(update_fields=json.dumps({"c": value}))
    if kind == "numbers":
        assert mutation(row, kind).variables["column_values"] == '{"c":null}'
    else:
        with pytest.raises(EncodeError):
            mutation(row, kind)


def test_a_row_without_its_item_id_is_an_error():
    """Nothing is guessed."""
    with pytest.raises(OpusError, match="monday_item_id"):
        mutation(staged(monday_item_id=None, update_fields="{}"))
