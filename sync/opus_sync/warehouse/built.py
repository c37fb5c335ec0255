"""Where dbt built a model last, for what the runner reads of the project's own models."""

from __future__ import annotations

from opus_sync.warehouse.base import Warehouse


def built_relation(warehouse: Warehouse, target: str, model: str) -> str | None:
    """Return the quoted name of what dbt built last of a model on a target, None where it never did."""
    found = warehouse.query("built_relation", target=target, node_name=model)
    return found[0]["relation_name"] if found else None
