"""What a pull takes: processor and memory for a whole board, requests for what changed of one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import requests
from tests.bench.figure import Figure
from tests.bench.wide_board import BOARD_ID, COLUMNS, PAGE, UNLIMITED, quick_board, seed, write_contract
from tests.bench.workspace import Workspace, workspace

from monday_sandbox import running
from monday_sandbox.mutations import MUTATIONS, Actor
from monday_sandbox.sandbox import Sandbox

ITEMS = 100_000
MEGABYTES = 300


def pull() -> Figure:
    """Pull a large board by the command line; hold its processor time against json.loads of the same answers."""
    pages = ITEMS // PAGE
    with workspace() as project, quick_board(pages) as url:
        write_contract(project.root / "boards")
        project.dbt("run-operation", "opus_deploy")
        taken, memory, told = _pull(project, url)
        parsed, size = _parsed(url, pages)
    return Figure(
        name=f"pull of {ITEMS:,} items x {len(COLUMNS)} columns",
        measured=taken / parsed,
        bound="at most",
        limit=4,
        unit="x json.loads of the same answers",
        how=f"processor time of the whole command, {taken:.1f} s, against {parsed:.1f} s for {size / 1e6:.0f} MB",
        holds=memory <= MEGABYTES,
        notes=(f"peak memory of the command: {memory:.0f} MB, at most {MEGABYTES}", told),
    )


def incremental() -> Figure:
    """Count the requests of a pull after one item in a hundred was edited, beside those that list ids."""
    items, width = 50_000, 3
    changed, listing = items // 100, -(-items // PAGE)
    with workspace() as project, running(seed(items, width), UNLIMITED) as served:
        write_contract(project.root / "boards", width)
        project.dbt("run-operation", "opus_deploy")
        counts = []
        for _ in range(2):
            before = served.sandbox.metrics.requests
            _, memory, told = _pull(project, served.url)
            counts.append(served.sandbox.metrics.requests - before)
            _edit(served.sandbox, changed)
    return Figure(
        name=f"incremental pull, {changed:,} of {items:,} items changed",
        measured=100 * (counts[1] - listing) / counts[0],
        bound="at most",
        limit=5,
        unit="% of the full pull's requests, beside the listing",
        how=f"counted by the sandbox: {counts[0]} requests in full, then {counts[1]}, {listing} of them the listing",
        holds=f"incremental: {changed:,} of {items:,} items read" in told,
        notes=(told, f"peak memory of the command: {memory:.0f} MB"),
    )


def _edit(sandbox: Sandbox, number: int) -> None:
    actor = Actor(sandbox.store, sandbox.options, "101", sandbox.clock.now())
    items = list(sandbox.store.boards[str(BOARD_ID)].items)
    for item_id in items[:: len(items) // number]:
        MUTATIONS["change_simple_column_value"](
            actor, board_id=str(BOARD_ID), item_id=item_id, column_id="text_0", value="other"
        )  # type: ignore[operator]


def _pull(project: Workspace, url: str) -> tuple[float, float, str]:
    """Return processor seconds, megabytes at most, and what the command said."""
    program = Path(sys.executable).with_name("opus-sync")
    command = [str(program), "pull", "--project-dir", ".", "--profiles-dir", "."]
    environment = {**os.environ, "MONDAY_API_URL": url, "MONDAY_API_TOKEN": "bench"}
    output = project.root / "pull.txt"
    with output.open("wb") as stream:
        process = subprocess.Popen(command, cwd=project.root, env=environment, stdout=stream, stderr=stream)
        _, status, used = os.wait4(process.pid, 0)
    told = output.read_text("utf-8").strip()
    if status:
        raise RuntimeError(f"the pull failed: {told}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, told


def _parsed(url: str, pages: int) -> tuple[float, int]:
    """Return the processor seconds of json.loads for every page, and their bytes."""
    taken, size = 0.0, 0
    for number in range(pages):
        body = requests.get(f"{url}/{number}", timeout=60).content
        size += len(body)
        began = time.process_time()
        json.loads(body)
        taken += time.process_time() - began
    return taken, size
