"""Documented forms of people, contacts, places and links to other items."""

from __future__ import annotations

from unit.monday_sandbox.forms import Case, Form

LINKED: dict[str, Case] = {
    "people": Case(
        "PeopleValue",
        (
            Form(
                {"personsAndTeams": [{"id": 101, "kind": "person"}, {"id": 501, "kind": "team"}]},
                {"personsAndTeams": [{"id": 101, "kind": "person"}, {"id": 501, "kind": "team"}]},
                "Ada Lovelace, Production",
                {"persons_and_teams": [{"id": "101", "kind": "person"}, {"id": "501", "kind": "team"}]},
            ),
        ),
        (
            Form(
                "101, 102",
                {"personsAndTeams": [{"id": 101, "kind": "person"}, {"id": 102, "kind": "person"}]},
                "Ada Lovelace, Bob",
            ),
        ),
        (None, "", {}),
        True,
        (
            {"personsAndTeams": [{"id": 999, "kind": "person"}]},
            {"personsAndTeams": [{"id": 104, "kind": "person"}]},
            {"personsAndTeams": [{"id": 101, "kind": "team"}]},
            {"personsAndTeams": [{"id": 101, "kind": "robot"}]},
            {"personsAndTeams": [{"id": 101, "kind": "agent"}]},
            {"personsAndTeams": [{"id": "101", "kind": "person"}]},
            {"personsAndTeams": [{"id": n, "kind": "person"} for n in (101, 102, 103)]},
            {"personsAndTeams": []},
        ),
        ("ada@example.com", "999", "Ada"),
        legacy="multiple-person",
    ),
    "person": Case(
        "PersonValue",
        (
            Form(
                {"id": 101},
                {"personsAndTeams": [{"id": 101, "kind": "person"}]},
                "Ada Lovelace",
                {"person_id": "101"},
            ),
        ),
        (Form("101", {"personsAndTeams": [{"id": 101, "kind": "person"}]}, "Ada Lovelace"),),
        (None, {}),
        True,
        ({"id": 999}, {"id": "101"}, {"personsAndTeams": []}),
        ("Ada",),
        legacy="person",
    ),
    "team": Case(
        "TeamValue",
        (Form({"team_id": 501}, {"team_id": 501}, "Production", {"team_id": 501}),),
        clears=(None, {}),
        wrong=({"team_id": 999}, {"team_id": "501"}),
        legacy="team",
    ),
    "email": Case(
        "EmailValue",
        (
            Form(
                {"email": "ada@example.com", "text": "Ada"},
                {"email": "ada@example.com", "text": "Ada"},
                "Ada - ada@example.com",
                {"email": "ada@example.com", "label": "Ada"},
            ),
        ),
        (
            Form(
                "ada@example.com Ada L",
                {"email": "ada@example.com", "text": "Ada L"},
                "Ada L - ada@example.com",
            ),
        ),
        (None, "", {}),
        True,
        (
            {"email": "ada@example.com"},
            {"email": "ada", "text": "Ada"},
            {"text": "Ada"},
            {"email": 1, "text": "a"},
        ),
        ("ada@example.com", "ada Ada"),
        legacy="email",
    ),
    "phone": Case(
        "PhoneValue",
        (
            Form(
                {"phone": "+12025550169", "countryShortName": "US"},
                {"phone": "+12025550169", "countryShortName": "US"},
                "+12025550169",
                {"phone": "+12025550169", "country_short_name": "US"},
            ),
        ),
        (Form("+12025550169 US", {"phone": "+12025550169", "countryShortName": "US"}, "+12025550169"),),
        (None, ""),
        True,
        (
            {"phone": "+12025550169"},
            {"phone": "123", "countryShortName": "US"},
            {"phone": "+12025550169", "countryShortName": "DE"},
            {"phone": "+12025550169", "countryShortName": "us"},
            {"phone": "hello", "countryShortName": "US"},
        ),
        ("+12025550169", "hello US"),
        legacy="phone",
    ),
    "link": Case(
        "LinkValue",
        (
            Form(
                {"url": "https://example.com", "text": "Example"},
                {"url": "https://example.com", "text": "Example"},
                "Example - https://example.com",
                {"url": "https://example.com", "url_text": "Example"},
            ),
            Form({"url": "http://example.com"}, {"url": "http://example.com"}, " - http://example.com"),
        ),
        (
            Form(
                "https://example.com An Example",
                {"url": "https://example.com", "text": "An Example"},
                "An Example - https://example.com",
            ),
        ),
        (None, "", {}),
        True,
        (
            {"url": "example.com", "text": "x"},
            {"url": "ftp://example.com"},
            {"text": "x"},
            {"url": "javascript:x"},
        ),
        ("https://example.com", "example.com Example"),
        legacy="link",
    ),
    "country": Case(
        "CountryValue",
        (
            Form(
                {"countryCode": "US", "countryName": "United States"},
                {"countryCode": "US", "countryName": "United States"},
                "United States",
                {"country": {"code": "US", "name": "United States"}},
            ),
        ),
        clears=(None, {}),
        wrong=(
            {"countryCode": "US"},
            {"countryCode": "XX", "countryName": "Nowhere"},
            {"countryCode": "us", "countryName": "United States"},
            {"countryCode": "EU", "countryName": "European Union"},
        ),
        legacy="country",
    ),
    "location": Case(
        "LocationValue",
        (
            Form(
                {"lat": "29.9772962", "lng": "31.1324955", "address": "Giza Pyramid Complex"},
                {"lat": "29.9772962", "lng": "31.1324955", "address": "Giza Pyramid Complex"},
                "Giza Pyramid Complex",
                {"lat": 29.9772962, "lng": 31.1324955, "address": "Giza Pyramid Complex", "city": None},
            ),
            Form(
                {"lat": "-89.9", "lng": "-180", "address": "South"},
                {"lat": "-89.9", "lng": "-180", "address": "South"},
                "South",
            ),
        ),
        (
            Form(
                "29.9772962 31.1324955 Giza Pyramid Complex",
                {"lat": "29.9772962", "lng": "31.1324955", "address": "Giza Pyramid Complex"},
                "Giza Pyramid Complex",
            ),
        ),
        (None, {}),
        False,
        (
            {"lat": "90", "lng": "0", "address": "Pole"},
            {"lat": "0", "lng": "180.1", "address": "x"},
            {"lat": 29.9, "lng": 31.1, "address": "Giza"},
            {"lat": "1", "lng": "1"},
            "",
        ),
        ("29.9 31.1", ""),
        legacy="location",
    ),
    "tags": Case(
        "TagsValue",
        (Form({"tag_ids": [301, 302]}, {"tag_ids": [301, 302]}, "urgent, late", {"tag_ids": [301, 302]}),),
        clears=(None, {}),
        wrong=({"tag_ids": [999]}, {"tag_ids": ["301"]}, {"tag_ids": []}, [301]),
        legacy="tag",
    ),
    "rating": Case(
        "RatingValue",
        (Form({"rating": 5}, {"rating": 5}, "5", {"rating": 5}),),
        (Form("3", {"rating": 3}, "3"),),
        (None, {}),
        True,
        ({"rating": 0}, {"rating": 6}, {"rating": "5"}, 5),
        ("6", "five"),
        legacy="rating",
    ),
    "color_picker": Case(
        "ColorPickerValue",
        (
            Form({"color": {"hex": "#FF5733"}}, {"color": {"hex": "#FF5733"}}, "#FF5733", {"color": "#FF5733"}),
            Form(
                {"color": {"r": 0, "g": 128, "b": 255}},
                {"color": {"r": 0, "g": 128, "b": 255}},
                None,
                {"color": None},
            ),
        ),
        clears=(None, {}),
        wrong=(
            {"color": {"hex": "red"}},
            {"color": "#FF5733"},
            {"color": {"r": 0, "g": 0, "b": 256}},
            {"color": {"r": 0, "g": 0}},
        ),
        empty_text=None,
        legacy="color-picker",
    ),
    "board_relation": Case(
        "BoardRelationValue",
        (Form({"item_ids": [2001]}, None, None, {"linked_item_ids": ["2001"], "display_value": "ACME"}),),
        clears=(None, {}),
        wrong=({"item_ids": [9999]}, {"item_ids": [3001]}, {"item_ids": ["2001"]}, {"item_ids": []}),
        empty_text=None,
        legacy="board-relation",
        change_column_value=False,
    ),
    "dependency": Case(
        "DependencyValue",
        (Form({"item_ids": ["1002"]}, None, None, {"linked_item_ids": ["1002"], "display_value": "Second"}),),
        clears=(None, {}),
        wrong=({"item_ids": ["9999"]}, {"item_ids": ["2001"]}, {"item_ids": [1002]}),
        empty_text=None,
        legacy="dependency",
    ),
}
