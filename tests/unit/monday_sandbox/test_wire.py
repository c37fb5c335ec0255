"""The HTTP side: tokens, versions, bodies, idempotency keys, busy boards, timeouts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

READ = "{ boards(ids: [10]) { id } }"
CREATE = 'mutation { create_item(board_id: 10, item_name: "x") { id } }'


def count(client: Any) -> int:
    found: int = client.ask("{ boards(ids: [10]) { items_count } }")["boards"][0]["items_count"]
    return found


def test_without_a_token_nothing_is_answered(client: Any) -> None:
    response = requests.post(client.url, json={"query": READ}, timeout=5)
    assert response.status_code == 401
    assert response.json()["errors"][0]["message"] == "Not Authenticated"
    assert client.post(READ, Authorization="Bearer token").status_code == 401


def test_valid_tokens_can_be_set(client: Any) -> None:
    client.admin("POST", "options", {"tokens": ["secret"]})
    assert client.post(READ).status_code == 401
    assert client.post(READ, Authorization="secret").status_code == 200
    assert client.admin("GET", "options")["tokens"] == 1


def test_every_answer_bears_the_time_of_the_sandbox(client: Any) -> None:
    client.admin("POST", "clock", {"advance": -86_400 * 365})
    told = parsedate_to_datetime(client.post(READ).headers["Date"])
    assert abs(told.timestamp() - client.sandbox.clock.now()) < 5


@pytest.mark.parametrize(
    ("asked", "echoed"),
    [
        (None, "2026-10"),
        ("2026-10", "2026-10"),
        ("2026-07", "2026-07"),
        ("2031-01", "2026-10"),
        ("2024-10", "2026-04"),
    ],
)
def test_version_is_echoed(client: Any, asked: str | None, echoed: str) -> None:
    headers = {} if asked is None else {"API_Version": asked}
    assert client.post(READ, **headers).headers["API-Version"] == echoed


def test_malformed_version_is_refused(client: Any) -> None:
    response = client.post(READ, API_Version="latest")
    assert response.status_code == 200
    assert response.json()["errors"][0]["extensions"]["code"] == "InvalidVersionException"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"variables": {}}', b'{"query": "{me{id}}", "variables": []}', b"\xff"]
)
def test_malformed_body_is_400(client: Any, body: bytes) -> None:
    response = client.session.post(client.url, data=body, timeout=5)
    expected = 200 if body.endswith(b"[]}") else 400
    assert response.status_code == expected


def test_same_idempotency_key_runs_once_and_replays(client: Any) -> None:
    first = client.post(CREATE, Idempotency_Key="k1")
    again = client.post(CREATE, Idempotency_Key="k1")
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json()["data"] == first.json()["data"]
    assert client.post(CREATE, Idempotency_Key="k2").json()["data"] != first.json()["data"]
    assert count(client) == 5


def test_key_is_forgotten_after_30_minutes(client: Any) -> None:
    client.post(CREATE, Idempotency_Key="k")
    client.admin("POST", "clock", {"advance": 1_801})
    assert "Idempotency-Replayed" not in client.post(CREATE, Idempotency_Key="k").headers


def test_key_of_a_running_request_is_a_conflict(serve_board: Any) -> None:
    client = serve_board(latency_per_alias=0.4)
    with ThreadPoolExecutor(2) as pool:
        responses = list(pool.map(lambda _: client.post(CREATE, Idempotency_Key="k"), range(2)))
    assert sorted(response.status_code for response in responses) == [200, 409]
    conflict = next(response for response in responses if response.status_code == 409)
    assert conflict.json()["errors"][0]["extensions"]["code"] == "IDEMPOTENCY_CONFLICT"
    assert conflict.headers["Retry-After"] == "1"


@pytest.mark.parametrize(("option", "status", "made"), [("replay", 200, 4), ("conflict", 409, 4), ("run", 200, 5)])
def test_same_key_with_another_body_follows_the_option(serve_board: Any, option: str, status: int, made: int) -> None:
    client = serve_board(idempotency_other_body=option)
    client.post(CREATE, Idempotency_Key="k")
    assert client.post(CREATE.replace('"x"', '"y"'), Idempotency_Key="k").status_code == status
    assert count(client) == made


@pytest.mark.parametrize(("kept", "made"), [(True, 4), (False, 5)])
def test_whether_answers_with_errors_are_kept_is_an_option(serve_board: Any, kept: bool, made: int) -> None:
    client = serve_board(idempotency_keeps_errors=kept)
    document = f"{CREATE[:-2]} b: archive_item(item_id: 9) {{ id }} }}"
    client.post(document, Idempotency_Key="k")
    client.post(document, Idempotency_Key="k")
    assert count(client) == made


def test_refused_request_is_not_kept(serve_board: Any) -> None:
    client = serve_board(faults=())
    client.admin("PATCH", "options", {"faults": [{"kind": "rate_limited", "count": 1}]})
    assert client.post(CREATE, Idempotency_Key="k").status_code == 429
    assert client.post(CREATE, Idempotency_Key="k").status_code == 200
    assert count(client) == 4


@pytest.mark.parametrize(("option", "statuses"), [("wait", [200, 200]), ("locked", [200, 423])])
def test_busy_board_waits_or_is_locked(serve_board: Any, option: str, statuses: list[int]) -> None:
    client = serve_board(busy_board=option, latency_per_alias=0.3)
    with ThreadPoolExecutor(2) as pool:
        responses = list(pool.map(lambda _: client.post(CREATE), range(2)))
    assert sorted(response.status_code for response in responses) == statuses
    if option == "locked":
        locked = next(response for response in responses if response.status_code == 423)
        assert locked.json()["errors"][0]["message"] == "Resource is currently locked, please try again later"


def test_boards_do_not_lock_each_other(serve_board: Any) -> None:
    client = serve_board(busy_board="locked", latency_per_alias=0.3)
    documents = [CREATE, CREATE.replace("10", "20")]
    with ThreadPoolExecutor(2) as pool:
        assert [response.status_code for response in pool.map(client.post, documents)] == [200, 200]


def test_request_that_takes_longer_than_60_seconds_ends_with_504_and_keeps_what_ran(serve_board: Any) -> None:
    client = serve_board(latency_per_alias=25.0, clock_scale=500.0)
    aliases = " ".join(f'm{n}: create_item(board_id: 10, item_name: "{n}") {{ id }}' for n in range(4))
    assert client.post(f"mutation {{ {aliases} }}").status_code == 504
    assert count(client) == 5


def test_later_aliases_can_be_made_to_stop(serve_board: Any) -> None:
    client = serve_board(later_aliases_run=False)
    answer = client.post(f"mutation {{ a: archive_item(item_id: 9) {{ id }} {CREATE[11:]}").json()
    assert answer["data"] == {"a": None, "create_item": None}
    assert [error["path"] for error in answer["errors"]] == [["a"]]


def test_operation_name_chooses_the_operation(client: Any) -> None:
    body = {"query": "query A { me { id } } query B { account { id } }", "operationName": "B"}
    assert client.session.post(client.url, json=body, timeout=5).json()["data"] == {"account": {"id": "7001"}}


def test_reads_can_lag_behind_writes(serve_board: Any) -> None:
    client = serve_board(stale_read_seconds=5.0)
    client.post(CREATE)
    assert count(client) == 3
    client.admin("POST", "clock", {"advance": 6})
    assert count(client) == 4
