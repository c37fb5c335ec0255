"""The golden cells: what a board holds and what is desired of it, case by case, for every writable column type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Case = tuple[str | None, str | None]
"""Canonical text on the board, and the text a desired model has; None is an empty cell and a NULL."""

# Control characters, half of an escape, what JSON, LIKE, Jinja and SQL would take for their own, and what a collation
# of people, not of bytes, calls the same.
HOSTILE: Sequence[Case] = (
    ("a", "a"),
    ("a", "a  "),
    ("a", " a"),
    ("a", "A"),
    ("a", "\u00e1"),
    ("strasse", "stra\u00dfe"),
    ("full", "\uff46\uff55\uff4c\uff4c"),
    ("e\u0301", "\u00e9"),
    ("i", "\u0130"),
    (None, "a"),
    ("a", None),
    (None, None),
    ("a", ""),
    ("1", "it's \"q\" \\ \\\\ / \\/ \\n \t \r\n \b\f"),
    ("1", "\u0001\u000b\u001a\u001f\u007f\u0085\u2028\ufeff"),
    ("\U0001f600", "\U0001f600"),
    ("\U0001f600", "\U0001f601\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    ("1", "{{ 7*7 }} {% raw %} {# x #}"),
    ("1", "'; drop table mon_layout; --"),
    ("1", "100%_[x]^-]"),
    ("1", '{"a":1}'),
    ("1", "[1, 2]"),
    ("null", "NULL"),
    ("x" * 5000, "x" * 5000),
    ("x" * 5000, "x" * 5000 + "!"),
    ("1", "\u65e5\u672c\u8a9e " * 400),
)

_DATES: Sequence[Case] = (
    ("2026-01-05", "2026-01-05"),
    ("2026-01-05", "2026-01-05 00:00:00"),
    ("2026-01-05", "2026-01-05T00:00:00.000"),
    ("2026-01-05", "2026-01-06"),
    ("2026-01-05 09:30:00", "2026-01-05T10:30:00+01:00"),
    ("2026-01-05 09:30:00", "2026-01-05 10:30"),
    ("2026-07-05 08:30:00", "2026-07-05 10:30:00"),
    ("2026-01-05 09:30:00", "2026-01-05 09:30:00Z"),
    ("2026-01-05 09:30:00", "2026-01-05 15:00:00+0530"),
    ("2026-01-05 09:30:00", "2026-01-05 14:30:00 +05"),
    ("2026-01-05 09:30:00", "2026-01-05 10:30:00.999"),
    ("2026-01-05", "2026-03-29 02:30:00"),
    ("2026-01-05", "2026-10-25 02:30:00"),
    ("2026-01-05", "2026-02-30"),
    ("2026-01-05", "2026-02-30 10:00:00"),
    ("2026-01-05", "2026/01/06"),
    ("2026-01-05", "20260106"),
    ("2026-01-05", "2026-1-6"),
    ("2026-01-05", "2026-01-05 24:00:00"),
    ("2026-01-05", "infinity"),
    ("2026-01-05", "today"),
    ("2026-01-05", "Jan 6 2026"),
    (None, "  2026-01-05  "),
    ("2026-01-05", None),
)

_NUMBERS: Sequence[Case] = (
    ("1", "1.00"), ("1", "+1"), ("1", "1e0"), ("1000", "1E3"), ("0.001", "1e-3"), ("0.5", ".5"), ("5", "5."),
    ("1", "1.00000000001"), ("1", "1.0000000001"), ("0", "-0"), ("-1.5", "-1.50"), ("2", " 2 "), ("2", "02"),
    ("2", "two"), ("2", "1_000"), ("2", "1,000"), ("2", "1 000"), ("2", "-"), ("2", "."), ("2", "+"), ("2", "1d3"),
    ("2", "0x1F"), ("2", "1e400"), ("2", "123456789012345678901234567890"), ("2", "\u0663"), ("2", "NaN"),
    ("2", "$5"), (None, "0"), ("3", None), ("123456789012345678", "123456789012345678"),
)  # fmt: skip

_SPANS: Sequence[Case] = (
    ('{"from":"2026-03-01","to":"2026-03-15"}', "2026-03-01/2026-03-15"),
    ('{"from":"2026-03-01","to":"2026-03-15"}', " 2026-03-01 / 2026-03-16 "),
    ('{"from":"2026-03-01","to":"2026-03-15"}', '{"to":"2026-03-15", "from":"2026-03-01"}'),
    ('{"from":"2026-03-01","to":"2026-03-15"}', "2026-03-15/2026-03-01"),
    ('{"from":"2026-03-01","to":"2026-03-15"}', "2026-03-01"),
    ('{"from":"2026-03-01","to":"2026-03-15"}', "x/y"),
    ('{"from":"2026-03-01","to":"2026-03-15"}', "{broken"),
    ('{"from":"2026-03-01","to":"2026-03-15"}', None),
    (None, "2026-02-30/2026-03-15"),
)

CASES: Mapping[str, Sequence[Case]] = {
    "text": HOSTILE,
    "long_text": HOSTILE,
    "numbers": _NUMBERS,
    "rating": (
        ("3", "3"), ("3", "3.0"), ("3", "6"), ("3", "0"), ("3", "-1"), ("3", "x"), ("3", "03"), ("3", "2.5"), ("3", None),
    ),
    "status": (
        ("Done", "Done"), ("Done", "done"), ("Done", "Done  "), ("Done", " Done"), ("Done", "Stuck"), ("Done", "Retired"),
        ("Done", "Unheard of"), ("Done", "12345"), (None, "\u00dcber [50%] \"x\""), (None, "\u00dcBER [50%] \"x\""),
        ("Done", None),
    ),
    "dropdown": (
        ('["A","B"]', "B, A"), ('["A","B"]', "A,,B,"), ('["A","B"]', '["B","A","A"]'), ('["A","B"]', "A"),
        ('["A"]', "a"), ('["A"]', "A, Retired"), ('["A"]', "A, Unheard of"), ('["A"]', '["A", 5, null]'),
        ('["A"]', "[A"), ('["A"]', "A, B, \u00c4, \U0001f600, z"), (None, "\u00c4, z, A"), ('["A"]', None), ('["A"]', "\u0391"),
    ),
    "date": _DATES,
    "timeline": _SPANS,
    "week": (
        ('{"startDate":"2026-03-02","endDate":"2026-03-08"}', "2026-03-02/2026-03-08"),
        ('{"startDate":"2026-03-02","endDate":"2026-03-08"}', "2026-03-09/2026-03-15"),
        ('{"startDate":"2026-03-02","endDate":"2026-03-08"}', "2026-03-03/2026-03-09"),
        ('{"startDate":"2026-03-02","endDate":"2026-03-08"}', "2026-03-02/2026-03-09"),
        ('{"startDate":"2026-03-02","endDate":"2026-03-08"}', "week 10"),
        (None, "1899-12-25/1899-12-31"),
    ),
    "hour": (
        ('{"hour":16,"minute":42}', "16:42"), ('{"hour":16,"minute":42}', "16:42:59"), ('{"hour":16,"minute":42}', "9:05"),
        ('{"hour":16,"minute":42}', '{"minute":42,"hour":16}'), ('{"hour":16,"minute":42}', "25:00"),
        ('{"hour":16,"minute":42}', "12:60"), ('{"hour":16,"minute":42}', "noon"), ('{"hour":16,"minute":42}', "1.5:30"),
        ('{"hour":16,"minute":42}', '{"minute":2}'), (None, "00:00"), ('{"hour":16,"minute":42}', "-1:30"),
    ),
    "world_clock": (
        ("Europe/London", "Europe/London"), ("Europe/London", "europe/london"), ("Europe/London", "Asia/Tokyo"),
        ("Europe/London", "Mars/Base"), ("Europe/London", None),
    ),
    "checkbox": (
        ("true", "TRUE"), ("true", "Y"), ("true", "0"), ("true", "no"), ("true", None), (None, None), (None, "f"),
        (None, "1"), ("true", "maybe"),
    ),
    "people": (
        ('["person-101","team-501"]', "ada@example.com, Planners"), ('["person-101"]', "ADA@Example.com"),
        ('["person-101"]', "102"), ('["person-101"]', "person-102, person-101"), ('["person-101"]', "grace@example.com"),
        ('["person-101"]', "gone@example.com"), ('["person-101"]', "nobody@example.com"), ('["person-101"]', '["team-501"]'),
        ('["person-101"]', "team-999"), ('["person-101"]', "agent-7"), ('["person-101"]', None),
        ('["person-101"]', "101, 102, team-501"),
    ),
    "email": (
        ('{"email":"a@b.c","text":"a@b.c"}', "a@b.c"), ('{"email":"a@b.c","text":"a@b.c"}', '{"email":"a@b.c"}'),
        ('{"email":"a@b.c","text":"a@b.c"}', '{"text":"A \\"q\\"","email":"a@b.c"}'), (None, "nobody"), (None, '{"text":"x"}'),
        (None, "{broken"), (None, "[1]"), ('{"email":"a@b.c","text":"a@b.c"}', None), (None, '{"email":5,"text":null}'),
        (None, "\u00e4\U0001f600@b.c"),
    ),
    "phone": (
        ('{"phone":"+12025550169","countryShortName":"US"}', "+12025550169 us"), (None, "+12025550169"),
        (None, "+1 202 555 US"), (None, "abc US"), (None, '{"phone":"+12025550169","countryShortName":"xx"}'),
        ('{"phone":"+12025550169","countryShortName":"US"}', '{"phone":"+12025550170","countryShortName":"us"}'),
    ),
    "link": (
        ('{"url":"https://a.b","text":"https://a.b"}', "https://a.b"), (None, "HTTPS://A.B"), (None, "a.b"),
        ('{"url":"https://a.b","text":"https://a.b"}', '{"url":"https://a.b","text":"x / y"}'),
        (None, "https://a.b/" + "y" * 4200), (None, "http://"),
    ),
    "country": (("US", "us"), ("US", " de "), ("US", "usa"), ("US", "XX"), ("US", None)),
    "location": (
        ('{"lat":"1.5","lng":"2.5","address":"A b"}', "1.50 2.5 A b"), (None, "91 0 x"), (None, "x"), (None, "1 2"),
        ('{"lat":"1.5","lng":"2.5","address":"A b"}', '{"lat":1.50,"lng":"2.5","address":"A b"}'), (None, "1,5 2 x"),
        (None, "-33.8688197 151.2092955 Sydney, Australia"), (None, "0 181 x"),
    ),
    "tags": (
        ('["301"]', "rush order"), ('["301"]', "RushOrder"), ('["301"]', "302, 301"), ('["301"]', "unheard of"),
        ('["301"]', None),
    ),
    "color_picker": (
        ("#FF5733", "ff5733"), ("#FF5733", "#ff5733"), ("#FF5733", "#GG5733"), ("#FF5733", "red"), ("#FF5733", "#000000"),
    ),
    "board_relation": (
        ('["1"]', "1"), ('["1"]', "2, 1"), ('["1"]', "99999"), ('["1"]', "abc"), ('["1"]', None), ('["1"]', "1.0"),
    ),
    "dependency": (('["1"]', '["1"]'), ('["1"]', "3"), ('["1"]', "99999")),
    "person": (('["person-101"]', "grace@example.com"), (None, "101")),
    "team": (('["team-501"]', "planners"), (None, "team-501")),
}  # fmt: skip

READ_ONLY: Mapping[str, str] = {
    "creation_log": "2026-01-05 09:30:00",
    "last_updated": "2026-01-05 09:30:00",
    "formula": "a / b",
    "mirror": "x",
    "item_id": "1",
    "auto_number": "7",
    "time_tracking": "3600",
    "vote": "2",
    "progress": "50",
    "file": "f.pdf",
    "subtasks": '["1"]',
}
