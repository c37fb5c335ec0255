"""What monday's API reads after a write: documented `write.json` in, typed fields of `column_values` out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from .values import LABELS

Cell = dict[str, Any]


def _label(index: int) -> str:
    return LABELS[index - 1]


def _status(written: Any) -> Cell:
    return {"text": _label(written["index"]) if "index" in written else written["label"]}


def _dropdown(written: Any) -> Cell:
    labels = [_label(index) for index in written["ids"]] if "ids" in written else written["labels"]
    return {"values": [{"label": label} for label in labels]}


def _date(written: Any) -> Cell:
    value = {"time": None, **written, "changed_at": "2026-06-15T08:00:00.000Z"}
    return {"value": json.dumps(value)}


def _people(written: Any) -> Cell:
    entries = written["personsAndTeams"]
    return {"persons_and_teams": [{"id": str(entry["id"]), "kind": entry["kind"]} for entry in entries]}


def _midnight(day: str) -> str:
    return f"{day}T00:00:00+00:00"


def _linked(written: Any) -> Cell:
    return {"linked_item_ids": [str(item) for item in written["item_ids"]]}


def _location(written: Any) -> Cell:
    return {"lat": float(written["lat"]), "lng": float(written["lng"]), "address": written["address"]}


# Type -> (the cell of a written value, the cell of an empty one).
_READS: Mapping[str, tuple[Callable[[Any], Cell], Cell]] = {
    "name": (lambda written: {"name": written}, {}),
    "text": (lambda written: {"text": written}, {"text": ""}),
    "long_text": (lambda written: {"text": written["text"]}, {"text": ""}),
    "numbers": (lambda written: {"text": written}, {"text": ""}),
    "status": (_status, {"text": None}),
    "world_clock": (lambda written: {"timezone": written["timezone"]}, {"timezone": None}),
    "checkbox": (lambda written: {"checked": written["checked"] == "true"}, {"checked": None}),
    "rating": (lambda written: {"rating": written["rating"]}, {"rating": None}),
    "color_picker": (lambda written: {"color": written["color"]["hex"]}, {"color": None}),
    "date": (_date, {"value": None}),
    "country": (lambda written: {"country": {"code": written["countryCode"]}}, {"country": None}),
    "dropdown": (_dropdown, {"values": []}),
    "people": (_people, {"persons_and_teams": []}),
    "tags": (lambda written: {"tag_ids": written["tag_ids"]}, {"tag_ids": []}),
    "board_relation": (_linked, {"linked_item_ids": []}),
    "dependency": (_linked, {"linked_item_ids": []}),
    "person": (lambda written: {"person_id": str(written["id"])}, {"person_id": None}),
    "team": (lambda written: {"team_id": written["team_id"]}, {"team_id": None}),
    "timeline": (
        lambda written: {"from": _midnight(written["from"]), "to": _midnight(written["to"])},
        {"from": None, "to": None},
    ),
    "week": (
        lambda written: {"start_date": written["week"]["startDate"], "end_date": written["week"]["endDate"]},
        {"start_date": None, "end_date": None},
    ),
    "hour": (lambda written: dict(written), {"hour": None, "minute": None}),
    "email": (
        lambda written: {"email": written["email"], "label": written["text"]},
        {"email": None, "label": None},
    ),
    "link": (
        lambda written: {"url": written["url"], "url_text": written["text"]},
        {"url": None, "url_text": None},
    ),
    "phone": (
        lambda written: {"phone": written["phone"], "country_short_name": written["countryShortName"]},
        {"phone": None, "country_short_name": None},
    ),
    "location": (_location, {"lat": None, "lng": None, "address": None}),
}


def read_back(type_name: str, written: Any) -> Cell:
    """Return the cell after a write; JSON travels as text, as on the wire."""
    full, empty = _READS[type_name]
    sent = json.loads(json.dumps(written))
    return empty if sent is None else full(sent)
