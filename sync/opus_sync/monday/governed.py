"""The API as push and pull use it: through the governor, with limits waited out."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from opus_sync.clock import Clock
from opus_sync.log import SILENT, Log
from opus_sync.monday.answer import Answer, Api, Kind, Limited, NoAnswer, NotSent, Rejected, Stopped
from opus_sync.monday.codes import stop_hint
from opus_sync.monday.governor import Governor
from opus_sync.monday.observed import observed

# A limit or a lock is bounded by time, not by attempts.
_PATIENCE = 600.0
_FIRST_BACKOFF = 0.5
_JITTER = 0.25


class GovernedApi:
    """An Api whose requests wait for their turn; counts its own `calls` and `complexity`.

    Make one for each board: they share the governor of the token, the counts are the board's.
    """

    def __init__(self, api: Api, governor: Governor, clock: Clock, *, max_retries: int = 3, log: Log = SILENT) -> None:
        self.endpoint = api.endpoint
        self.plain = api
        self.governor = governor
        self.calls = 0
        self.complexity = 0
        self._clock = clock
        self._max_retries = max_retries
        self._log = log
        self._costs: dict[str, int] = {}

    def post(
        self,
        document: str,
        variables: Mapping[str, Any],
        *,
        idempotency_key: str | None = None,
        cost: int | None = None,
    ) -> Answer:
        """Send one request when it is affordable; raises as `Api.post` says.

        `cost` is the expected number of points; without it, what the same document took last.
        Limited answers are waited out, since nothing ran, up to ten minutes in all.
        """
        expected = self._costs.get(document, 0) if cost is None else cost
        waited = 0.0
        while True:
            try:
                answer = self._once(document, variables, idempotency_key, expected)
            except Limited as limited:
                if limited.budget and limited.cost > limited.budget:
                    raise Rejected(limited.message, "QueryTooComplex") from None
                wait = limited.retry_in + random.uniform(0, _JITTER * max(1.0, limited.retry_in))  # noqa: S311
                if waited + wait > _PATIENCE:
                    raise
                expected = max(expected, limited.cost)
                waited += wait
                self._clock.sleep(wait)
            else:
                if answer.complexity is not None:
                    self._costs[document] = answer.complexity.query
                return answer

    def read(self, document: str, variables: Mapping[str, Any], *, cost: int | None = None) -> Answer:
        """Send a query and return its whole answer; a query may be repeated, so failures to answer are.

        Raises Rejected (or Stopped) for the first error in the answer, and what `post` raises.
        """
        for attempt in range(self._max_retries + 1):
            asked = 0.0
            try:
                answer = self.post(document, variables, cost=cost)
            except (NotSent, NoAnswer):
                if attempt == self._max_retries:
                    raise
            else:
                if not answer.errors:
                    return answer
                error = answer.errors[0]
                if error.kind is Kind.STOP:
                    raise Stopped(f"monday refused the query: {error.message}", stop_hint(error.code), error.code)
                if error.kind is Kind.FINAL or attempt == self._max_retries:
                    raise Rejected(f"monday refused the query: {error.message}", error.code)
                asked = error.retry_in
            backoff = max(asked, _FIRST_BACKOFF * 2**attempt)
            self._clock.sleep(backoff + random.uniform(0, _JITTER * backoff))  # noqa: S311
        raise AssertionError("unreachable")

    def _once(self, document: str, variables: Mapping[str, Any], idempotency_key: str | None, cost: int) -> Answer:
        ticket = self.governor.acquire(cost)
        outcome: Answer | Limited | None = None
        self.calls += 1
        try:
            outcome = observed(
                lambda: self.plain.post(document, variables, idempotency_key=idempotency_key),
                self._log,
                self._clock,
                request_id=idempotency_key,
            )
        except Limited as limited:
            outcome = limited
            raise
        finally:
            self.governor.settle(ticket, outcome)
        self.complexity += outcome.complexity.query if outcome.complexity else 0
        return outcome
