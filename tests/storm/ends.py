"""The board at the end against what the shop wants, but for what people did."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storm.board import FLAGGED, KEPT, KEY, NOTE, OVERWRITTEN, QTY, SIZE
from storm.books import Books
from storm.judged import Judged
from storm.ledger import Ledger
from storm.shop import Shop

Record = tuple[str, ...]


@dataclass
class Touched:
    """What people have had their hands on: whole records, single cells, and items with all that is below them."""

    records: set[Record] = field(default_factory=set)
    cells: set[tuple[Record, str]] = field(default_factory=set)
    families: set[str] = field(default_factory=set)

    def has(self, record: Record) -> bool:
        """Tell whether a record may differ from what is wanted."""
        return record in self.records or record[0] in self.families


def ends(state: Mapping[str, Any], ledger: Ledger, books: Books, shop: Shop, judged: Judged) -> None:
    """Say what is lost, doubled, left over or hangs on the wrong item."""
    items = {item["id"]: item for board in state["boards"] for item in board["items"]}
    records = {number: _record(item, items) for number, item in items.items()}
    active: dict[Record, list[Mapping[str, Any]]] = {}
    for number, item in items.items():
        if item.get("state", "active") == "active":
            active.setdefault(records[number], []).append(item)
    touched = _touched(ledger, books, records)
    _orphans(items, active, books, judged)
    wanted: dict[Record, Mapping[str, str]] = {(key,): cells for key, cells in shop.items.items()}
    wanted |= {(key, size): cells for key, sizes in shop.sizes.items() for size, cells in sizes.items()}
    for record in wanted.keys() | active.keys():
        if touched.has(record):
            judged.figures["records that people touched"] += 1
            continue
        judged.figures["records held against the shop"] += 1
        _compare(record, wanted.get(record), active.get(record, []), touched, judged)
    _doubled(active, judged)


def _touched(ledger: Ledger, books: Books, records: Mapping[str, Record]) -> Touched:
    touched = Touched()
    for change in ledger.changes:
        record = records[change.item]
        if change.ours or change.cell == OVERWRITTEN:
            continue
        if change.cell == KEPT:
            touched.cells.add((record, KEPT))
        elif change.cell == "$state" and len(record) == 1:
            touched.families.add(record[0])
        else:
            touched.records.add(record)
    for one in books.superseded:
        key = one.row["record_key"]
        if one.row["update_type"] == "update_items":
            touched.families.add(key)
        else:
            touched.records.add(tuple(json.loads(key)))
    return touched


def _record(item: Mapping[str, Any], items: Mapping[str, Any]) -> Record:
    if item["parent"] is None:
        return (item["values"].get(KEY, ""),)
    return (items[item["parent"]]["values"].get(KEY, ""), item["values"].get(SIZE, ""))


def _compare(
    record: Record,
    wanted: Mapping[str, str] | None,
    there: list[Mapping[str, Any]],
    touched: Touched,
    judged: Judged,
) -> None:
    if wanted is None:
        judged.find("left over", f"{record} is still there as items {[item['id'] for item in there]}")
        return
    if len(there) != 1:
        judged.find("lost" if not there else "doubled", f"{record} stands {len(there)} times on the board")
        return
    (item,) = there
    values = {**item["values"], "group": item["group"]}
    for cell in ("group", FLAGGED, KEPT, OVERWRITTEN) if len(record) == 1 else (NOTE, QTY):
        if values.get(cell) != wanted[cell] and (record, cell) not in touched.cells:
            judged.find("lost", f"{cell} of {record} (item {item['id']}) is {values.get(cell)!r}, not {wanted[cell]!r}")


def _orphans(
    items: Mapping[str, Mapping[str, Any]],
    active: Mapping[Record, list[Mapping[str, Any]]],
    books: Books,
    judged: Judged,
) -> None:
    for record, there in active.items():
        for item in there:
            parent = items.get(item["parent"] or "")
            if item["parent"] is not None and (parent is None or parent.get("state", "active") != "active"):
                judged.find("orphaned", f"{record}, item {item['id']}, hangs on item {item['parent']}")
    for one in books.operations.values():
        made = items.get(one.item or "")
        if one.end == "SUCCEEDED" and one.row["update_type"] == "update_subitems" and made:
            found = _record(made, items)
            if found != tuple(json.loads(one.row["record_key"])):
                judged.find("orphaned", f"{one} hangs on {found[0]}")


def _doubled(active: Mapping[Record, list[Mapping[str, Any]]], judged: Judged) -> None:
    excused = Counter(finding.kind for finding in judged.inherent)["same key"]
    doubled = [record for record, there in active.items() if len(there) > 1]
    judged.figures["keys that stand twice"] += len(doubled)
    if len(doubled) > excused:
        judged.find("doubled", f"{doubled} stand twice, and {excused} times a person was at it at the same moment")
