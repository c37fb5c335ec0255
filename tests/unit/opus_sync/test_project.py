"""What a project tells a command: target, settings, boards, token, endpoint, and where it may write."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest

from opus_sync.errors import OpusError, Refused, UsageError
from opus_sync.invocation import Invocation
from opus_sync.log import SILENT
from opus_sync.project import Project, live_allowed, load_project, plan_file_needed
from unit.opus_sync.warehouse.dbt_project import write_project

CONTRACT = """\
version: 2
models:
  - name: mon_orders
    description: Orders.
    config: {meta: {monday: {entity: items, board_id: 9001, key: Title, settings: {max_batch_size: 7}}}}
    columns: []
"""


class Quiet:
    def task(self, label: str, total: int | None) -> Any:
        return contextlib.nullcontext(lambda steps: None)


def load(root: Path, **options: Any) -> Project:
    return load_project(Invocation(root, Quiet(), SILENT, profiles_dir=root, **options))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_project(tmp_path, {"opus": {"max_batch_size": 50}, "shop": {"opus_schema": "sync"}})
    (tmp_path / "boards" / "orders.yml").write_text(CONTRACT)
    return tmp_path


def test_target_schema_and_variables_are_those_of_dbt(root: Path) -> None:
    project = load(root, variables={"season": "SS27"})
    assert (project.target_name, project.runner_schema) == ("dev", "sync")
    assert project.variables["season"] == "SS27"
    assert load(root, target="prod").target_name == "prod"


def test_settings_come_from_the_var_the_board_and_the_flags(root: Path) -> None:
    project = load(root, threads=9)
    (board,) = project.boards()
    assert project.settings.max_batch_size == 50
    assert project.settings_for(board).max_batch_size == 7
    flagged = project.settings_for(board)
    assert (flagged.threads, flagged.origins["threads"]) == (9, "--threads")
    assert load(root, variables={"opus": {"max_retries": 1}}).settings.origins["max_retries"] == "--vars"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"target": "nope"}, "does not have a target named 'nope'"),
        ({"profile": "nope"}, "Could not find profile named 'nope'"),
        ({"variables": {"opus": {"thread": 1}}}, "unknown setting 'thread', did you mean 'threads'"),
        ({"variables": {"opus": 3}}, "must be a map of settings"),
        ({"variables": {"opus_live_targets": "prod"}}, "must be a list of dbt targets, is 'prod'"),
        ({"variables": {"opus_schema": 3}}, "the var opus_schema must be a name"),
        ({"variables": {"opus_schema": {"prod": "opus"}}}, "names no schema for the target 'dev', only for prod"),
        ({"variables": {"opus_rehearsals": ["dev"]}}, "must map dbt targets to the targets they rehearse"),
    ],
)
def test_a_wrong_option_is_explained(root: Path, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        load(root, **options)
    assert caught.value.exit_code == 2


def test_a_folder_without_a_project_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no dbt_project.yml in [\s\S]*--project-dir"):
        load(tmp_path)


def test_a_warehouse_that_is_not_supported_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OpusError):
        _ = load(root, target="elsewhere").warehouse


def test_tokens_come_from_the_environment_by_account(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONDAY_API_TOKEN", "t1")
    monkeypatch.setenv("MONDAY_API_TOKEN__MAIN_EU", "t2\n")
    project = load(root)
    assert project.token().reveal() == "t1"
    assert project.token("main-eu").reveal() == "t2"
    assert "t1" not in f"{project.token()!r} {project.token()}"
    with pytest.raises(Refused, match=r"no token for the account 'other'[\s\S]*set MONDAY_API_TOKEN__OTHER"):
        project.token("other")
    monkeypatch.delenv("MONDAY_API_TOKEN")
    with pytest.raises(Refused, match=r"there is no token[\s\S]*set MONDAY_API_TOKEN "):
        project.token()


def test_the_endpoint_is_mondays_own_unless_the_environment_says_otherwise(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = load(root)
    monkeypatch.delenv("MONDAY_API_URL", raising=False)
    assert project.endpoint == "https://api.monday.com/v2"
    monkeypatch.setenv("MONDAY_API_URL", "HTTP://LocalHost:8080/v2/")
    assert project.endpoint == "http://localhost:8080/v2"
    monkeypatch.setenv("MONDAY_API_URL", "http://api.monday.com/v2")
    with pytest.raises(UsageError, match="MONDAY_API_URL cannot be used: the token would travel in the clear"):
        _ = project.endpoint


def test_a_rehearsal_has_the_boards_of_its_original_and_speaks_to_this_machine_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = (root / "boards" / "orders.yml").read_text()
    (root / "boards" / "orders.yml").write_text(contract.replace("board_id: 9001", "board_id: {prod: 9001, qa: 7}"))
    rehearsal = {"opus_rehearsals": {"dev": "prod"}, "opus_schema": {"prod": "opus", "dev": "opus_copy"}}
    monkeypatch.setenv("MONDAY_API_URL", "http://127.0.0.1:8765/v2")

    project = load(root, variables=rehearsal)

    assert [board.board_id("dev") for board in project.boards()] == [9001]
    assert (project.runner_schema, load(root, target="prod", variables=rehearsal).runner_schema) == (
        "opus_copy",
        "opus",
    )
    assert project.endpoint == "http://127.0.0.1:8765/v2"
    monkeypatch.delenv("MONDAY_API_URL")
    with pytest.raises(Refused, match=r"rehearses 'prod' and may not speak to https://api.monday.com/v2"):
        _ = project.endpoint


def test_a_development_target_never_writes_to_a_live_board(root: Path) -> None:
    with pytest.raises(Refused) as caught:
        live_allowed(load(root), "https://api.monday.com/v2")
    assert str(caught.value).startswith("the target 'dev' may not write to https://api.monday.com/v2; nothing was sent")
    assert "opus_live_targets allows: prod" in str(caught.value)
    assert caught.value.exit_code == 3


def test_a_live_target_and_this_machine_may_be_written_to(root: Path) -> None:
    live_allowed(load(root, target="prod"), "https://api.monday.com/v2")
    live_allowed(load(root), "http://127.0.0.1:8080/v2")
    live_allowed(load(root, variables={"opus_live_targets": ["dev"]}), "https://api.monday.com/v2")
    with pytest.raises(Refused):
        live_allowed(load(root, target="prod", variables={"opus_live_targets": []}), "https://api.monday.com/v2")


def test_a_target_that_asks_for_approval_takes_plan_files_only(root: Path) -> None:
    plan_file_needed(load(root, target="prod"))
    asking = {"opus_require_approval": ["prod"]}
    plan_file_needed(load(root, variables=asking))
    with pytest.raises(Refused, match="target prod sends only approved plans; nothing was sent") as caught:
        plan_file_needed(load(root, target="prod", variables=asking))
    assert "`opus-sync approve --plan plan.json`" in caught.value.hint
    with pytest.raises(UsageError, match="opus_require_approval must be a list of dbt targets, is 'prod'"):
        load(root, variables={"opus_require_approval": "prod"})
