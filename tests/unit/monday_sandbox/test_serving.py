"""Serving: the page, the state file and a clean end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from unit.monday_sandbox.support import build_seed

HOSTILE = '</script><img src=x onerror="alert(1)">{{7*7}}'
SCRIPT = """
import json, sys
from monday_sandbox import serve
seed = json.load(open(sys.argv[1]))
serve(seed, port=int(sys.argv[2]), state_file=sys.argv[3], announce=lambda url: print(url, flush=True))
print("ended", flush=True)
"""


def test_page_is_self_contained(client: Any) -> None:
    page = requests.get(f"{client.served.base}/", timeout=5)
    assert page.headers["Content-Type"].startswith("text/html")
    assert not re.search(r"(src|href)=|https?://|@import|innerHTML|document\.write", page.text)


def test_page_data_shows_groups_rows_labels_and_subitems(client: Any) -> None:
    client.write({"status": {"index": 1}, "people": "101"})
    client.ask('mutation { create_subitem(parent_item_id: 1001, item_name: "Sub") { id } }')
    data = requests.get(f"{client.served.base}/_page/boards?board=10", timeout=5).json()
    board = data["board"]
    assert [group["title"] for group in board["groups"]] == ["Now", "Later"]
    first = board["groups"][0]["rows"][0]
    shown = dict(zip([column["type"] for column in board["columns"]], first["cells"], strict=True))
    assert shown["status"] == ["Done", "#00c875"]
    assert shown["people"] == "Ada Lovelace"
    assert first["subitems"][0]["name"] == "Sub"


def test_page_data_is_made_again_only_after_a_change(client: Any) -> None:
    address = f"{client.served.base}/_page/boards?board=10"
    tag = requests.get(address, timeout=5).headers["ETag"]
    assert requests.get(address, headers={"If-None-Match": tag}, timeout=5).status_code == 304
    client.write({"text": "new"})
    assert requests.get(address, headers={"If-None-Match": tag}, timeout=5).status_code == 200


def test_hostile_titles_stay_data(serve_board: Any) -> None:
    seed = build_seed()
    board = seed["boards"][0]
    board["name"] = board["groups"][0]["title"] = board["columns"][0]["title"] = HOSTILE
    board["items"][0]["name"] = HOSTILE
    client = serve_board(seed)
    assert HOSTILE not in requests.get(f"{client.served.base}/", timeout=5).text
    response = requests.get(f"{client.served.base}/_page/boards?board=10", timeout=5)
    assert response.headers["Content-Type"].startswith("application/json")
    assert response.json()["board"]["name"] == HOSTILE


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
