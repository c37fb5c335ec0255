"""`opus-sync board list`: every board of the registry in a line."""

from __future__ import annotations

from opus_sync.invocation import Invocation, Result
from opus_sync.project import load_project
from opus_sync.registry.standing import read_standings
from opus_sync.registry.standing_text import listed_markdown, listed_text, standing_document


def run(invocation: Invocation) -> Result:
    """List the boards with their rows, their last extract and push, and what failed; reads the warehouse only."""
    standings = read_standings(load_project(invocation))
    render = listed_markdown if invocation.output == "markdown" else listed_text
    return Result(0, render(standings), {"boards": [standing_document(one) for one in standings]})
