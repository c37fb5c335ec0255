"""`opus-sync board status`: one board, its contract and how it stands."""

from __future__ import annotations

from opus_sync.clock import SystemClock
from opus_sync.invocation import Invocation, Result
from opus_sync.project import load_project
from opus_sync.registry.standing import read_standing
from opus_sync.registry.standing_text import contract_text, standing_document
from opus_sync.status.text import render_text


def run(invocation: Invocation, *, name: str) -> Result:
    """Say what a board's contract holds and how it stands, whether it is enabled or not; reads the warehouse only."""
    standing = read_standing(load_project(invocation), name)
    now = SystemClock().now()
    lines = contract_text(standing)
    if standing.status and standing.board.enabled:
        lines.append(render_text([standing.status], now, invocation.target))
    concerns = [*standing.concerns(now)]
    return Result(0, "\n".join(lines), standing_document(standing) | {"concerns": concerns})
