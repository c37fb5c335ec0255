"""`opus-sync report`: a page about a batch that was pushed; reads the warehouse only."""

from __future__ import annotations

import re
from pathlib import Path

from opus_sync.errors import UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.project import load_project
from opus_sync.push.staged_set import present_of, titles_of
from opus_sync.report.files import write_page
from opus_sync.report.pushed import batch_document, batch_page
from opus_sync.report.reading import read_appearance, read_batch

_NO_NAME = re.compile(r"[^\w.-]+")


def run(invocation: Invocation, *, batch: str, page: Path | None = None) -> Result:
    """Write the page of a batch and say where it is; with `--output json` return the same facts.

    Raises OpusError where no selected board has that batch.
    """
    as_page = invocation.output == "html"
    if page and not as_page:
        raise UsageError("--page is the file of a page", "Leave out --output.")
    project = load_project(invocation)
    boards = {board.name: board for board in project.boards()}
    found = read_batch(project.warehouse, batch, boards)
    board = boards[found.board]
    document = batch_document(found, titles_of(board))
    if not as_page:
        return Result(0, "", document)
    board_id = board.board_id(project.target_name)
    extract_id = present_of(project.warehouse, board.name).extract_id
    looks = read_appearance(project.warehouse, board, board_id, extract_id, items=True)
    path = page or project.root / "target" / f"report_{_NO_NAME.sub('_', batch)}.html"
    written = write_page(batch_page(found, looks, board_id), path)
    return Result(0, "\n".join(map(str, written)), document)
