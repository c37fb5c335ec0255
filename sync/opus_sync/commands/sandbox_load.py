"""`opus-sync sandbox load`: a copy of boards for the sandbox, as the warehouse knows them now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from opus_sync.errors import OpusError, UsageError
from opus_sync.invocation import Invocation, Result
from opus_sync.project import load_project
from opus_sync.rehearsal.copy import Copy
from opus_sync.rehearsal.stand_in import tell
from opus_sync.shown import plural


def run(invocation: Invocation, *, port: int, state: Path | None = None) -> Result:
    """Give the selected boards to the sandbox at a port, in place of what it holds, or write them to a state file.

    Nothing of monday is asked. Raises UsageError where a board was never pulled.
    """
    project = load_project(invocation)
    boards = project.boards()
    copy = Copy(project.warehouse)
    for board in boards:
        copy.add(board)
    seed = copy.seed()
    if state is None:
        tell(port, "load", seed)
        where = f"the sandbox at http://127.0.0.1:{port}/v2"
    else:
        _write(state, seed)
        where = f"{state}; serve it with `opus-sync sandbox serve --state {state}`"
    lines = [
        f"{board.name}: {plural(copy.items[board.name], 'item', 'items')}, subitems among them" for board in boards
    ]
    lines += [
        f"{board}: {plural(cells, 'cell', 'cells')} of column {column} left out: no value that the column takes"
        for (board, column), cells in copy.left_out.items()
    ]
    left_out = [{"board": board, "column": column, "cells": n} for (board, column), n in copy.left_out.items()]
    data = {
        "boards": [{"board": board.name, "items": copy.items[board.name]} for board in boards],
        "left_out": left_out,
    }
    return Result(0, "\n".join([*lines, f"loaded into {where}"]), data)


def _write(path: Path, seed: dict[str, Any]) -> None:
    """Write a state; raises UsageError for a file that holds anything else."""
    try:
        if path.exists() and "boards" not in json.loads(path.read_text(encoding="utf-8")):
            raise ValueError
    except (ValueError, TypeError):
        raise UsageError(f"{path} is no state of a sandbox and was left alone", "name another file") from None
    try:
        path.write_text(json.dumps(seed, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise OpusError(f"{path} cannot be written: {error.strerror}") from error
