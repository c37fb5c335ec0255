"""Email, phone, link, country and location."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import phonenumbers
from babel import Locale

from monday_sandbox.columns.codec import (
    ALL_WAYS,
    JSON_WAYS,
    BadValueError,
    Codec,
    Scope,
    View,
    changed_at,
    part,
    shape,
)

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
COORDINATE = re.compile(r"-?\d{1,3}(\.\d+)?", re.ASCII)
# Regions that the locale data names beside the countries of ISO 3166.
NOT_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


def _split(text: str, parts: int) -> list[str]:
    """Split a simple string at its first spaces; every part must be there."""
    found = text.split(" ", parts - 1)
    if len(found) < parts or not all(part.strip() for part in found):
        raise BadValueError
    return found


def _email(data: Any, scope: Scope) -> dict[str, str]:
    value = shape(data, {"email": str, "text": str})
    if not ADDRESS.fullmatch(value["email"]):
        raise BadValueError(f"invalid email address {value['email']!r}")
    return {"email": value["email"], "text": value["text"]}


def _email_simple(text: str, scope: Scope) -> dict[str, str]:
    address, label = _split(text, 2)
    return _email({"email": address, "text": label}, scope)


def _email_text(view: View) -> str:
    address, label = view.part("email"), view.part("text")
    if not label or (label == address and not view.options.email_text_repeats_address):
        return str(address)
    return f"{label} - {address}"


def _phone(data: Any, scope: Scope) -> dict[str, str]:
    value = shape(data, {"phone": str, "countryShortName": str})
    country = value["countryShortName"]
    if country not in phonenumbers.SUPPORTED_REGIONS:
        raise BadValueError(f"unknown country code {country!r}")
    try:
        parsed = phonenumbers.parse(value["phone"], country)
    except phonenumbers.NumberParseException:
        raise BadValueError(f"invalid phone number {value['phone']!r}") from None
    if not phonenumbers.is_valid_number_for_region(parsed, country):
        raise BadValueError(f"phone number {value['phone']!r} is not valid for country {country!r}")
    return {"phone": value["phone"], "countryShortName": country}


def _phone_simple(text: str, scope: Scope) -> dict[str, str]:
    number, country = _split(text, 2)
    return _phone({"phone": number, "countryShortName": country}, scope)


def _link(data: Any, scope: Scope) -> dict[str, str]:
    value = shape(data, {"url": str}, {"text": str})
    if not re.match(r"https?://\S", value["url"]):
        raise BadValueError("a link must start with http:// or https://")
    return {key: value[key] for key in ("url", "text") if key in value}


def _link_simple(text: str, scope: Scope) -> dict[str, str]:
    url, label = _split(text, 2)
    return _link({"url": url, "text": label}, scope)


@cache
def countries() -> dict[str, str]:
    """Return the English country names by ISO 3166 two-letter code."""
    territories = Locale("en").territories
    return {code: name for code, name in territories.items() if code.isalpha() and code not in NOT_COUNTRIES}


def _country(data: Any, scope: Scope) -> dict[str, str]:
    value = shape(data, {"countryCode": str, "countryName": str})
    if value["countryCode"] not in countries():
        raise BadValueError(f"unknown country code {value['countryCode']!r}")
    if not value["countryName"]:
        raise BadValueError
    return {"countryCode": value["countryCode"], "countryName": value["countryName"]}


def _typed_country(view: View) -> dict[str, str] | None:
    if view.cell is None:
        return None
    return {"code": view.part("countryCode"), "name": view.part("countryName")}


def _location(data: Any, scope: Scope) -> dict[str, str]:
    value = shape(data, {"lat": str, "lng": str, "address": str})
    if not COORDINATE.fullmatch(value["lat"]) or not COORDINATE.fullmatch(value["lng"]):
        raise BadValueError("coordinates are numbers sent as strings")
    if not -90 < float(value["lat"]) < 90 or not -180 <= float(value["lng"]) <= 180:
        raise BadValueError("lat must be strictly between -90 and 90, lng from -180 to 180")
    return {key: value[key] for key in ("lat", "lng", "address")}


def _location_simple(text: str, scope: Scope) -> dict[str, str]:
    lat, lng, address = _split(text, 3)
    return _location({"lat": lat, "lng": lng, "address": address}, scope)


def _coordinate(key: str) -> Any:
    return lambda view: None if view.cell is None else float(view.part(key))


# A value written through the API fills only lat, lng and address.
ADDRESS_PARTS = (
    *("city", "city_short", "country", "country_short", "place_id"),
    *("street", "street_number", "street_number_short", "street_short"),
)

CODECS = (
    Codec(
        "email",
        "EmailValue",
        "email",
        ALL_WAYS,
        write=_email,
        simple=_email_simple,
        clears=(None, "", {}),
        clear_simple=True,
        text=_email_text,
        fields={"email": part("email"), "label": part("text"), "updated_at": changed_at},
    ),
    Codec(
        "phone",
        "PhoneValue",
        "phone",
        ALL_WAYS,
        write=_phone,
        simple=_phone_simple,
        clears=(None, ""),
        clear_simple=True,
        text=part("phone"),
        fields={
            "phone": part("phone"),
            "country_short_name": part("countryShortName"),
            "updated_at": changed_at,
        },
    ),
    Codec(
        "link",
        "LinkValue",
        "link",
        ALL_WAYS,
        write=_link,
        simple=_link_simple,
        clears=(None, "", {}),
        clear_simple=True,
        text=lambda view: f"{view.part('text') or ''} - {view.part('url')}",
        fields={"url": part("url"), "url_text": part("text"), "updated_at": changed_at},
    ),
    Codec(
        "country",
        "CountryValue",
        "country",
        JSON_WAYS,
        write=_country,
        clears=(None, {}),
        text=part("countryName"),
        fields={"country": _typed_country, "updated_at": changed_at},
    ),
    Codec(
        "location",
        "LocationValue",
        "location",
        ALL_WAYS,
        write=_location,
        simple=_location_simple,
        clears=(None, {}),
        text=part("address"),
        fields={
            "lat": _coordinate("lat"),
            "lng": _coordinate("lng"),
            "address": part("address"),
            "updated_at": changed_at,
        }
        | {name: (lambda view: None) for name in ADDRESS_PARTS},
    ),
)
