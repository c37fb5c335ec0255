"""The promises of a push, on real processes that are killed while requests go wrong and a person edits."""

from __future__ import annotations

from pathlib import Path

from integration.support.stand_in import StandIn
from integration.support.warehouses import Warehouse
from monday_sandbox import running
from storm.__main__ import lines
from storm.storm import storm

KILLS = 8
SEED = 2026


def test_nothing_is_lost_doubled_or_trampled_in_a_storm(tmp_path: Path, empty: Warehouse) -> None:
    """After eight kills every row was written once or is accounted for; `make storm` kills five hundred."""
    # A sandbox of its own: the storm sets its clock.
    with running({"account": {"id": "1", "name": "Empty"}, "boards": []}) as served:
        report = storm(tmp_path, StandIn(served), empty, KILLS, SEED)
    assert report.findings == [], "\n".join(lines(report))
    assert report.kills.total() >= KILLS
    assert report.figures["operations SUCCEEDED"] > 100
    assert report.figures["records held against the shop"] > 10
