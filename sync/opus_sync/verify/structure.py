"""Groups and the board itself: does each hold what was written or planned?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from opus_sync.live.cells import same
from opus_sync.live.record import LiveRecord
from opus_sync.live.structure import LiveGroup, LiveStructure
from opus_sync.plan.board_plan import Selection
from opus_sync.plan.changes import ENTITIES
from opus_sync.plan.staged import BOARDS, recorded_row
from opus_sync.verify.columns import STRUCTURE
from opus_sync.verify.findings import CellFinding, Findings, Subject, Verdict
from opus_sync.verify.judge import STATE, Judged
from opus_sync.verify.planned import CREATE, REMOVALS, PlannedRow

_AFTER, _GROUP = "$after", "$group"


def judge_written(
    rows: Iterable[Mapping[str, Any]], live: LiveStructure, selection: Selection, findings: Findings
) -> None:
    """Judge the cells that batches wrote last; `rows` are those of the query `verify_structure`."""
    for row in rows:
        record = recorded_row(row["staged_row"]) if row["staged_row"] else None
        if selection.key is not None and not (record and selection.key in (record.record_key, record.label)):
            continue
        there = live.facts if row["update_type"] == BOARDS else live.group(row["group_id"])
        judged = _judge(there, row["column_id"], row["new_value"])
        subject = Subject(ENTITIES[row["update_type"]], record.label if record else row["group_id"] or "", None)
        findings.take(_finding(subject, row["column_id"], judged, row["old_value"], row["new_value"], there))


def judge_planned(rows: Sequence[PlannedRow], live: LiveStructure, findings: Findings) -> None:
    """Judge each cell of planned rows of groups and of the board."""
    made = {row.item_name for row in rows if row.kind == "groups" and row.operation == CREATE}
    for row in rows:
        if row.kind not in STRUCTURE:
            continue
        subject = Subject(STRUCTURE[row.kind], row.label, None)
        there, note = _record(row, live)
        for column_id, wanted in _cells(row).items():
            if column_id == _AFTER and isinstance(there, LiveGroup):
                judged = _judge_place(there, wanted, live, made)
            elif there is None and row.operation == CREATE:
                judged = (Verdict.DIFFERENT if note else Verdict.UNTOUCHED, note or "no group has the title")
            else:
                judged = _judge(there, column_id, wanted, row.old.get(column_id) if row.operation != CREATE else None)
            findings.take(_finding(subject, column_id, judged, row.old.get(column_id), wanted, there))


def with_groups(rows: Sequence[PlannedRow], live: LiveStructure) -> tuple[PlannedRow, ...]:
    """Return the rows with the ids of groups that the plan names by title, where the board has one of that title."""
    return tuple(_in_group(row, live) if row.group_key is not None else row for row in rows)


def gone_with_groups(rows: Iterable[PlannedRow]) -> set[int]:
    """Return the items that go with the groups that a plan archives."""
    archived = [row for row in rows if row.kind == "groups" and row.operation in REMOVALS]
    return {int(item) for row in archived for item in row.items}


def _in_group(row: PlannedRow, live: LiveStructure) -> PlannedRow:
    titled = live.titled(row.group_key)
    group_id = titled[0].id if len(titled) == 1 else row.group_key
    new = {**row.new, _GROUP: group_id} if _GROUP in row.new else row.new
    return replace(row, group_id=group_id, new=new)


def _record(row: PlannedRow, live: LiveStructure) -> tuple[LiveRecord | None, str]:
    if row.kind == "board":
        return live.facts, ""
    if row.operation != CREATE:
        return live.group(row.group_id), ""
    hits = live.titled(row.item_name)
    return (hits[0] if len(hits) == 1 else None), (f"{len(hits)} groups have the title" if len(hits) > 1 else "")


def _cells(row: PlannedRow) -> Mapping[str, str | None]:
    if row.operation == CREATE:
        return {STATE: "active", **{column: text for column, text in row.new.items() if column[:1] != "$"}}
    return {column: text for column, text in row.new.items() if column != "$before"}


def _judge(there: LiveRecord | None, column_id: str, wanted: str | None, old: str | None = None) -> Judged:
    if there is None:
        gone = column_id == STATE and wanted != "active"
        return (Verdict.AS_MEANT, "") if gone else (Verdict.DIFFERENT, "the group is gone")
    found = there.cell(column_id)
    if same(found, wanted):
        return Verdict.AS_MEANT, ""
    return (Verdict.UNTOUCHED if old is not None and same(found, old) else Verdict.DIFFERENT), ""


def _judge_place(there: LiveGroup, wanted: str | None, live: LiveStructure, made: set[str | None]) -> Judged:
    """A new group may stand between one that was moved and the one it was put behind."""
    order = [group.id for group in live.groups]
    first = 0 if wanted is None else order.index(wanted) + 1 if wanted in order else len(order)
    between = live.groups[first : order.index(there.id)]
    meant = first <= order.index(there.id) and all(group.title in made for group in between)
    return (Verdict.AS_MEANT if meant else Verdict.DIFFERENT), ""


def _finding(
    subject: Subject, column_id: str, judged: Judged, old: str | None, wanted: str | None, there: LiveRecord | None
) -> CellFinding:
    verdict, note = judged
    found = there.cell(column_id) if there else None
    return CellFinding(subject, column_id, column_id.removeprefix("$"), verdict, old, wanted, found, note)
