"""What is on its way: an operation with its ids, and the request that carries it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from opus_sync.plan.order import Operation
from opus_sync.push.document import Mutation, compose, variables

_NO_BOUND = 1_000_000


@dataclass
class Sending:
    """An operation from the moment it is taken up.

    `staged` is what dbt asks for, `entry` what is sent of it, with old values as they were read. `attempt` counts
    the requests that carried it, `failures` those that carried it alone and failed; its next request carries at
    most `share` rows.
    """

    staged: Operation
    operation_id: str
    batch_id: str
    parent_item_id: int | None = None
    attempt: int = 0
    failures: int = 0
    share: int = _NO_BOUND
    entry: Operation = field(init=False)

    def __post_init__(self) -> None:
        self.entry = self.staged

    @property
    def parent(self) -> int | None:
        """The item that a subitem hangs under."""
        return self.staged.row.parent_item_id if self.parent_item_id is None else self.parent_item_id


@dataclass(frozen=True)
class Passenger:
    """An operation inside a request: its alias and its mutation."""

    sending: Sending
    alias: str
    mutation: Mutation


@dataclass(frozen=True)
class Request:
    """One HTTP request; `request_id` is also its idempotency key. `cost` is the expected complexity."""

    request_id: str
    passengers: tuple[Passenger, ...]
    cost: int
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(one.mutation.name for one in self.passengers))

    @property
    def document(self) -> str:
        """Return the GraphQL text."""
        return compose(self.names)

    @property
    def variables(self) -> Mapping[str, Any]:
        """Return all values of the request."""
        return variables(one.mutation for one in self.passengers)


def request(request_id: str, rows: list[tuple[Sending, Mutation]], cost: int) -> Request:
    """Give each row its alias, `m0`, `m1`, … in order."""
    passengers = tuple(
        Passenger(sending, f"m{position}", mutation) for position, (sending, mutation) in enumerate(rows)
    )
    return Request(request_id, passengers, cost)


def audit_id(operation_id: str, column_id: str) -> str:
    """Return the id of an audit row: the same operation and column always have the same one."""
    return hashlib.sha256(f"{operation_id}\n{column_id}".encode()).hexdigest()[:32]
