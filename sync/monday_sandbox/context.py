"""How resolvers reach the request they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import GraphQLResolveInfo

if TYPE_CHECKING:
    from monday_sandbox.execution import Run

Info = GraphQLResolveInfo[Any]


def run_of(info: Info) -> Run:
    """Return the run that a resolver belongs to."""
    run: Run = info.context
    return run
