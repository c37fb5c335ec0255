"""What must be true after a storm, asked of the ledger, of the warehouse's tables and of the board."""

from __future__ import annotations

from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace
from storm.board import SETTLE_SECONDS
from storm.books import Books
from storm.ends import ends
from storm.judged import Finding, Judged
from storm.ledger import Ledger
from storm.replay import replay
from storm.shop import Shop


def findings(space: Workspace, stand_in: StandIn, ledger: Ledger, shop: Shop) -> Judged:
    """Judge a storm that has come to its calm end."""
    judged = Judged()
    if ledger.slowest > SETTLE_SECONDS:
        # Then nothing that follows is the runner's fault.
        judged.find("too slow", f"the sandbox took {ledger.slowest:.1f} s to run a request")
    for error in stand_in.metrics()["unexpected_errors"]:
        judged.find("sandbox failed", error)
    replay(ledger, shop, judged)
    books = Books(space, ledger)
    books.judge(stand_in.state(), judged)
    ends(stand_in.state(), ledger, books, shop, judged)
    return judged


__all__ = ["Finding", "findings"]
