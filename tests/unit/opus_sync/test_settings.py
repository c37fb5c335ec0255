"""Settings: defaults, overrides in order, refusals."""

from __future__ import annotations

import pytest

from opus_sync.errors import UsageError
from opus_sync.settings import NAMES, Settings


def test_later_layers_win_and_each_value_remembers_where_it_is_from() -> None:
    settings = (
        Settings()
        .overridden({"max_batch_size": 50, "page_size": 200}, "dbt_project.yml vars.opus")
        .overridden({"max_batch_size": 20}, "boards/planning.yml")
    )
    assert (settings.max_batch_size, settings.page_size, settings.threads) == (20, 200, 4)
    described = {name: (value, origin) for name, value, origin, _ in settings.described()}
    assert described["max_batch_size"] == (20, "boards/planning.yml")
    assert described["page_size"] == (200, "dbt_project.yml vars.opus")
    assert described["threads"] == (4, "default")
    assert described.keys() == NAMES


def test_every_problem_is_named_at_once_with_a_suggestion() -> None:
    with pytest.raises(UsageError) as caught:
        Settings().overridden({"max_batchsize": 50, "threads": "four", "page_size": 501}, "vars")
    assert str(caught.value).splitlines() == [
        "vars: unknown setting 'max_batchsize', did you mean 'max_batch_size'?",
        "vars: threads must be a whole number, is 'four'",
        "vars: page_size must be from 1 to 500, is 501",
    ]


@pytest.mark.parametrize("value", [True, 2.5, None, "3", [3]])
def test_a_whole_number_is_a_whole_number(value: object) -> None:
    with pytest.raises(UsageError, match="must be a whole number"):
        Settings().overridden({"max_retries": value}, "vars")


def test_a_share_may_be_written_as_a_whole_number() -> None:
    assert Settings().overridden({"failure_share": 1}, "vars").failure_share == 1.0
