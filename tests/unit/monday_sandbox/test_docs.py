"""The page on the sandbox names everything that can be set or called."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from monday_sandbox import Options
from monday_sandbox.faults import KINDS
from monday_sandbox.schema import served_schema

PAGE = (Path(__file__).parents[3] / "docs" / "sandbox.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Options)])
def test_option_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("kind", KINDS)
def test_fault_is_documented(kind: str) -> None:
    assert f"| `{kind}` |" in PAGE


def test_queries_and_mutations_are_documented() -> None:
    schema = served_schema()
    for root in (schema.query_type, schema.mutation_type):
        assert root is not None
        assert [name for name in root.fields if f"`{name}`" not in PAGE] == []
