"""A board with a column of every type, served over HTTP."""

from __future__ import annotations

import json
from typing import Any

import requests

from monday_sandbox import Running
from monday_sandbox.columns import TYPES

BOARD = 10
ITEM = 1001
SETTINGS: dict[str, dict[str, Any]] = {
    "numbers": {"unit": {"symbol": "$", "direction": "left"}},
    "status": {
        "labels": [
            {"id": 0, "label": "Working on it", "color": "working_orange", "index": 0},
            {"id": 1, "label": "Done", "color": "done_green", "index": 1, "is_done": True},
            {"id": 7, "label": "Old", "index": 2, "is_deactivated": True},
            {"id": 8, "label": "2026", "index": 3},
        ]
    },
    "dropdown": {
        "labels": [
            {"id": 1, "label": "Cat"},
            {"id": 2, "label": "Dog"},
            {"id": 3, "label": "Cow"},
            {"id": 4, "label": "Old", "is_deactivated": True},
        ],
        "limit_select": True,
        "label_limit_count": 2,
    },
    "people": {"max_people_allowed": 2},
    "rating": {"limit": 5},
    "board_relation": {"boardIds": [20], "allowMultipleItems": True},
    "button": {"label": "Click me", "color": "#00c875"},
}
READ_ONLY: dict[str, Any] = {
    "formula": {"display_value": "42"},
    "mirror": {"display_value": "Done, Stuck"},
    "vote": {"value": {"votersIds": [101]}},
    "time_tracking": {"value": {"running": "false", "duration": 9000}, "text": "02:30:00"},
    "file": {
        "value": {"files": [{"name": "a.png", "assetId": 123, "isImage": "true", "fileType": "ASSET"}]},
        "text": "https://sandbox.monday.com/a.png",
    },
    "doc": {"value": {"files": [{"fileType": "MONDAY_DOC", "docId": 1, "objectId": 2}]}},
}


def build_seed() -> dict[str, Any]:
    """Return a fresh seed: board 10 with all types, board 20 connected to it."""
    columns = [
        {"id": kind, "title": kind.title(), "type": kind, "settings": SETTINGS.get(kind, {})}
        for kind in TYPES
        if kind not in ("name", "subtasks")
    ]
    stamps = {"created_at": "2026-03-10T08:00:00Z", "updated_at": "2026-03-11T09:30:00Z", "creator": "101"}
    items = [
        {"id": "1001", "name": "First", "group": "topics", "values": READ_ONLY} | stamps,
        {"id": "1002", "name": "Second", "group": "topics"} | stamps,
        {"id": "1003", "name": "Third", "group": "later"} | stamps,
    ]
    return {
        "account": {"id": "7001", "name": "Apparel", "slug": "apparel", "first_day_of_the_week": "monday"},
        "users": [
            {"id": "101", "name": "Ada Lovelace", "email": "ada@example.com", "kind": "admin"},
            {"id": "102", "name": "Bob", "email": "bob@example.com"},
            {"id": "103", "name": "Cleo", "email": "cleo@example.com"},
            {"id": "104", "name": "Gone", "email": "gone@example.com", "enabled": False},
        ],
        "teams": [{"id": "501", "name": "Production", "users": ["101", "102"]}],
        "tags": [{"id": "301", "name": "urgent", "color": "#ff0000"}, {"id": "302", "name": "late"}],
        "boards": [
            {
                "id": "10",
                "name": "Planning",
                "items_limit": 50,
                "groups": [{"id": "topics", "title": "Now"}, {"id": "later", "title": "Later"}],
                "columns": columns,
                "items": items,
            },
            {"id": "20", "name": "Customers", "columns": [], "items": [{"id": "2001", "name": "ACME"}]},
            {"id": "30", "name": "Others", "columns": [], "items": [{"id": "3001", "name": "Stray"}]},
        ],
    }


class Client:
    """Sends documents to a running sandbox."""

    def __init__(self, served: Running) -> None:
        self.served, self.sandbox, self.url = served, served.sandbox, served.url
        self.session = requests.Session()
        self.session.headers["Authorization"] = "token"

    def post(self, document: str, variables: Any = None, **headers: str) -> requests.Response:
        """Return the whole response."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = {"query": document, "variables": variables or {}}
        return self.session.post(self.url, json=body, headers=named, timeout=20)

    def ask(self, document: str, variables: Any = None) -> dict[str, Any]:
        """Return `data`; fails when there are errors."""
        answer: dict[str, Any] = self.post(document, variables).json()
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    def error(self, document: str, variables: Any = None) -> dict[str, Any]:
        """Return the only error."""
        answer = self.post(document, variables).json()
        assert len(answer.get("errors", ())) == 1, answer
        error: dict[str, Any] = answer["errors"][0]
        return error

    def write(self, values: Any, item: int = ITEM, board: int = BOARD, labels: bool = False) -> dict[str, Any]:
        """Send change_multiple_column_values and return the whole answer."""
        document = (
            "mutation($board: ID!, $item: ID, $values: JSON!, $labels: Boolean) {"
            " change_multiple_column_values(board_id: $board, item_id: $item, column_values: $values,"
            " create_labels_if_missing: $labels) { id } }"
        )
        variables = {"board": board, "item": item, "values": json.dumps(values), "labels": labels}
        answer: dict[str, Any] = self.post(document, variables).json()
        return answer

    def simple(self, column: str, value: str | None) -> dict[str, Any]:
        """Send change_simple_column_value and return the whole answer."""
        document = (
            "mutation($column: String!, $value: String) {"
            f" change_simple_column_value(board_id: {BOARD}, item_id: {ITEM}, column_id: $column,"
            " value: $value) { id } }"
        )
        answer: dict[str, Any] = self.post(document, {"column": column, "value": value}).json()
        return answer

    def cell(self, column: str, typed: str = "", item: int = ITEM) -> dict[str, Any]:
        """Read one cell; `typed` is a fragment on its type."""
        values = f'column_values(ids: ["{column}"]) {{ id type text value {typed} }}'
        document = f"{{ items(ids: [{item}]) {{ {values} }} }}"
        found: dict[str, Any] = self.ask(document)["items"][0]["column_values"][0]
        return found

    def admin(self, method: str, name: str, body: Any = None) -> Any:
        """Call an admin route and return its JSON."""
        response = self.session.request(method, f"{self.served.base}/_sandbox/{name}", json=body, timeout=20)
        return response.json()
