"""Guards: what one push would do to a board, held against the limits of its contract."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from opus_sync.contract import AgeLimit, Guards, Limit
from opus_sync.plan.groups import lying_in
from opus_sync.plan.order import Operation, Wave
from opus_sync.plan.preconditions import Reason
from opus_sync.plan.staged import GROUPS, ITEMS, SUBITEMS

AGE = "extract_age"
GROUP_ITEMS = "group_items"
_ENTITIES = {ITEMS: "items", SUBITEMS: "subitems", GROUPS: "groups"}
_CHANGES, _REMOVALS = ("UPDATE", "MOVE"), ("ARCHIVE", "DELETE")


@dataclass(frozen=True)
class Scale:
    """What limits are measured by: what is active on the board, hours since its extract began."""

    items: int
    subitems: int
    hours: float | None
    groups: int = 0

    def active(self, entity: str) -> int:
        """Return how many items, subitems or groups there are."""
        return {"items": self.items, "subitems": self.subitems}.get(entity, self.groups)


@dataclass(frozen=True)
class Tripped:
    """A guard that trips: `found` rows, cells or hours; `active` items or subitems, None for the age."""

    guard: str
    entity: str
    found: float
    active: int | None
    limit: Limit | AgeLimit
    message: str
    lifted: bool


@dataclass(frozen=True)
class Watch:
    """What the guards of one plan go by; without a `scale` (no active extract) none can trip.

    `lift` names the guards that are lifted, `command` is the push without --live.
    """

    guards: Guards = field(default_factory=Guards)
    scale: Scale | None = None
    lift: Collection[str] = ()
    command: str = "opus-sync push"


@dataclass(frozen=True)
class Standing:
    """Where a plan stands against one guard: `limit` is None where it is off, `passed` says which limits it passes.

    `found` counts rows, cells or hours of `entity`, `active` what the board has of it, None for the age.
    """

    guard: str
    entity: str
    found: float
    active: int | None
    limit: Limit | AgeLimit | None
    words: str = ""
    passed: str = ""


def standings(operations: Iterable[Operation], watch: Watch) -> tuple[Standing, ...]:
    """Return where these operations stand against every guard; none where there is no scale."""
    if watch.scale is None:
        return ()
    found = [*_rows(tuple(operations), watch.guards, watch.scale)]
    limit, hours = watch.guards.extract_age, watch.scale.hours
    if hours is not None:
        passed = f"limit {limit.hours:g}" if limit is not None and hours > limit.hours else ""
        found.append(
            Standing(AGE, "board", round(hours, 1), None, limit, f"its extract began {hours:,.1f} hours ago", passed)
        )
    return tuple(found)


def judge(board: str, found: Iterable[Standing], lift: Collection[str] = ()) -> tuple[Tripped, ...]:
    """Return every guard that trips, the lifted ones too."""
    return tuple(
        Tripped(
            one.guard,
            one.entity,
            one.found,
            one.active,
            one.limit,
            f"{board}: {one.words} ({one.passed})",
            one.guard in lift,
        )
        for one in found
        if one.limit is not None and one.passed
    )


def refusals(board: str, tripped: Sequence[Tripped], command: str) -> tuple[Reason, ...]:
    """Return a reason for each guard that is not lifted; the way out lifts all that trip at once."""
    names = dict.fromkeys(one.guard for one in tripped if one.guard != AGE or one.lifted)
    lifts = " ".join(f"--lift {name}" for name in names)
    rows = f"look at the plan; if it is meant, `{command} {lifts} --live`; nothing was sent"
    age = f"run `opus-sync pull --select {board}`, then `dbt build`; nothing was sent"
    return tuple(Reason(one.message, age if one.guard == AGE else rows) for one in tripped if not one.lifted)


def _rows(operations: Sequence[Operation], guards: Guards, scale: Scale) -> Iterator[Standing]:
    for kind, entity in _ENTITIES.items():
        own = [entry for entry in operations if entry.row.update_type == kind]
        active = scale.active(entity)
        cleared = sum(_cleared(entry) for entry in own)
        created = _targets(own, ("CREATE",))
        of = f"of {active:,} {entity} would be"
        has = f"the board has {active:,}"
        questions = (
            ("creates", guards.creates, created, f"{entity} would be created, {has}"),
            ("changes", guards.changes, _targets(own, _CHANGES), f"{of} changed"),
            ("removals", guards.removals, _targets(own, _REMOVALS), f"{of} archived or deleted"),
            ("cleared_cells", guards.cleared_cells, cleared, f"cells of {entity} would be cleared, {has} {entity}"),
        )
        for name, limit, found, words in questions:
            yield _standing(name, entity, found, active, limit, f"{found:,} {words}")
    yield _group_items(operations, guards, scale)


def _group_items(operations: Iterable[Operation], guards: Guards, scale: Scale) -> Standing:
    archived = [entry for entry in operations if entry.wave is Wave.GROUP_REMOVALS]
    found = sum(len(lying_in(entry)) for entry in archived)
    groups = sum(bool(lying_in(entry)) for entry in archived)
    words = f"{found:,} items would be archived with the {groups:,} groups that they lie in"
    return _standing(GROUP_ITEMS, "items", found, scale.items, guards.group_items, words)


def _standing(guard: str, entity: str, found: int, active: int, limit: Limit | None, words: str) -> Standing:
    passed = _passed(guard, limit, found, active) if limit is not None else ""
    return Standing(guard, entity, found, active, limit, words, passed)


def _targets(operations: Iterable[Operation], names: Collection[str]) -> int:
    """Count the items of these operations; one that is moved and changed is one item."""
    rows = (entry.row for entry in operations if entry.row.update_operation in names)
    return len({row.monday_item_id or row.group_id or row.stg_id for row in rows})


def _cleared(entry: Operation) -> int:
    if entry.row.update_operation != "UPDATE":
        return 0
    return sum(value is None for value in entry.new.values())


def _passed(name: str, limit: Limit, found: int, active: int) -> str:
    """Say which limits are passed, with the numbers; "" for none.

    Rows that create say nothing as a share of a board that is hardly filled: there only their count counts.
    """
    filled = name != "creates" or active > limit.base
    over_share = filled and found > limit.base and found > limit.share * active
    limits = ([_percent(limit.share)] if over_share else []) + ([f"{limit.count:,}"] if found > limit.count else [])
    if not limits:
        return ""
    share = f"{100 * found / active:,.1f} %, " if over_share and active else ""
    return f"{share}{'limits' if len(limits) > 1 else 'limit'} {' and '.join(limits)}"


def _percent(share: float) -> str:
    return f"{100 * share:g} %"
