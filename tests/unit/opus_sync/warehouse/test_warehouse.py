"""Reading and appending through the dbt adapter, the same on every kind of warehouse."""

from __future__ import annotations

import json
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from opus_sync.errors import OpusError
from opus_sync.warehouse.errors import MissingTable, ValueTooLong, WarehouseError
from opus_sync.warehouse.ndjson import NdjsonFile
from unit.opus_sync.warehouse.places import Place

HOSTILE = [
    "quotes \" ' ` and \\ back\\\\slash",
    "{{ 7*7 }} {% raw %} $name :name ? %s %(name)s 100%",
    "emoji 😀 and \u200d joined",
    "line\nbreak\r\n\ttab\u2028separator",
    "\x01\x1f controls \\N \\. \\u0000",
    "true",
    "null",
    "0012",
    "1e5",
    "  outer space  ",
    "",
    '{"a":1}',
    "x" * 100_000,
]
MOMENT = datetime(2026, 11, 1, 8, 0, 0, 123456, tzinfo=timezone.utc)
AUDIT = "mon_update_audit_log"


def test_hostile_text_nulls_large_numbers_and_moments_come_back_as_they_went(place: Place) -> None:
    rows = [
        {
            "audit_id": str(at),
            "seq": 2**62 + at,
            "old_value": text,
            "new_value": None,
            "update_timestamp": MOMENT,
        }
        for at, text in enumerate(HOSTILE)
    ]
    warehouse = place.open()
    warehouse.append({AUDIT: rows})

    found = sorted(warehouse.scan(place.relation(AUDIT)), key=lambda row: int(row["audit_id"]))

    assert [row["old_value"] for row in found] == HOSTILE
    assert [row["seq"] for row in found] == [2**62 + at for at in range(len(HOSTILE))]
    assert {row["new_value"] for row in found} == {None}
    assert {row["update_timestamp"] for row in found} == {MOMENT}


def test_hostile_text_is_data_in_a_condition_too(place: Place) -> None:
    warehouse = place.open()
    texts = [text for text in HOSTILE[:-1] if text and text == text.strip()]
    warehouse.append({AUDIT: [{"audit_id": text, "seq": at} for at, text in enumerate(texts)]})

    for at, text in enumerate(texts):
        assert [row["seq"] for row in warehouse.scan(place.relation(AUDIT), audit_id=text)] == [at]


def test_a_moment_of_another_zone_is_stored_in_utc(place: Place) -> None:
    zone = timezone(timedelta(hours=-5))
    warehouse = place.open()
    warehouse.append({AUDIT: [{"update_timestamp": MOMENT.astimezone(zone)}]})

    assert [row["update_timestamp"] for row in warehouse.scan(place.relation(AUDIT))] == [MOMENT]


def test_booleans_and_integers_take_the_types_of_the_table(place: Place) -> None:
    warehouse = place.open()
    rows = [{"is_done": True, "is_deactivated": False, "position": 3}, {"is_done": None, "position": None}]
    warehouse.append({"mon_raw_label": rows})

    found = sorted(warehouse.scan(place.relation("mon_raw_label")), key=lambda row: row["position"] is None)
    assert [(row["is_done"], row["is_deactivated"], row["position"]) for row in found] == [
        (True, False, 3),
        (None, None, None),
    ]


def test_characters_that_no_database_takes_become_question_marks(place: Place) -> None:
    """Half a surrogate pair, and NUL, also where it stands in JSON that a model will read."""
    warehouse = place.open()
    inner = json.dumps({"a": "one\x00two", "b": "\\u0000"})
    warehouse.append({AUDIT: [{"old_value": "\ud83d broken", "new_value": "a\x00b"}, {"new_value": inner}]})

    found = warehouse.scan(place.relation(AUDIT))
    assert {row["old_value"] for row in found} == {"? broken", None}
    assert {row["new_value"] for row in found} == {"a?b", '{"a": "one?two", "b": "\\\\u0000"}'}


