"""The GraphQL documents, each in a file of its own."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def document(name: str) -> str:
    """Return the text of `graphql/<name>.graphql`."""
    return (resources.files(__package__) / "graphql" / f"{name}.graphql").read_text(encoding="utf-8")
