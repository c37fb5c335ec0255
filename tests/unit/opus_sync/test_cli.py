"""How a command ends: what is printed, which exit code, and the results file that is left."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from integration.support.schemas import problems
from opus_sync import cli, cli_run
from opus_sync.errors import Refused
from opus_sync.invocation import Result
from opus_sync.paint import good


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "dbt_project.yml").touch()
    return tmp_path


@pytest.fixture(autouse=True)
def own_handlers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def run(root: Path, monkeypatch: pytest.MonkeyPatch, command: Any, *options: str) -> tuple[int, str, str, Any]:
    """Run `pull` with another command in its place; return exit code, stdout, stderr and the results file."""
    monkeypatch.setattr(cli_run, "command", lambda verb: command)
    done = CliRunner().invoke(cli.main, ["pull", "--project-dir", str(root), *options])
    results = json.loads((root / "target" / "opus_sync_run_results.json").read_text())
    return done.exit_code, done.stdout, done.stderr, results


def test_a_result_is_printed_and_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = Result(1, "two rows failed", {"failed": 2})
    code, out, err, results = run(root, monkeypatch, lambda *_, **__: result)
    assert (code, out, err) == (1, "two rows failed\n", "")
    assert (results["command"], results["exit_code"], results["result"]) == ("pull", 1, {"failed": 2})

    _, out, _, _ = run(root, monkeypatch, lambda *_, **__: result, "--output", "json")
    assert json.loads(out) == {"failed": 2}


def _interrupted() -> None:
    raise KeyboardInterrupt


def _terminated() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def _refused() -> None:
    raise Refused("the plan is stale", "build again")


def _defect() -> None:
    raise KeyError("board")


@pytest.mark.parametrize(
    ("fail", "code", "said"),
    [
        (_refused, 3, "Error: the plan is stale\nbuild again\n"),
        (_interrupted, 130, "Error: interrupted\nRun it again.\n"),
        (_terminated, 143, "Error: interrupted\nRun it again.\n"),
        (_defect, 2, "Error: KeyError: 'board'\nThis is a defect; run again with --debug and report it.\n"),
    ],
)
def test_every_end_has_its_exit_code_and_leaves_results(
    root: Path, monkeypatch: pytest.MonkeyPatch, fail: Any, code: int, said: str
) -> None:
    exit_code, out, err, results = run(root, monkeypatch, lambda *_, **__: fail())
    assert (exit_code, out, err) == (code, "", said)
    assert results["exit_code"] == code
    assert said == "Error: {error}\n{hint}\n".format(error=results["error"]["message"], **results["error"])


def test_terminal_codes_of_a_board_do_not_reach_the_terminal(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def command(invocation: Any, **_: Any) -> Result:
        invocation.log.note("\x1b]0;note\x07")
        return Result(0, "\x1b[2J Größe → 😀\nnext")

    _, out, err, _ = run(root, monkeypatch, command)
    assert (out, err) == (" [2J Größe → 😀\nnext\n", " ]0;note \n")


GREEN, RESET = "\x1b[32m", "\x1b[0m"


@pytest.mark.parametrize(
    ("options", "environment", "seen"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "0"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--use-colors",), {"NO_COLOR": "1"}, True),
        (("--no-use-colors",), {"FORCE_COLOR": "1"}, False),
        (("--output", "markdown"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_are_as_asked_else_as_the_environment_says_else_for_a_terminal(
    root: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], environment: dict[str, str], seen: bool
) -> None:
    """A code that stands on a board is taken out all the same."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = Result(0, f"{good('done')} \x1b[31mred")
    _, out, _, _ = run(root, monkeypatch, lambda *_, **__: result, *options)
    assert out == (f"{GREEN}done{RESET}  [31mred\n" if seen else "done  [31mred\n")


def test_a_log_for_programs_is_a_line_of_json_for_each_event(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole lines, also from threads; whatever is said stays inside of its line."""

    def command(invocation: Any, **_: Any) -> Result:
        log = invocation.log.about(board="orders")
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda number: log.note(f"line\n{number}\x1b[31m", rows=number), range(200)))
        raise Refused("the plan is stale", "build again")

    code, out, err, results = run(root, monkeypatch, command, "--log-format", "json")
    events = [json.loads(line) for line in err.splitlines()]
    assert (code, out) == (3, "")
    assert [broken for event in events for broken in problems("log_event", event)] == []
    names = [event["event"] for event in events]
    assert (names[0], names[-2:]) == ("command_started", ["error", "command_ended"])
    assert sorted(event["rows"] for event in events if event["event"] == "note") == list(range(200))
    assert {event["invocation_id"] for event in events} == {results["invocation_id"]}
    error = events[-2]
    assert (error["message"], error["hint"], error["exit_code"]) == ("the plan is stale", "build again", 3)


def test_debug_shows_what_is_not_said_otherwise(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def command(invocation: Any, **_: Any) -> Result:
        invocation.log.event("request_sent", request_id="r1")
        raise KeyError("board")

    _, _, quiet, _ = run(root, monkeypatch, command)
    _, _, told, _ = run(root, monkeypatch, command, "--debug")
    assert "request_sent" not in quiet and "Traceback" not in quiet
    assert "request_sent request_id=r1" in told and "Traceback" in told