def test_files_and_rows_are_one_transaction(place: Place, tmp_path: Path) -> None:
    """A row that the database refuses takes everything that was appended with it back."""
    warehouse = place.open()
    with NdjsonFile(tmp_path / "items.ndjson") as file:
        file.write([{"monday_item_id": 1, "column_values": json.dumps({"a": "b"})}])
    files = {"mon_raw_item": str(file.path)}

    with warehouse.lock("planning") as lock:
        with pytest.raises(WarehouseError):
            lock.append_files(files, {"mon_extract": [{"seq": "not a number"}]})
        assert warehouse.scan(place.relation("mon_raw_item")) == []

        lock.append_files(files, {"mon_extract": [{"seq": 1}]})
    assert [row["monday_item_id"] for row in warehouse.scan(place.relation("mon_raw_item"))] == [1]
    assert [row["seq"] for row in warehouse.scan(place.relation("mon_extract"))] == [1]


def test_an_empty_file_and_no_rows_append_nothing(place: Place, tmp_path: Path) -> None:
    with NdjsonFile(tmp_path / "none.ndjson") as file:
        pass
    with place.open().lock("planning") as lock:
        lock.append_files({"mon_raw_item": str(file.path)}, {"mon_extract": []})

    assert place.rows("mon_raw_item") == 0


def test_a_field_that_the_table_lacks_is_an_error_and_not_lost(place: Place) -> None:
    with pytest.raises(OpusError, match="mon_extract has no column colour"):
        place.open().append({"mon_extract": [{"seq": 1}, {"colour": "red"}]})


def test_a_text_that_is_too_long_is_told_with_its_column(place: Place) -> None:
    """Databases say no more than that some text is; nothing of the append is kept."""
    if place.text_limit is None:
        pytest.skip("texts have no limit here")
    warehouse = place.open()
    fits, over = "😀" * (place.text_limit // 2), "x" * (place.text_limit + 1)
    warehouse.append({"mon_decision": [{"board": fits}]})

    with pytest.raises(ValueTooLong, match="the column board of mon_decision has 451 characters, 450 fit; nothing was"):
        warehouse.append({"mon_extract": [{"seq": 1}], "mon_decision": [{"board": "a"}, {"board": over}]})
    assert (place.rows("mon_extract"), place.rows("mon_decision")) == (0, 1)


def test_named_statements_take_parameters_as_data(place: Place) -> None:
    warehouse = place.open()
    warehouse.append(
        {
            "mon_extract": [{"board": "o'hara", "seq": 7}, {"board": "planning", "seq": 3}],
            "mon_decision": [{"board": "planning", "seq": 9}],
        }
    )
    assert warehouse.query("next_seq", board="o'hara") == [{"seq": 8}]
    assert warehouse.query("next_seq", board="planning") == [{"seq": 10}]
    assert warehouse.query("next_seq", board="' or true --") == [{"seq": 1}]


def test_scan_reads_all_rows_or_those_of_a_value(place: Place) -> None:
    warehouse = place.open()
    warehouse.append(
        {"mon_decision": [{"seq": at, "board": "o'hara" if at % 3 else "planning"} for at in range(12_000)]}
    )
    relation = place.relation("mon_decision")
    assert sorted(row["seq"] for row in warehouse.scan(relation)) == list(range(12_000))
    assert {row["seq"] % 3 for row in warehouse.scan(relation, board="planning")} == {0}
    assert len(warehouse.scan(relation, board="o'hara")) == 8_000


def test_a_missing_table_says_what_to_run(place: Place) -> None:
    warehouse = place.open()
    place.run(f"drop table {place.relation('mon_layout')}")

    for call in (
        lambda: warehouse.query("layout_version"),
        lambda: warehouse.append({"mon_layout": [{"object_name": "x"}]}),
        lambda: warehouse.scan(place.relation("mon_layout")),
    ):
        with pytest.raises(MissingTable, match=r"mon_layout\b[\s\S]*opus-sync pull"):
            call()
    place.run(f"create table {place.relation('mon_layout')} (object_name varchar(9))")


def test_threads_append_side_by_side(place: Place) -> None:
    """Each under the lock of its board."""
    warehouse = place.open()
    failures: list[BaseException] = []

    def work(board: str) -> None:
        try:
            with warehouse.lock(board) as lock:
                for seq in range(5):
                    assert warehouse.query("next_seq", board=board)[0]["seq"] == seq + 1
                    lock.append({"mon_decision": [{"board": board, "seq": seq + 1}]})
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(f"board{at}",)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert place.rows("mon_decision") == 20
