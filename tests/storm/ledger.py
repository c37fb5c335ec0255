"""What happened at the sandbox: each request, each mutation that ran, each cell that changed, by whom and when.

Moments are seconds of this process's monotonic clock. A change knows the request that it came from, also where that
ran long after its caller was gone.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from integration.support.stand_in import StandIn
from integration.support.workspace import TOKEN
from monday_sandbox.execution import Run
from monday_sandbox.faults import Fault, Faults
from monday_sandbox.store import Store
from monday_sandbox.wire import Incoming, Reply, content

ARRIVED, ANSWERED = "arrived", "answered"
LONGEST_WAIT = 1
"""Seconds that an answer may ask to wait; the sandbox's fifteen would only make a storm long."""


@dataclass(eq=False)
class Request:
    """A request; `mentions` are the ids and keys that it asks for, `key` is its Idempotency-Key."""

    number: int
    ours: bool
    mutation: bool
    key: str
    mentions: frozenset[str]
    arrived: float
    ended: float | None = None


@dataclass(frozen=True)
class Change:
    """A cell, or a pseudo cell such as `$state`, that was written, be it with the same value."""

    at: float
    request: Request
    alias: str
    item: str
    cell: str
    before: str | None
    after: str | None

    @property
    def ours(self) -> bool:
        """Whether the runner did it, not a person."""
        return self.request.ours


Listener = Callable[[Request, str], None]
"""Hears of each request, when it has arrived and when its answer is about to leave."""


@dataclass
class Ledger:
    """All that happened, in order; listeners are called on the sandbox's own thread."""

    before: Mapping[str, Any]
    """The boards as they stood when it began, in the seed format."""
    requests: list[Request] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    ran: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(Idempotency-Key, alias) -> how often it was carried out."""
    slowest: float = 0.0
    """Seconds from a request's arrival to its last mutation, at most."""
    faults: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    listeners: list[Listener] = field(default_factory=list)

    def tell(self, request: Request, moment: str) -> None:
        """Let everybody who listens know; listeners may take themselves off the list."""
        for listener in list(self.listeners):
            listener(request, moment)

    def write(self, path: Path) -> None:
        """Write all changes down, a line each, for whoever has to find out what happened."""
        with path.open("w", encoding="utf-8") as file:
            for one in self.changes:
                who = f"{'runner' if one.ours else 'person'} {one.request.number} {one.request.key} {one.alias}"
                what = f"item {one.item} {one.cell} {one.before!r} -> {one.after!r}"
                file.write(f"{one.at:.3f} {who} (arrived {one.request.arrived:.3f}): {what}\n")

    def note(self, store: Store, item: Any, cell: str, before: str | None, after: str | None) -> None:
        """Add a change by the request that is being carried out."""
        cause = _CAUSE.get()
        if cause is not None:
            self.changes.append(Change(time.monotonic(), cause, _ALIAS.get(), item.id, cell, before, after))


_CAUSE: ContextVar[Request | None] = ContextVar("cause", default=None)
_ALIAS: ContextVar[str] = ContextVar("alias", default="")


@contextmanager
def watched(stand_in: StandIn) -> Iterator[Ledger]:
    """Keep the ledger of a sandbox while the block runs; load its boards before."""
    ledger = Ledger(stand_in.state())
    sandbox = stand_in.running.sandbox
    with (
        mock.patch.object(sandbox, "answer", _answering(ledger, sandbox)),
        mock.patch.object(Run, "mutate", _mutating(ledger)),
        mock.patch.object(Faults, "note", _noting(ledger)),
        _store_watched(ledger, sandbox.store),
    ):
        yield ledger


