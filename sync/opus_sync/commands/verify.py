"""`opus-sync verify`: do the boards hold what was written, or what was planned? Nothing is sent but queries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from opus_sync.clock import SystemClock
from opus_sync.commands.planning import refuse
from opus_sync.contract import Board, Entity
from opus_sync.errors import OpusError, UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.live.pages import ItemPages
from opus_sync.machine import os_user
from opus_sync.plan.board_plan import EVERYTHING, Selection
from opus_sync.plan.objections import elsewhere
from opus_sync.plan.sealed import Sealed
from opus_sync.project import Project, load_project
from opus_sync.pull.contract_check import column_problems
from opus_sync.pull.live_board import LiveBoard, read_board
from opus_sync.push.plan_file import boards_of, circumstances, read_plan_file
from opus_sync.shown import moment, plural
from opus_sync.verify.carried_out import judge_rows
from opus_sync.verify.columns import STRUCTURE, Columns
from opus_sync.verify.document import as_document
from opus_sync.verify.findings import Findings
from opus_sync.verify.found import Finder
from opus_sync.verify.known import Known
from opus_sync.verify.markdown import render_markdown
from opus_sync.verify.planned import PlannedBoard, planned_board
from opus_sync.verify.reading import Reading, reading
from opus_sync.verify.record import verification_rows
from opus_sync.verify.structure import judge_planned, with_groups
from opus_sync.verify.text import NOT_LOOKED_FOR, render_text
from opus_sync.verify.unplanned import Explained, WholeBoard
from opus_sync.verify.written import Batch, ReadBack, read_batches


def run(
    invocation: Invocation,
    *,
    batch: str | None = None,
    plan: Path | None = None,
    batch_key: str | None = None,
    key: str | None = None,
    limit: int | None = None,
    show: int = 10,
) -> Result:
    """Read back what the last push or one batch wrote, or hold the boards against a plan file.

    What it comes to is appended to `mon_verification`. Exits 0 where all is as meant and, against a plan, nothing else
    changed; 1 otherwise.
    """
    if plan and batch:
        raise UsageError("--batch and --plan are two questions", "Give one of them.")
    project = load_project(invocation)
    selection = Selection(batch_key, key, limit)
    sealed = read_plan_file(plan) if plan else None
    if sealed:
        where = f"compared with {sealed.words}: target {project.target_name}, {project.endpoint}"
        found = _against_plan(project, sealed, selection)
    else:
        where = f"read back from: target {project.target_name}, {project.endpoint}"
        found = _written(project, batch, selection)
    _keep(project, found, sealed.plan_id if sealed else None)
    render = render_markdown if invocation.output == "markdown" else render_text
    data = {
        "target": project.target_name,
        "endpoint": project.endpoint,
        "plan_file": None if plan is None else str(plan),
        **as_document(found),
    }
    return Result(0 if all(one.good for one in found) else 1, render(where, found, show), data)


def _keep(project: Project, found: Sequence[Findings], plan_id: str | None) -> None:
    """Put on record what was found; who may only read learns it all the same."""
    by, now = os_user(), SystemClock().now()
    rows = list(verification_rows(found, plan_id=plan_id, by=by, endpoint=project.endpoint, at=now))
    try:
        project.warehouse.append({"mon_verification": rows} if rows else {})
    except OpusError as error:
        project.invocation.log.warning(f"not on record, the service levels will not know of it: {error.message}")


def _written(project: Project, batch_id: str | None, selection: Selection) -> list[Findings]:
    boards = project.boards()
    pushed = {
        board.name: read_batches(project.warehouse, board.name, batch_id, selection.batch_key) for board in boards
    }
    if batch_id is not None:
        boards = tuple(board for board in boards if pushed[board.name])
        if not boards:
            raise UsageError(
                f"no selected board has a batch {batch_id}",
                "`opus-sync status` and the model mon_batch_processing list batches",
            )
    with reading(project) as work:
        return [_read_back(work, board, pushed[board.name], selection) for board in boards]


def _read_back(work: Reading, board: Board, batches: Sequence[Batch], selection: Selection) -> Findings:
    findings = Findings(board.name, work.board_id(board), _about(batches, selection))
    if batches:
        work.account(board)
        back = ReadBack(board, work.project.warehouse, work.reader(board), work.structure(board), batches, selection)
        with work.project.invocation.progress.task(board.name, back.cells) as advance:
            back.into(findings, advance)
    return findings


def _about(batches: Sequence[Batch], selection: Selection) -> str:
    if not batches:
        return "nothing was pushed yet" if selection.batch_key is None else "the last push had no such batch"
    return f"{plural(len(batches), 'batch', 'batches')}, begun {moment(min(one.started_at for one in batches))}"


def _against_plan(project: Project, sealed: Sealed, selection: Selection) -> list[Findings]:
    boards = boards_of(sealed, project)
    planned = {board.name: planned_board(sealed, board.name) for board in boards}
    with reading(project) as work:
        for board in boards:
            now, account = SystemClock().now(), work.account(board)
            met = circumstances(project, board, sealed, now=now, account_id=account.id, approving=True)
            refuse(tuple(elsewhere(sealed, met)))
        return [_compared(work, board, planned[board.name], selection) for board in boards]


def _compared(work: Reading, board: Board, planned: PlannedBoard, selection: Selection) -> Findings:
    columns = Columns(board)
    findings = Findings(board.name, work.board_id(board), of_plan=True)
    reader = work.reader(board)
    rows = planned.narrowed(selection)
    if any(row.kind in STRUCTURE or row.group_key is not None for row in rows):
        structure = work.structure(board).read()
        rows = with_groups(rows, structure)
        judge_planned(rows, structure, findings)
    found = Finder(board, reader).find(planned.with_parents(rows))
    judge_rows([row for row in rows if row.kind not in STRUCTURE], found, columns, findings)
    if selection == EVERYTHING:
        known = Known.by(planned, work.project.warehouse, board.name, columns)
        whole = WholeBoard(board, known, Explained.by(rows, found), reader, columns)
        places = _places(work, board)
        items = sum(place.items_count for place, _ in places)
        with work.project.invocation.progress.task(board.name, items) as advance:
            findings.unplanned = whole.compare([_pages(work, board, *place) for place in places], items, advance)
    else:
        findings.about = NOT_LOOKED_FOR
    return findings


def _places(work: Reading, board: Board) -> list[tuple[LiveBoard, Entity]]:
    """Return the boards on which its items and its subitems live; raises OpusError where one lacks a column."""
    live = read_board(work.api(board), work.board_id(board), board.file)
    places = [(live, board.items)]
    below = live.subitem_board_id() if board.subitems else None
    if below is not None and board.subitems:
        named_in = f"the subitems column of {live.id}"
        places.append((read_board(work.api(board), below, named_in), board.subitems))
    if problems := [problem for place, entity in places for problem in column_problems(board, entity, place)]:
        raise OpusError("\n".join(problems), "mend the contract and run this again")
    return places


def _pages(work: Reading, board: Board, place: LiveBoard, entity: Entity) -> ItemPages:
    size = min(work.project.settings_for(board).page_size, place.items_count + 1)
    return ItemPages(work.api(board), place.id, entity.columns, size, parents=entity.kind == "subitems")
