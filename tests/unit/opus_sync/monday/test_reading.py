"""How each answer of monday is understood, in the shapes its pages show."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from opus_sync.monday.answer import Kind, Limited, NoAnswer, RateLimit, Rejected, Stopped
from opus_sync.monday.reading import rate_limits, read


def failed(code: str = "", message: str = "no", path: list[str] | None = None, **more: Any) -> dict[str, Any]:
    """An entry of errors[] as of 2025-01."""
    entry: dict[str, Any] = {"message": message, "extensions": {**({"code": code} if code else {}), **more}}
    return {**entry, "path": path} if path else entry


BUDGET = {
    "code": "COMPLEXITY_BUDGET_EXHAUSTED",
    "message": "Complexity budget exhausted",
    "status_code": 429,
    "complexity": 30001,
    "complexity_budget_left": 19986,
    "complexity_budget_limit": 10000000,
    "retry_in_seconds": 3,
}
OLD_BUDGET = {
    "error_code": "ComplexityException",
    "status_code": 429,
    "error_message": "Complexity budget exhausted, query cost 30001 budget remaining 19986 out of 10000000 "
    "reset in 3 seconds",
}

# status, headers, body, what it becomes, seconds to wait
WHOLE_REQUESTS = [
    (429, {}, {"errors": [failed(**BUDGET)]}, Limited, 3),
    (200, {}, {"errors": [failed(**BUDGET)]}, Limited, 3),
    (429, {}, OLD_BUDGET, Limited, 3),
    (200, {}, OLD_BUDGET, Limited, 3),
    (429, {"Retry-After": "7"}, {"errors": [failed(message="Minute limit rate exceeded")]}, Limited, 7),
    (429, {"Retry-After": "7"}, {"error_message": "Rate Limit Exceeded", "status_code": 429}, Limited, 7),
    (429, {}, {"errors": [failed("maxConcurrencyExceeded")]}, Limited, 5),
    (429, {}, {"errors": [failed("MAXCONCURRENCYEXCEEDED")]}, Limited, 5),
    (429, {}, {"errors": [failed("RATE_LIMIT_EXCEEDED", retryAfterMs=2500)]}, Limited, 2.5),
    (429, {}, {"errors": [failed("FIELD_LIMIT_EXCEEDED", error_data={"retry_in_seconds": 15})]}, Limited, 15),
    (429, {}, {"errors": [failed("IP_RATE_LIMIT_EXCEEDED")], "retry_in_seconds": 9}, Limited, 9),
    (
        423,
        {},
        {"errors": [failed(message="Resource is currently locked, please try again later")]},
        Limited,
        2,
    ),
    (409, {"Retry-After": "1"}, {"errors": [failed("IDEMPOTENCY_CONFLICT")]}, NoAnswer, 0),
    (200, {}, {"errors": [failed("API_TEMPORARILY_BLOCKED")]}, Limited, 5),
    (429, {"Retry-After": "11"}, None, Limited, 11),
    (409, {}, {"errors": [failed("DeleteLastGroupException")]}, Rejected, 0),
    (200, {}, {"errors": [failed("undefinedField", "Field 'x' doesn't exist on type 'Y'")]}, Rejected, 0),
    (200, {}, {"errors": [failed(message='Parse error on "}" (RCURLY) at [1, 2]')]}, Rejected, 0),
    (400, {}, {"errors": [failed("JsonParseException")]}, Rejected, 0),
    (422, {}, {"errors": [failed("RecordInvalidException")]}, Rejected, 0),
    (
        200,
        {},
        {"error_code": "InvalidBoardIdException", "error_message": "board", "status_code": 200},
        Rejected,
        0,
    ),
    (413, {}, None, Rejected, 0),
    (
        429,
        {},
        {"errors": [failed(message="Query has complexity of 6000000, which exceeds max complexity of 5000000")]},
        Rejected,
        0,
    ),
    (
        200,
        {},
        {"errors": [failed("ComplexityException", "Query has complexity of 6, which exceeds max complexity of 5")]},
        Rejected,
        0,
    ),
    (401, {}, {"errors": ["Not Authenticated"]}, Stopped, 0),
    (401, {}, {"errors": [failed(message="Your ip is restricted")]}, Stopped, 0),
    (200, {}, {"errors": [failed("Unauthorized", status_code=401)]}, Stopped, 0),
    (403, {}, {"errors": [failed("USER_ACCESS_DENIED")]}, Stopped, 0),
    (200, {}, {"errors": [failed("UserUnauthorizedException", status_code=403)]}, Stopped, 0),
    (200, {}, {"errors": [failed("missingRequiredPermissions")]}, Stopped, 0),
    (429, {}, {"errors": [failed("DAILY_LIMIT_EXCEEDED", retry_in_seconds=30)]}, Stopped, 0),
    (429, {}, {"errors": [failed(message="Daily limit exceeded")]}, Stopped, 0),
    (302, {}, None, Stopped, 0),
    (500, {}, {"errors": [failed("INTERNAL_SERVER_ERROR")]}, NoAnswer, 0),
    (200, {}, {"errors": [failed(message="Internal server error")]}, NoAnswer, 0),
    (502, {}, None, NoAnswer, 0),
    (503, {}, None, NoAnswer, 0),
    (504, {}, None, NoAnswer, 0),
    (200, {}, None, NoAnswer, 0),
    (200, {}, {}, NoAnswer, 0),
    (500, {}, {"data": {"m0": {"id": "1"}}}, NoAnswer, 0),
    (200, {}, {"errors": [failed("Unauthorized"), failed("INTERNAL_SERVER_ERROR")]}, NoAnswer, 0),
]


@pytest.mark.parametrize(("status", "headers", "body", "outcome", "wait"), WHOLE_REQUESTS)
def test_a_request_that_failed_whole(
    status: int, headers: dict[str, str], body: Any, outcome: type[Exception], wait: float
) -> None:
    with pytest.raises(outcome) as caught:
        read(status, headers, body)
    if isinstance(caught.value, Limited):
        assert caught.value.retry_in == wait


def test_a_budget_error_says_what_the_request_costs_and_what_there_is() -> None:
    with pytest.raises(Limited) as caught:
        read(429, {}, {"errors": [failed(**BUDGET)]})
    assert (caught.value.cost, caught.value.budget) == (30001, 10_000_000)


def test_partial_data_is_an_answer_with_errors_by_alias() -> None:
    error = failed("ColumnValueException", path=["m1"], error_data={"column_id": "status"})
    body = {
        "data": {
            "m0": {"id": "1"},
            "m1": None,
            "complexity": {"query": 60, "after": 40, "reset_in_x_seconds": 9},
        },
        "errors": [error],
        "extensions": {"request_id": "r-1"},
    }
    answer = read(200, {}, body)

    assert answer.data["m0"] == {"id": "1"}
    (found,) = answer.errors
    assert (found.alias, found.code, found.kind, found.data["column_id"]) == (
        "m1", "ColumnValueException", Kind.FINAL, "status",
    )  # fmt: skip
    assert answer.request_id == "r-1"
    assert answer.complexity is not None
    assert (answer.complexity.before, answer.complexity.after, answer.complexity.reset_in) == (100, 40, 9)


def test_aliases_that_all_failed_are_still_an_answer() -> None:
    body = {"data": {"m0": None, "complexity": {"query": 1, "after": 1, "reset_in_x_seconds": 1}},
            "errors": [failed("ResourceNotFoundException", path=["m0"])]}  # fmt: skip
    assert [error.alias for error in read(200, {}, body).errors] == ["m0"]


def test_a_limit_inside_a_batch_leaves_the_aliases_that_ran() -> None:
    body = {"data": {"m0": {"id": "1"}, "m1": None},
            "errors": [failed("FIELD_LIMIT_EXCEEDED", path=["m1"], retry_in_seconds=15)]}  # fmt: skip
    (error,) = read(200, {}, body).errors
    assert (error.kind, error.retry_in) == (Kind.WAIT, 15)


def test_a_limit_under_which_nothing_ran_is_a_limit() -> None:
    body = {
        "data": {"m0": None},
        "errors": [failed("FIELD_LIMIT_EXCEEDED", path=["m0"], retry_in_seconds=15)],
    }
    with pytest.raises(Limited):
        read(200, {}, body)


def test_an_alias_of_which_nothing_is_said_keeps_a_limit_from_being_one() -> None:
    """It may have run, so the request must not go out again."""
    body = {
        "data": {"m0": None, "m1": None},
        "errors": [failed("FIELD_LIMIT_EXCEEDED", path=["m0"], retry_in_seconds=15)],
    }
    assert [error.alias for error in read(200, {}, body).errors] == ["m0"]


@pytest.mark.parametrize("complexity", [None, {}, {"query": 1}, {"query": "?", "after": 1, "reset_in_x_seconds": 1}])
def test_an_answer_without_a_budget_is_an_answer(complexity: Any) -> None:
    """What it says of its rows must not be lost for the sake of a figure."""
    answer = read(200, {}, {"data": {"m0": {"id": "1"}, "complexity": complexity}})
    assert (answer.data["m0"], answer.complexity) == ({"id": "1"}, None)


def test_a_row_that_may_not_be_touched_does_not_stop_the_others() -> None:
    body = {"data": {"m0": {"id": "1"}, "m1": None},
            "errors": [failed("USER_ACCESS_DENIED", path=["m1"], status_code=403)]}  # fmt: skip
    assert [error.kind for error in read(200, {}, body).errors] == [Kind.FINAL]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Sat, 21 Nov 2026 08:00:00 GMT", datetime(2026, 11, 21, 8, tzinfo=timezone.utc)),
        ("Sat, 21 Nov 2026 10:00:00 +0200", datetime(2026, 11, 21, 8, tzinfo=timezone.utc)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_time_of_an_answer_is_the_servers(header: str, told: datetime | None) -> None:
    assert read(200, {"Date": header}, {"data": {"m0": {"id": "1"}}}).server_time == told


def test_rate_limit_headers_are_merged_by_policy() -> None:
    headers = {
        "RateLimit-Policy": '"minuteRate";q=5000;w=60, "concurrency";q=250;qu="concurrent-requests", '
        '"complexityMinute";q=5000000;w=60;qu="content-bytes"',
        "RateLimit": '"minuteRate";r=4999, "concurrency";r=249, "complexityMinute";r=4950000;t=45',
    }
    assert rate_limits(headers) == (
        RateLimit("minuteRate", 5000, 60, 4999, None),
        RateLimit("concurrency", 250, None, 249, None),
        RateLimit("complexityMinute", 5_000_000, 60, 4_950_000, 45),
    )
    assert rate_limits({}) == ()
