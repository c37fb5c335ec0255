"""Write formats: canonical text to the documented JSON object form of each writable type."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from .canonical import array
from .errors import EncodeError
from .labels import ColumnLabels

Writer = Callable[[str, ColumnLabels], Any]

# CLDR lists these beside the countries: unions, pseudo locales and "unknown".
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def plain(text: str, labels: ColumnLabels) -> str:
    """Write the text itself (text, name, numbers)."""
    return text


def keyed(key: str) -> Writer:
    """Write the text under one key."""
    return lambda text, labels: {key: text}


def whole_number(key: str) -> Writer:
    """Write an integer under one key."""
    return lambda text, labels: {key: int(text)}


def checkbox(text: str, labels: ColumnLabels) -> Mapping[str, str] | None:
    """Write a tick; unchecking is a clear."""
    return {"true": {"checked": "true"}, "false": None}[text]


def date(text: str, labels: ColumnLabels) -> Mapping[str, str]:
    """Write a day, with the UTC time where there is one."""
    day, _, time = text.partition(" ")
    return {"date": day, "time": time} if time else {"date": day}


def status(text: str, labels: ColumnLabels) -> Mapping[str, Any]:
    """Write the label's id; by text only a label that the write is to create."""
    label_id = labels.ids.get(text)
    if label_id is not None:
        return {"index": label_id}
    if labels.create:
        return {"label": text}
    raise EncodeError(labels.column_id, text, "is not a label of the column")


def dropdown(text: str, labels: ColumnLabels) -> Mapping[str, Any]:
    """Write the labels' ids; texts where one is to be created, since monday takes either, never both."""
    wanted = json.loads(text)
    ids = [labels.ids.get(label) for label in wanted]
    if None not in ids:
        return {"ids": ids}
    if labels.create:
        return {"labels": wanted}
    missing = [label for label in wanted if label not in labels.ids]
    raise EncodeError(labels.column_id, array(missing), "are not labels of the column")


def people(text: str, labels: ColumnLabels) -> Mapping[str, Any]:
    """Write persons, teams and agents; the whole list is replaced."""
    entries = [entry.partition("-") for entry in json.loads(text)]
    return {"personsAndTeams": [{"id": int(entry_id), "kind": kind} for kind, _, entry_id in entries]}


def one_of(kind: str, key: str) -> Writer:
    """Write the single person or team of a deprecated column."""

    def write(text: str, labels: ColumnLabels) -> Mapping[str, int]:
        (entry,) = json.loads(text)
        if not entry.startswith(f"{kind}-"):
            raise EncodeError(labels.column_id, text, f"is not a {kind}")
        return {key: int(entry[len(kind) + 1 :])}

    return write


def integers(key: str) -> Writer:
    """Write a list of ids as numbers (tags, board_relation)."""
    return lambda text, labels: {key: [int(member) for member in json.loads(text)]}


def texts(key: str) -> Writer:
    """Write a list of ids as texts (dependency)."""
    return lambda text, labels: {key: [str(int(member)) for member in json.loads(text)]}


def members(*keys: str) -> Writer:
    """Write the canonical object as it is, with exactly these keys."""

    def write(text: str, labels: ColumnLabels) -> Mapping[str, Any]:
        value = json.loads(text)
        return {key: value[key] for key in keys}

    return write


def week(text: str, labels: ColumnLabels) -> Mapping[str, Any]:
    """Write a week, which monday nests one level deeper than a timeline."""
    value = json.loads(text)
    return {"week": {"startDate": value["startDate"], "endDate": value["endDate"]}}


def color(text: str, labels: ColumnLabels) -> Mapping[str, Any]:
    """Write a hex colour; one written as r/g/b would read back empty."""
    return {"color": {"hex": text}}


def country(text: str, labels: ColumnLabels) -> Mapping[str, str]:
    """Write a country by code with its English name."""
    name = _country_names().get(text)
    if name is None:
        raise EncodeError(labels.column_id, text, "is not an ISO 3166 country code")
    return {"countryCode": text, "countryName": name}


@cache
def _country_names() -> Mapping[str, str]:
    # Imported on first use: most boards have no country column and babel is slow to load.
    from babel import Locale

    names = Locale("en").territories
    return {code: names[code] for code in names if len(code) == 2 and code not in _NO_COUNTRIES}
