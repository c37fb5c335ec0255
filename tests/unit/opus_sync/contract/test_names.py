"""Safe names: what a title becomes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opus_sync.contract import STAGING_COLUMNS, SYSTEM_COLUMNS, safe_name, safe_names

titles = st.one_of(
    st.text(max_size=100),
    st.text(st.sampled_from(list("{}%#[]'\"`\\ aÄß🧵\u0301\n\x85\u2028")), max_size=80),
    st.sampled_from(["Title", "title", "ITEM ID", "column_values", "STG_Status", "x" * 300, "🧵" * 300]),
)
ids = st.from_regex(r"[a-z_]{1,12}[0-9]{0,6}", fullmatch=True)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("AAG ORDER NUMBER", "AAG ORDER NUMBER"),
        ("{{ 7*7 }} x", "_ 7*7 _ x"),
        ("{% if x", "_ if x"),
        ("{# note #}", "_ note _"),
        ("{{{", "_{"),
        ("50 % {a}", "50 % {a}"),
        ("""say "hi", it's `x`""", "say _hi_, it_s _x_"),
        ("[a]\\b", "_a__b"),
        ("a\tb\x7f\x85", "a_b__"),
        ("  a  b ", "a  b"),
        ("\u00a0", "text_1"),
        ("", "text_1"),
        ("e\u0301", "é"),
        ("Größe 🧵", "Größe 🧵"),
        ("x" * 63, "x" * 63),
        ("x" * 64, "x" * 56 + "_text_1"),
        ("ä" * 40, "ä" * 28 + "_text_1"),
        ("🧵" * 300, "🧵" * 14 + "_text_1"),
        ("customer", "customer_text_1"),
        ("straße", "straße_text_1"),
        ("title", "title_text_1"),
    ],
)
def test_safe_name(title, name):
    """Only what Jinja, SQL or YAML would trip over is replaced; the rest of the title stays."""
    assert safe_name(title, "text_1", ["CUSTOMER", "STRASSE", *SYSTEM_COLUMNS["items"]]) == name


def test_a_suffixed_name_can_be_taken_too():
    """The suffix grows until the name is free."""
    assert safe_name("A", "b", ["a", "a_b", "A_B_2"]) == "A_b_3"


def test_names_of_a_board_are_given_in_its_order():
    """The first of two titles that differ in case keeps its name; system and desired columns are taken."""
    columns = [("a", "Size"), ("b", "SIZE"), ("c", "Group"), ("d", "item_name")]
    assert safe_names(columns, "items") == {"a": "Size", "b": "SIZE_b", "c": "Group_c", "d": "item_name_d"}
    assert safe_names(columns, "subitems")["c"] == "Group"


@settings(deadline=None)
@given(titles, ids)
def test_a_safe_name_is_safe_and_stays(title, column_id):
    """Any title gives a name within 63 bytes without unsafe characters, and a safe name is its own."""
    name = safe_name(title, column_id)
    assert 0 < len(name.encode()) <= 63
    assert not re.search(r"\{\{|\{%|\{#|[\"'`\[\]\\\x00-\x1f\x7f-\x9f]", name)
    assert safe_name(name, column_id) == name


@settings(deadline=None)
@given(st.lists(titles, max_size=8))
def test_names_of_a_board_are_unique_without_regard_to_case(listed):
    """However alike the titles are."""
    columns = [(f"col_{number}", title) for number, title in enumerate(listed)]
    names = [name.casefold() for name in safe_names(columns, "items").values()]
    taken = [name.casefold() for name in (*SYSTEM_COLUMNS["items"], *STAGING_COLUMNS)]
    assert len({*names, *taken}) == len(names) + len(taken)
