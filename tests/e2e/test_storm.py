"""The promises of a push, on real processes that are killed while requests go wrong and a person edits."""

from __future__ import annotations

from pathlib import Path

from integration.support.stand_in import StandIn
from integration.support.warehouses import Warehouse
from monday_sandbox import running
from storm.__main__ import lines
from storm.storm import storm

SEED = 2026


def test_nothing_is_lost_doubled_or_trampled_in_a_storm(tmp_path: Path, empty: Warehouse) -> None:
    """After a few kills every row was written once or is accounted for; `make storm` kills five hundred."""
    kills = 8 if empty.kind == "duckdb" else 4
    # A sandbox of its own: the storm sets its clock.
    with running({"account": {"id": "1", "name": "Empty"}, "boards": []}) as served:
        report = storm(tmp_path, StandIn(served), empty, kills, SEED)
    assert report.findings == [], "\n".join(lines(report))
    assert report.kills.total() >= kills
    assert report.figures["operations SUCCEEDED"] > 50
    assert report.figures["records held against the shop"] > 10
