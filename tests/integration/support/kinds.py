"""On which kinds of warehouse a test runs."""

from __future__ import annotations

import pytest


def on(*kinds: str) -> pytest.MarkDecorator:
    """Keep a test to some kinds of warehouse."""
    return pytest.mark.parametrize("kind", kinds, indirect=True, scope="session")
