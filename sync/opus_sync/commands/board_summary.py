"""`opus-sync board summary`: the registry in a few lines."""

from __future__ import annotations

from opus_sync.clock import SystemClock
from opus_sync.invocation import Invocation, Result
from opus_sync.project import load_project
from opus_sync.registry.standing import read_standings
from opus_sync.registry.standing_text import summary_document, summary_text


def run(invocation: Invocation) -> Result:
    """Sum the boards up and say at which somebody should look; reads the warehouse only."""
    standings = read_standings(load_project(invocation))
    now = SystemClock().now()
    return Result(0, summary_text(standings, now), summary_document(standings, now))
