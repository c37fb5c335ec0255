"""A board in memory that takes the runner's mutations and answers its reads: a model of monday, no more."""

import json
import re
from itertools import count

BOARD_ID, SUBITEM_BOARD_ID = 8709134353, 8709134354
KEY_COLUMN = "text_key"
_QUERY = re.compile(r"query (\w+)")


class Refusal(Exception):
    """What the board says to a mutation that it does not carry out."""


class FakeBoard:
    """Items by id: name, state, board, group, parent, values (column -> text)."""

    def __init__(self):
        self.items = {}
        self._ids = count(5001)
        self._changes = count(1)

    def copy(self):
        """Return the board as it stands."""
        other = FakeBoard()
        other.items = {item_id: {**item, "values": dict(item["values"])} for item_id, item in self.items.items()}
        return other

    def put(self, item_id, values=None, **more):
        """Have an item on the board."""
        item = {"name": f"Item {item_id}", "state": "active", "board": BOARD_ID, "group": "topics", "parent": None}
        self.items[item_id] = {**item, "values": dict(values or {}), **more}
        self.touch(self.items[item_id])
        return item_id

    def touch(self, item):
        """Note that an item was changed."""
        item["updated_at"] = f"change {next(self._changes)}"

    def active(self, board=BOARD_ID):
        """Return id -> item of what a person sees; a subitem goes with its parent."""
        return {
            item_id: item
            for item_id, item in self.items.items()
            if item["board"] == board
            and item["state"] == "active"
            and (item["parent"] is None or self.items[item["parent"]]["state"] == "active")
        }

    def mutate(self, name, variables):
        """Carry out one mutation and return what its field answers; raises Refusal."""
        return getattr(self, f"_{name}")(variables)

    def answer(self, document, variables):
        """Return the data of one of the runner's queries."""
        queries = {"ItemsById": self._items_by_id, "SubitemsOf": self._subitems_of, "ItemsByKey": self._items_by_key}
        return queries[_QUERY.search(document).group(1)](variables)

    def _create_item(self, variables):
        return self._create(variables, BOARD_ID, None)

    def _create_subitem(self, variables):
        parent = int(variables["parent_item_id"])
        if self.items.get(parent, {}).get("state") != "active":
            raise Refusal("the parent is not there")
        return self._create(variables, SUBITEM_BOARD_ID, parent)

    def _create(self, variables, board, parent):
        values = json.loads(variables.get("column_values") or "{}")
        item_id = self.put(
            next(self._ids),
            {column: text for column, text in values.items() if text},
            name=variables["item_name"],
            board=board,
            parent=parent,
            group=variables.get("group_id") or "topics",
        )
        return {"id": str(item_id), "board": {"id": str(board)}, "group": {"id": self.items[item_id]["group"]}}

    def _change_multiple_column_values(self, variables):
        item = self._there(variables)
        for column, text in json.loads(variables["column_values"]).items():
            if column == "name":
                item["name"] = text
            else:
                item["values"][column] = text
        return {"id": variables["item_id"]}

    def _move_item_to_group(self, variables):
        self._there(variables)["group"] = variables["group_id"]
        return {"id": variables["item_id"]}

    def _archive_item(self, variables):
        self._there(variables)["state"] = "archived"
        return {"id": variables["item_id"]}

    def _delete_item(self, variables):
        self._there(variables)
        del self.items[int(variables["item_id"])]
        return {"id": variables["item_id"]}

    def _there(self, variables):
        item = self.items.get(int(variables["item_id"]))
        if item is None or item["state"] != "active":
            raise Refusal("the item is not there")
        self.touch(item)
        return item

    def _items_by_id(self, variables):
        return {"items": [self._shown(int(one), variables) for one in variables["ids"] if int(one) in self.items]}

    def _subitems_of(self, variables):
        parents = [int(one) for one in variables["ids"] if int(one) in self.items]
        return {
            "items": [
                {
                    "id": str(parent),
                    "state": self.items[parent]["state"],
                    "subitems": [self._shown(child, variables) for child in self._children(parent)],
                }
                for parent in parents
            ]
        }

    def _items_by_key(self, variables):
        (wanted,) = variables["wanted"]
        texts = {text.casefold() for text in wanted["column_values"]}
        found = [
            self._shown(item_id, variables)
            for item_id, item in self.active().items()
            if (item["values"].get(wanted["column_id"]) or "").casefold() in texts
        ]
        return {"items_page_by_column_values": {"cursor": None, "items": found}}

    def _children(self, parent):
        return [item_id for item_id, item in self.active(SUBITEM_BOARD_ID).items() if item["parent"] == parent]

    def _shown(self, item_id, variables):
        item = self.items[item_id]
        shown = {
            "id": str(item_id),
            "name": item["name"],
            "state": item["state"],
            "updated_at": item["updated_at"],
            "board": {"id": str(item["board"])},
            "group": {"id": item["group"]},
            "parent_item": item["parent"] and {"id": str(item["parent"])},
            "column_values": [
                {"id": column, "text": item["values"].get(column) or ""} for column in variables["columns"]
            ],
        }
        if variables.get("subitems"):
            shown["subitems"] = [{"id": str(child), "state": "active"} for child in self._children(item_id)]
        return shown
