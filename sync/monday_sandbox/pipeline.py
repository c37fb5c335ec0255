"""The way of an admitted request: faults, cost, idempotency key, board lock, run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monday_sandbox.errors import HttpError
from monday_sandbox.execution import Prepared, Run, run_prepared
from monday_sandbox.faults import Fault, poisoned
from monday_sandbox.limits import REFUSED_CALL, Budget
from monday_sandbox.wire import Incoming, Reply, internal, locked, unauthorized

if TYPE_CHECKING:
    from monday_sandbox.sandbox import Sandbox


@dataclass
class Work:
    """A request on its way through the steps."""

    prepared: Prepared
    incoming: Incoming
    who: str
    version: str
    budget: Budget
    faults: Mapping[str, Fault]


class Pipeline:
    """Takes requests through the steps, for one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._locks: dict[str, asyncio.Lock] = {}
        self._later: set[asyncio.Task[None]] = set()

    async def take(self, prepared: Prepared, incoming: Incoming, who: str, version: str) -> Reply:
        """Answer a request that the rate limits let in; raises HttpError."""
        sandbox, options = self._sandbox, self._sandbox.options
        names = [name for _, name, _ in prepared.aliases()]
        if options.max_aliases is not None and len(names) > options.max_aliases:
            raise HttpError(200, f"Query has more than {options.max_aliases} aliases", "TOO_MANY_ALIASES")
        arrived = sandbox.clock.now()
        faults = {fault.kind: fault for fault in sandbox.faults.strike(prepared.sent())}
        if "lost_request" in faults:
            return Reply(dropped=True)
        try:
            self._refuse(faults)
            cost = sandbox.costs.of(prepared.operation, prepared.fragments, prepared.variables)
            budget = sandbox.limits.pay(cost, prepared.kind, arrived)
        except HttpError:
            sandbox.limits.charge(REFUSED_CALL, arrived)
            raise
        only_complexity = all(name == "complexity" for name in names)
        sandbox.limits.charge(REFUSED_CALL if only_complexity else sandbox.limits.call_price(cost), arrived)
        if options.latency:
            await asyncio.sleep(sandbox.clock.real(options.latency))
        work = Work(prepared, incoming, who, version, budget, faults)
        if "delayed_execution" in faults:
            self._postpone(work, faults["delayed_execution"].seconds)
            return Reply(dropped=True)
        reply = await self._once_per_key(work)
        failing = faults.get("server_error")
        if failing is not None and failing.runs:
            raise internal(failing.status, failing.code)
        return Reply(dropped=True) if "lost_answer" in faults else reply

    def _refuse(self, faults: Mapping[str, Fault]) -> None:
        """Raise what a fault answers in place of a run."""
        if "unauthorized" in faults:
            raise unauthorized()
        if "rate_limited" in faults:
            fault = faults["rate_limited"]
            code = fault.code or self._sandbox.options.minute_limit_code
            raise HttpError(429, "Rate Limit Exceeded", code, retry_in=fault.seconds)
        if "locked" in faults:
            raise locked()
        failing = faults.get("server_error")
        if failing is not None and not failing.runs:
            raise internal(failing.status, failing.code)

    def _postpone(self, work: Work, seconds: float) -> None:
        """Run the request later; its caller is gone."""

        async def run() -> None:
            await asyncio.sleep(self._sandbox.clock.real(seconds))
            try:
                await self._once_per_key(work)
            except HttpError:
                return

        task = asyncio.create_task(run())
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _once_per_key(self, work: Work) -> Reply:
        """Run a mutation under its idempotency key, or return the answer kept for it."""
        sandbox, options = self._sandbox, self._sandbox.options
        key = work.incoming.headers.get("idempotency-key", "")
        if not key or work.prepared.kind != "mutation":
            return await self._with_boards(work)
        kept = sandbox.kept.begin(
            work.who,
            key,
            work.incoming.body,
            sandbox.clock.now(),
            options.idempotency_minutes,
            options.idempotency_other_body,
        )
        if kept is not None:
            sandbox.metrics.replayed += 1
            return Reply(body=dict(kept), headers={"Idempotency-Replayed": "true"})
        answer: dict[str, Any] | None = None
        try:
            reply = await self._with_boards(work)
            failed = bool((reply.body or {}).get("errors"))
            if "answer_not_kept" not in work.faults and (options.idempotency_keeps_errors or not failed):
                answer = reply.body
        finally:
            sandbox.kept.finish(work.who, key, answer, len(json.dumps(answer)) if answer else 0)
        return reply

    async def _with_boards(self, work: Work) -> Reply:
        """Run with the boards held that a mutation writes to."""
        if work.prepared.kind != "mutation":
            return await self._run(work)
        locks = [self._locks.setdefault(board, asyncio.Lock()) for board in self._boards_of(work.prepared)]
        if self._sandbox.options.busy_board == "locked" and any(lock.locked() for lock in locks):
            raise locked()
        async with AsyncExitStack() as held:
            for lock in locks:
                await held.enter_async_context(lock)
            return await self._run(work)

    def _boards_of(self, prepared: Prepared) -> list[str]:
        """List the boards a mutation writes to, sorted; a subitem board counts as its parent."""
        store = self._sandbox.store
        boards = []
        for _, _, arguments in prepared.aliases():
            items = (store.items.get(str(arguments.get(name))) for name in ("item_id", "parent_item_id"))
            boards += [item.board for item in items if item is not None]
            named = store.boards.get(str(arguments.get("board_id")))
            boards += [named] if named is not None else []
        return sorted({board.parent_board or board.id for board in boards})

    async def _run(self, work: Work) -> Reply:
        sandbox, prepared = self._sandbox, work.prepared
        self._refuse_poison(prepared)
        now, writes = sandbox.clock.now(), prepared.kind == "mutation"
        if writes:
            sandbox.stale.before_write(sandbox.store, now)
        run = Run(
            store=sandbox.store if writes else sandbox.stale.seen(sandbox.store, now),
            options=sandbox.options,
            cursors=sandbox.cursors,
            clock=sandbox.clock,
            faults=sandbox.faults,
            now=now,
            version=work.version,
            budget=work.budget,
            limits=sandbox.limits,
            waited=sandbox.options.latency,
            partial=work.faults.get("partial"),
        )
        body = await run_prepared(prepared, run)
        sandbox.metrics.took(prepared.kind, run.executed, run.unexpected)
        if writes:
            sandbox.changed()
        if run.timed_out or run.waited > sandbox.options.request_timeout:
            raise HttpError(504, "Gateway Timeout", "GATEWAY_TIMEOUT")
        return Reply(body=body)

    def _refuse_poison(self, prepared: Prepared) -> None:
        """Fail the whole request when an alias in it is poisoned."""
        if prepared.kind != "mutation":
            return
        for fault in self._sandbox.faults.poisons():
            if fault.scope == "alias":
                continue
            if any(poisoned(fault, alias, arguments) for alias, _, arguments in prepared.aliases()):
                self._sandbox.faults.note(fault)
                raise internal(fault.status, fault.code)
