"""Faults: what each does to a request, and to which."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests

from monday_sandbox import Fault

CREATE = 'mutation { create_item(board_id: 10, item_name: "x") { id } }'
THREE = (
    'mutation { m0: create_item(board_id: 10, item_name: "A") { id }'
    ' m1: create_item(board_id: 10, item_name: "B") { id }'
    ' m2: create_item(board_id: 10, item_name: "C") { id } }'
)


def count(client: Any) -> int:
    found: int = client.ask("{ boards(ids: [10]) { items_count } }")["boards"][0]["items_count"]
    return found


@pytest.mark.parametrize(("kind", "made"), [("lost_request", 0), ("lost_answer", 1)])
def test_dropped_connection_with_or_without_a_run(serve_board: Any, kind: str, made: int) -> None:
    client = serve_board(faults=(Fault(kind, count=1),))
    with pytest.raises(requests.ConnectionError):
        client.post(CREATE)
    assert count(client) == 3 + made
    assert client.post(CREATE).status_code == 200
    assert client.admin("GET", "metrics")["faults"] == {kind: 1}


def test_lost_answer_is_kept_for_its_key(serve_board: Any) -> None:
    client = serve_board(faults=(Fault("lost_answer", count=1),))
    with pytest.raises(requests.ConnectionError):
        client.post(CREATE, Idempotency_Key="k")
    assert client.post(CREATE, Idempotency_Key="k").headers["Idempotency-Replayed"] == "true"
    assert count(client) == 4


def test_answer_that_is_not_kept_lets_the_repeat_run_again(serve_board: Any) -> None:
    client = serve_board(faults=(Fault("lost_answer", count=1), Fault("answer_not_kept", count=1)))
    with pytest.raises(requests.ConnectionError):
        client.post(CREATE, Idempotency_Key="k")
    client.post(CREATE, Idempotency_Key="k")
    assert count(client) == 5


def test_delayed_request_runs_after_its_connection_is_gone(serve_board: Any) -> None:
    client = serve_board(faults=(Fault("delayed_execution", count=1, seconds=0.3),))
    with pytest.raises(requests.ConnectionError):
        client.post(CREATE)
    assert count(client) == 3
    until = time.monotonic() + 10
    while count(client) == 3 and time.monotonic() < until:
        time.sleep(0.02)
    assert count(client) == 4


@pytest.mark.parametrize(
    ("fault", "status", "made"),
    [
        (Fault("server_error", count=1), 500, 0),
        (Fault("server_error", count=1, status=502, runs=True), 502, 1),
        (Fault("rate_limited", count=1, seconds=7), 429, 0),
        (Fault("locked", count=1), 423, 0),
        (Fault("unauthorized", count=1), 401, 0),
    ],
)
def test_refusals_by_fault(serve_board: Any, fault: Fault, status: int, made: int) -> None:
    client = serve_board(faults=(fault,))
    response = client.post(CREATE)
    assert response.status_code == status
    if status == 429:
        assert response.headers["Retry-After"] == "7"
        assert response.json()["errors"][0]["extensions"]["retry_in_seconds"] == 7
    assert count(client) == 3 + made


def test_poison_fails_the_whole_request_it_stands_in(serve_board: Any) -> None:
    client = serve_board(faults=(Fault("poison", text="B"),))
    assert client.post(THREE).status_code == 500
    assert count(client) == 3
    assert client.post(CREATE).status_code == 200


def test_poison_can_fail_its_alias_only(serve_board: Any) -> None:
    client = serve_board(faults=(Fault("poison", alias="m1", scope="alias"),))
    answer = client.post(THREE).json()
    assert [answer["data"][f"m{n}"] is None for n in range(3)] == [False, True, False]
    assert answer["errors"][0]["path"] == ["m1"]


def test_poisoned_item_always_fails(serve_board: Any) -> None:
    client = serve_board(faults=(Fault("poison", item_id="1001", scope="alias"),))
    for _ in range(2):
        assert client.write({"text": "x"})["errors"][0]["message"] == "Internal server error"
    assert "errors" not in client.write({"text": "x"}, item=1002)


def test_partial_answer_names_what_did_not_run(serve_board: Any) -> None:
    client = serve_board(faults=(Fault("partial", count=1, from_alias=1),))
    answer = client.post(THREE).json()
    assert [error["path"] for error in answer["errors"]] == [["m1"], ["m2"]]
    assert answer["errors"][0]["extensions"]["code"] == "FIELD_LIMIT_EXCEEDED"
    assert answer["errors"][0]["extensions"]["retry_in_seconds"] == 15
    assert count(client) == 4


def test_silent_partial_answer_has_neither_data_nor_error(serve_board: Any) -> None:
    client = serve_board(faults=(Fault("partial", count=1, from_alias=2, scope="silent"),))
    answer = client.post(THREE).json()
    assert answer["data"]["m2"] is None
    assert "errors" not in answer
    assert count(client) == 6


def test_faults_choose_by_field_text_and_turn(serve_board: Any) -> None:
    fault = Fault("server_error", field="create_item", text="target", skip=1, count=1)
    client = serve_board(faults=(fault,))
    target = CREATE.replace('"x"', '"target"')
    assert [client.post(document).status_code for document in (CREATE, target, target, target)] == [
        200,
        200,
        500,
        200,
    ]


def test_probability_repeats_with_the_seed(serve_board: Any) -> None:
    runs = []
    for _ in range(2):
        client = serve_board(faults=(Fault("server_error", on="query", probability=0.5),), random_seed=3)
        runs.append([client.post("{ me { id } }").status_code for _ in range(12)])
    assert runs[0] == runs[1]
    assert set(runs[0]) == {200, 500}


@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "flood"},
        {"kind": "poison"},
        {"kind": "locked", "times": 2},
        {"kind": "locked", "on": "all"},
        5,
    ],
)
def test_wrong_faults_are_refused(client: Any, entry: Any) -> None:
    assert "fault" in client.admin("POST", "options", {"faults": [entry]})["error"]
