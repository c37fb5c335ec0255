"""`opus-sync push --resume`: ends what an earlier push left open, by looking at the boards; sends nothing."""

from __future__ import annotations

from opus_sync.commands.live import at_work
from opus_sync.invocation import Invocation, Result
from opus_sync.project import load_project
from opus_sync.push.outcome import Event
from opus_sync.push.promote import promoted
from opus_sync.push.recovery import Recovered


def resume(invocation: Invocation) -> Result:
    """End open operations of the selected boards and promote what was found written."""
    project = load_project(invocation)
    boards = project.boards()
    with at_work(project, boards) as work:
        found = work.recover()
        written = [board for board in boards if found[board.name].anything or promoted(project.warehouse, board.name)]
        if written:
            work.session.promote_recovered(written, work.locks, work.lines)
    return Result(0, "\n".join(_line(name, one) for name, one in found.items()), {"boards": _document(found)})


def _line(name: str, recovered: Recovered) -> str:
    return f"{name}: {recovered if recovered.anything else 'nothing was open'}"


def _document(found: dict[str, Recovered]) -> list[dict[str, object]]:
    ended = (Event.SUCCEEDED, Event.NOT_APPLIED, Event.SUPERSEDED)
    return [
        {"board": name, **{event.value.lower(): one.events[event] for event in ended}, "batches_closed": one.batches}
        for name, one in found.items()
    ]
