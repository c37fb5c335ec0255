"""What is written reads back as equal, for every writable type."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opus_sync.columns import TYPES, ColumnLabels

from .reading import read_back
from .values import LABELS, VALUES, hostile_text

WRITABLE = [name for name, kind in TYPES.items() if kind.writable]
KNOWN = ColumnLabels("col", {label: number for number, label in enumerate(LABELS, 1)})
UNHURRIED = settings(deadline=None, max_examples=60)
CREATING = ColumnLabels("col", {}, create=True)


def test_every_writable_type_has_values():
    """The generator table and the table of types name the same types."""
    assert sorted(VALUES) == sorted(WRITABLE)


@pytest.mark.parametrize("name", WRITABLE)
@UNHURRIED
@given(data=st.data())
def test_written_values_read_back_as_equal(name, data):
    """decode(what the API reads after encode(canonical)) is canonical again."""
    canonical = data.draw(VALUES[name])
    kind = TYPES[name]
    assert kind.decode(read_back(name, kind.encode(canonical, KNOWN))) == canonical


@pytest.mark.parametrize("name", ["status", "dropdown"])
@UNHURRIED
@given(data=st.data())
def test_created_labels_read_back_as_equal(name, data):
    """Labels that a write creates go by text and read back as the same text."""
    canonical = data.draw(VALUES[name])
    kind = TYPES[name]
    assert kind.decode(read_back(name, kind.encode(canonical, CREATING))) == canonical


@pytest.mark.parametrize("name", WRITABLE)
@UNHURRIED
@given(data=st.data())
def test_canonical_values_are_their_own_canonical_form(name, data):
    """canonicalise leaves alone what decode gives."""
    canonical = data.draw(VALUES[name])
    assert TYPES[name].canonicalise(canonical) == (canonical if name != "checkbox" else canonical or "false")


@pytest.mark.parametrize("name", TYPES)
@UNHURRIED
@given(text=st.one_of(st.none(), hostile_text(), st.text(), st.from_regex(r"[-+0-9.eE ]{0,40}")))
def test_canonicalise_is_total_and_idempotent(name, text):
    """Any text has a canonical form, which is its own."""
    once = TYPES[name].canonicalise(text)
    assert TYPES[name].canonicalise(once) == once


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), hostile_text(40)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["email", "text", "url", "phone", "lat", "lng", "address", "hour", "minute", "from", "to"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("name", [name for name, kind in TYPES.items() if kind.family != "scalar"])
@UNHURRIED
@given(value=json_values)
def test_canonicalise_is_total_and_idempotent_over_json(name, value):
    """JSON of any shape has a canonical form, which is its own."""
    once = TYPES[name].canonicalise(json.dumps(value))
    assert TYPES[name].canonicalise(once) == once
