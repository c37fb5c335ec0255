"""Every finding and every refusal that SQL and Python can come to has its page, and no page is of what is gone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FINDINGS, REFUSALS = ROOT / "docs" / "findings", ROOT / "docs" / "refusals"
RUNNER, MACROS = ROOT / "sync" / "opus_sync", ROOT / "macros"

HOLD_REASONS = ("CONFLICT", "FAILED_BEFORE", "HELD", "ROLLED_BACK")
RELAYS = ("commands.planning.refuse", "warehouse.macro_call.refusal")
"""These pass on what others refused."""

# Rules are rows of [code, condition, message], or of [kind, code, condition, message].
_CODE_FIRST = re.compile(r"\['(\w+)', ")
_CODE_SECOND = re.compile(r"""(?:^ +|append\()\[(?:kind|"?'\w+'"?), '(\w+)', """, re.M)
_LITERAL = re.compile(r"_opus_error_json\([^,]+, \"'(\w+)'\"|'(\w+)' as code\b")
_EITHER = re.compile(r"_opus_error_json\([^,]+, \"case when [^']+then '(\w+)' else '(\w+)' end\"")
_CASE = re.compile(r"^ +when .+ then '([a-z_]+)'$", re.M)
_SAID = re.compile(r"""(?='([^'"\n]{8,})['"])""")
_ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", re.M)
_MACRO = re.compile(r"{% macro (\w+)\(.*?%}(.*?){% endmacro %}", re.S)
_REFUSED = re.compile(r"do _opus_refuse\((.+?)\) %}")
_TELLING = 15
_OF = re.compile(r"<!-- of: (.+?) -->")


def _codes() -> set[str]:
    """Return every code that the macros give to a row of validation_errors."""
    found: set[str] = set()
    for path in MACROS.rglob("*.sql"):
        text = path.read_text("utf-8")
        if "for code, condition, message in rules" in text:
            found |= set(_CODE_FIRST.findall(text))
        elif "_rules.sql" in path.name or "code, condition, message in rules" in text:
            found |= set(_CODE_SECOND.findall(text))
        if path.name == "_opus_scalar_checks.sql":
            found |= set(_CASE.findall(text))
        found |= {code for codes in _LITERAL.findall(text) + _EITHER.findall(text) for code in codes if code}
    return found


def _refusals() -> Iterator[tuple[str, str]]:
    """Yield (place, longest fixed part of its words) of each refusal, as `plan.preconditions.stale`."""
    for path in sorted(RUNNER.rglob("*.py")):
        module = ".".join(path.relative_to(RUNNER).with_suffix("").parts)
        yield from _of_node(ast.parse(path.read_text("utf-8")), module)
    for path in sorted(MACROS.rglob("*.sql")):
        text = path.read_text("utf-8")
        for name, body in _MACRO.findall(text):
            for said in _REFUSED.findall(body):
                parts = [part for part in re.split(r"[\"':;]", said) if not {"~", "|"} & set(part)]
                yield f"macros.{name}", next((part for part in parts if len(part) > _TELLING), "")


def _of_node(node: ast.AST, place: str) -> Iterator[tuple[str, str]]:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, (ast.FunctionDef, ast.ClassDef))
        inside = f"{place}.{child.name}" if named else place  # type: ignore[attr-defined]
        if isinstance(child, ast.Call) and getattr(child.func, "id", "") in ("Refused", "Reason", "Locked"):
            parts = [part.value for part in ast.walk(child.args[0]) if isinstance(part, ast.Constant)]
            yield inside, max((part for part in parts if isinstance(part, str)), key=len, default="").split(";")[0]
        yield from _of_node(child, inside)


def _pages(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in folder.glob("*.md") if path.stem != "README"}


@pytest.mark.parametrize("folder", [FINDINGS, REFUSALS], ids=lambda folder: folder.name)
def test_a_page_says_example_why_and_how_to_fix(folder: Path) -> None:
    """Each page has its three parts, and the index of its folder leads to it."""
    index = (folder / "README.md").read_text("utf-8")
    for name, text in _pages(folder).items():
        at = [text.find(part) for part in ("**Example.**", "**Why.**", "**How to fix.**")]
        assert -1 < at[0] < at[1] < at[2], name
        assert f"({name}.md)" in index, name


def test_every_reason_to_hold_has_a_page() -> None:
    """What mon_holds may say is what there are pages for, and so are the statuses that are not VALID."""
    said = set(re.findall(r"'([A-Z_]+)'", (MACROS / "diff" / "_stage" / "_opus_row_holds.sql").read_text("utf-8")))
    assert said - {"RELEASED", "ARCHIVE", "DELETE"} == set(HOLD_REASONS)
    for name in (*HOLD_REASONS, "INVALID", "PENDING"):
        assert _pages(FINDINGS)[name.lower()].startswith(f"# {name}\n")


def test_every_code_is_in_a_table() -> None:
    """Every code of validation_errors has an example and a way out, and no code is told of that is gone."""
    told = [row[0] for text in _pages(FINDINGS).values() for row in _ROW.findall(text)]
    assert set(told) == _codes()
    assert len(told) > 50


def test_the_example_of_a_code_is_what_it_says() -> None:
    """The fixed part of a message, as it stands beside its code in a macro, stands in the code's example."""
    macros = [path.read_text("utf-8") for path in MACROS.rglob("*.sql")]
    for code, example in (row[:2] for text in _pages(FINDINGS).values() for row in _ROW.findall(text)):
        near = [text for text in macros if f"'{code}'" in text]
        said = {part.strip() for text in near for part in _SAID.findall(text)}
        assert any(part in example for part in said), code


def test_every_refusal_has_a_page() -> None:
    """Each function and macro that refuses is named by a page, which has the words that it says."""
    pages: dict[str, str] = {}
    for text in _pages(REFUSALS).values():
        for place in _OF.findall(text)[0].split(", "):
            pages[place] = pages.get(place, "") + " ".join(text.split())
    found = [(place, " ".join(words.split())) for place, words in _refusals() if place not in RELAYS]
    assert {place for place, _ in found} == set(pages)
    assert [(place, words) for place, words in found if words not in pages[place]] == []
