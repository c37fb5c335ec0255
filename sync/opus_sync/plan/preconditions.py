"""Why a staged set may not be pushed: pure questions to what dbt and the runner have recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

_BAD = ("error", "fail", "skipped")
NOT_RUN = "not_run"
"""Status that the hook records for a test on a staged model that was built without it."""

_NAMED = 5


@dataclass(frozen=True)
class Reason:
    """Why nothing may be sent, with the numbers, and the way out."""

    message: str
    way_out: str


@dataclass(frozen=True)
class BuildEvent:
    """The newest event of a dbt node, from `mon_build_event`."""

    build_seq: int
    node: str
    node_name: str
    node_type: str
    status: str
    attached_node: str | None
    extract_id: str | None
    as_of_seq: int | None
    relation_name: str | None


@dataclass(frozen=True)
class Present:
    """Where the board stands now by the runner's tables; without an active extract all is None.

    `open_operations` were sent and have no known outcome.
    """

    extract_id: str | None = None
    as_of_seq: int | None = None
    monday_board_id: int | None = None
    endpoint: str | None = None
    account_id: str | None = None
    extract_started_at: datetime | None = None
    open_operations: int = 0


@dataclass(frozen=True)
class Facts:
    """All that the preconditions look at. `account_id` is None where no token was asked for it."""

    board: str
    monday_board_id: int
    endpoint: str
    account_id: str | None
    present: Present
    staged: tuple[BuildEvent, ...]
    around: tuple[BuildEvent, ...]
    points: frozenset[tuple[str | None, int | None]]

    @property
    def build(self) -> str:
        """Return the dbt command that builds this board's staged models anew."""
        names = [event.node_name for event in self.staged] or [f"staged_{self.board}_items"]
        return "dbt build --select " + " ".join(f"+{name}" for name in names)


def build_event(row: Mapping[str, Any]) -> BuildEvent:
    """Build an event from a row of `mon_build_event`."""
    return BuildEvent(**{f.name: row[f.name] for f in fields(BuildEvent)})


def newest(events: Iterable[BuildEvent]) -> dict[str, BuildEvent]:
    """Keep the newest event of each node."""
    kept: dict[str, BuildEvent] = {}
    for event in sorted(events, key=lambda event: event.build_seq):
        kept[event.node] = event
    return kept


def refusal(facts: Facts) -> Reason | None:
    """Return the first reason why this staged set may not be pushed, or None."""
    for question in _QUESTIONS:
        reason = question(facts)
        if reason:
            return reason
    return None


def no_extract(facts: Facts) -> Reason | None:
    """The board was never pulled, so nothing is known about it."""
    if facts.present.extract_id:
        return None
    return Reason(
        f"{facts.board}: there is no active extract",
        f"run `opus-sync pull --select {facts.board}`, then `{facts.build}`; nothing was sent",
    )


def other_endpoint(facts: Facts) -> Reason | None:
    """The extract came from another endpoint or account than the one that would be written to."""
    present = facts.present
    wanted = (
        ("endpoint", present.endpoint, facts.endpoint),
        ("account", present.account_id, facts.account_id),
    )
    for word, bound, now in wanted:
        if now is not None and bound != now:
            return Reason(
                f"{facts.board}: was pulled from {word} {bound}, but this would write to {word} {now}",
                f"set MONDAY_API_URL to {bound}, or use the dbt target that belongs to {now}; nothing was sent"
                if word == "endpoint"
                else "use the token, or the dbt target, that belongs to that account; nothing was sent",
            )
    return None


def other_board(facts: Facts) -> Reason | None:
    """The contract names another board than the one that was pulled: staged rows hold ids of the old one."""
    held = facts.present.monday_board_id
    if held == facts.monday_board_id:
        return None
    return Reason(
        f"{facts.board}: the tables hold board {held}, the contract says {facts.monday_board_id}",
        f"mend board_id, or run `opus-sync pull --select {facts.board}`, then `{facts.build}`; nothing was sent",
    )


def not_built(facts: Facts) -> Reason | None:
    """No dbt run has recorded a staged model of this board."""
    if facts.staged:
        return None
    return Reason(
        f"{facts.board}: no dbt build of staged_{facts.board}_items is recorded for this target",
        f"run `{facts.build}` first; nothing was sent",
    )


def failed_nodes(facts: Facts) -> Reason | None:
    """A model or test of this board failed or was skipped since its staged rows were built."""
    bad = [event for event in (*facts.staged, *facts.around) if event.status in _BAD]
    if not bad:
        return None
    # What was skipped is what followed from the errors.
    bad.sort(key=lambda event: _BAD.index(event.status))
    named = _listed([f"{event.node_name} ({event.status})" for event in bad])
    return Reason(
        f"{facts.board}: {len(bad)} nodes of its last dbt build are not good: {named}",
        f"mend them and run `{facts.build}`; nothing was sent",
    )


def gates_not_run(facts: Facts) -> Reason | None:
    """Tests on the staged models were not among what dbt ran since these were built."""
    names = [event.node_name for event in facts.around if event.status == NOT_RUN]
    if not names:
        return None
    staged = " ".join(event.node_name for event in facts.staged)
    what = "gate test was" if len(names) == 1 else "gate tests were"
    return Reason(
        f"{facts.board}: {len(names)} {what} not run since this build: {_listed(sorted(names))}",
        f"run `dbt test --select {staged}`; nothing was sent",
    )


def split_set(facts: Facts) -> Reason | None:
    """The staged models, or their rows, do not stem from one extract and one sync point."""
    points = {(event.extract_id, event.as_of_seq) for event in facts.staged} | facts.points
    if len(points) == 1:
        return None
    named = ", ".join(sorted(f"extract {extract} at {seq}" for extract, seq in points))
    return Reason(
        f"{facts.board}: its staged models are of {len(points)} builds: {named}",
        f"run `{facts.build}` so that they are built together; nothing was sent",
    )


def stale(facts: Facts) -> Reason | None:
    """The board has moved on since the staged rows were built: a push, a pull or a decision came after."""
    staged, present = facts.staged[0], facts.present
    if staged.extract_id != present.extract_id:
        what = f"on extract {staged.extract_id}, the active one is {present.extract_id}"
    elif staged.as_of_seq != present.as_of_seq:
        what = f"at sync point {staged.as_of_seq}, the board is at {present.as_of_seq}"
    else:
        return None
    return Reason(
        f"{facts.board}: the staged rows are stale: built {what}",
        f"run `{facts.build}` first; nothing was sent",
    )


def open_operations(facts: Facts) -> Reason | None:
    """Rows were sent and have no known outcome: reading the board ends them, before anything else is sent."""
    if not facts.present.open_operations:
        return None
    return Reason(
        f"{facts.board}: {facts.present.open_operations} rows of an earlier push have no known outcome",
        f"run `opus-sync push --select {facts.board} --resume`, which reads the board to find out; a pull does so too",
    )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


_QUESTIONS: tuple[Callable[[Facts], Reason | None], ...] = (
    no_extract,
    other_endpoint,
    other_board,
    open_operations,
    not_built,
    failed_nodes,
    gates_not_run,
    split_set,
    stale,
)
