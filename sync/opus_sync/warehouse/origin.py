"""The binding of a runner schema to one endpoint and one account."""

from __future__ import annotations

from opus_sync.errors import Refused
from opus_sync.warehouse.base import Warehouse


def refuse_other_origin(warehouse: Warehouse, endpoint: str, account_id: str) -> None:
    """Raise Refused when these tables hold extracts of another endpoint or account.

    Ids of two accounts, or of a sandbox and the real board, must never meet in one set of tables.
    """
    found = warehouse.query("other_origin", endpoint=endpoint, account_id=account_id)
    if found:
        other = found[0]
        raise Refused(
            f"this target's tables belong to {other['endpoint']}, account {other['account_id']} "
            f"(board {other['board']}); this is {endpoint}, account {account_id}; nothing was read",
            "use a dbt target of its own for each endpoint and account, with a database of its own",
        )
