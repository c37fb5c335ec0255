"""How a command ends: what is printed, which exit code, and the results file that is left."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from opus_sync import cli, cli_run
from opus_sync.errors import Refused
from opus_sync.invocation import Result


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "dbt_project.yml").touch()
    return tmp_path


@pytest.fixture(autouse=True)
def own_handlers() -> Iterator[None]:
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
