"""What dbt says of the project: `dbt docs` describes everything, `dbt source freshness` tells old extracts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from integration.support.kinds import on
from integration.support.workspace import Workspace

DESCRIBED = ("model", "source", "seed", "exposure")
OLD = "update opus_sync.mon_extract set recorded_at = timestamp '2026-01-05 00:00:00'"


def undescribed(manifest: dict[str, Any], catalog: dict[str, Any]) -> list[str]:
    """Return what has no description: nodes, and columns that the warehouse has.

    The board's own columns in a staging table of the house are described in the board's contract.
    """
    kinds = ("nodes", "sources", "exposures")
    nodes = {key: node for kind in kinds for key, node in manifest[kind].items() if node["resource_type"] in DESCRIBED}
    found = [key for key, node in nodes.items() if not node["description"].strip()]
    for key, relation in {**catalog["nodes"], **catalog["sources"]}.items():
        if key not in nodes:
            continue
        known = {name.lower() for name, column in nodes[key]["columns"].items() if column["description"].strip()}
        if key.rpartition(".")[2].startswith("stg_mon_"):
            board = manifest["nodes"][key.replace(".stg_mon_", ".mon_")]
            known |= {name.lower() for name in board["columns"]}
        found += [f"{key}.{column}" for column in relation["columns"] if column.lower() not in known]
    return found


@on("duckdb")
def test_docs_leave_nothing_without_a_description(built_demo: Workspace, tmp_path: Path) -> None:
    """Boards with all their columns, findings, runner tables, exposures: whatever the warehouse holds is described."""
    done = built_demo.dbt("docs", "generate", "--target-path", str(tmp_path))
    assert done.code == 0, done.out
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    catalog = json.loads((tmp_path / "catalog.json").read_text("utf-8"))
    assert len(catalog["nodes"]) > 40
    assert undescribed(manifest, catalog) == []
    exposed = {node.split(".")[-1] for one in manifest["exposures"].values() for node in one["depends_on"]["nodes"]}
    assert {"desired_planning_items", "desired_cust_master_schedule_subitems"} <= exposed
    del manifest["sources"]["source.opus_sync.opus.mon_extract"]["columns"]["reason"]
    assert undescribed(manifest, catalog) == ["source.opus_sync.opus.mon_extract.reason"]


def test_old_extracts_are_stale(orders: Workspace) -> None:
    """Freshness goes by extracts that came into force."""
    fresh = orders.dbt("source", "freshness")
    assert fresh.code == 0, fresh.out
    orders.change(OLD)
    stale = orders.dbt("source", "freshness")
    assert stale.code == 1
    assert "ERROR STALE freshness of opus.mon_extract" in stale.out
