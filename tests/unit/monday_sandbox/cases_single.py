"""Documented forms of texts, numbers, labels, dates and other single values."""

from __future__ import annotations

from unit.monday_sandbox.forms import Case, Form

LONG = "x" * 2_000
SINGLE: dict[str, Case] = {
    "text": Case(
        "TextValue",
        (Form("Sample text", "Sample text", "Sample text"), Form('q"{}\n🙂', 'q"{}\n🙂', 'q"{}\n🙂')),
        (Form("Sample text", "Sample text", "Sample text"),),
        (None, ""),
        True,
        (5, True, {}, {"text": "a"}, ["a"]),
        legacy="text",
    ),
    "long_text": Case(
        "LongTextValue",
        (
            Form({"text": "Sample\nlong"}, {"text": "Sample\nlong"}, "Sample\nlong"),
            Form({"text": LONG}, {"text": LONG}, LONG),
        ),
        (Form("Sample long", {"text": "Sample long"}, "Sample long"),),
        (None, "", {}),
        True,
        ({"text": LONG + "x"}, {"text": 5}, {"text": "a", "more": 1}, ["a"]),
        (LONG + "x",),
        legacy="long-text",
    ),
    "numbers": Case(
        "NumbersValue",
        (
            Form("42.5", "42.5", "42.5", {"number": 42.5, "symbol": "$", "direction": "left"}),
            Form("4.50", "4.50", "4.50", {"number": 4.5}),
            Form("-0.5", "-0.5", "-0.5"),
            Form("", "0", "0", {"number": 0.0}),
        ),
        (Form("42.5", "42.5", "42.5"),),
        (None,),
        True,
        ("abc", "1e5", "1,000", "+1", " 1", 42.5, {}, {"number": 1}),
        ("abc", "1e5"),
        legacy="numeric",
    ),
    "status": Case(
        "StatusValue",
        (
            Form(
                {"index": 1},
                {"index": 1, "post_id": None},
                "Done",
                {"index": 1, "label": "Done", "is_done": True},
            ),
            Form({"label": "Done"}, {"index": 1, "post_id": None}, "Done"),
            Form({"index": 8}, {"index": 8, "post_id": None}, "2026"),
            Form({"label": "2026"}, {"index": 8, "post_id": None}, "2026"),
        ),
        (
            Form("Done", {"index": 1, "post_id": None}, "Done"),
            Form("1", {"index": 1, "post_id": None}, "Done"),
        ),
        (None, "", {}),
        True,
        (
            {"index": 99},
            {"index": 7},
            {"label": "Old"},
            {"label": "done"},
            {"index": 1, "label": "Done"},
            {"index": "1"},
            {"id": 1},
            1,
        ),
        ("Nope", "2026", "Old"),
        empty_text=None,
        legacy="color",
    ),
    "dropdown": Case(
        "DropdownValue",
        (
            Form(
                {"ids": [1, 2]},
                {"ids": [1, 2]},
                "Cat, Dog",
                {"values": [{"id": "1", "label": "Cat"}, {"id": "2", "label": "Dog"}]},
            ),
            Form({"labels": ["Dog"]}, {"ids": [2]}, "Dog"),
        ),
        (Form("Cat, Dog", {"ids": [1, 2]}, "Cat, Dog"), Form("1,2", {"ids": [1, 2]}, "Cat, Dog")),
        (None, {"labels": []}),
        True,
        (
            {"ids": [9]},
            {"ids": [4]},
            {"labels": ["cat"]},
            {"labels": ["Old"]},
            {"ids": [1], "labels": ["Cat"]},
            {"ids": [1, 2, 3]},
            {"ids": ["1"]},
            ["Cat"],
        ),
        ("Bird", "9"),
        empty_text=None,
        legacy="dropdown",
    ),
    "date": Case(
        "DateValue",
        (
            Form(
                {"date": "2026-06-15", "time": "09:00:00"},
                {"date": "2026-06-15", "time": "09:00:00"},
                "2026-06-15 09:00",
                {"date": "2026-06-15", "time": "09:00"},
            ),
            Form({"date": "2026-06-15"}, {"date": "2026-06-15", "time": None}, "2026-06-15"),
        ),
        (
            Form("2026-06-15 09:00:00", {"date": "2026-06-15", "time": "09:00:00"}, "2026-06-15 09:00"),
            Form("2026-06-15", {"date": "2026-06-15", "time": None}, "2026-06-15"),
        ),
        (None, "", {}),
        True,
        (
            {"date": "2026-02-30"},
            {"date": "15.06.2026"},
            {"date": "2026-06-15", "time": "25:00:00"},
            {"date": "2026-06-15", "time": "09:00"},
            {"time": "09:00:00"},
            {"date": "2026-06-15", "zone": "UTC"},
        ),
        ("tomorrow", "2026-06-15T09:00:00", "2026-06-15 09:00"),
        legacy="date",
    ),
    "timeline": Case(
        "TimelineValue",
        (
            Form(
                {"from": "2026-03-01", "to": "2026-03-15"},
                {"from": "2026-03-01", "to": "2026-03-15"},
                "2026-03-01 - 2026-03-15",
                {"from": "2026-03-01T00:00:00+00:00", "to": "2026-03-15T00:00:00+00:00"},
            ),
        ),
        clears=(None, {}),
        wrong=(
            {"from": "2026-03-01"},
            {"from": "2026-03-15", "to": "2026-03-01"},
            {"from": "x", "to": "y"},
            "",
        ),
        legacy="timerange",
    ),
    "week": Case(
        "WeekValue",
        (
            Form(
                {"week": {"startDate": "2026-03-16", "endDate": "2026-03-22"}},
                {"week": {"startDate": "2026-03-16", "endDate": "2026-03-22"}},
                "2026-03-16 - 2026-03-22",
                {"start_date": "2026-03-16", "end_date": "2026-03-22"},
            ),
        ),
        clears=(None, {}),
        wrong=(
            {"week": {"startDate": "2026-03-15", "endDate": "2026-03-21"}},
            {"week": {"startDate": "2026-03-16", "endDate": "2026-03-23"}},
            {"startDate": "2026-03-16", "endDate": "2026-03-22"},
            {"week": ""},
        ),
        legacy="week",
    ),
    "hour": Case(
        "HourValue",
        (
            Form({"hour": 16, "minute": 42}, {"hour": 16, "minute": 42}, "04:42 PM", {"hour": 16, "minute": 42}),
            Form({"hour": 0, "minute": 0}, {"hour": 0, "minute": 0}, "12:00 AM"),
        ),
        clears=(None, {}),
        wrong=({"hour": 24, "minute": 0}, {"hour": 1, "minute": 60}, {"hour": "1", "minute": 0}, {"hour": 1}),
        legacy="hour",
    ),
    "world_clock": Case(
        "WorldClockValue",
        (
            Form(
                {"timezone": "Europe/London"},
                {"timezone": "Europe/London"},
                "Europe/London",
                {"timezone": "Europe/London"},
            ),
        ),
        clears=(None, {}),
        wrong=({"timezone": "Europe/Atlantis"}, {"timezone": "UTC"}, {"timezone": 1}),
        legacy="timezone",
    ),
    "checkbox": Case(
        "CheckboxValue",
        (Form({"checked": "true"}, {"checked": True}, "v", {"checked": True}),),
        clears=(None,),
        wrong=({"checked": True}, {"checked": "false"}, {}, True, ""),
        legacy="boolean",
    ),
}
