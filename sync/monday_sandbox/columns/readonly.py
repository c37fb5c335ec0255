"""Columns that the API does not write: logs, formula, files, votes and the like.

A seed gives their cells as `{"value": …, "text": …, "display_value": …}`.
"""

from __future__ import annotations

from typing import Any

from monday_sandbox.columns.codec import CHANGE, MULTIPLE, UNCHANGED, BadValueError, Codec, Read, Scope, View


def _value(view: View) -> Any:
    return view.part("value")


def _text(view: View) -> Any:
    found = view.part("text")
    return view.codec.empty_text if found is None else found


def _in_value(key: str, empty: Any = None) -> Read:
    def read(view: View) -> Any:
        found = view.part("value", key)
        return empty if found is None else found

    return read


def _clear_all(data: Any, scope: Scope) -> None:
    if data != {"clear_all": True}:
        raise BadValueError


def _ignored(data: Any, scope: Scope) -> Any:
    """Accept a vote without effect."""
    return UNCHANGED


def _read_only(kind: str, graphql: str | None, legacy: str, empty: str | None, **fields: Read) -> Codec:
    return Codec(kind, graphql, legacy, value=_value, text=_text, empty_text=empty, fields=fields)


def _log_text(moment: str) -> str:
    return moment.replace("T", " ").replace("Z", " UTC")


def _created(view: View) -> dict[str, Any]:
    return {"created_at": view.item.created_at, "creator_id": int(view.item.creator)}


def _updated(view: View) -> dict[str, Any]:
    return {"updated_at": view.item.updated_at, "updater_id": int(view.item.updater)}


def _files(view: View) -> list[dict[str, Any]]:
    found = view.part("value", "files") or []
    return [dict(entry, position=position) for position, entry in enumerate(found)]


def _doc_file(view: View) -> dict[str, Any] | None:
    return next(iter(_files(view)), None)


def _voters(view: View) -> list[str]:
    return [str(voter) for voter in view.part("value", "votersIds") or ()]


def _duration_running(view: View) -> bool | None:
    running = view.part("value", "running")
    return None if view.cell is None else str(running).lower() == "true"


def _button(key: str) -> Read:
    return lambda view: view.column.settings.get(key)


LOG_FIELDS: dict[str, Read] = {
    "creator_id": lambda view: view.item.creator,
    "creator": lambda view: view.store.user(view.item.creator),
    "created_at": lambda view: view.item.created_at,
}
UPDATE_FIELDS: dict[str, Read] = {
    "updater_id": lambda view: view.item.updater,
    "updater": lambda view: view.store.user(view.item.updater),
    "updated_at": lambda view: view.item.updated_at,
}

# Types whose cells follow from the item itself; they are never stored.
COMPUTED = (
    Codec(
        "creation_log",
        "CreationLogValue",
        "pulse-log",
        value=_created,
        text=lambda view: _log_text(view.item.created_at),
        fields=LOG_FIELDS,
    ),
    Codec(
        "last_updated",
        "LastUpdatedValue",
        "pulse-updated",
        value=_updated,
        text=lambda view: _log_text(view.item.updated_at),
        fields=UPDATE_FIELDS,
    ),
    Codec(
        "item_id",
        "ItemIdValue",
        "pulse-id",
        value=lambda view: {"item_id": view.item.id},
        text=lambda view: view.item.id,
        fields={"item_id": lambda view: view.item.id},
    ),
    Codec(
        "group",
        "GroupValue",
        "group",
        value=lambda view: None,
        empty_text=None,
        fields={
            "group": lambda view: view.item.board.groups.get(view.item.group_id),
            "group_id": lambda view: view.item.group_id,
        },
    ),
)

CODECS = (
    *COMPUTED,
    Codec(
        "file",
        "FileValue",
        "file",
        frozenset({MULTIPLE, CHANGE}),
        write=_clear_all,
        value=_value,
        text=_text,
        fields={"files": _files},
    ),
    Codec(
        "doc",
        "DocValue",
        "doc",
        frozenset({MULTIPLE, CHANGE}),
        write=_clear_all,
        value=_value,
        text=_text,
        fields={"file": _doc_file},
    ),
    Codec(
        "vote",
        "VoteValue",
        "votes",
        frozenset({MULTIPLE}),
        write=_ignored,
        simple=None,
        value=_value,
        text=lambda view: str(len(_voters(view))),
        empty_text="0",
        fields={
            "vote_count": lambda view: len(_voters(view)),
            "voter_ids": _voters,
            "voters": lambda view: [view.store.users[v] for v in _voters(view) if v in view.store.users],
            "updated_at": lambda view: None,
        },
    ),
    _read_only("formula", "FormulaValue", "formula", "", display_value=lambda v: v.part("display_value") or ""),
    _read_only("button", "ButtonValue", "button", "", color=_button("color"), label=_button("label")),
    _read_only("progress", "ProgressValue", "progress", None),
    _read_only(
        "time_tracking",
        "TimeTrackingValue",
        "duration",
        "",
        duration=_in_value("duration"),
        running=_duration_running,
        started_at=lambda view: None,
        history=lambda view: [],
        updated_at=_in_value("changed_at"),
    ),
    _read_only(
        "integration",
        "IntegrationValue",
        "integration",
        None,
        entity_id=_in_value("entity_id"),
        issue_id=_in_value("issue_id"),
        issue_api_url=_in_value("issue_api_url"),
    ),
    _read_only("direct_doc", "DirectDocValue", "direct-doc", None, file=lambda view: None),
    _read_only("unsupported", "UnsupportedValue", "unsupported", None),
    _read_only("auto_number", None, "auto-number", None),
    _read_only("item_assignees", None, "item-assignees", None),
    _read_only("name", None, "name", None),
)
