"""What the warehouse has: a way in, the runner's tables, and of each board an extract that fits its contract."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from opus_sync.contract import Board
from opus_sync.errors import OpusError
from opus_sync.project import Project
from opus_sync.pull.contract_check import column_problems
from opus_sync.pull.live_board import LiveBoard
from opus_sync.shown import lasted, moment, plural
from opus_sync.warehouse.errors import MissingTable
from opus_sync.warehouse.layout import LAYOUT_VERSION

_HOUR = 3600


def warehouse(project: Project, now: datetime) -> str:
    """Say whether rows can be appended; what is tried is taken back."""
    login = project.warehouse_login
    who = f"reached as {login}" if login else "reached"
    try:
        project.warehouse.try_append({"mon_decision": [{"decision": "NONE", "scope": "debug", "recorded_at": now}]})
    except MissingTable:
        return f"{who}; without the runner's tables there was nothing to append to"
    return f"{who}; a row was appended and taken back"


def tables(project: Project) -> str:
    """Say of which layout the runner's tables are; raises where they are missing, older or newer."""
    deploy = "run `opus-sync db deploy`, or `opus-sync pull`, which does so too"
    try:
        found = project.warehouse.query("layout_version")[0]
    except MissingTable as error:
        raise OpusError(f"there are no tables of the runner's in the schema {project.runner_schema}", deploy) from error
    if found["newest"] is not None and found["newest"] > LAYOUT_VERSION:
        known = f"this opus-sync knows {LAYOUT_VERSION}"
        raise OpusError(f"the runner's tables are of layout {found['newest']}, {known}", "upgrade opus-sync")
    if found["oldest"] != LAYOUT_VERSION:
        raise OpusError(f"the runner's tables are of layout {found['oldest']}, now it is {LAYOUT_VERSION}", deploy)
    return f"layout {LAYOUT_VERSION} in the schema {project.runner_schema}"


def metadata(project: Project, board: Board, now: datetime) -> str:
    """Say how old a board's extract is; raises where a push would be refused for it, or a column does not fit."""
    pull = f"run `opus-sync pull --select {board.name}`"
    (active,) = project.warehouse.query("plan_present", board=board.name) or [{}]
    if not active:
        raise OpusError("it was never pulled", pull)
    board_id = board.board_id(project.target_name)
    if active["monday_board_id"] != board_id:
        raise OpusError(f"the tables hold board {active['monday_board_id']}, the contract says {board_id}", pull)
    columns = project.warehouse.query("copy_columns", extract_id=active["extract_id"])
    if problems := _column_problems(board, board_id, columns):
        raise OpusError("\n".join(problems), f"mend the contract or the board, then {pull}")
    age = now - active["extract_started_at"]
    limit = board.guards.extract_age
    if limit is not None and age.total_seconds() > limit.hours * _HOUR:
        raise OpusError(
            f"the extract is {lasted(age)} old, and a push is refused when it is older than {limit.hours:g} h", pull
        )
    count = sum(len(entity.columns) for entity in board.entities)
    known = plural(count, "column", "columns")
    return f"pulled {moment(active['extract_started_at'])}, {lasted(age)} ago; {known} of the contract as on the board"


def _column_problems(board: Board, board_id: int, rows: list[dict[str, Any]]) -> list[str]:
    problems: list[str] = []
    for entity in board.entities:
        below = entity.kind == "subitems"
        own = [row for row in rows if (row["monday_board_id"] != board_id) == below]
        if below and not own:
            continue
        columns = [{"id": row["column_id"], "type": row["column_type"], "archived": row["archived"]} for row in own]
        problems += column_problems(board, entity, LiveBoard({"id": own[0]["monday_board_id"], "columns": columns}))
    return problems
