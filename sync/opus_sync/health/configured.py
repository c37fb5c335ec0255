"""What is written down: contracts, settings, and where a push may go."""

from __future__ import annotations

from pathlib import Path

from opus_sync.contract import Board, load_boards
from opus_sync.errors import OpusError
from opus_sync.monday.endpoint import is_loopback
from opus_sync.project import LIVE_TARGETS_VAR, Project
from opus_sync.settings import NAMES
from opus_sync.shown import plural


def contracts(project: Project) -> str:
    """Say which boards there are for the target; raises with every problem of every contract."""
    boards = project.boards()
    for board in boards:
        board.board_id(project.target_name)
        project.settings_for(board)
    return _named(boards)


def contracts_alone(root: Path) -> str:
    """Say which boards there are where no target could be loaded."""
    return _named(load_boards(root / "boards", variables={}, known_settings=NAMES))


def writes(project: Project) -> str:
    """Say where a push of this target would write to."""
    endpoint = project.endpoint
    if is_loopback(endpoint):
        said = f"a push writes to {endpoint}, on this machine"
    elif project.target_name in project.live_targets:
        said = f"a push with --live writes to {endpoint}"
    else:
        allowed = ", ".join(project.live_targets) or "no target"
        said = f"a push to {endpoint} is refused; the var {LIVE_TARGETS_VAR} allows {allowed}"
    return said + (", approved plans only" if project.target_name in project.require_approval else "")


def _named(boards: tuple[Board, ...]) -> str:
    if not boards:
        raise OpusError("there is no board yet", "write boards/<board>.yml, see docs/contracts.md")
    return f"{plural(len(boards), 'board', 'boards')}: {', '.join(board.name for board in boards)}"
