"""What stands against a sealed plan: pure questions, asked when it is approved, planned again or pushed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from opus_sync.plan.digests import row_digest
from opus_sync.plan.order import Operation
from opus_sync.plan.preconditions import Reason
from opus_sync.plan.sealed import Sealed, SealedRow

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far a plan may lie in the future: the clocks of two machines are never the same."""

_NAMED = 3
_AGAIN = "plan again: `opus-sync plan --out FILE`; nothing was sent"


@dataclass(frozen=True)
class Circumstances:
    """What a sealed plan meets on one board.

    `account_id` is "" where no token was asked for it and no extract is there. `uses` says who pushed the plan
    before, `approvers` who approved it as it stands; None where the target asks for no approval.
    """

    board: str
    now: datetime
    plan_hours: float
    target: str
    endpoint: str
    account_id: str
    monday_board_id: int
    os_user: str
    uses: tuple[str, ...] = ()
    approvers: Collection[str] | None = None


def objections(sealed: Sealed, met: Circumstances) -> tuple[Reason, ...]:
    """Return every reason why the plan may not be pushed to this board, whatever its rows are now."""
    return tuple(reason for question in _QUESTIONS for reason in question(sealed, met))


def differences(board: str, rows: Mapping[str, SealedRow], operations: Iterable[Operation]) -> tuple[Reason, ...]:
    """Return a reason where rows of the plan can no longer be sent exactly as they were planned."""
    now = {entry.row.stg_id: row_digest(entry.row) for entry in operations}
    gone = [row.name for stg_id, row in rows.items() if stg_id not in now]
    other = [row.name for stg_id, row in rows.items() if stg_id in now and now[stg_id] != row.digest]
    if not gone and not other:
        return ()
    parts = [_part(gone, "not to be sent any more"), _part(other, "not as planned")]
    found = "; ".join(part for part in parts if part)
    return (Reason(f"{board}: the plan does not hold any more: of its {len(rows):,} rows {found}", _AGAIN),)


def _part(names: list[str], what: str) -> str:
    if not names:
        return ""
    more = ", …" if len(names) > _NAMED else ""
    return f"{len(names):,} {'is' if len(names) == 1 else 'are'} {what}: {', '.join(names[:_NAMED])}{more}"


def elsewhere(sealed: Sealed, met: Circumstances) -> Iterator[Reason]:
    """The plan was made for another target, endpoint, account or board."""
    board = sealed.boards[met.board]
    compared = (
        ("target", sealed.target, met.target),
        ("endpoint", sealed.endpoint, met.endpoint),
        ("account", board.account_id or met.account_id, met.account_id or board.account_id),
        ("board", board.monday_board_id, str(met.monday_board_id)),
    )
    for what, planned, present in compared:
        if planned != present:
            yield Reason(
                f"{met.board}: the plan is for {what} {planned}, this is {what} {present}",
                "choose the target and environment that it was made for, or " + _AGAIN,
            )


def expired(sealed: Sealed, met: Circumstances) -> Iterator[Reason]:
    """The plan is older than the setting plan_hours, or lies in the future."""
    age = met.now - sealed.created_at
    if age < -CLOCKS_DIFFER:
        yield Reason(
            f"the plan was written at {sealed.created_at:%Y-%m-%d %H:%M} UTC, which is "
            f"{-age.total_seconds() / 60:,.0f} minutes from now",
            "set the clocks right, or " + _AGAIN,
        )
    elif age > timedelta(hours=met.plan_hours):
        yield Reason(
            f"{met.board}: the plan has expired: it is {age.total_seconds() / 3600:,.1f} hours old, "
            f"plan_hours is {met.plan_hours:g}",
            _AGAIN,
        )


def used(sealed: Sealed, met: Circumstances) -> Iterator[Reason]:
    """The plan was pushed to this board before; a plan is sent once."""
    if met.uses:
        yield Reason(f"{met.board}: the plan was used before: {', '.join(met.uses)}", _AGAIN)


def not_approved(sealed: Sealed, met: Circumstances) -> Iterator[Reason]:
    """The target sends only plans that somebody approved who neither made nor pushes them."""
    if met.approvers is None:
        return
    own = {sealed.created_by.casefold(), met.os_user.casefold()}
    if any(approver.casefold() not in own for approver in met.approvers):
        return
    makers = f"{sealed.created_by}, who made it, and {met.os_user}, who pushes it"
    if len(own) == 1:
        makers = f"{met.os_user}, who made it and pushes it"
    said = f"; approved by {', '.join(sorted(met.approvers))} alone" if met.approvers else ""
    yield Reason(
        f"{met.board}: target {met.target} sends only approved plans, and this one has no approval by anybody but "
        f"{makers}{said}",
        f"let somebody else run `opus-sync approve --plan {sealed.file}`, then push it again; nothing was sent",
    )


_QUESTIONS: tuple[Callable[[Sealed, Circumstances], Iterator[Reason]], ...] = (
    elsewhere,
    expired,
    used,
    not_approved,
)
