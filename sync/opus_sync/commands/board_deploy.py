"""`opus-sync board deploy`: reads a board from monday and writes its contract and its models."""

from __future__ import annotations

from typing import Any

from opus_sync.clock import SystemClock
from opus_sync.invocation import Invocation, Result
from opus_sync.monday.hub import Hub
from opus_sync.project import load_project
from opus_sync.registry.deploy import Wishes, deploy, known_board
from opus_sync.registry.discover import discover
from opus_sync.registry.text import deployed_document, deployed_text


def run(invocation: Invocation, **wishes: Any) -> Result:
    """Deploy one board, or bring the files of a deployed one up to date; monday is only read."""
    asked = Wishes(**wishes)
    project = load_project(invocation)
    there = known_board(project.known_boards(listed=False), asked)
    account = asked.account or (there.account if there else None)
    timeout = project.settings.request_timeout
    with Hub(project.endpoint, project.token, SystemClock(), timeout=timeout, log=invocation.log) as hub:
        api = hub.open(account, max_retries=project.settings.max_retries)
        discovery = discover(api, asked.board_id)
    done = deploy(project, asked, there, discovery)
    return Result(0, deployed_text(done, api.calls, invocation.target), deployed_document(done, api.calls))
