"""Complexity, request, concurrency and daily limits, their headers and their refusals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from monday_sandbox import Options, Weights

READ = "{ boards(ids: [10]) { id } }"
CREATE = 'mutation { create_item(board_id: 10, item_name: "x") { id } }'


def refusal(response: Any) -> tuple[int, str, Any]:
    extensions = response.json()["errors"][0]["extensions"]
    return response.status_code, extensions["code"], extensions.get("retry_in_seconds")


@pytest.mark.parametrize(
    ("document", "cost"),
    [
        (CREATE, 30_001),
        ("{ me { id name } }", 12),
        ("{ boards(ids: [10, 20]) { id } }", 22),
        ("{ boards(limit: 3) { id } }", 33),
        ("{ items(ids: [1001, 1002], limit: 100) { id } }", 22),
        (
            "{ boards(ids: [10]) { items_page(limit: 50) { cursor items { id name } } } }",
            10 + 10 + 1 + 50 * 12,
        ),
        (
            "{ items(ids: [1001]) { column_values { id ... on TextValue { text } ... on DateValue { date time } } } }",
            23,
        ),
        ("mutation { a: archive_item(item_id: 1) { id } b: archive_item(item_id: 2) { id name } }", 60_003),
    ],
)
def test_cost_follows_the_default_weights(client: Any, document: str, cost: int) -> None:
    where = document.index("{") + 1
    answer = client.post(document[:where] + " complexity { query before after } " + document[where:]).json()
    found = answer["data"]["complexity"]
    assert found == {"query": cost, "before": 10_000_000, "after": 10_000_000 - cost}


def test_weights_are_an_option(serve_board: Any) -> None:
    client = serve_board(weights=Weights(mutation=10, fields={"create_item": 10_000}))
    assert client.ask(CREATE.replace("{", "{ complexity { query }", 1))["complexity"]["query"] == 10_001


def test_exhausted_budget_runs_nothing_and_heals_after_the_minute(serve_board: Any) -> None:
    client = serve_board(complexity_per_minute=60_010)
    assert client.post(CREATE).status_code == 200
    client.admin("POST", "clock", {"advance": 50})
    assert client.post(CREATE).status_code == 200
    refused = client.post(CREATE)
    body = refused.json()
    assert "data" not in body
    assert body["errors"][0]["message"] == "Complexity budget exhausted"
    extensions = body["errors"][0]["extensions"]
    wait = extensions.pop("retry_in_seconds")
    assert 1 <= wait <= 10
    assert extensions == {
        "code": "COMPLEXITY_BUDGET_EXHAUSTED",
        "status_code": 429,
        "complexity": 30_001,
        "complexity_budget_left": 8,
        "complexity_budget_limit": 60_010,
    }
    assert refused.headers["Retry-After"] == str(wait)
    assert body["extensions"]["request_id"]
    client.admin("POST", "clock", {"advance": 10})
    assert client.post(CREATE).status_code == 200
    assert client.ask("{ boards(ids: [10]) { items_count } }")["boards"][0]["items_count"] == 6


def test_one_request_above_the_cap_is_refused(serve_board: Any) -> None:
    client = serve_board(complexity_per_request=30_000)
    error = client.error(CREATE)
    assert error["message"] == "Query has complexity of 30001, which exceeds max complexity of 30000"


def test_app_tokens_have_separate_budgets_for_reads_and_writes(serve_board: Any) -> None:
    client = serve_board(caller="app", complexity_per_minute=30_010)
    assert client.post(CREATE).status_code == 200
    assert client.post(CREATE).status_code == 429
    assert client.post(READ).status_code == 200


def test_requests_per_minute_are_refused_with_headers(serve_board: Any) -> None:
    client = serve_board(requests_per_minute=2)
    assert client.post(READ).headers["RateLimit"].startswith('"minuteRate";r=1, ')
    client.post(READ)
    refused = client.post(READ)
    status, code, wait = refusal(refused)
    assert (status, code) == (429, "RATE_LIMIT_EXCEEDED")
    assert refused.headers["Retry-After"] == str(wait)
    assert f'"minuteRate";r=0;t={wait}' in refused.headers["RateLimit"]
    client.admin("POST", "clock", {"advance": 60})
    assert client.post(READ).status_code == 200


def test_policy_header_names_the_plan(client: Any) -> None:
    assert client.post(READ).headers["RateLimit-Policy"] == (
        '"minuteRate";q=1000;w=60, "concurrency";q=40;qu="concurrent-requests", '
        '"complexityMinute";q=10000000;w=60;qu="content-bytes"'
    )


def test_requests_at_once_are_limited(serve_board: Any) -> None:
    client = serve_board(concurrency=2, latency=0.5)
    with ThreadPoolExecutor(6) as pool:
        responses = list(pool.map(lambda _: client.post(READ), range(6)))
    refused = [response for response in responses if response.status_code == 429]
    assert 0 < len(refused) < 6
    assert {refusal(response)[1] for response in refused} == {"maxConcurrencyExceeded"}
    assert client.post(READ).status_code == 200


def test_daily_calls_count_requests_and_end_at_midnight(serve_board: Any) -> None:
    client = serve_board(calls_per_day=2, requests_per_minute=100)
    client.ask("{ complexity { before } }")
    assert client.admin("GET", "metrics")["calls_charged"] == 0.1
    client.post(
        "mutation {" + " ".join(f'm{n}: create_item(board_id: 10, item_name: "{n}") {{ id }}' for n in range(5)) + "}"
    )
    assert client.admin("GET", "metrics")["calls_charged"] == 1.1
    client.post(READ)
    status, code, wait = refusal(client.post(READ))
    assert (status, code) == (429, "DAILY_LIMIT_EXCEEDED")
    assert client.admin("GET", "metrics")["calls_charged"] == 2.2
    client.admin("POST", "clock", {"advance": wait})
    assert client.post(READ).status_code == 200


def test_dear_requests_can_be_charged_several_calls(serve_board: Any) -> None:
    client = serve_board(calls_per_complexity=10_000)
    client.post(CREATE)
    assert client.admin("GET", "metrics")["calls_charged"] == 4


@pytest.mark.parametrize(
    ("plan", "points", "calls", "minute", "slots"),
    [
        ("free", 1_000_000, 1_000, 1_000, 40),
        ("standard", 10_000_000, 1_000, 1_000, 40),
        ("pro", 10_000_000, 10_000, 2_500, 100),
        ("enterprise", 10_000_000, 25_000, 5_000, 250),
    ],
)
def test_plans_are_the_documented_ones(plan: str, points: int, calls: int, minute: int, slots: int) -> None:
    limits = Options(plan=plan).limits("standard")
    assert (limits.complexity_per_minute, limits.calls_per_day) == (points, calls)
    assert (limits.requests_per_minute, limits.concurrency) == (minute, slots)


def test_options_override_the_plan_one_by_one() -> None:
    limits = Options(plan="pro", concurrency=3).limits("free")
    assert (limits.concurrency, limits.calls_per_day) == (3, 10_000)


@pytest.mark.parametrize(
    "changes",
    [{"nonsense": 1}, {"latency": "slow"}, {"plan": "gold"}, {"busy_board": "maybe"}, {"clock_scale": 0}],
)
def test_wrong_options_are_refused_by_name(client: Any, changes: dict[str, Any]) -> None:
    answer = client.admin("PATCH", "options", changes)
    assert next(iter(changes)) in answer["error"]


def test_clock_scale_makes_windows_pass_faster(serve_board: Any) -> None:
    client = serve_board(requests_per_minute=1, clock_scale=10_000_000.0)
    assert [client.post(READ).status_code for _ in range(3)] == [200, 200, 200]
