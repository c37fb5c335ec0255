"""Serving: the state file and a clean end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from unit.monday_sandbox.support import build_seed

SCRIPT = """
import json, sys
from monday_sandbox import serve
seed = json.load(open(sys.argv[1]))
serve(seed, port=int(sys.argv[2]), state_file=sys.argv[3], announce=lambda url: print(url, flush=True))
print("ended", flush=True)
"""


@pytest.fixture
def start(tmp_path: Path) -> Any:
    """Start `serve` in a process of its own; it is stopped at the end."""
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps(build_seed()), encoding="utf-8")
    started: list[subprocess.Popen[str]] = []

    def begin() -> tuple[subprocess.Popen[str], str]:
        command = [sys.executable, "-c", SCRIPT, str(seed), "0", str(tmp_path / "state.json")]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ.copy())
        started.append(process)
        assert process.stdout is not None
        return process, process.stdout.readline().strip()

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_serving_cleanly_and_the_state_goes_on(start: Any, tmp_path: Path, number: signal.Signals) -> None:
    process, url = start()
    body = {"query": 'mutation { create_item(board_id: 10, item_name: "Kept") { id } }'}
    made = requests.post(url, json=body, headers={"Authorization": "t"}, timeout=5).json()["data"]["create_item"]
    process.send_signal(number)
    output, _ = process.communicate(timeout=20)
    assert (process.returncode, output.strip()) == (0, "ended")
    _, url = start()
    body = {"query": f"{{ items(ids: [{made['id']}]) {{ name }} }}"}
    answer = requests.post(url, json=body, headers={"Authorization": "t"}, timeout=5).json()
    assert answer["data"]["items"] == [{"name": "Kept"}]
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []
