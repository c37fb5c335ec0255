"""Files of a cell: from the keys of the raw value to the typed fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any

from monday_sandbox.context import Info, run_of
from monday_sandbox.model import User

FILE_TYPES = {"ASSET": "FileAssetValue", "MONDAY_DOC": "FileDocValue", "LINK": "FileLinkValue"}


def file_kind(entry: Mapping[str, Any]) -> str:
    """Return the type of one entry of a file cell."""
    return FILE_TYPES.get(str(entry.get("fileType")), "FileAssetValue")


def _file_created(entry: Mapping[str, Any], info: Info) -> str:
    moment = datetime.fromtimestamp(int(entry.get("createdAt") or 0) / 1000, timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _file_user(entry: Mapping[str, Any], info: Info) -> User | None:
    return run_of(info).store.users.get(str(entry.get("createdBy")))


def _key(*names: str, empty: Any = None) -> Callable[[Mapping[str, Any], Info], Any]:
    def resolve(entry: Mapping[str, Any], info: Info) -> Any:
        return next((entry[name] for name in names if entry.get(name) is not None), empty)

    return resolve


_FILE: dict[str, Any] = {
    "created_at": _file_created,
    "creator": _file_user,
    "creator_id": _key("createdBy"),
}


FILE_RESOLVERS: dict[str, Mapping[str, Any]] = {
    "FileAssetValue": _FILE
    | {
        "asset_id": _key("assetId", empty="0"),
        "is_image": lambda entry, info: str(entry.get("isImage")).lower() == "true",
        "name": _key("name", empty=""),
    },
    "FileDocValue": _FILE
    | {
        "file_id": _key("docId", "fileId", empty="0"),
        "object_id": _key("objectId", empty="0"),
        "url": _key("url"),
    },
    "FileLinkValue": _FILE
    | {
        "file_id": _key("fileId", empty="0"),
        "kind": lambda entry, info: "link",
        "name": _key("name", empty=""),
        "url": _key("url", "linkToFile"),
    },
}