def _answering(ledger: Ledger, sandbox: Any) -> Callable[[Incoming], Any]:
    answer = sandbox.answer

    async def watch(incoming: Incoming) -> Reply:
        request = _request(len(ledger.requests), incoming, sandbox.options)
        ledger.requests.append(request)
        _CAUSE.set(request)
        ledger.tell(request, ARRIVED)
        reply: Reply = await answer(incoming)
        _shorten(reply.body)
        if request.ours:
            ledger.refused.update(str(code) for code in _codes(reply.body))
        request.ended = time.monotonic()
        ledger.tell(request, ANSWERED)
        return reply

    return watch


def _mutating(ledger: Ledger) -> Callable[..., Any]:
    mutate = Run.mutate

    async def watch(run: Run, alias: str, carry_out: Callable[..., Any], arguments: Mapping[str, Any]) -> Any:
        _ALIAS.set(alias)
        done = await mutate(run, alias, carry_out, arguments)
        cause = _CAUSE.get()
        if cause is not None:
            ledger.ran[cause.key, alias] += 1
            ledger.slowest = max(ledger.slowest, time.monotonic() - cause.arrived)
        return done

    return watch


def _noting(ledger: Ledger) -> Callable[..., None]:
    note = Faults.note

    def watch(faults: Faults, fault: Fault) -> None:
        note(faults, fault)
        details = [fault.scope, str(fault.status) if fault.kind == "server_error" else None, "ran" * fault.runs]
        ledger.faults[" ".join([fault.kind, *(detail for detail in details if detail)])] += 1

    return watch


@contextmanager
def _store_watched(ledger: Ledger, store: Store) -> Iterator[None]:
    """Note what the few functions change through which every mutation goes."""
    add, cells, rename, place, retire = store.add_item, store.set_cells, store.rename, store.place, store.retire

    def add_item(item: Any) -> None:
        add(item)
        values = {"$state": "active", "name": item.name, "$group": item.group_id}
        for cell, value in (values | ({"$parent": item.parent.id} if item.parent else {})).items():
            ledger.note(store, item, cell, None, value)

    def set_cells(item: Any, new: Mapping[str, Any]) -> None:
        old = {column: item.cells.get(column) for column in new}
        cells(item, dict(new))
        for column, cell in new.items():
            before = old[column]
            ledger.note(store, item, column, before and before.data, cell and cell.data)

    def renamed(item: Any, name: str) -> None:
        before = item.name
        rename(item, name)
        ledger.note(store, item, "name", before, name)

    def placed(item: Any, group: Any, relative: str | None = None, after: bool = True) -> None:
        before = item.group_id
        place(item, group, relative, after)
        ledger.note(store, item, "$group", before, group.id)

    def retired(item: Any, state: str) -> None:
        before = item.state
        retire(item, state)
        ledger.note(store, item, "$state", before, state)

    with mock.patch.multiple(
        store, add_item=add_item, set_cells=set_cells, rename=renamed, place=placed, retire=retired
    ):
        yield


def _request(number: int, incoming: Incoming, options: Any) -> Request:
    asked = content(incoming, options)
    mutation = asked.query.lstrip().startswith("mutation")
    return Request(
        number=number,
        ours=incoming.headers.get("authorization") == TOKEN,
        mutation=mutation,
        key=incoming.headers.get("idempotency-key", ""),
        mentions=frozenset() if mutation else frozenset(_mentions(asked.variables)),
        arrived=time.monotonic(),
    )


def _mentions(variables: Mapping[str, Any]) -> Iterator[str]:
    yield from map(str, variables.get("ids") or ())
    for wanted in variables.get("wanted") or ():
        yield from map(str, wanted["column_values"])


def _shorten(body: Any) -> None:
    for error in (body or {}).get("errors") or ():
        extensions = error.get("extensions") or {}
        if extensions.get("retry_in_seconds", 0) > LONGEST_WAIT:
            extensions["retry_in_seconds"] = LONGEST_WAIT


def _codes(body: Any) -> Iterator[Any]:
    for error in (body or {}).get("errors") or ():
        yield (error.get("extensions") or {}).get("code")
