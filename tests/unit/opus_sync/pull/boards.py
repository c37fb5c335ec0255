"""A board with subitems as the sandbox's seed, and its contract."""

from __future__ import annotations

import copy
from typing import Any

MOMENT = "2026-11-01T08:00:00Z"
HOSTILE = "{{ 7*7 }} \"quoted\" 'it' \\ 😀\nnext line"

_SEED: dict[str, Any] = {
    "account": {"id": "7001", "name": "Sandbox", "slug": "sandbox", "first_day_of_the_week": "sunday"},
    "users": [
        {
            "id": str(at),
            "name": f"Person {at}",
            "email": f"p{at}@example.com",
            "kind": "member",
            "enabled": True,
        }
        for at in range(101, 351)
    ],
    "teams": [{"id": "501", "name": "Production", "users": ["101"]}],
    "tags": [{"id": "301", "name": "urgent", "color": "#ff0000"}],
    "boards": [
        {
            "id": "9001",
            "name": "Orders",
            "description": "orders",
            "kind": "public",
            "items_limit": 10000,
            "subitem_board": "9002",
            "parent_board": None,
            "groups": [
                {"id": "topics", "title": "Open", "color": "#037f4c"},
                {"id": "done", "title": "Done {% if x %}", "color": "#037f4c"},
            ],
            "columns": [
                {"id": "text_1", "title": "Order", "type": "text", "description": "", "settings": {}},
                {
                    "id": "status_1",
                    "title": "Status",
                    "type": "status",
                    "description": "",
                    "settings": {
                        "labels": [
                            {"id": 0, "label": "Working", "color": "working_orange", "index": 0},
                            {"id": 1, "label": "Done", "color": "done_green", "index": 1, "is_done": True},
                            {
                                "id": 2,
                                "label": "Old",
                                "color": "stuck_red",
                                "index": 2,
                                "is_deactivated": True,
                            },
                        ]
                    },
                },
                {"id": "people_1", "title": "Owner", "type": "people", "description": "", "settings": {}},
                {"id": "checkbox_1", "title": "Paid", "type": "checkbox", "description": "", "settings": {}},
                {
                    "id": "numbers_1",
                    "title": "Not ours",
                    "type": "numbers",
                    "description": "",
                    "settings": {},
                },
                {
                    "id": "progress_1",
                    "title": "Progress",
                    "type": "progress",
                    "description": "",
                    "settings": {},
                },
                {
                    "id": "subitems_1",
                    "title": "Subitems",
                    "type": "subtasks",
                    "description": "",
                    "settings": {"boardIds": [9002]},
                },
            ],
            "items": [],
        },
        {
            "id": "9002",
            "name": "Subitems of Orders",
            "description": "",
            "kind": "public",
            "items_limit": 10000,
            "subitem_board": None,
            "parent_board": "9001",
            "groups": [{"id": "subitems", "title": "Subitems", "color": "#037f4c"}],
            "columns": [{"id": "numbers_2", "title": "Quantity", "type": "numbers", "description": "", "settings": {}}],
            "items": [],
        },
    ],
}

CONTRACT = """\
version: 2
models:
  - name: mon_orders
    description: Orders.
    config: {meta: {monday: {entity: items, board_id: 9001, key: Order}}}
    columns:
      - {name: Order, description: o, config: {meta: {monday: {id: text_1, type: text, direction: push}}}}
      - {name: Status, description: s, config: {meta: {monday: {id: status_1, type: status}}}}
      - {name: Owner, description: w, config: {meta: {monday: {id: people_1, type: people}}}}
      - {name: Paid, description: p, config: {meta: {monday: {id: checkbox_1, type: checkbox}}}}
  - name: mon_orders_subitems
    description: Sizes.
    config: {meta: {monday: {entity: subitems, key: Title}}}
    columns:
      - {name: Quantity, description: q, config: {meta: {monday: {id: numbers_2, type: numbers}}}}
"""


def seed(items: int, subitems_each: int = 0) -> dict[str, Any]:
    """Return a seed with so many items, each with so many subitems; the first one is a hostile one."""
    state = copy.deepcopy(_SEED)
    orders, sizes = state["boards"]
    for at in range(items):
        values: dict[str, Any] = {
            "text_1": HOSTILE if at == 0 else f"order {at}",
            "status_1": {"index": at % 2},
        }
        if at == 1:
            people = [{"id": 102, "kind": "person"}, {"id": 501, "kind": "team"}]
            values = {"people_1": {"personsAndTeams": people}, "checkbox_1": {"checked": "true"}}
        orders["items"].append(_item(str(10_000 + at), f"Item {at}", "topics", None, values))
        for size in range(subitems_each):
            number = str(100_000 + at * subitems_each + size)
            values = {"numbers_2": f"{size}.50"}
            sizes["items"].append(_item(number, f"Size {size}", "subitems", str(10_000 + at), values))
    return state


def _item(number: str, name: str, group: str, parent: str | None, values: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": number,
        "name": name,
        "group": group,
        "parent": parent,
        "created_at": MOMENT,
        "updated_at": MOMENT,
        "creator": "101",
        "values": values,
    }
