"""What a verification found, as plain JSON values; every cell that is not as meant is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from opus_sync.verify.findings import Findings, Subject, Unplanned, Verdict


def as_document(boards: Sequence[Findings]) -> dict[str, Any]:
    """Return the findings on all boards."""
    return {"as_meant": all(board.good for board in boards), "boards": [_board(board) for board in boards]}


def _board(findings: Findings) -> dict[str, Any]:
    return {
        "board": findings.board,
        "monday_board_id": str(findings.monday_board_id),
        "about": findings.about,
        "as_meant": findings.good,
        "counts": {verdict.value: findings.counts[verdict] for verdict in Verdict},
        "cells": [
            _subject(cell.subject)
            | {name: value for name, value in asdict(cell).items() if name != "subject"}
            | {"verdict": cell.verdict.value}
            for cell in findings.cells
        ],
        "not_in_the_plan": None if findings.unplanned is None else _unplanned(findings.unplanned),
    }


def _unplanned(unplanned: Unplanned) -> dict[str, Any]:
    return {
        "cells": [
            _subject(change.subject)
            | {
                "column_id": change.column_id,
                "column": change.column,
                "before": change.before,
                "there": change.there,
            }
            for change in unplanned.changes
        ],
        "new_items": [_subject(one) for one in unplanned.new],
        "gone_items": [_subject(one.subject) | {"state": one.state} for one in unplanned.gone],
    }


def _subject(one: Subject) -> dict[str, Any]:
    number = None if one.item_id is None else str(one.item_id)
    return {"entity": one.entity, "record": one.record, "monday_item_id": number}
