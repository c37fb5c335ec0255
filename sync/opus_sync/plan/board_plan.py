"""A plan is a value: what a push would do to a board, computed from staged rows alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from opus_sync.contract.guards import DEFAULTS, Guards
from opus_sync.plan.cost import Cost, Pace, estimate
from opus_sync.plan.digests import board_digest
from opus_sync.plan.groups import without_those_taken_out
from opus_sync.plan.guards import Standing, Tripped, Watch, judge, refusals, standings
from opus_sync.plan.objections import differences
from opus_sync.plan.order import Operation, in_push_order, operation, split_orphans
from opus_sync.plan.preconditions import Reason
from opus_sync.plan.sealed import Sealed, SealedRow
from opus_sync.plan.staged import StagedRow, staged_row


@dataclass(frozen=True)
class Target:
    """Where a push would write: dbt target, endpoint, board, and the titles of its columns.

    `titles` maps the update type and a column id to monday's title.
    """

    target: str
    endpoint: str
    account_id: str
    board: str
    monday_board_id: int
    titles: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Selection:
    """Narrows a plan to a batch key, a record key (with its subitems), or the first rows in push order.

    `retry` holds the stg_ids of rows that failed and are to be sent again, `sealed` the rows of a plan file by
    stg_id; each admits no others.
    """

    batch_key: str | None = None
    key: str | None = None
    limit: int | None = None
    retry: frozenset[str] | None = None
    sealed: Mapping[str, SealedRow] | None = None

    def admits(self, row: StagedRow) -> bool:
        """Tell whether the row belongs to the wanted batch and record, and to the wanted rows."""
        if self.batch_key is not None and row.customer_batch != self.batch_key:
            return False
        if any(rows is not None and row.stg_id not in rows for rows in (self.retry, self.sealed)):
            return False
        return self.key is None or self.key in (row.record_key, row.parent_key)

    def status(self, row: StagedRow) -> str:
        """Return the row's status; one that is held because it failed before may be tried again."""
        if self.retry is not None and row.status == "held" and row.hold_reason == FAILED_BEFORE:
            return "valid"
        return row.status


EVERYTHING = Selection()
FAILED_BEFORE = "FAILED_BEFORE"


@dataclass(frozen=True)
class Batch:
    """The rows of one customer: what is pushed, counted and rolled back together."""

    key: str
    operations: int
    has_items: bool


@dataclass(frozen=True)
class BoardPlan:
    """Operations in push order, the rows that stay, and what the push costs.

    `orphans` are rows whose new parent or new group is not created by this plan. A push is refused for
    what stands against its plan file (`objections`), against its staged set (`reason`), and for guards that trip.
    `standings` are where it stands against every guard. `invalid_word` is what people are told of invalid rows.
    """

    target: Target
    operations: tuple[Operation, ...]
    orphans: tuple[Operation, ...]
    invalid: tuple[StagedRow, ...]
    pending: tuple[StagedRow, ...]
    held: tuple[StagedRow, ...]
    cost: Cost
    digest: str
    reason: Reason | None = None
    objections: tuple[Reason, ...] = ()
    limits: Guards = DEFAULTS
    guards: tuple[Tripped, ...] = ()
    standings: tuple[Standing, ...] = ()
    command: str = "opus-sync push"
    invalid_word: str = "invalid"

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return every reason why a push would be refused; a lifted guard is none."""
        built = (self.reason,) if self.reason else ()
        return (*self.objections, *built, *refusals(self.target.board, self.guards, self.command))

    @property
    def lifted(self) -> tuple[str, ...]:
        """Return the names of the guards that trip and are lifted."""
        return tuple(dict.fromkeys(one.guard for one in self.guards if one.lifted))

    @property
    def counts(self) -> dict[tuple[str, str], Counter[str]]:
        """Return, by update type and operation, how many rows are valid, invalid, pending, held, orphan."""
        table: dict[tuple[str, str], Counter[str]] = {}
        for row, status in self._statuses():
            table.setdefault((row.update_type, row.update_operation), Counter())[status] += 1
        return table

    @property
    def staged(self) -> tuple[StagedRow, ...]:
        """Return every staged row, whatever its status."""
        return tuple(row for row, _ in self._statuses())

    @property
    def held_reasons(self) -> Counter[str]:
        """Count the held rows by reason."""
        return Counter(row.hold_reason or "" for row in self.held)

    @property
    def batches(self) -> tuple[Batch, ...]:
        """Return the batches in the order in which their first row is pushed."""
        rows: Counter[str] = Counter()
        items: set[str] = set()
        for entry in self.operations:
            key = entry.row.customer_batch or ""
            rows[key] += 1
            if entry.row.update_type == "update_items":
                items.add(key)
        return tuple(Batch(key, count, key in items) for key, count in rows.items())

    def _statuses(self) -> Iterable[tuple[StagedRow, str]]:
        yield from ((entry.row, "valid") for entry in self.operations)
        yield from ((entry.row, "orphan") for entry in self.orphans)
        for name, rows in (("invalid", self.invalid), ("pending", self.pending), ("held", self.held)):
            yield from ((row, name) for row in rows)


@dataclass(frozen=True)
class Plan:
    """The plans of the boards that one command selected, the command that pushes them, and their plan file."""

    boards: tuple[BoardPlan, ...]
    push_command: str = "opus-sync push --live"
    sealed: Sealed | None = None

    @property
    def operations(self) -> int:
        """Return how many rows a push would send."""
        return sum(len(board.operations) for board in self.boards)

    @property
    def invalid(self) -> int:
        """Return how many rows are invalid."""
        return sum(len(board.invalid) for board in self.boards)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return why boards of this plan would be refused, each reason once."""
        return tuple(dict.fromkeys(reason for board in self.boards for reason in board.reasons))

    @property
    def holds(self) -> bool:
        """Tell whether nothing stands against the plan file."""
        return not any(board.objections for board in self.boards)


def plan_board(
    target: Target,
    rows: Iterable[Mapping[str, Any]],
    pace: Pace,
    *,
    selection: Selection = EVERYTHING,
    reason: Reason | None = None,
    objections: tuple[Reason, ...] = (),
    watch: Watch | None = None,
) -> BoardPlan:
    """Plan a board from its staged rows; the guards judge the rows that would be sent, and no others."""
    watch = watch or Watch()
    by_status: dict[str, list[StagedRow]] = {"valid": [], "invalid": [], "pending": [], "held": []}
    for mapping in rows:
        row = staged_row(mapping)
        if selection.admits(row):
            by_status[selection.status(row)].append(row)
    ordered = in_push_order(operation(row) for row in by_status["valid"])
    operations, orphans = split_orphans(ordered)
    operations = without_those_taken_out(operations[: selection.limit])
    if selection.sealed is not None and reason is None:
        # What a broken build took away says nothing about the plan.
        objections += differences(target.board, selection.sealed, operations)
    stands = standings(operations, watch)
    return BoardPlan(
        target=target,
        operations=operations,
        orphans=orphans,
        invalid=tuple(by_status["invalid"]),
        pending=tuple(by_status["pending"]),
        held=tuple(by_status["held"]),
        cost=estimate(operations, pace),
        digest=board_digest(
            target.endpoint, target.account_id, target.monday_board_id, (entry.row for entry in operations)
        ),
        reason=reason,
        objections=objections,
        limits=watch.guards,
        guards=judge(target.board, stands, watch.lift),
        standings=stands,
        command=watch.command,
    )
