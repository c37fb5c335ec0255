"""People, the deprecated person and team, and tags."""

from __future__ import annotations

import re
from typing import Any

from monday_sandbox.columns.codec import (
    ALL_WAYS,
    CHANGE,
    JSON_WAYS,
    MULTIPLE,
    SIMPLE,
    BadValueError,
    Codec,
    Scope,
    View,
    as_stored,
    changed_at,
    id_list,
    part,
    shape,
)

DIGITS = re.compile(r"\d{1,18}", re.ASCII)


def _check(entity_id: int, kind: str, scope: Scope) -> None:
    """Refuse people who cannot see the board: unknown ones and, on writes, those who left."""
    if kind == "team":
        known = str(entity_id) in scope.store.teams
    else:
        user = scope.store.users.get(str(entity_id))
        known = user is not None and (user.enabled or not scope.strict) and (user.kind == "agent") == (kind == "agent")
    if not known:
        raise BadValueError(f"{kind} {entity_id} does not exist or cannot see this board")


def _people(data: Any, scope: Scope) -> dict[str, Any]:
    entries = shape(data, {"personsAndTeams": list})["personsAndTeams"]
    people = [shape(entry, {"id": int, "kind": str}) for entry in entries]
    if not people:
        raise BadValueError
    unique = list({(entry["kind"], entry["id"]): dict(entry) for entry in people}.values())
    for entry in unique:
        if entry["kind"] not in ("person", "team", "agent"):
            raise BadValueError
        _check(entry["id"], entry["kind"], scope)
    most = int(scope.column.settings.get("max_people_allowed") or 0)
    if most and len(unique) > most:
        raise BadValueError(f"this column takes at most {most} people")
    return {"personsAndTeams": unique}


def _people_simple(text: str, scope: Scope) -> dict[str, Any]:
    entries = []
    for entry in (piece.strip() for piece in text.split(",")):
        if scope.options.people_simple_emails and "@" in entry:
            ids = [user.id for user in scope.store.users.values() if user.email.casefold() == entry.casefold()]
            entry = ids[0] if ids else entry
        if not DIGITS.fullmatch(entry):
            raise BadValueError
        entries.append({"id": int(entry), "kind": "person"})
    return _people({"personsAndTeams": entries}, scope)


def names(view: View) -> list[str]:
    """List the names of the people and teams in a cell."""
    found = []
    for entry in view.part("personsAndTeams") or ():
        table: Any = view.store.teams if entry["kind"] == "team" else view.store.users
        known = table.get(str(entry["id"]))
        found.append(known.name if known else "")
    return found


def _person(data: Any, scope: Scope) -> dict[str, int]:
    person = shape(data, {"id": int})
    _check(person["id"], "person", scope)
    return {"id": person["id"]}


def _person_simple(text: str, scope: Scope) -> dict[str, int]:
    if not DIGITS.fullmatch(text):
        raise BadValueError
    return _person({"id": int(text)}, scope)


def _person_value(view: View) -> Any:
    entry = {"id": view.part("id"), "kind": "person"}
    return {"personsAndTeams": [entry], "changed_at": changed_at(view)}


def _person_name(view: View) -> str:
    user = view.store.users.get(str(view.part("id")))
    return user.name if user else ""


def _team(data: Any, scope: Scope) -> dict[str, int]:
    team = shape(data, {"team_id": int})
    _check(team["team_id"], "team", scope)
    return {"team_id": team["team_id"]}


def _team_name(view: View) -> str:
    team = view.store.teams.get(str(view.part("team_id")))
    return team.name if team else ""


def _tags(data: Any, scope: Scope) -> dict[str, list[int]]:
    ids = id_list(data, "tag_ids", int)
    for tag_id in ids:
        if str(tag_id) not in scope.store.tags:
            raise BadValueError(f"tag {tag_id} does not exist")
    return {"tag_ids": ids}


def _tag_list(view: View) -> list[Any]:
    return [view.store.tags[str(tag)] for tag in view.part("tag_ids") or () if str(tag) in view.store.tags]


CODECS = (
    Codec(
        "people",
        "PeopleValue",
        "multiple-person",
        ALL_WAYS,
        write=_people,
        simple=_people_simple,
        clears=(None, "", {}),
        clear_simple=True,
        text=lambda view: ", ".join(names(view)),
        fields={
            "persons_and_teams": lambda view: view.part("personsAndTeams") or [],
            "updated_at": changed_at,
        },
    ),
    Codec(
        "person",
        "PersonValue",
        "person",
        frozenset({MULTIPLE, CHANGE, SIMPLE}),
        write=_person,
        simple=_person_simple,
        clears=(None, {}),
        clear_simple=True,
        value=_person_value,
        text=_person_name,
        fields={"person_id": part("id"), "updated_at": changed_at},
    ),
    Codec(
        "team",
        "TeamValue",
        "team",
        frozenset({MULTIPLE, CHANGE}),
        write=_team,
        clears=(None, {}),
        text=_team_name,
        fields={"team_id": part("team_id"), "updated_at": changed_at},
    ),
    Codec(
        "tags",
        "TagsValue",
        "tag",
        JSON_WAYS,
        write=_tags,
        clears=(None, {}),
        value=as_stored,
        text=lambda view: view.options.tags_separator.join(tag.name for tag in _tag_list(view)),
        fields={"tag_ids": lambda view: view.part("tag_ids") or [], "tags": _tag_list},
    ),
)
