"""The sandbox: state, clock, limits and faults of one account, and the way of a request through them."""

from __future__ import annotations

import traceback
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from monday_sandbox.clock import SandboxClock
from monday_sandbox.complexity import Costs
from monday_sandbox.dump import dump
from monday_sandbox.errors import HttpError
from monday_sandbox.execution import StaticError, prepare
from monday_sandbox.faults import Faults
from monday_sandbox.idempotency import KeptAnswers
from monday_sandbox.limits import REFUSED_CALL, Limits
from monday_sandbox.lookup import Lookups
from monday_sandbox.options import Options
from monday_sandbox.pages import Cursors
from monday_sandbox.pipeline import Pipeline
from monday_sandbox.schema import served_schema
from monday_sandbox.seed import build_store
from monday_sandbox.stale import StaleReads
from monday_sandbox.store import Store
from monday_sandbox.wire import (
    CURRENT_VERSION,
    Content,
    Incoming,
    Reply,
    caller,
    content,
    internal,
    refusal,
    version,
)

RECORDED_HEADERS = ("api-version", "content-type", "idempotency-key", "user-agent")
RECORDING_LIMIT = 10_000


@dataclass
class Metrics:
    """What happened since the start or the last reset."""

    requests: int = 0
    queries: int = 0
    mutations: int = 0
    aliases_executed: int = 0
    replayed: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    unexpected: list[str] = field(default_factory=list)

    def took(self, kind: str, executed: int, unexpected: list[str]) -> None:
        """Count a request that ran."""
        self.queries += kind == "query"
        self.mutations += kind == "mutation"
        self.aliases_executed += executed
        self.unexpected.extend(unexpected)


class Sandbox:
    """One monday account that answers GraphQL requests.

    Methods are called on the server's event loop; from other threads only reading is safe.
    Raises SeedError for a seed that cannot be served.
    """

    def __init__(self, seed: Mapping[str, Any], options: Options | None = None) -> None:
        self.options = options or Options()
        self.clock = SandboxClock(self.options.clock_scale)
        self._seed = seed
        # What a seed leaves undated is as old as the sandbox, also after a reset.
        self._born = self.clock.now()
        self.on_change: Callable[[], None] = lambda: None
        self.changes = 0
        self.recorded: deque[dict[str, Any]] = deque(maxlen=RECORDING_LIMIT)
        self._begin(self._build(seed))

    def _build(self, seed: Mapping[str, Any]) -> Store:
        return build_store(seed, self.options, self._born)

    def _begin(self, store: Store) -> None:
        self.store = store
        self.kept = KeptAnswers()
        self.metrics = Metrics()
        self._pipeline = Pipeline(self)
        self.recorded.clear()
        self._settle()
        self.limits = Limits(self.options.limits(self.store.account.plan), self.options)

    def _settle(self) -> None:
        """Put what follows from the options in force."""
        self.cursors = Cursors(self.options.cursor_expired_code)
        self.faults = Faults(self.options.faults, self.options.random_seed)
        self.costs = Costs(served_schema(), self.options.weights)
        self.store.lookups = Lookups()
        self.stale = StaleReads(self.options.stale_read_seconds)

    def reset(self) -> None:
        """Go back to the seed; counters, kept answers and cursors are forgotten, options stay."""
        self._begin(self._build(self._seed))
        self.changed()

    @property
    def version(self) -> str:
        """A text that is another one after each change, and in each run."""
        return f"{self._born}-{self.changes}"

    def changed(self) -> None:
        """Note that the state may have changed, and tell who keeps it."""
        self.changes += 1
        self.on_change()

    def load(self, seed: Mapping[str, Any]) -> None:
        """Take another seed in place of the present state; raises SeedError and changes nothing."""
        store = self._build(seed)
        self._seed = seed
        self._begin(store)
        self.changed()

    def configure(self, changes: Mapping[str, Any]) -> None:
        """Set options from JSON values; counters go on unless a limit changes. Raises ValueError."""
        changed = self.options.changed(changes)
        before, self.options = self.options, changed
        if changed.clock_scale != before.clock_scale:
            self.clock.set_scale(changed.clock_scale)
        self._settle()
        plan = changed.limits(self.store.account.plan)
        if (plan, changed.caller) != (self.limits.plan, before.caller):
            old, self.limits = self.limits, Limits(plan, changed)
            self.limits.running = old.running
            self.limits.calls_total, self.limits.complexity_total = old.calls_total, old.complexity_total
        self.limits.options = changed

    def state(self) -> dict[str, Any]:
        """Return the present state in the seed format."""
        return dump(self.store)

    def counters(self) -> dict[str, Any]:
        """Return requests, mutations, calls, complexity, refusals and faults so far."""
        return {
            "requests": self.metrics.requests,
            "queries": self.metrics.queries,
            "mutations": self.metrics.mutations,
            "aliases_executed": self.metrics.aliases_executed,
            "replayed": self.metrics.replayed,
            "statuses": dict(self.metrics.statuses),
            "refused": dict(self.limits.refusals),
            "calls_charged": round(self.limits.calls_total, 3),
            "calls_today": round(self.limits.calls, 3),
            "complexity_spent": self.limits.complexity_total,
            "faults": dict(self.faults.fired),
            "unexpected_errors": list(self.metrics.unexpected),
            "sandbox_time": self.clock.now(),
            "documents": list(self.recorded),
        }

    async def answer(self, incoming: Incoming) -> Reply:
        """Answer one POST to /v2."""
        self.metrics.requests += 1
        kind = "query"
        try:
            who, served = caller(incoming, self.options), version(incoming)
            asked = content(incoming, self.options)
            self._record(incoming, asked)
            self._admit()
            try:
                prepared = prepare(asked.query, asked.variables, asked.operation)
                kind = prepared.kind
                reply = await self._pipeline.take(prepared, incoming, who, served)
            except StaticError as wrong:
                self.limits.charge(1, self.clock.now())
                reply = Reply(body={"errors": wrong.errors})
            finally:
                self.limits.leave()
        except HttpError as refused:
            reply = refusal(refused)
        except Exception:
            # A fault of the sandbox itself: answered as monday would, and shown in the metrics.
            self.metrics.unexpected.append(traceback.format_exc())
            reply = refusal(internal())
        return self._finished(reply, incoming, kind)

    def _admit(self) -> None:
        try:
            self.limits.admit(self.clock.now())
        except HttpError:
            self.limits.charge(REFUSED_CALL, self.clock.now())
            raise

    def _finished(self, reply: Reply, incoming: Incoming, kind: str) -> Reply:
        status = "dropped" if reply.dropped else str(reply.status)
        self.metrics.statuses[status] = self.metrics.statuses.get(status, 0) + 1
        if reply.body is not None:
            reply.body = reply.body | {"extensions": {"request_id": str(uuid.uuid4())}}
        reply.headers |= self.limits.headers(kind, self.clock.now())
        reply.headers["Date"] = formatdate(self.clock.now(), usegmt=True)
        try:
            reply.headers["API-Version"] = version(incoming)
        except HttpError:
            reply.headers["API-Version"] = CURRENT_VERSION
        return reply

    def _record(self, incoming: Incoming, asked: Content) -> None:
        if self.options.record_documents:
            headers = {name: incoming.headers[name] for name in RECORDED_HEADERS if name in incoming.headers}
            self.recorded.append({"document": asked.query, "variables": asked.variables, "headers": headers})
