"""`opus-sync board remove`: takes a board out of every command."""

from __future__ import annotations

from opus_sync.contract.project import PROJECT_FILE
from opus_sync.invocation import Invocation, Result
from opus_sync.project import load_project
from opus_sync.registry.contract_file import with_enabled
from opus_sync.registry.project_file import without_board
from opus_sync.registry.standing import named_board
from opus_sync.registry.written import replace_text


def run(invocation: Invocation, *, name: str) -> Result:
    """Set `enabled: false` in a board's contract and take it out of `opus_boards`; files and tables stay."""
    project = load_project(invocation)
    board = named_board(project, name, listed=False)
    contract, listing = project.root / board.file, project.root / PROJECT_FILE
    texts = {
        contract: with_enabled(contract.read_text("utf-8"), board, False),
        listing: without_board(listing.read_text("utf-8"), name),
    }
    with project.warehouse.lock(name):
        done = {path: replace_text(path, text) for path, text in texts.items()}
    files = [path.relative_to(project.root).as_posix() for path, action in done.items() if action != "unchanged"]
    board_id = next(iter(board.board_ids.values())) if not isinstance(board.board_ids, int) else board.board_ids
    said = [
        f"{name} is removed: no command takes it up; its files, models and tables stay",
        *(f"  updated {file}" for file in files),
        f"back with: opus-sync board deploy --board-id {board_id}",
    ]
    text = "\n".join(said) if files else f"{name} was removed before; nothing was changed"
    return Result(0, text, {"board": name, "files": files})
