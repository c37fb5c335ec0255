"""Fixtures: a board with a column of every type, served over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from monday_sandbox import Options, running
from unit.monday_sandbox.support import Client, build_seed

Serve = Callable[..., Client]


@pytest.fixture
def serve_board() -> Iterator[Serve]:
    """Serve boards with given options; all are stopped at the end."""
    with ExitStack() as stack:

        def start(seed: dict[str, Any] | None = None, **options: Any) -> Client:
            return Client(stack.enter_context(running(seed or build_seed(), Options(**options))))

        yield start


@pytest.fixture
def client(serve_board: Serve) -> Client:
    """A board with default options."""
    return serve_board()


@pytest.fixture
def seed() -> dict[str, Any]:
    """The seed that the other fixtures serve."""
    return build_seed()
