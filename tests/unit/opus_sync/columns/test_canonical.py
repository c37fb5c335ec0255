"""The canonical text of each kind of value."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opus_sync.columns import TYPES, canonical

CASES = {
    "text": [("a ", "a"), (" a", " a"), ("a\t", "a\t"), ("   ", None), ("", None), (None, None)],
    "numbers": [
        ("1.00", "1"),
        ("+4.50", "4.5"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("007", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        (" 42 ", "42"),
        ("1e3", "1000"),
        ("1E-3", "0.001"),
        ("1e-999999999", "0"),
        ("0e99", "0"),
        ("0.00000000005", "0.0000000001"),
        ("-0.00000000005", "-0.0000000001"),
        ("0.00000000004", "0"),
        ("1234567890123456789012345678.12345678901", "1234567890123456789012345678.123456789"),
        ("12345678901234567890123456789", "12345678901234567890123456789"),
        ("9999999999999999999999999999.99999999999", "9999999999999999999999999999.99999999999"),
        ("1e999999999", "1e999999999"),
        ("1_000", "1_000"),
        ("1,5", "1,5"),
        ("NaN", "NaN"),
        ("٣", "٣"),
        ("", None),
    ],
    "rating": [("0", None), ("5", "5"), ("5.0", "5"), ("many", "many")],
    "checkbox": [
        (None, "false"),
        ("", "false"),
        ("TRUE", "true"),
        ("false", "false"),
        ("perhaps", "perhaps"),
    ],
    "country": [("us", "US"), ("US ", "US"), ("Germany", "Germany"), ("ß", "ß")],
    "color_picker": [("#ff5733", "#FF5733"), ("red", "red")],
    "date": [
        ("2026-01-05", "2026-01-05"),
        ("2026-01-05 10:00", "2026-01-05 10:00:00"),
        ("2026-01-05T10:00:00Z", "2026-01-05 10:00:00"),
        ("2026-01-05T10:00:00.123+02:00", "2026-01-05 08:00:00"),
        ("0001-01-01T00:00:00+05:00", "0001-01-01T00:00:00+05:00"),
        ("0900-01-01T00:00:00+05:00", "0899-12-31 19:00:00"),
        ("soon", "soon"),
    ],
    "creation_log": [("2026-03-10 08:00:00 UTC", "2026-03-10 08:00:00")],
    "dropdown": [
        ('["b", "a", "b"]', '["a","b"]'),
        ('["Z","a","é"]', '["Z","a","é"]'),
        ("[]", None),
        ("a, b", "a, b"),
        ('{"a":1}', '{"a":1}'),
        ("[true]", "[true]"),
        ("[" * 100_000, "[" * 100_000),
    ],
    "tags": [("[295026, 10]", '["10","295026"]')],
    "hour": [
        ('{"minute": 42, "hour": 16}', '{"hour":16,"minute":42}'),
        ('{"hour": "16"}', '{"hour": "16"}'),
        ("16:42", "16:42"),
    ],
    "email": [
        ('{"text":"","email":"a@b.c"}', '{"email":"a@b.c","text":"a@b.c"}'),
        ('{"email":""}', None),
        ('{"text":"x"}', '{"text":"x"}'),
        ('{"email":5}', '{"email":5}'),
    ],
    "phone": [('{"phone":"+1"}', '{"phone":"+1","countryShortName":""}')],
    "timeline": [('{"to":"2026-03-15","from":"2026-03-01T00:00:00+00:00"}', '{"from":"2026-03-01","to":"2026-03-15"}')],
    "location": [
        (
            '{"lat":29.97729620,"lng":"31.10","address":"Giza/Cairo"}',
            '{"lat":"29.9772962","lng":"31.1","address":"Giza/Cairo"}',
        ),
        ('{"lat":1e-7,"lng":true,"address":""}', '{"lat":1e-7,"lng":true,"address":""}'),
    ],
}


@pytest.mark.parametrize(
    ("name", "text", "expected"), [(name, *case) for name, cases in CASES.items() for case in cases]
)
def test_canonical_text(name, text, expected):
    """Each type has one form; what cannot be read stays as it is."""
    assert TYPES[name].canonicalise(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\b\f\n\r\t", r'"\b\f\n\r\t"'),
        ("\x00\x1b\x1f", r'"\u0000\u001B\u001F"'),
        ("\x7f é 🧵 /", '"\x7f é 🧵 /"'),
        (r"\u001f", r'"\\u001f"'),
        ("\\\x1f", r'"\\\u001F"'),
    ],
)
def test_json_text_has_one_spelling(text, expected):
    """Short escapes where JSON has them, upper-case hex for the rest, all else as it is."""
    assert canonical.quoted(text) == expected


@settings(deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cs",))))
def test_json_text_keeps_every_character(text):
    """Quoting loses nothing."""
    assert json.loads(canonical.quoted(text)) == text


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=10, min_value=-(10**27), max_value=10**27))
def test_numbers_keep_ten_decimals(number):
    """A number within decimal(38, 10) keeps its value."""
    text = canonical.number(str(number))
    assert type(number)(text) == number
    assert "e" not in text.lower()
