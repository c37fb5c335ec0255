"""Builds a board's models again after a push, so that the current tables show what was written."""

from __future__ import annotations

from collections.abc import Iterable

from opus_sync.contract import Board


def promotion(boards: Iterable[Board]) -> list[str]:
    """Return the dbt command that rebuilds all that stands on the current state of these boards."""
    models = [entity.model for board in boards for entity in board.entities]
    return [
        "--quiet",
        "build",
        "--select",
        "mon_sync_point",
        "mon_items",
        *(f"{model}+" for model in models),
        "--exclude-resource-type",
        "unit_test",
    ]
