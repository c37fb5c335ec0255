"""Faults that a sandbox can inject, by count or by probability."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

KINDS = (
    "lost_request",  # the connection drops and nothing runs
    "lost_answer",  # it runs, then the connection drops
    "delayed_execution",  # the connection drops at once, it runs `seconds` later
    "answer_not_kept",  # it runs, its Idempotency-Key is not remembered
    "poison",  # what matches always fails: the whole request or the alias, by `scope`
    "rate_limited",  # 429
    "server_error",  # 5xx, by `status`; with `runs` after it has run
    "locked",  # 423
    "unauthorized",  # 401
    "partial",  # aliases from `from_alias` on are not carried out; `scope` "silent": done, not reported
)
SCOPES = {"poison": ("request", "alias"), "partial": ("alias", "silent")}


@dataclass(frozen=True)
class Fault:
    """One fault: what happens, to which requests, how often.

    Requests match by `on` (mutation, query, any), `field` (a root field's name) and `text` (a part of the
    document or its variables). The first `skip` matches are spared, then `count` are hit (None: no end),
    each with `probability`.
    """

    kind: str
    on: str = "mutation"
    field: str | None = None
    text: str | None = None
    item_id: str | None = None
    alias: str | None = None
    skip: int = 0
    count: int | None = None
    probability: float = 1.0
    seconds: float = 1.0
    status: int = 500
    runs: bool = False
    code: str | None = None
    scope: str | None = None
    from_alias: int = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"fault {self.kind!r}: unknown kind, one of {', '.join(KINDS)}")
        if self.on not in ("mutation", "query", "any"):
            raise ValueError(f"fault {self.kind}: on is {self.on!r}, must be mutation, query or any")
        if self.scope is not None and self.scope not in SCOPES.get(self.kind, ()):
            raise ValueError(f"fault {self.kind}: scope {self.scope!r} is unknown")
        if self.kind == "poison" and not (self.item_id or self.alias or self.text):
            raise ValueError("fault poison: set item_id, alias or text, so that it is known what fails")

    @classmethod
    def from_json(cls, entry: Any) -> Fault:
        """Build a fault from a JSON object; raises ValueError that names what is wrong."""
        if not isinstance(entry, Mapping):
            raise ValueError(f"fault {entry!r}: must be an object with a `kind`")
        known = {f.name for f in dataclasses.fields(cls)}
        unknown = sorted(set(entry) - known)
        if unknown or "kind" not in entry:
            raise ValueError(f"fault {entry!r}: unknown keys {unknown} or no `kind`; keys are {sorted(known)}")
        return cls(**entry)


@dataclass(frozen=True)
class Sent:
    """What a request is, as far as faults look at it."""

    operation: str
    fields: tuple[str, ...]
    text: str


@dataclass(slots=True)
class _Countdown:
    fault: Fault
    skip: int
    count: int | None

    def spent(self) -> bool:
        """Take one match; say whether the fault spares it."""
        if self.skip > 0:
            self.skip -= 1
            return True
        return self.count == 0


class Faults:
    """Counts down the faults of a sandbox."""

    def __init__(self, faults: Iterable[Fault], seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._left = [_Countdown(fault, fault.skip, fault.count) for fault in faults]
        self.fired: dict[str, int] = {}

    def strike(self, sent: Sent) -> list[Fault]:
        """Return the faults that hit this request and use them up, at most one of each kind; no poisons."""
        hit: dict[str, Fault] = {}
        for left in self._left:
            fault = left.fault
            if fault.kind in hit or fault.kind == "poison" or not _matches(fault, sent):
                continue
            if left.spent() or self._random.random() >= fault.probability:
                continue
            if left.count is not None:
                left.count -= 1
            hit[fault.kind] = fault
            self.note(fault)
        return list(hit.values())

    def poisons(self) -> list[Fault]:
        """List the poison faults; they never wear out."""
        return [left.fault for left in self._left if left.fault.kind == "poison"]

    def note(self, fault: Fault) -> None:
        """Count a fault that hit."""
        self.fired[fault.kind] = self.fired.get(fault.kind, 0) + 1


def _matches(fault: Fault, sent: Sent) -> bool:
    return (
        fault.on in ("any", sent.operation)
        and (fault.field is None or fault.field in sent.fields)
        and (fault.text is None or fault.text in sent.text)
    )


def poisoned(fault: Fault, alias: str, arguments: Mapping[str, Any]) -> bool:
    """Say whether a poison hits one alias: by its name, its item, or a text in its arguments."""
    ids = {str(arguments.get(name)) for name in ("item_id", "parent_item_id")}
    return (
        (fault.alias is not None and fault.alias == alias)
        or (fault.item_id is not None and str(fault.item_id) in ids)
        or (fault.text is not None and any(fault.text in str(value) for value in arguments.values()))
    )
