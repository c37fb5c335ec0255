"""The runner's tables: whether they are there, and of the version that this runner writes."""

from __future__ import annotations

from opus_sync.errors import OpusError, Refused
from opus_sync.warehouse.base import Warehouse
from opus_sync.warehouse.dbt_command import Dbt
from opus_sync.warehouse.errors import MissingTable
from opus_sync.warehouse.macro_call import refusal

LAYOUT_VERSION = 5
_DEPLOY = ("run-operation", "opus_ensure")


def ensure_layout(warehouse: Warehouse, dbt: Dbt) -> bool:
    """Create or upgrade the runner's tables where they are missing or older; return whether it did.

    Raises Refused when they are of a newer version.
    """
    if _is_current(warehouse):
        return False
    try:
        dbt.run("--quiet", *_DEPLOY)
    except OpusError as error:
        raise refusal(error) from None
    if not _is_current(warehouse):
        raise Refused(
            f"the runner's tables are still not of version {LAYOUT_VERSION} after dbt's {_DEPLOY[1]}",
            "opus-sync and the dbt package opus_sync of this project are of different versions",
        )
    return True


def _is_current(warehouse: Warehouse) -> bool:
    try:
        found = warehouse.query("layout_version")[0]
    except MissingTable:
        return False
    if found["newest"] is not None and found["newest"] > LAYOUT_VERSION:
        raise Refused(
            f"the runner's tables are of version {found['newest']}, this opus-sync knows {LAYOUT_VERSION}",
            "upgrade opus-sync; nothing was done",
        )
    return bool(found["oldest"] == LAYOUT_VERSION)
