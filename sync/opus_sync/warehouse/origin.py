"""The binding of a runner schema to one endpoint, and of each account that contracts name to one account there."""

from __future__ import annotations

from collections.abc import Collection

from opus_sync.errors import Refused
from opus_sync.warehouse.base import Warehouse


def refuse_other_origin(warehouse: Warehouse, endpoint: str, account_id: str, boards: Collection[str]) -> None:
    """Raise Refused when these tables hold extracts of another endpoint, or of these boards from another account.

    `boards` are those whose contracts name the same account. Ids of a sandbox and of the real board must never meet
    in one set of tables, nor those of two accounts in one board.
    """
    others = warehouse.query("other_origin", endpoint=endpoint, account_id=account_id)
    for other in others:
        if other["endpoint"] == endpoint and other["board"] not in boards:
            continue
        raise Refused(
            f"this target's tables belong to {other['endpoint']}, account {other['account_id']} "
            f"(board {other['board']}); this is {endpoint}, account {account_id}; nothing was read",
            "use a dbt target of its own for each endpoint; a further account is named in the contracts of its boards "
            "and has a token of its own",
        )
